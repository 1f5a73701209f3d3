import { toUsd } from "../../model/money";
import type { Bound } from "../../model/recovery-bound";
import type { PolicyReport } from "../../policy/evaluate";
import type { CostReport } from "../../policy/prices/idle-cost";
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

/** `report.json`. Null stands for "not measured" and is never written as 0. */
export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly system: string;
  readonly stack: string;
  readonly basis: Basis;
  readonly seed: number;
  readonly speed: number;
  readonly scenario: string;
  readonly objectives: { readonly rtoSeconds: number; readonly standbyMonthlyUsd: number };
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
  };
  readonly failback: {
    readonly count: number;
    readonly healthySeconds: Percentiles | null;
    readonly authoritativeSeconds: Percentiles | null;
    readonly clientSeconds: Percentiles | null;
  };
  readonly loopback: LoopbackFigures;
  readonly cost: CostFigures;
  readonly policy: PolicyFigures;
  readonly teardown: {
    readonly created: number | null;
    readonly deleted: number | null;
    readonly left: readonly LeftResource[];
  };
  readonly verdict: Verdict;
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
  /** One line each. */
  readonly violations: readonly string[];
}

export interface TeardownFigures {
  readonly created: number;
  readonly deleted: number;
  readonly left: readonly LeftResource[];
}

/** Everything that a rehearsal found; undefined where it did not get that far. */
export interface ReportParts {
  readonly system: string;
  readonly stack: string;
  readonly seed: number;
  readonly speed: number;
  readonly scenario: string;
  readonly objectives: { readonly rtoSeconds: number; readonly standbyMonthlyUsd: number };
  /** The bound of every failover pair; the report shows the worst. */
  readonly bounds: readonly Bound[];
  readonly simulation: SimulationFigures | undefined;
  /** Why the simulation or the loopback could not be played, one line each. */
  readonly unplayed: readonly string[];
  readonly loopback: LoopbackFigures | undefined;
  readonly cost: CostReport;
  readonly policy: PolicyReport;
  readonly teardown: TeardownFigures | undefined;
}

/** The report of a rehearsal, verdict included. Pure: the same parts give the same report. */
export function buildReport(parts: ReportParts): Report {
  const { simulation, teardown } = parts;
  return {
    schema: REPORT_SCHEMA,
    system: parts.system,
    stack: parts.stack,
    basis: "simulated",
    seed: parts.seed,
    speed: parts.speed,
    scenario: parts.scenario,
    objectives: { ...parts.objectives },
    bound: boundFigures(worstBound(parts.bounds)),
    cutover: {
      count: simulation?.cutover.count ?? 0,
      unhealthySeconds: percentiles(simulation?.cutover.unhealthySeconds),
      authoritativeSeconds: percentiles(simulation?.cutover.authoritativeSeconds),
      clientSeconds: percentiles(simulation?.cutover.clientSeconds),
    },
    failback: {
      count: simulation?.failback.count ?? 0,
      healthySeconds: percentiles(simulation?.failback.healthySeconds),
      authoritativeSeconds: percentiles(simulation?.failback.authoritativeSeconds),
      clientSeconds: percentiles(simulation?.failback.clientSeconds),
    },
    loopback: loopbackFigures(parts.loopback),
    cost: costFigures(parts.cost),
    policy: policyFigures(parts.policy),
    teardown: {
      created: teardown?.created ?? null,
      deleted: teardown?.deleted ?? null,
      left: teardown?.left ?? [],
    },
    verdict: judge(parts).verdict,
  };
}

function boundFigures(bound: Bound | undefined): Report["bound"] {
  if (bound?.kind !== "bound") {
    return { detectionSeconds: null, propagationSeconds: null, ttlSeconds: null, rtoSeconds: null };
  }
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  return { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds };
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
