import { answerEnds } from "../model/answer-ends";
import { type AnswerSet, answerSets, memberName, setWords, withLost } from "../model/answer-sets";
import { leadsOn } from "../model/answer-tree";
import type { FailoverPlan, RecordSet } from "../model/failover-plan";
import { isEndpointCheck } from "../model/health-check";
import { microUsd, toUsd } from "../model/money";
import { planFromResources } from "../model/plan-from-resources";
import { answerTtlSeconds, type Bound, recordTtlSeconds, recoveryBound } from "../model/recovery-bound";
import type { StackResource } from "../model/stack-resource";
import { rehearsablePlan } from "../model/taken-addresses";
import { targetHealthBehind } from "../model/target-health";
import { isUnknown } from "../model/unknown";
import { withUrn } from "../model/urn-index";
import { idleCost } from "../policy/prices/idle-cost";
import { ASSUMPTIONS } from "../rehearsal/simulation/assumptions";
import { outlookOf } from "../rehearsal/simulation/outlook";
import { playableSystem } from "../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName } from "../rehearsal/simulation/scenario";
import { simulate } from "../rehearsal/simulation/simulate";
import { queriesMonthlyUsd } from "./query-cost";
import { frontierOf } from "./report/plots/frontier";
import type { FrontierSetting } from "./report/plots/plot-data";
import type { Percentiles } from "./report/report";
import { slowestFirst } from "./report/verdict";

/**
 * What a sweep tries. An alias to AWS has the TTL that AWS gives it, so `ttlsSeconds` are for other records, and for
 * those that an alias of the zone leads to.
 */
export interface SweepGrid {
  readonly intervalsSeconds: readonly number[];
  readonly failureThresholds: readonly number[];
  readonly ttlsSeconds: readonly number[];
}

/** Both intervals that Route 53 has; the ends of its thresholds and what lies near the default of 3. */
const SWEEP_GRID: SweepGrid = {
  intervalsSeconds: [10, 30],
  failureThresholds: [1, 2, 3, 5, 10],
  ttlsSeconds: [10, 30, 60],
};

/** How the records of a pair are written. */
export type RecordsKind = "alias" | "CNAME" | "values";

export interface SweepSetting {
  readonly records: RecordsKind;
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly ttlSeconds: number;
}

/** A stack as it is, and the pair of it whose settings are varied. */
export interface SweepBase {
  readonly resources: readonly StackResource[];
  readonly plan: FailoverPlan;
  readonly set: AnswerSet;
  readonly current: SweepSetting;
}

export type SweepBaseReading =
  | { readonly kind: "base"; readonly base: SweepBase }
  /** One line: why the stack cannot be swept. */
  | { readonly kind: "refused"; readonly why: string };

export interface SweepOptions {
  readonly scenario: Scenario;
  readonly cutovers: number;
  /** Simulated in each cutover; as many are taken to ask without a pause when queries are priced. */
  readonly resolvers: number;
  readonly seed: number;
}

/** One setting with what it does and costs. All money in USD a month. */
export interface SweptSetting extends SweepSetting {
  readonly bound: Bound;
  /** From the fault to the first request that the standby served; null where nobody came over. */
  readonly cutoverSeconds: Percentiles | null;
  /** The standby and the failover wiring with no visitor; null where a resource has no price. */
  readonly standbyMonthlyUsd: number | null;
  /** The whole stack with no visitor, probes included; null where a resource has no price. */
  readonly idleMonthlyUsd: number | null;
  /** DNS queries of resolvers that ask again whenever the TTL is over (`query-cost.ts`); null where one is not known. */
  readonly queriesMonthlyUsd: number | null;
  readonly violations: number;
  readonly isCurrent: boolean;
}

/** Reads the settings of a set of answers; of the one that recovers slowest unless `chosen` names another. */
export function readSweepBase(resources: readonly StackResource[], chosen?: AnswerSet): SweepBaseReading {
  const refused = (why: string): SweepBaseReading => ({ kind: "refused", why });
  const plan = rehearsablePlan(resources);
  const sets = slowestFirst(
    answerSets(plan).map((each) => ({ set: each, bound: recoveryBound(plan, each) })),
  );
  const set = chosen
    ? sameSet(
        sets.map((each) => each.set),
        chosen,
      )
    : sets[0]?.set;
  if (!set) return refused("the stack has no failover pair to play");
  const playable = playableSystem(plan, set);
  if (playable.kind === "refused") return refused(`the failure cannot be simulated: ${playable.why}`);
  const { healthCheck } = set.primary;
  const check = healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
  if (!check) return refused(withoutCheckText(plan, set));
  const { type, requestIntervalSeconds: intervalSeconds, failureThreshold } = check;
  if (isUnknown(type) || !isEndpointCheck(type)) {
    return refused(
      `${check.urn} is a ${String(type)} check; interval and threshold are those of endpoint checks`,
    );
  }
  const ttl = answerTtlSeconds(plan, set.primary);
  if (ttl.kind !== "seconds" || isUnknown(intervalSeconds) || isUnknown(failureThreshold)) {
    return refused(`interval, threshold or TTL of ${set.name} are not known before the update`);
  }
  const records = recordsKind(set);
  const current = { records, intervalSeconds, failureThreshold, ttlSeconds: ttl.seconds };
  return { kind: "base", base: { resources, plan, set, current } };
}

