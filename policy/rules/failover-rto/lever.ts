import { leadsOn, recordsBehind } from "../../../model/answer-tree";
import { calculatedOutcome } from "../../../model/calculated-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { FAILURE_THRESHOLD_MAX, FAILURE_THRESHOLD_MIN } from "../../../model/health-check";
import { formatUsd, toUsd } from "../../../model/money";
import { whyPrivate } from "../../../model/private-name";
import { isInPrivateZone } from "../../../model/public-records";
import { type Bound, recoveryBound, sumBound } from "../../../model/recovery-bound";
import { reservedRange } from "../../../model/reserved-address";
import { parseUrn } from "../../../model/stack-resource";
import { targetHealthBehind } from "../../../model/target-health";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import { endpointClass } from "../../prices/endpoint-class";
import { optionMicroUsd } from "../../prices/route53-price";
import type { JudgedStack } from "../../rule";
import { FAST_SECONDS, type Trials, trialsOf } from "./trials";

/** The TTL that the levers propose; what an alias of AWS has too. */
export const TTL_SECONDS = 60;

/** An alarm that the stack holds, for an endpoint that no checker can reach. */
const FOLLOW_LEVER =
  "watch the endpoint, which no checker can reach, by an alarm of this stack and a CLOUDWATCH_METRIC check that follows it";
const ALARM_LEVER =
  "put the alarm that the check follows into this stack, or follow one of this stack: no checker can reach the endpoint";

/**
 * What gives a record a bound whose endpoint a check cannot probe, which is outside every VPC; undefined where one can.
 * @param change what would mend the check that it has, if something would.
 */
export function privateLever(
  record: RecordSet,
  plan: FailoverPlan,
  change: string | undefined,
): string | undefined {
  if (!isPrivate(record, plan)) return undefined;
  const isFollowing = ownCheck(record, plan)?.type === "CLOUDWATCH_METRIC";
  if (change === undefined) return isFollowing ? ALARM_LEVER : FOLLOW_LEVER;
  return isFollowing ? change : `${change}, or ${FOLLOW_LEVER}`;
}

/** By its addresses and names where it has some of its own, else by its zone, which public DNS does not answer. */
function isPrivate(record: RecordSet, plan: FailoverPlan): boolean {
  const { target, type } = record;
  if (target.kind === "alias") {
    const behind = isUnknown(target.dnsName) ? undefined : whyPrivate(target.dnsName);
    return behind !== undefined || isInPrivateZone(plan, record);
  }
  if (isUnknown(target.values) || target.isTaken) return isInPrivateZone(plan, record);
  if (type === "CNAME") {
    return target.values.some((name) => whyPrivate(name) !== undefined) || isInPrivateZone(plan, record);
  }
  const ranges = target.values.map(reservedRange);
  if (ranges.some((range) => range !== undefined && !range.documentation)) return true;
  return target.values.length === 0 && isInPrivateZone(plan, record);
}

/** One change after which the pair meets the limit, with the bound it then has and what it costs. */
interface Lever {
  readonly change: string;
  readonly rtoSeconds: number;
  readonly price: string;
}

/** A record whose recovery takes too long, and what its levers hang on. */
interface Slow {
  readonly record: RecordSet;
  readonly stack: JudgedStack;
  readonly limitSeconds: number;
  readonly bound: FiniteBound;
  /** Whose TTL is too long, where that is not the record's own: ` of end.example.com`. */
  readonly ofNames: string;
}

type FiniteBound = Extract<Bound, { kind: "bound" }>;

/** The texts for what stands alike: one check, or the same children of one, and one TTL. */
const texts = new WeakMap<FailoverPlan, WeakMap<object, Map<string, string>>>();

/**
 * Every single change that brings the bound under the limit, tried on a copy of the plan so that the model's
 * arithmetic answers; all of them together where one is not enough. Thousands of records may share a check, so what
 * is alike is tried once.
 */
export function leverText(
  record: RecordSet,
  stack: JudgedStack,
  limitSeconds: number,
  bound: FiniteBound,
): string {
  const ofNames =
    bound.ttlSeconds > TTL_SECONDS
      ? namesBehind(stack.plan, record, (ttl) => typeof ttl === "number" && ttl > TTL_SECONDS)
      : "";
  const slow: Slow = { record, stack, limitSeconds, bound, ofNames };
  const subject = soleSubject(record, stack.plan);
  if (subject === undefined) return triedText(slow);
  const ofPlan = texts.get(stack.plan) ?? new WeakMap<object, Map<string, string>>();
  texts.set(stack.plan, ofPlan);
  const ofSubject = ofPlan.get(subject) ?? new Map<string, string>();
  ofPlan.set(subject, ofSubject);
  const key = `${limitSeconds} ${bound.ttlSeconds}${ofNames} ${isPrivate(record, stack.plan)}`;
  const text = ofSubject.get(key) ?? triedText(slow);
  ofSubject.set(key, text);
  return text;
}

