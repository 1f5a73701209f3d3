import { toUsd } from "../../model/money";
import type { Bound } from "../../model/recovery-bound";
import type { PolicyReport } from "../../policy/evaluate";
import type { CostReport } from "../../policy/prices/idle-cost";
import type { FailedShare } from "../../rehearsal/loopback/failed-share";
import type { OutcomeShare } from "../../rehearsal/simulation/request-outcomes";
import { judge, type Verdict, violationsOf, worstBound } from "./verdict";

export const REPORT_SCHEMA = "warm-standby/report/v1";

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

export interface LoopbackFigures {
  readonly authoritativeSeconds: number | null;
  readonly clientSeconds: number | null;
  readonly failbackSeconds: number | null;
  readonly requests: number | null;
  readonly failed: number | null;
  readonly lostWrites: number | null;
  readonly replicationLagMs: { readonly p50: number; readonly max: number } | null;
  /** Of a set that several serve: how the share of failed requests went over time, from the fault. */
  readonly failedShare?: readonly FailedShare[];
  /** What else was lost after the primary, as the application of the system names it. */
  readonly places?: readonly {
    readonly place: string;
    readonly title: string;
    readonly expectation: "cutover" | "absorbed" | "all-named";
    readonly asExpected: boolean;
    readonly requests: number;
    readonly failed: number;
    readonly cutoverSeconds: number | null;
  }[];
}

export interface CostFigures {
  /** Null as soon as one of the standby's resources has no price: a sum without it would read as too little. */
  readonly standbyMonthlyUsd: number | null;
  readonly totalMonthlyUsd: number | null;
  readonly unpriced: readonly { readonly urn: string; readonly type: string; readonly why: string }[];
  readonly lines: readonly CostLine[];
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
    /** Resolvers, over all cutovers: never served elsewhere, and never led to what was lost. */
    readonly stranded?: number;
    readonly untouched?: number;
    /** What became of the requests of each stretch between fault and heal, over all cutovers. */
    readonly failedShare?: readonly OutcomeShare[];
  };
  readonly failback: {
    readonly count: number;
    readonly healthySeconds: Percentiles | null;
    readonly authoritativeSeconds: Percentiles | null;
    readonly clientSeconds: Percentiles | null;
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
  readonly verdict: Verdict;
}

/** Another set of answers of the stack: simulated beside the one that was played, or not rehearsed. */
export interface OtherFigures {
  readonly name: string;
  readonly type: string;
  readonly routing: string;
  /** Null where it has none, or none that is known. */
  readonly boundSeconds: number | null;
  /** Simulated; 0 where it was not rehearsed. */
  readonly count: number;
  readonly clientSeconds: Percentiles | null;
  /** Why it was not rehearsed. */
  readonly why: string | null;
}

/** What `simulate` found, reduced to what a report holds. Undefined percentiles: nobody came over. */
export interface SimulationFigures {
  readonly cutover: {
    readonly count: number;
    readonly unhealthySeconds?: Percentiles;
    readonly authoritativeSeconds?: Percentiles;
    readonly clientSeconds?: Percentiles;
    /** Resolvers, over all cutovers, whose clients the standby never served. */
    readonly stranded: number;
  };
  readonly failback: {
    readonly count: number;
    readonly healthySeconds?: Percentiles;
    readonly authoritativeSeconds?: Percentiles;
    readonly clientSeconds?: Percentiles;
    readonly stranded: number;
  };
  readonly requests: { readonly sent: number; readonly served: number; readonly failed: number };
  /** From the fault to the heal, over all cutovers. */
  readonly failedShare?: readonly OutcomeShare[];
  /** Where other members of a set serve beside the lost one: resolvers that it never concerned. */
  readonly untouched?: { readonly cutover: number; readonly failback: number };
  /** What the checks must make of the fault; undefined where nobody computed it. */
  readonly outlook?: "fails-over" | "stays" | "open";
  /** One line each. */
  readonly violations: readonly string[];
}

export interface TeardownFigures {
  readonly created: number;
  readonly deleted: number;
  readonly left: readonly LeftResource[];
}

/**
 * What a scenario has to show: everybody over to the other side in time, nobody led there, or, where chance or the
 * kind of client decides, that no invariant breaks.
 */
export type Expectation = "everybody-over" | "nobody-over" | "invariants";

