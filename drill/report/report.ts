import type { Bound } from "../../model/recovery-bound";
import type { PolicyReport } from "../../policy/evaluate";
import type { FailedShare } from "../../rehearsal/loopback/failed-share";
import type { OutcomeShare } from "../../rehearsal/simulation/request-outcomes";
import type { PlayedPlace } from "../../rehearsal/simulation/sample";
import { costFigures } from "./cost-lines";
import type { ClientFigures, OtherSet, ReportParts, SimulationFigures } from "./report-parts";
import { milliseconds, percentiles } from "./rounded";
import { judge, type Verdict, violationsOf, worstBound } from "./verdict";

const REPORT_SCHEMA = "warm-standby/report/v1";

/** What a number in `cutover` and `failback` rests on. */
export type Basis = "simulated" | "loopback" | "measured";

/** Seconds of the system's time. */
export interface Percentiles {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What one group of visitors met, from the start to the end of the main act. */
export interface GroupFigures {
  readonly group: string;
  /** Why the promise does not cover it; null where it does. */
  readonly notCovered: string | null;
  readonly requests: number;
  readonly failed: number;
  /** From the fault to the first request that others served before the heal; null where there was none. */
  readonly cutoverSeconds: number | null;
  /** From the heal to the first request that the primary served; null where there was none. */
  readonly failbackSeconds: number | null;
}

export interface LoopbackFigures {
  readonly authoritativeSeconds: number | null;
  readonly clientSeconds: number | null;
  readonly failbackSeconds: number | null;
  readonly requests: number | null;
  readonly failed: number | null;
  /** Acknowledged and missing on the other side while the outage lasted; null where none was acknowledged. */
  readonly lostWrites: number | null;
  /** Where there are several groups of visitors; the times above are those of the first. */
  readonly groups?: readonly GroupFigures[];
  readonly replicationLagMs: { readonly p50: number; readonly max: number } | null;
  /** Of a set that several serve: how the share of failed requests went over time, from the fault. */
  readonly failedShare?: readonly FailedShare[];
  /** What else was lost after the primary, as the application of the system names it. */
  readonly places?: readonly PlayedPlace[];
}

export interface CostFigures {
  /** Null as soon as one of the standby's resources has no price: a sum without it would read as too little. */
  readonly standbyMonthlyUsd: number | null;
  /** Set where the stack has no standby, so that nothing is its cost; absent where it has one. */
  readonly noStandby?: true;
  readonly totalMonthlyUsd: number | null;
  readonly unpriced: readonly { readonly urn: string; readonly type: string; readonly why: string }[];
  readonly lines: readonly CostLine[];
  /** What `allowMonthlyUsd` let in although it, or part of it, has no price; absent where nothing is. Among the lines too. */
  readonly declared?: readonly DeclaredCost[];
}

export interface DeclaredCost {
  readonly urn: string;
  readonly type: string;
  readonly monthlyUsd: number;
  /** What has no price. */
  readonly why: string;
}

export interface CostLine {
  readonly urn: string;
  readonly type: string;
  readonly region: string;
  readonly item: string;
  readonly monthlyUsd: number;
  readonly source: string;
  readonly asOf: string;
}

export interface PolicyFigures {
  readonly rules: number;
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly rule: string;
  readonly level: "mandatory" | "advisory";
  readonly urn: string;
  readonly message: string;
}

/** A resource that the teardown left behind; null where its price is not known. */
export interface LeftResource {
  readonly urn: string;
  readonly type: string;
  readonly monthlyUsd: number | null;
}

/** What a stack is held against. */
export interface Objectives {
  /** Clients are served again in less. */
  readonly rtoSeconds: number;
  /** USD a month that the idle standby has to stay below. */
  readonly standbyMonthlyUsd: number;
  /** USD a month that the whole idle stack has to stay below; absent where nobody has set a limit. */
  readonly stackMonthlyUsd?: number;
}

/** `report.json`. Null stands for "not measured" and is never written as 0. */
export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly system: string;
  readonly stack: string;
  readonly basis: Basis;
  readonly seed: number;
  readonly speed: number;
  readonly scenario: string;
  readonly objectives: Objectives;
  readonly bound: {
    readonly detectionSeconds: number | null;
    readonly propagationSeconds: number | null;
    readonly ttlSeconds: number | null;
    readonly rtoSeconds: number | null;
  };
  readonly cutover: {
    readonly count: number;
    readonly unhealthySeconds: Percentiles | null;
    readonly authoritativeSeconds: Percentiles | null;
    readonly clientSeconds: Percentiles | null;
    /** Resolvers, over all cutovers: served elsewhere, never so, and never led to what was lost. */
    readonly over?: number;
    readonly stranded?: number;
    readonly untouched?: number;
    /** Where kinds of clients are mixed: those that honour the TTL, which are judged, and the others by name. */
    readonly compliant?: ClientShare;
    readonly otherKinds?: readonly (ClientShare & { readonly name: string })[];
    /** What became of the requests of each stretch between fault and heal, over all cutovers. */
    readonly failedShare?: readonly OutcomeShare[];
  };
  readonly failback: {
    readonly count: number;
    readonly healthySeconds: Percentiles | null;
    readonly authoritativeSeconds: Percentiles | null;
    readonly clientSeconds: Percentiles | null;
    readonly over?: number;
    readonly stranded?: number;
    readonly untouched?: number;
  };
  readonly loopback: LoopbackFigures;
  readonly cost: CostFigures;
  readonly policy: PolicyFigures;
  readonly teardown: {
    readonly created: number | null;
    readonly deleted: number | null;
    readonly left: readonly LeftResource[];
  };
  /** What else can fail over in the stack, or is meant to; the figures above are of one set of answers. */
  readonly others: readonly OtherFigures[];
  /** What limits the figures, one line each; nothing of it decides about the verdict. */
  readonly notes: readonly string[];
  /** Simulated; absent where the scenario does nothing to the replication. */
  readonly replication?: ReplicationSeconds;
  readonly verdict: Verdict;
  /** The verdict in words: what came of a fault that nothing fails over for is no objective met. */
  readonly headline: string;
}