/** What alone decides a record's detection: its check, or which children of that turn; undefined with a target's. */
function soleSubject(record: RecordSet, plan: FailoverPlan): object | undefined {
  if (targetHealthBehind(plan, record).kind !== "none" || leadsOn(plan, record)) return undefined;
  const check = ownCheck(record, plan);
  return check?.type === "CALCULATED" ? calculatedOutcome(plan, check, record) : check;
}

/** An alias has the TTL of what it leads to, so the names behind it are what has to change: ` of end.example.com`. */
export function namesBehind(
  plan: FailoverPlan,
  record: RecordSet,
  isWrong: (ttlSeconds: MaybeUnknown<number> | undefined) => boolean,
): string {
  if (record.target.kind !== "alias") return "";
  const found = new Set<RecordSet>([record]);
  const names = new Set<string>();
  // The set grows while it is walked, and a record enters it once.
  for (const each of found) {
    const { target, name } = each;
    if (target.kind === "alias") for (const next of recordsBehind(plan, each)) found.add(next);
    else if (isWrong(target.ttlSeconds)) names.add(String(name));
  }
  return ` of ${[...names].join(" and ")}`;
}

function triedText(slow: Slow): string {
  const { record, stack, bound, ofNames } = slow;
  const trials = trialsOf(record, stack.plan);
  const ttl = ttlLever(slow);
  if (trials.checks.length === 0 && ttl === undefined) {
    const also = bound.ttlSeconds > TTL_SECONDS ? `, and set ttl${ofNames} to ${TTL_SECONDS}` : "";
    if (targetHealthBehind(stack.plan, record).kind === "groups") {
      return `lower the healthCheck's interval or unhealthyThreshold of the target group (free, in place)${also}`;
    }
    const probed = isPrivate(record, stack.plan) ? "" : ", or attach a check that probes the endpoint";
    return `shorten the period (to 60 s at least) or the evaluationPeriods of the alarm behind the check${probed}${also}`;
  }
  const levers = [ttl, thresholdLever(slow, trials), intervalLever(slow, trials)].filter(
    (lever) => lever !== undefined,
  );
  if (levers.length === 0) return togetherText(slow, trials);
  return levers
    .map(
      ({ change, rtoSeconds, price }, index) =>
        `${index === 0 ? "set" : "or"} ${change} (${rtoSeconds} s, ${price})`,
    )
    .join(", ");
}

/** What of fast interval, short TTL and the highest threshold that then fits is not so yet, or the least there is. */
function togetherText(slow: Slow, trials: Trials): string {
  const { bound, ofNames } = slow;
  const shorter = { ...slow, bound: { ...bound, ttlSeconds: Math.min(bound.ttlSeconds, TTL_SECONDS) } };
  const threshold = thresholdLever(shorter, trials, { isFast: true, lessAtLeast: 0 });
  const isTtl = bound.ttlSeconds > TTL_SECONDS;
  if (threshold) {
    const leisurely = leisurelyOf(trials);
    const changes = [
      ...(leisurely.length > 0 ? [`requestInterval${ofChecks(slow, leisurely)} to ${FAST_SECONDS}`] : []),
      ...(threshold.change === "" ? [] : [threshold.change]),
      ...(isTtl ? [`ttl${ofNames} to ${TTL_SECONDS}`] : []),
    ];
    return `set ${inWords(changes)} together (${threshold.rtoSeconds} s)`;
  }
  const ttl = isTtl ? ` and ttl${ofNames} to ${TTL_SECONDS}` : "";
  const least = trials.with({ isFast: true, thresholdMax: FAILURE_THRESHOLD_MIN });
  const rtoSeconds = rtoWith(least, { ...shorter, limitSeconds: Number.POSITIVE_INFINITY });
  const what = trials.checks.some(({ urn }) => urn === ownUrn(slow)) ? "this check" : "the checks behind it";
  if (rtoSeconds === undefined) return `shorten the timing of ${what}`;
  return `no timing of ${what} reaches that: at ${FAST_SECONDS} s x ${FAILURE_THRESHOLD_MIN}${ttl} it is ${rtoSeconds} s`;
}

