import { type AnswerSet, answerSets, withLost } from "../model/answer-sets";
import type { FailoverPlan } from "../model/failover-plan";
import { isEndpointCheck } from "../model/health-check";
import { HOURS_PER_MONTH, microUsd, toUsd } from "../model/money";
import { planFromResources } from "../model/plan-from-resources";
import { answerTtlSeconds, type Bound, recoveryBound } from "../model/recovery-bound";
import type { StackResource } from "../model/stack-resource";
import { rehearsablePlan } from "../model/taken-addresses";
import { isUnknown } from "../model/unknown";
import { withUrn } from "../model/urn-index";
import { idleCost } from "../policy/prices/idle-cost";
import { queriesMicroUsd } from "../policy/prices/route53-price";
import { playableSystem } from "../rehearsal/simulation/played-system";
import type { Scenario } from "../rehearsal/simulation/scenario";
import { simulate } from "../rehearsal/simulation/simulate";
import { frontierOf } from "./report/plots/frontier";
import type { FrontierSetting } from "./report/plots/plot-data";
import type { Percentiles } from "./report/report";
import { slowestFirst } from "./report/verdict";

/** What a sweep tries. An alias has the TTL that AWS gives it, so `ttlsSeconds` are for other records. */
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
  /** DNS queries of resolvers that ask again whenever the TTL is over: the most that so many can cause. */
  readonly queriesMonthlyUsd: number;
  readonly violations: number;
  readonly isCurrent: boolean;
}

const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3_600;

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
  if (!check) return refused(`the PRIMARY of ${set.name} has no health check whose settings could be varied`);
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
export function sweepSettings({ current }: SweepBase, grid: SweepGrid = SWEEP_GRID): SweepSetting[] {
  const { records } = current;
  const ttlsSeconds = records === "alias" ? [current.ttlSeconds] : grid.ttlsSeconds;
  const settings = grid.intervalsSeconds.flatMap((intervalSeconds) =>
    grid.failureThresholds.flatMap((failureThreshold) =>
      ttlsSeconds.map((ttlSeconds) => ({ records, intervalSeconds, failureThreshold, ttlSeconds })),
    ),
  );
  return settings.some((setting) => isSame(setting, current)) ? settings : [...settings, current];
}

function isSame(a: SweepSetting, b: SweepSetting): boolean {
  return (
    a.records === b.records &&
    a.intervalSeconds === b.intervalSeconds &&
    a.failureThreshold === b.failureThreshold &&
    a.ttlSeconds === b.ttlSeconds
  );
}

/** The base's resources with this setting: its check, and the TTL of every failover record of its name. */
export function resourcesWith({ resources, plan, set }: SweepBase, setting: SweepSetting): StackResource[] {
  const { healthCheck } = set.primary;
  const records = new Set(
    plan.recordSets
      .filter(({ name, routing, target }) => {
        return name === set.name && routing.kind === set.routing && target.kind === "values";
      })
      .map(({ urn }) => urn),
  );
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
    queriesMonthlyUsd: queriesMonthlyUsd(setting, options.resolvers),
    violations: violations.length,
    isCurrent: isSame(setting, base.current),
  };
}

/** An alias to AWS is answered free of charge; any other record bills each query (Route 53 pricing). */
export function queriesMonthlyUsd({ records, ttlSeconds }: SweepSetting, resolvers: number): number {
  if (records === "alias") return 0;
  return toUsd(queriesMicroUsd((resolvers * SECONDS_PER_MONTH) / Math.max(ttlSeconds, 1)));
}

/** What the plots show of it: idle cost with queries against p95; undefined where either is not known. */
export function frontierSetting(swept: SweptSetting): FrontierSetting | undefined {
  const { cutoverSeconds, idleMonthlyUsd, queriesMonthlyUsd, records } = swept;
  if (cutoverSeconds === null || idleMonthlyUsd === null) return undefined;
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
