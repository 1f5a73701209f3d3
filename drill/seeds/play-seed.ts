import { type AnswerSet, answerSets, memberName, withLost } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { type Bound, recoveryBound } from "../../model/recovery-bound";
import { Distribution } from "../../rehearsal/simulation/distribution";
import type { OutcomeShare } from "../../rehearsal/simulation/request-outcomes";
import type { Scenario } from "../../rehearsal/simulation/scenario";
import { simulate } from "../../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../../rehearsal/simulation/simulated-sample";
import type { Measure, SeedPlay } from "./seed";

/** Failed requests of weighted sets are counted for so long from the fault; whole stretches of a simulation. */
export const COUNTED_SECONDS = 90;

/** Stretches of the share over time, and how far it is told. */
export const SHARE_SECONDS = 30;
const SHARES_UNTIL_SECONDS = 240;

export interface PlayNumbers {
  readonly cutovers: number;
  readonly resolvers: number;
  readonly seed: number;
}

/** What a set of answers did. */
export interface PlayedSet {
  readonly bound: Bound;
  readonly measured: Readonly<Record<Measure, Distribution>>;
  /** From the fault to the heal: what became of the requests of each stretch, over all cutovers. */
  readonly outcomes: readonly OutcomeShare[];
  /** Broken invariants; none is expected. */
  readonly violations: number;
}

export interface PlayedSeed extends PlayedSet {
  /** Share of the requests in the first `COUNTED_SECONDS` that failed; undefined of pairs. */
  readonly failedShare: number | undefined;
  /** The same, of each `SHARE_SECONDS` after the fault until the heal; empty of pairs. */
  readonly failedShares: readonly number[];
}

/**
 * Plays a seed's configuration under the virtual clock. A function of its arguments, to the byte.
 * @throws Error where the plan has not exactly one set of answers, or it cannot be played.
 */
export function playSeed(play: SeedPlay, numbers: PlayNumbers): PlayedSeed {
  const plan = planFromResources(play.resources);
  const [found, ...others] = answerSets(plan);
  if (!found || others.length > 0) throw new Error(`${play.name} has not exactly one set of answers`);
  const set = play.lost === undefined ? found : withLost(found, (member) => memberName(member) === play.lost);
  if (!set) throw new Error(`${play.name} has no member ${play.lost}`);
  const played = playSet(plan, set, scenarioOf(play), numbers);
  const isPair = set.routing === "failover";
  return {
    ...played,
    failedShare: isPair ? undefined : failedShareOf(played.outcomes, 0, COUNTED_SECONDS),
    failedShares: isPair ? [] : stretchesOf(played.outcomes),
  };
}

/**
 * Plays a scenario against a set of answers under the virtual clock. A function of its arguments, to the byte.
 * @throws Error where it cannot be played.
 */
export function playSet(
  plan: FailoverPlan,
  set: AnswerSet,
  scenario: Scenario,
  { cutovers, resolvers, seed }: PlayNumbers,
): PlayedSet {
  const isPair = set.routing === "failover";
  const measured: Record<Measure, Distribution> = {
    detection: new Distribution(),
    authoritative: new Distribution(),
    client: new Distribution(),
    handover: new Distribution(),
    left: new Distribution(),
    recovery: new Distribution(),
  };
  const onSample = (sample: SimulatedSample) => {
    const { unhealthySeconds, authoritativeSeconds, clientSeconds } = sample.cutover;
    const { healthySeconds } = sample.failback;
    if (unhealthySeconds !== null) measured.detection.add(unhealthySeconds);
    if (healthySeconds !== null) measured.recovery.add(healthySeconds);
    for (const each of authoritativeSeconds) if (each !== null) measured.authoritative.add(each);
    for (const each of clientSeconds) {
      if (each === null) continue;
      measured[isPair ? "client" : "left"].add(each);
      if (isPair && unhealthySeconds !== null) measured.handover.add(Math.max(0, each - unhealthySeconds));
    }
  };
  const simulation = simulate({ plan, set, scenario, cutovers, resolvers, seed, onSample });
  return {
    bound: recoveryBound(plan, set),
    measured,
    outcomes: simulation.failedShare,
    violations: simulation.violations.length,
  };
}

function stretchesOf(outcomes: readonly OutcomeShare[]): number[] {
  const lastSeconds = outcomes.at(-1)?.atSeconds ?? 0;
  const until = Math.min(SHARES_UNTIL_SECONDS, lastSeconds);
  return Array.from({ length: Math.ceil(until / SHARE_SECONDS) }, (_, stretch) =>
    failedShareOf(outcomes, stretch * SHARE_SECONDS, (stretch + 1) * SHARE_SECONDS),
  );
}

/** Of the requests from `fromSeconds` on and before `toSeconds`. */
function failedShareOf(outcomes: readonly OutcomeShare[], fromSeconds: number, toSeconds: number): number {
  const counted = outcomes.filter(({ atSeconds }) => atSeconds >= fromSeconds && atSeconds < toSeconds);
  const sum = (of: "failed" | "sent") => counted.reduce((total, each) => total + each[of], 0);
  return sum("failed") / sum("sent");
}

function scenarioOf({ name, title, fault }: SeedPlay): Scenario {
  return {
    name: `seed-${name}`,
    title,
    happenings: [
      {
        atSeconds: 0,
        do: "behave",
        endpoint: "primary",
        behaviour: typeof fault === "string" ? { kind: fault } : fault,
      },
    ],
    traffic: { requestIntervalMs: 1_000 },
  };
}