function ownCheck({ healthCheck }: RecordSet, plan: FailoverPlan): HealthCheck | undefined {
  return healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
}

function ttlLever({ bound, limitSeconds, ofNames }: Slow): Lever | undefined {
  if (bound.ttlSeconds <= TTL_SECONDS) return undefined;
  const { rtoSeconds } = sumBound(bound.detectionSeconds, TTL_SECONDS);
  if (rtoSeconds >= limitSeconds) return undefined;
  return { change: `ttl${ofNames} to ${TTL_SECONDS}`, rtoSeconds, price: "no idle cost" };
}

function thresholdLever(
  slow: Slow,
  trials: Trials,
  { isFast, lessAtLeast } = { isFast: false, lessAtLeast: 1 },
): Lever | undefined {
  const highest = Math.max(
    ...trials.checks.map(({ failureThreshold }) => (isUnknown(failureThreshold) ? 0 : failureThreshold)),
  );
  for (
    let threshold = Math.min(highest - lessAtLeast, FAILURE_THRESHOLD_MAX);
    threshold >= FAILURE_THRESHOLD_MIN;
    threshold -= 1
  ) {
    const rtoSeconds = rtoWith(trials.with({ isFast, thresholdMax: threshold }), slow);
    if (rtoSeconds === undefined) continue;
    const higher = trials.checks.filter(
      ({ failureThreshold }) => !isUnknown(failureThreshold) && failureThreshold > threshold,
    );
    const change = higher.length > 0 ? `failureThreshold${ofChecks(slow, higher)} to ${threshold}` : "";
    return { change, rtoSeconds, price: "free, in place" };
  }
  return undefined;
}

/** More names than these are counted. */
const NAMES_MAX = 3;

/** Whose setting it is, where that is not the record's own check's: ` of edge and origin`. */
function ofChecks(slow: Slow, checks: readonly HealthCheck[]): string {
  if (checks.every(({ urn }) => urn === ownUrn(slow))) return "";
  if (checks.length > NAMES_MAX) return ` of ${checks.length} checks behind it`;
  return ` of ${inWords(checks.map(({ urn }) => parseUrn(urn).name))}`;
}

/** `one, two and three`. */
function inWords(items: readonly string[]): string {
  const others = items.slice(0, -1).join(", ");
  return `${others === "" ? "" : `${others} and `}${items.at(-1) ?? ""}`;
}

function ownUrn({ record: { healthCheck } }: Slow): string | undefined {
  return healthCheck.kind === "check" ? healthCheck.urn : undefined;
}

function leisurelyOf({ checks }: Trials): HealthCheck[] {
  return checks.filter(
    ({ requestIntervalSeconds }) =>
      !isUnknown(requestIntervalSeconds) && requestIntervalSeconds > FAST_SECONDS,
  );
}

/** The interval cannot be changed on a check that exists: another check takes its place. */
function intervalLever(slow: Slow, trials: Trials): Lever | undefined {
  const { plan, resources } = slow.stack;
  const leisurely = leisurelyOf(trials);
  if (leisurely.length === 0) return undefined;
  const rtoSeconds = rtoWith(trials.with({ isFast: true }), slow);
  if (rtoSeconds === undefined) return undefined;
  const classes = leisurely.map((check) => endpointClass(check, withUrn(resources, check.urn), plan));
  const monthly = classes.reduce((sum, { kind }) => sum + optionMicroUsd(kind), 0);
  const where = classes.every(({ kind }) => kind === "aws")
    ? "AWS endpoint"
    : "endpoint not known to be in AWS";
  return {
    change: `requestInterval${ofChecks(slow, leisurely)} to ${FAST_SECONDS}`,
    rtoSeconds,
    price: `+${formatUsd(toUsd(monthly))} a month for an ${where}, probes extra, replaces the ${leisurely.length > 1 ? "checks" : "check"}`,
  };
}

/** The bound in seconds with another plan's detection, where there is one below the limit. */
function rtoWith(plan: FailoverPlan, { record, limitSeconds, bound }: Slow): number | undefined {
  const changed = recoveryBound(plan, { primary: record });
  if (changed.kind !== "bound") return undefined;
  const { rtoSeconds } = sumBound(changed.detectionSeconds, bound.ttlSeconds);
  return rtoSeconds < limitSeconds ? rtoSeconds : undefined;
}
