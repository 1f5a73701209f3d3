import type { AnswerSet } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import { ASSUMPTIONS, type Assumptions } from "./assumptions";
import { CutoverPlay } from "./cutover";
import { UNTOUCHED } from "./departures";
import { Distribution } from "./distribution";
import { type InvariantViolation, InvariantWatch } from "./invariants";
import { idleHappenings, type Outlook } from "./outlook";
import type { PhaseTimes } from "./phase-times";
import { playableSystem } from "./played-system";
import type { ClientProfile } from "./profile";
import type { ProfileBlock } from "./profile-block";
import type { OutcomeShare } from "./request-outcomes";
import { type Scenario, touchesReplication } from "./scenario";
import { type SimulatedSample, simulatedSample } from "./simulated-sample";

export interface SimulationOptions {
  readonly plan: FailoverPlan;
  readonly set: AnswerSet;
  readonly scenario: Scenario;
  /** How often the failure is played, each time from a steady state of its own. */
  readonly cutovers: number;
  /** Caching resolvers that clients ask through. */
  readonly resolvers: number;
  readonly seed: number;
  /** Told at least after every hundredth part, and at the end. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Told of each cutover when it is over. Nothing is kept, so that memory does not grow with their number. */
  readonly onSample?: (sample: SimulatedSample) => void;
  /** What AWS does not document; `ASSUMPTIONS` unless a test or a sweep says otherwise. */
  readonly assumptions?: Assumptions;
  /** What the virtual clock shows when a cutover begins, in ms. No duration depends on it. */
  readonly epochMs?: number;
}

/**
 * Seconds from the fault: `unhealthySeconds` until the primary's check says unhealthy, one sample per cutover;
 * `authoritativeSeconds` until a name server answers with the standby, one sample per name server;
 * `clientSeconds` until a request is served by the standby, one sample per resolver.
 * Where other members of a set serve beside the lost one: `authoritativeSeconds` until a name server answers with
 * the lost one no more; `clientSeconds` until the first request that is served after the last one led there.
 */
export interface CutoverFigures {
  /** Cutovers played. */
  readonly count: number;
  readonly unhealthySeconds: Distribution;
  readonly authoritativeSeconds: Distribution;
  readonly clientSeconds: Distribution;
  /** Resolvers, over all cutovers, whose clients the standby never served; they have no sample. */
  readonly stranded: number;
  /** Of a set whose members serve side by side: resolvers that were never led to the lost one; no sample either. */
  readonly untouched: number;
}

/**
 * The same from the heal, with healthy and the primary in the place of unhealthy and the standby: the first answer
 * with the primary, the first request that it serves again.
 */
export interface FailbackFigures {
  readonly count: number;
  readonly healthySeconds: Distribution;
  readonly authoritativeSeconds: Distribution;
  readonly clientSeconds: Distribution;
  /** Resolvers that came over to the standby and never back. */
  readonly stranded: number;
  /** Of a set whose members serve side by side: resolvers that were answered with others in all the time. */
  readonly untouched: number;
}

interface ClientFigures {
  clientSeconds: Distribution;
  stranded: number;
  untouched: number;
}

/** Who came over when, of the resolvers of one profile. */
export interface ProfileFigures {
  readonly profile: ClientProfile;
  /** In each cutover. */
  readonly resolvers: number;
  readonly cutover: Readonly<ClientFigures>;
  readonly failback: Readonly<ClientFigures>;
}

/** One sample per cutover in which anybody came over. */
export interface ReplicationFigures {
  /** Time before the fault whose writes the standby did not have when it first served. */
  readonly lostSeconds: Distribution;
  /** How far the primary's data was behind when its first client came back. */
  readonly behindSeconds: Distribution;
}

export interface Simulation {
  readonly cutover: CutoverFigures;
  readonly failback: FailbackFigures;
  /** The same by kind of client, in the order of the scenario's mix; its resolvers have their places in a row. */
  readonly profiles: readonly ProfileFigures[];
  readonly replication: ReplicationFigures;
  /** What the checks must make of the fault; only where it is `fails-over` does the bound hold. */
  readonly outlook: Outlook;
  /** What of the scenario found nothing to change, one line each. */
  readonly idle: readonly string[];
  /** From the steady state before the fault to the end of the failback, over all cutovers. */
  readonly requests: { readonly sent: number; readonly served: number; readonly failed: number };
  /** From the fault to the heal, in stretches of `OUTCOME_SECONDS`, over all cutovers. */
  readonly failedShare: readonly OutcomeShare[];
  /** At most `VIOLATIONS_MAX`. */
  readonly violations: readonly InvariantViolation[];
}

/**
 * Plays the loss of a set's primary `cutovers` times under a virtual clock. A function of its options, to the byte: no clock,
 * no I/O, no randomness but from the seed.
 * @throws Error where the set cannot be played; `playableSystem` tells that beforehand.
 */