/** Faults that a sweep can play, the first of them that the health checks see. */
const SWEPT_SCENARIOS = ["primary-down", "primary-refuses"];

/** What the settings have to recover from: a TCP check sees none but refused connections. Undefined where it sees none. */
export function sweptScenario({ plan, set }: SweepBase): Scenario | undefined {
  const playable = playableSystem(plan, set);
  if (playable.kind === "refused") return undefined;
  return SWEPT_SCENARIOS.flatMap((name) => scenarioByName(name) ?? []).find(
    (scenario) => outlookOf(playable.system, scenario, ASSUMPTIONS).kind !== "stays",
  );
}

/** Why the lost member has no check to vary, and what decides about it in its place. */
function withoutCheckText(plan: FailoverPlan, set: AnswerSet): string {
  const { healthCheck } = set.primary;
  const whose = `the ${memberName(set.primary)} record of ${setWords(set)}`;
  switch (healthCheck.kind) {
    case "unknown":
      return `which health check ${whose} has is not known before the update`;
    case "external":
    case "check": {
      const named = healthCheck.kind === "external" ? healthCheck.id : healthCheck.urn;
      return `health check ${named} of ${whose} is not in this stack, so its settings cannot be varied`;
    }
    case "none":
      return `${whose} has no health check whose settings could be varied${decidingText(plan, set)}`;
  }
}

function decidingText(plan: FailoverPlan, { primary }: AnswerSet): string {
  if (leadsOn(plan, primary))
    return "; the records behind it decide, and the settings of their checks are not varied";
  return targetHealthBehind(plan, primary).kind === "groups"
    ? "; the target groups of its load balancer decide, and their settings are not varied"
    : "";
}

/** The set of another reading of the stack, with the same member lost. */
function sameSet(sets: readonly AnswerSet[], { name, type, primary }: AnswerSet): AnswerSet | undefined {
  const found = sets.find((set) => set.name === name && set.type === type);
  return found && withLost(found, ({ urn }) => urn === primary.urn);
}

function recordsKind({ type, primary }: AnswerSet): RecordsKind {
  if (primary.target.kind === "alias") return "alias";
  return type === "CNAME" ? "CNAME" : "values";
}

/** The grid for this base, and its own setting where the grid lacks it. */
export function sweepSettings(base: SweepBase, grid: SweepGrid = SWEEP_GRID): SweepSetting[] {
  const { current } = base;
  const { records } = current;
  const ttlsSeconds = variedTtlsSeconds(base, grid);
  const settings = grid.intervalsSeconds.flatMap((intervalSeconds) =>
    grid.failureThresholds.flatMap((failureThreshold) =>
      ttlsSeconds.map((ttlSeconds) => ({ records, intervalSeconds, failureThreshold, ttlSeconds })),
    ),
  );
  return settings.some((setting) => isSame(setting, current)) ? settings : [...settings, current];
}

/** The TTLs of the grid that the lost member's answers can have; the longest TTL behind it is theirs. */
function variedTtlsSeconds({ plan, set, current }: SweepBase, { ttlsSeconds }: SweepGrid): readonly number[] {
  const ends = answerEnds(plan, [set.primary], "all");
  const given = ends.filter((end) => !hasOwnTtl(end)).map(recordTtlSeconds);
  const least = Math.max(0, ...given.map((ttl) => (ttl.kind === "seconds" ? ttl.seconds : 0)));
  const varied = ends.some(hasOwnTtl) ? ttlsSeconds.filter((ttlSeconds) => ttlSeconds >= least) : [];
  return varied.length > 0 ? varied : [current.ttlSeconds];
}

function hasOwnTtl({ target }: RecordSet): boolean {
  return target.kind === "values";
}