/** Clients by what became of them, over all cutovers; the percentiles are of those that came over. */
export interface ClientShare {
  readonly over: number;
  readonly stranded: number;
  readonly clientSeconds: Percentiles | null;
}

export interface ReplicationSeconds {
  /** Time before the fault whose writes the standby did not have when it first served. */
  readonly lostSeconds: Percentiles | null;
  /** How far the primary was behind when its first client came back. */
  readonly behindSeconds: Percentiles | null;
}

/** Another set of answers of the stack: simulated beside the one that was played, or not rehearsed. */
export interface OtherFigures {
  readonly name: string;
  readonly type: string;
  /** What its zone is called, where another zone has a set of the same name and type. */
  readonly zone?: string;
  readonly routing: string;
  /** Null where it has none, or none that is known. */
  readonly boundSeconds: number | null;
  /** Simulated; 0 where it was not rehearsed. */
  readonly count: number;
  readonly clientSeconds: Percentiles | null;
  /** Why it was not rehearsed. */
  readonly why: string | null;
}

/** The report of a rehearsal, verdict included. Pure: the same parts give the same report. */
export function buildReport(parts: ReportParts): Report {
  const { simulation } = parts;
  const { verdict, headline } = judge(parts);
  const teardown = parts.teardown === "none" ? undefined : parts.teardown;
  return {
    schema: REPORT_SCHEMA,
    system: parts.system,
    stack: parts.stack,
    basis: "simulated",
    seed: parts.seed,
    speed: parts.speed,
    scenario: parts.scenario,
    objectives: { ...parts.objectives },
    bound: boundFigures(parts.playedBound ?? worstBound(parts.bounds)),
    cutover: {
      count: simulation?.cutover.count ?? 0,
      unhealthySeconds: percentiles(simulation?.cutover.unhealthySeconds),
      authoritativeSeconds: percentiles(simulation?.cutover.authoritativeSeconds),
      clientSeconds: percentiles(simulation?.cutover.clientSeconds),
      ...concerned(simulation, "cutover"),
      ...kindShares(simulation),
      ...(simulation?.failedShare ? { failedShare: simulation.failedShare } : {}),
    },
    failback: {
      count: simulation?.failback.count ?? 0,
      healthySeconds: percentiles(simulation?.failback.healthySeconds),
      authoritativeSeconds: percentiles(simulation?.failback.authoritativeSeconds),
      clientSeconds: percentiles(simulation?.failback.clientSeconds),
      ...concerned(simulation, "failback"),
    },
    loopback: loopbackFigures(parts.loopback),
    cost: costFigures(parts.cost),
    policy: policyFigures(parts.policy),
    teardown: {
      created: teardown?.created ?? null,
      deleted: teardown?.deleted ?? null,
      left: teardown?.left ?? [],
    },
    others: parts.others.map(otherFigures),
    notes: parts.notes,
    ...(simulation?.replication
      ? {
          replication: {
            lostSeconds: percentiles(simulation.replication.lostSeconds),
            behindSeconds: percentiles(simulation.replication.behindSeconds),
          },
        }
      : {}),
    verdict,
    headline,
  };
}