export function simulate(options: SimulationOptions): Simulation {
  const { plan, set, scenario, cutovers, resolvers, seed, onProgress, onSample } = options;
  requireWhole("cutovers", cutovers, 1);
  requireWhole("resolvers", resolvers, 1);
  requireWhole("seed", seed, Number.MIN_SAFE_INTEGER);
  const playable = playableSystem(plan, set);
  if (playable.kind === "refused") {
    throw new Error(`${set.name} ${set.type} cannot be simulated: ${playable.why}`);
  }
  const watch = new InvariantWatch({ scenario: scenario.name, seed, resolvers });
  const play = new CutoverPlay(
    playable.system,
    scenario,
    resolvers,
    seed,
    options.assumptions ?? ASSUMPTIONS,
    watch,
  );
  const { blocks } = play.resolvers;
  const cutover = new PhaseFigures(blocks);
  const failback = new PhaseFigures(blocks);
  const replication = { lostSeconds: new Distribution(), behindSeconds: new Distribution() };
  const hasMix = scenario.clients !== undefined;
  const touchesData = touchesReplication(scenario);
  const planBefore = JSON.stringify(plan);
  const stepSize = Math.max(1, Math.floor(cutovers / 100));
  for (let number = 0; number < cutovers; number++) {
    play.play(number, options.epochMs ?? 0);
    leaveOutStrangers(play.failback, play.cutover);
    cutover.add(play.cutover);
    failback.add(play.failback);
    const { lostMs, behindMs } = play.replication;
    if (lostMs >= 0) replication.lostSeconds.addMs(lostMs);
    if (behindMs >= 0) replication.behindSeconds.addMs(behindMs);
    onSample?.(
      simulatedSample(number, seed, play, {
        ...(hasMix && { blocks }),
        ...(touchesData && { replication: play.replication }),
      }),
    );
    if ((number + 1) % stepSize === 0 || number + 1 === cutovers) onProgress?.(number + 1, cutovers);
  }
  play.closeBooks();
  watch.planPlayed(planBefore, JSON.stringify(plan));
  return {
    cutover: { ...cutover.figures, unhealthySeconds: cutover.check },
    failback: { ...failback.figures, healthySeconds: failback.check },
    profiles: blocks.map(({ profile, count }, index) => ({
      profile,
      resolvers: count,
      cutover: cutover.profile(index),
      failback: failback.profile(index),
    })),
    replication,
    outlook: play.outlook,
    idle: idleHappenings(playable.system, scenario),
    requests: { ...play.resolvers.requests },
    failedShare: play.resolvers.outcomes.shares(),
    violations: watch.violations,
  };
}

/** In the place of a time: whoever never came over cannot come back, and is not missing either. */
const TAKES_NO_PART = -2;

function leaveOutStrangers(failback: PhaseTimes, cutover: PhaseTimes): void {
  for (const times of ["authoritativeMs", "clientMs"] as const) {
    for (const [index, ms] of cutover[times].entries()) {
      if (ms < 0 && ms !== UNTOUCHED) failback[times][index] = TAKES_NO_PART;
    }
  }
}

/** Collects one phase over all cutovers. */
class PhaseFigures {
  readonly check = new Distribution();
  private count = 0;
  private readonly authoritativeSeconds = new Distribution();
  private readonly all: ClientFigures = { clientSeconds: new Distribution(), stranded: 0, untouched: 0 };
  private readonly byProfile: ClientFigures[];

  constructor(private readonly blocks: readonly ProfileBlock[]) {
    // A single profile is everybody; counting twice would take time and memory.
    this.byProfile =
      blocks.length === 1
        ? [this.all]
        : blocks.map(() => ({ clientSeconds: new Distribution(), stranded: 0, untouched: 0 }));
  }

  add(times: PhaseTimes): void {
    this.count++;
    if (times.checkMs >= 0) this.check.addMs(times.checkMs);
    for (const ms of times.authoritativeMs) {
      if (ms >= 0) this.authoritativeSeconds.addMs(ms);
    }
    for (const [index, { first, count }] of this.blocks.entries()) {
      const own = this.profile(index);
      for (let resolver = first; resolver < first + count; resolver++) {
        const ms = times.clientMs[resolver] as number;
        addClient(own, ms);
        if (own !== this.all) addClient(this.all, ms);
      }
    }
  }

  profile(index: number): ClientFigures {
    return this.byProfile[index] as ClientFigures;
  }

  get figures() {
    const { count, authoritativeSeconds, all } = this;
    return { count, authoritativeSeconds, ...all };
  }
}

function addClient(to: ClientFigures, ms: number): void {
  if (ms >= 0) to.clientSeconds.addMs(ms);
  else if (ms === UNTOUCHED) to.untouched++;
  else if (ms !== TAKES_NO_PART) to.stranded++;
}

function requireWhole(name: string, value: number, min: number): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  throw new RangeError(
    min === 1
      ? `${name} is ${value}; it must be a whole number from 1`
      : `${name} is ${value}; it must be a whole number`,
  );
}
