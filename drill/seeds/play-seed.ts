import { type FailoverPlan, failoverPairs, type RecordSet } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { type Bound, recordTtlSeconds, recoveryBound } from "../../model/recovery-bound";
import { Distribution } from "../../rehearsal/simulation/distribution";
import type { Scenario } from "../../rehearsal/simulation/scenario";
import { simulate } from "../../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../../rehearsal/simulation/simulated-sample";
import type { Measure, SeedPlay } from "./seed";
import { WeightedLeave } from "./weighted-leave";

export interface PlayNumbers {
  readonly cutovers: number;
  readonly resolvers: number;
  readonly seed: number;
}

export interface PlayedSeed {
  readonly bound: Bound;
  readonly measured: Readonly<Record<Measure, Distribution>>;
  /** Share of the requests in the first `COUNTED_SECONDS` that were lost; of weighted sets only. */
  readonly failedShare: number | undefined;
  /** Broken invariants; none is expected. */
  readonly violations: number;
}

/**
 * Plays a seed's configuration under the virtual clock. A function of its arguments, to the byte.
 * @throws Error where the plan has not exactly one pair, or cannot be played.
 */
export function playSeed(play: SeedPlay, { cutovers, resolvers, seed }: PlayNumbers): PlayedSeed {
  const plan = pairedPlan(planFromResources(play.resources));
  const [pair, ...others] = failoverPairs(plan);
  if (!pair || others.length > 0) throw new Error(`${play.name} has not exactly one pair`);
  const measured: Record<Measure, Distribution> = {
    detection: new Distribution(),
    authoritative: new Distribution(),
    client: new Distribution(),
    handover: new Distribution(),
    left: new Distribution(),
    recovery: new Distribution(),
  };
  const ttl = recordTtlSeconds(pair.primary);
  const { weightShare } = play;
  const leave =
    weightShare !== undefined && ttl.kind === "seconds"
      ? new WeightedLeave({ weightShare, ttlSeconds: ttl.seconds, resolvers, seed })
      : undefined;
  const onSample = (sample: SimulatedSample) => {
    const { unhealthySeconds, authoritativeSeconds, clientSeconds } = sample.cutover;
    const { healthySeconds } = sample.failback;
    if (unhealthySeconds !== null) measured.detection.add(unhealthySeconds);
    if (healthySeconds !== null) measured.recovery.add(healthySeconds);
    for (const each of authoritativeSeconds) if (each !== null) measured.authoritative.add(each);
    for (const each of clientSeconds) {
      // Of a weighted set the pair tells the moment of the withdrawal; its clients are drawn by weight.
      if (each === null || leave) continue;
      measured.client.add(each);
      if (unhealthySeconds !== null) measured.handover.add(Math.max(0, each - unhealthySeconds));
    }
    const withdrawn = authoritativeSeconds.filter((each) => each !== null);
    if (leave && withdrawn.length === authoritativeSeconds.length) leave.add(sample.index, withdrawn);
  };
  const scenario = scenarioOf(play);
  const { violations } = simulate({ plan, pair, scenario, cutovers, resolvers, seed, onSample });
  return {
    bound: recoveryBound(plan, pair),
    measured: leave ? { ...measured, left: leave.leftSeconds } : measured,
    failedShare: leave?.failedShare,
    violations: violations.length,
  };
}

function scenarioOf({ name, title, fault }: SeedPlay): Scenario {
  return {
    name: `seed-${name}`,
    title,
    happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: fault } }],
    traffic: { requestIntervalMs: 1_000 },
  };
}

/**
 * A weighted set of two as a pair, the first being the one that fails: checkers, consensus and propagation are those
 * of the set, and so is the moment at which a name server stops answering with the first.
 */
function pairedPlan(plan: FailoverPlan): FailoverPlan {
  let members = 0;
  const recordSets = plan.recordSets.map((record): RecordSet => {
    if (record.routing.kind !== "weighted") return record;
    const role = members++ === 0 ? "PRIMARY" : "SECONDARY";
    return { ...record, routing: { kind: "failover", role } };
  });
  return { ...plan, recordSets };
}