function concerned(
  simulation: SimulationFigures | undefined,
  phase: "cutover" | "failback",
): { over?: number; stranded?: number; untouched?: number } {
  if (!simulation) return {};
  const { over, stranded } = simulation[phase];
  const { untouched } = simulation;
  return {
    ...(over === undefined ? {} : { over }),
    stranded,
    ...(untouched ? { untouched: untouched[phase] } : {}),
  };
}

function kindShares(
  simulation: SimulationFigures | undefined,
): Pick<Report["cutover"], "compliant" | "otherKinds"> {
  if (!simulation?.kinds) return {};
  const share = (of: ClientFigures): ClientShare => ({
    over: of.over,
    stranded: of.stranded,
    clientSeconds: percentiles(of.clientSeconds),
  });
  const { compliant, others } = simulation.kinds;
  return {
    compliant: share(compliant),
    otherKinds: others.map((other) => ({ name: other.name, ...share(other) })),
  };
}

function boundFigures(bound: Bound | undefined): Report["bound"] {
  if (bound?.kind !== "bound") {
    return { detectionSeconds: null, propagationSeconds: null, ttlSeconds: null, rtoSeconds: null };
  }
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  return { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds };
}

function otherFigures({ name, type, zone, routing, bound, outcome }: OtherSet): OtherFigures {
  const isSimulated = outcome.kind === "simulated";
  return {
    name,
    type,
    ...(zone !== undefined && { zone }),
    routing,
    boundSeconds: boundFigures(bound).rtoSeconds,
    count: isSimulated ? outcome.figures.cutover.count : 0,
    clientSeconds: isSimulated ? percentiles(outcome.figures.cutover.clientSeconds) : null,
    why: isSimulated ? null : outcome.why,
  };
}

function loopbackFigures(loopback: LoopbackFigures | undefined): LoopbackFigures {
  return {
    authoritativeSeconds: milliseconds(loopback?.authoritativeSeconds),
    clientSeconds: milliseconds(loopback?.clientSeconds),
    failbackSeconds: milliseconds(loopback?.failbackSeconds),
    requests: loopback?.requests ?? null,
    failed: loopback?.failed ?? null,
    lostWrites: loopback?.lostWrites ?? null,
    replicationLagMs: loopback?.replicationLagMs ?? null,
    ...(loopback?.groups ? { groups: loopback.groups } : {}),
    ...(loopback?.failedShare ? { failedShare: loopback.failedShare } : {}),
    ...(loopback?.places ? { places: loopback.places } : {}),
  };
}

/** The `policy` member. */
export function policyFigures(policy: PolicyReport): PolicyFigures {
  return { rules: policy.rules, violations: violationsOf(policy) };
}