/** A set of answers beside the one that was played. */
export interface OtherSet {
  readonly name: string;
  readonly type: string;
  readonly routing: string;
  /** Undefined where the records make up no set, such as half a pair. */
  readonly bound?: Bound;
  readonly outcome:
    | { readonly kind: "simulated"; readonly figures: SimulationFigures; readonly expected: Expectation }
    /** One line: what stands in the way. */
    | { readonly kind: "not-rehearsed"; readonly why: string };
}

/** Everything that a rehearsal found; undefined where it did not get that far. */
export interface ReportParts {
  readonly system: string;
  readonly stack: string;
  readonly seed: number;
  readonly speed: number;
  readonly scenario: string;
  readonly objectives: Objectives;
  /** Of the set that the figures are of; undefined where none was played. */
  readonly playedBound: Bound | undefined;
  /** The bound of every set of answers; the worst is held against the objective. */
  readonly bounds: readonly Bound[];
  readonly simulation: SimulationFigures | undefined;
  /** What the simulation of this scenario has to show. */
  readonly expected: Expectation;
  /** Why the simulation or the loopback could not be played, one line each. */
  readonly unplayed: readonly string[];
  /** Whether the scenario is one that sockets cannot play, so that the simulation alone is judged. */
  readonly simulatedOnly: boolean;
  readonly others: readonly OtherSet[];
  readonly notes: readonly string[];
  readonly loopback: LoopbackFigures | undefined;
  readonly cost: CostReport;
  readonly policy: PolicyReport;
  /** `none` where the stack was only read, and nothing of it could be taken down for certain. */
  readonly teardown: TeardownFigures | "none" | undefined;
}

/** The report of a rehearsal, verdict included. Pure: the same parts give the same report. */
export function buildReport(parts: ReportParts): Report {
  const { simulation } = parts;
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
    verdict: judge(parts).verdict,
  };
}

function concerned(
  simulation: SimulationFigures | undefined,
  phase: "cutover" | "failback",
): { stranded?: number; untouched?: number } {
  if (!simulation?.untouched) return {};
  return { stranded: simulation[phase].stranded, untouched: simulation.untouched[phase] };
}

function boundFigures(bound: Bound | undefined): Report["bound"] {
  if (bound?.kind !== "bound") {
    return { detectionSeconds: null, propagationSeconds: null, ttlSeconds: null, rtoSeconds: null };
  }
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  return { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds };
}

function otherFigures({ name, type, routing, bound, outcome }: OtherSet): OtherFigures {
  const isSimulated = outcome.kind === "simulated";
  return {
    name,
    type,
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
    ...(loopback?.failedShare ? { failedShare: loopback.failedShare } : {}),
    ...(loopback?.places ? { places: loopback.places } : {}),
  };
}

/** The `cost` member: dollars at the edge, dearest line first. */
export function costFigures(cost: CostReport): CostFigures {
  return {
    standbyMonthlyUsd: cost.unpriced.some(({ standby }) => standby) ? null : toUsd(cost.standbyMicroUsd),
    totalMonthlyUsd: cost.unpriced.length > 0 ? null : toUsd(cost.totalMicroUsd),
    unpriced: cost.unpriced.map(({ urn, type, why }) => ({ urn, type, why })),
    lines: dearestFirst(cost.lines).map(costLine),
  };
}

export function costLine(line: CostReport["lines"][number]): CostLine {
  const { urn, type, region, item, source, asOf } = line;
  return { urn, type, region, item, monthlyUsd: toUsd(line.monthlyMicroUsd), source, asOf };
}

/** Dearest first; equal amounts in the order of their URN and item, so that a report never changes by chance. */
export function dearestFirst(lines: CostReport["lines"]): CostReport["lines"] {
  const key = (line: CostReport["lines"][number]) => `${line.urn} ${line.item}`;
  return [...lines].sort((a, b) => b.monthlyMicroUsd - a.monthlyMicroUsd || (key(a) < key(b) ? -1 : 1));
}

/** The `policy` member. */
export function policyFigures(policy: PolicyReport): PolicyFigures {
  return { rules: policy.rules, violations: violationsOf(policy) };
}

function percentiles(summary: Percentiles | undefined): Percentiles | null {
  if (!summary) return null;
  const { p5, p50, p95, p99, max } = summary;
  return { p5: seconds(p5), p50: seconds(p50), p95: seconds(p95), p99: seconds(p99), max: seconds(max) };
}

function milliseconds(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : seconds(value);
}

/** To the millisecond, which is the clocks' resolution. */
function seconds(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
