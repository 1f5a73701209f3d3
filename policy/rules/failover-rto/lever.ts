import { leadsOn } from "../../../model/answer-tree";
import { calculatedOutcome } from "../../../model/calculated-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { FAILURE_THRESHOLD_MAX, FAILURE_THRESHOLD_MIN } from "../../../model/health-check";
import { formatUsd, toUsd } from "../../../model/money";
import { type Bound, recoveryBound } from "../../../model/recovery-bound";
import { targetHealthBehind } from "../../../model/target-health";
import { isUnknown } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import { endpointClass } from "../../prices/endpoint-class";
import { optionMicroUsd } from "../../prices/route53-price";
import type { JudgedStack } from "../../rule";
import { FAST_SECONDS, type Trials, trialsOf } from "./trials";

const TTL_SECONDS = 60;

/** One change after which the pair meets the limit, with the bound it then has and what it costs. */
interface Lever {
  readonly change: string;
  readonly rtoSeconds: number;
  readonly price: string;
}

/** The texts for what stands alike: one check, or the same children of one, and one TTL. */
const texts = new WeakMap<FailoverPlan, WeakMap<object, Map<string, string>>>();

/**
 * Every single change that brings the bound under the limit, tried on a copy of the plan so that the model's
 * arithmetic answers; all of them together where one is not enough. Thousands of records may share a check, so what
 * is alike is tried once.
 * @param ttlSeconds of the record's bound.
 */
export function leverText(
  record: RecordSet,
  stack: JudgedStack,
  limitSeconds: number,
  ttlSeconds: number,
): string {
  const subject = soleSubject(record, stack.plan);
  if (subject === undefined) return triedText(record, stack, limitSeconds);
  const ofPlan = texts.get(stack.plan) ?? new WeakMap<object, Map<string, string>>();
  texts.set(stack.plan, ofPlan);
  const ofSubject = ofPlan.get(subject) ?? new Map<string, string>();
  ofPlan.set(subject, ofSubject);
  const key = `${limitSeconds} ${ttlSeconds} ${record.target.kind}`;
  const text = ofSubject.get(key) ?? triedText(record, stack, limitSeconds);
  ofSubject.set(key, text);
  return text;
}

/** What alone decides a record's detection: its check, or which children of that turn; undefined with a target's. */
function soleSubject(record: RecordSet, plan: FailoverPlan): object | undefined {
  if (targetHealthBehind(plan, record).kind !== "none" || leadsOn(plan, record)) return undefined;
  const check = ownCheck(record, plan);
  return check?.type === "CALCULATED" ? calculatedOutcome(plan, check, record) : check;
}

function triedText(record: RecordSet, stack: JudgedStack, limitSeconds: number): string {
  const trials = trialsOf(record, stack.plan);
  const { plan, checks } = trials;
  if (checks.length === 0 && targetHealthBehind(stack.plan, record).kind === "groups") {
    return "lower the healthCheck's interval or unhealthyThreshold of the target group (free, in place)";
  }
  if (checks.length === 0) {
    return "shorten the period (to 60 s at least) or the evaluationPeriods of the alarm behind the check, or attach a check that probes the endpoint";
  }
  const levers = [
    ttlLever(record, plan, limitSeconds),
    thresholdLever(record, trials, limitSeconds),
    intervalLever(record, stack, trials, limitSeconds),
  ].filter((lever) => lever !== undefined);
  if (levers.length === 0) return togetherText(record, trials, limitSeconds);
  return levers
    .map(
      ({ change, rtoSeconds, price }, index) =>
        `${index === 0 ? "set" : "or"} ${change} (${rtoSeconds} s, ${price})`,
    )
    .join(", ");
}

/** The fast interval and the short TTL, with the highest threshold that then fits, or the least there is. */
function togetherText(record: RecordSet, trials: Trials, limitSeconds: number): string {
  const shorter = withTtl(record, TTL_SECONDS) ?? record;
  const threshold = thresholdLever(shorter, trials, limitSeconds, { isFast: true, lessAtLeast: 0 });
  const ttl = shorter === record ? "" : ` and ttl to ${TTL_SECONDS}`;
  if (threshold) {
    return `set requestInterval to ${FAST_SECONDS}, ${threshold.change}${ttl} together (${threshold.rtoSeconds} s)`;
  }
  const least = trials.with({ isFast: true, thresholdMax: FAILURE_THRESHOLD_MIN });
  const rtoSeconds = rtoOf(recoveryBound(least, { primary: shorter }), Number.POSITIVE_INFINITY);
  return `no timing of this check reaches that: at ${FAST_SECONDS} s x ${FAILURE_THRESHOLD_MIN}${ttl} it is ${rtoSeconds} s`;
}

function ownCheck({ healthCheck }: RecordSet, plan: FailoverPlan): HealthCheck | undefined {
  return healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
}

function ttlLever(record: RecordSet, plan: FailoverPlan, limitSeconds: number): Lever | undefined {
  const shorter = withTtl(record, TTL_SECONDS);
  if (!shorter) return undefined;
  const rtoSeconds = rtoOf(recoveryBound(plan, { primary: shorter }), limitSeconds);
  if (rtoSeconds === undefined) return undefined;
  return { change: `ttl to ${TTL_SECONDS}`, rtoSeconds, price: "no idle cost" };
}

/** The record with a shorter TTL, if it has a longer one. */
function withTtl(record: RecordSet, ttlSeconds: number): RecordSet | undefined {
  const { target } = record;
  if (target.kind !== "values" || typeof target.ttlSeconds !== "number" || target.ttlSeconds <= ttlSeconds) {
    return undefined;
  }
  return { ...record, target: { ...target, ttlSeconds } };
}

function thresholdLever(
  record: RecordSet,
  trials: Trials,
  limitSeconds: number,
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
    const changed = trials.with({ isFast, thresholdMax: threshold });
    const rtoSeconds = rtoOf(recoveryBound(changed, { primary: record }), limitSeconds);
    if (rtoSeconds !== undefined)
      return { change: `failureThreshold to ${threshold}`, rtoSeconds, price: "free, in place" };
  }
  return undefined;
}

/** The interval cannot be changed on a check that exists: another check takes its place. */
function intervalLever(
  record: RecordSet,
  stack: JudgedStack,
  trials: Trials,
  limitSeconds: number,
): Lever | undefined {
  const slow = trials.checks.filter(
    ({ requestIntervalSeconds }) =>
      !isUnknown(requestIntervalSeconds) && requestIntervalSeconds > FAST_SECONDS,
  );
  if (slow.length === 0) return undefined;
  const changed = trials.with({ isFast: true });
  const rtoSeconds = rtoOf(recoveryBound(changed, { primary: record }), limitSeconds);
  if (rtoSeconds === undefined) return undefined;
  const classes = slow.map((check) => endpointClass(check, withUrn(stack.resources, check.urn), stack.plan));
  const monthly = classes.reduce((sum, { kind }) => sum + optionMicroUsd(kind), 0);
  const where = classes.every(({ kind }) => kind === "aws")
    ? "AWS endpoint"
    : "endpoint not known to be in AWS";
  return {
    change: `requestInterval to ${FAST_SECONDS}`,
    rtoSeconds,
    price: `+${formatUsd(toUsd(monthly))} a month for an ${where}, probes extra, replaces the check`,
  };
}

/** The bound in seconds where there is one below the limit. */
function rtoOf(bound: Bound, limitSeconds: number): number | undefined {
  return bound.kind === "bound" && bound.rtoSeconds < limitSeconds ? bound.rtoSeconds : undefined;
}