function isSame(a: SweepSetting, b: SweepSetting): boolean {
  return (
    a.records === b.records &&
    a.intervalSeconds === b.intervalSeconds &&
    a.failureThreshold === b.failureThreshold &&
    a.ttlSeconds === b.ttlSeconds
  );
}

/**
 * The base's resources with this setting: its check, and the TTL of every record of the set's name and routing, or of
 * those behind where it is an alias to records of the zone. The stack's own setting is played with whatever TTLs it has.
 */
export function resourcesWith(
  { resources, plan, set, current }: SweepBase,
  setting: SweepSetting,
): StackResource[] {
  const { healthCheck } = set.primary;
  const members = plan.recordSets.filter(({ name, routing }) => {
    return name === set.name && routing.kind === set.routing;
  });
  const ends = isSame(setting, current) ? [] : answerEnds(plan, members, "all").filter(hasOwnTtl);
  const records = new Set(ends.map(({ urn }) => urn));
  return resources.map((resource) => {
    if (healthCheck.kind === "check" && resource.urn === healthCheck.urn) {
      const { intervalSeconds: requestInterval, failureThreshold } = setting;
      return { ...resource, properties: { ...resource.properties, requestInterval, failureThreshold } };
    }
    if (!records.has(resource.urn)) return resource;
    return { ...resource, properties: { ...resource.properties, ttl: setting.ttlSeconds } };
  });
}

/** Plays and prices one setting. A function of its arguments, to the byte. */
export function playSetting(base: SweepBase, setting: SweepSetting, options: SweepOptions): SweptSetting {
  const resources = resourcesWith(base, setting);
  const judged = planFromResources(resources);
  const plan = rehearsablePlan(resources, judged);
  const set = sameSet(answerSets(plan), base.set);
  if (!set) throw new Error(`${base.set.name} ${base.set.type} is lost under ${JSON.stringify(setting)}`);
  const { cutover, violations } = simulate({ ...options, plan, set });
  const cost = idleCost(resources, judged);
  const isPriced = cost.unpriced.length === 0;
  return {
    ...setting,
    bound: recoveryBound(plan, set),
    cutoverSeconds: cutover.clientSeconds.summary() ?? null,
    standbyMonthlyUsd: cost.unpriced.some(({ standby }) => standby) ? null : toUsd(cost.standbyMicroUsd),
    idleMonthlyUsd: isPriced ? toUsd(cost.totalMicroUsd) : null,
    queriesMonthlyUsd: queriesMonthlyUsd(plan, set, options.resolvers),
    violations: violations.length,
    isCurrent: isSame(setting, base.current),
  };
}

/** What the plots show of it: idle cost with queries against p95; undefined where either is not known. */
export function frontierSetting(swept: SweptSetting): FrontierSetting | undefined {
  const { cutoverSeconds, idleMonthlyUsd, queriesMonthlyUsd, records } = swept;
  if (cutoverSeconds === null || idleMonthlyUsd === null || queriesMonthlyUsd === null) return undefined;
  return {
    intervalSeconds: swept.intervalSeconds,
    failureThreshold: swept.failureThreshold,
    ttlSeconds: swept.ttlSeconds,
    ...(records === "values" ? {} : { records }),
    monthlyUsd: toUsd(microUsd(idleMonthlyUsd + queriesMonthlyUsd)),
    p50Seconds: cutoverSeconds.p50,
    p95Seconds: cutoverSeconds.p95,
    ...(swept.isCurrent ? { isCurrent: true } : {}),
  };
}

/** A swept setting beside its place on the plot and, from 1, its number on the frontier. */
export interface RankedSetting {
  readonly swept: SweptSetting;
  readonly shown: FrontierSetting | undefined;
  readonly frontier: number | undefined;
}

/** Cheapest first, what has no price or came to no cutover last. */
export function rankSettings(swept: readonly SweptSetting[]): RankedSetting[] {
  const all = swept.map((each) => ({ swept: each, shown: frontierSetting(each) }));
  const frontier = frontierOf(all.flatMap(({ shown }) => (shown ? [shown] : [])));
  return all
    .map(({ swept: each, shown }) => {
      const place = shown ? frontier.indexOf(shown) : -1;
      return { swept: each, shown, frontier: place < 0 ? undefined : place + 1 };
    })
    .sort(
      (a, b) => order(a.shown) - order(b.shown) || (a.shown?.p95Seconds ?? 0) - (b.shown?.p95Seconds ?? 0),
    );
}

function order(shown: FrontierSetting | undefined): number {
  return shown?.monthlyUsd ?? Number.MAX_SAFE_INTEGER;
}
