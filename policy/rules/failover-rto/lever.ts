import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { FAILURE_THRESHOLD_MAX, FAILURE_THRESHOLD_MIN, isEndpointCheck } from "../../../model/health-check";
import { formatUsd, toUsd } from "../../../model/money";
import { type Bound, recoveryBound } from "../../../model/recovery-bound";
import { targetHealthBehind } from "../../../model/target-health";
import { isUnknown } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import { endpointClass } from "../../prices/endpoint-class";
import { optionMicroUsd } from "../../prices/route53-price";
import type { JudgedStack } from "../../rule";

const FAST_SECONDS = 10;
const TTL_SECONDS = 60;

/** One change after which the pair meets the limit, with the bound it then has and what it costs. */
interface Lever {
  readonly change: string;
  readonly rtoSeconds: number;
  readonly price: string;
}

/**
 * Every single change that brings the bound under the limit, tried on a copy of the plan so that the model's
 * arithmetic answers; all of them together where one is not enough.
 */
export function leverText(record: RecordSet, stack: JudgedStack, limitSeconds: number): string {
  const concerned = checksBehind(record, stack.plan);
  const checks = concerned.filter(({ type }) => !isUnknown(type) && isEndpointCheck(type));
  if (checks.length === 0 && targetHealthBehind(stack.plan, record).kind === "groups") {
    return "lower the healthCheck's interval or unhealthyThreshold of the target group (free, in place)";
  }
  if (checks.length === 0) {
    return "shorten the period or the evaluationPeriods of the alarm behind the check, or attach a check that probes the endpoint";
  }
  // Copies for every record that fails: of the few checks behind it, not of all.
  const plan = { ...stack.plan, healthChecks: concerned };
  const levers = [
    ttlLever(record, plan, limitSeconds),
    thresholdLever(record, plan, checks, limitSeconds),
    intervalLever(record, stack, plan, checks, limitSeconds),
  ].filter((lever) => lever !== undefined);
  if (levers.length === 0) return togetherText(record, plan, checks, limitSeconds);
  return levers
    .map(
      ({ change, rtoSeconds, price }, index) =>
        `${index === 0 ? "set" : "or"} ${change} (${rtoSeconds} s, ${price})`,
    )
    .join(", ");
}

/** The fast interval and the short TTL, with the highest threshold that then fits, or the least there is. */
function togetherText(
  record: RecordSet,
  plan: FailoverPlan,
  checks: readonly HealthCheck[],
  limitSeconds: number,
): string {
  const shorter = withTtl(record, TTL_SECONDS) ?? record;
  const fast = withChecks(plan, checks, () => ({ requestIntervalSeconds: FAST_SECONDS }));
  const threshold = thresholdLever(shorter, fast, checks, limitSeconds, 0);
  const ttl = shorter === record ? "" : ` and ttl to ${TTL_SECONDS}`;
  if (threshold) {
    return `set requestInterval to ${FAST_SECONDS}, ${threshold.change}${ttl} together (${threshold.rtoSeconds} s)`;
  }
  const least = withChecks(fast, checks, () => ({ failureThreshold: FAILURE_THRESHOLD_MIN }));
  const rtoSeconds = rtoOf(recoveryBound(least, { primary: shorter }), Number.POSITIVE_INFINITY);
  return `no timing of this check reaches that: at ${FAST_SECONDS} s x ${FAILURE_THRESHOLD_MIN}${ttl} it is ${rtoSeconds} s`;
}

/** The checks that decide how soon a failure shows: the record's own, and a calculated check's children. */
function checksBehind(record: RecordSet, plan: FailoverPlan): HealthCheck[] {
  if (record.healthCheck.kind !== "check") return [];
  const own = withUrn(plan.healthChecks, record.healthCheck.urn);
  if (!own) return [];
  return [own, ...own.children.flatMap((urn) => withUrn(plan.healthChecks, urn) ?? [])];
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
  plan: FailoverPlan,
  checks: readonly HealthCheck[],
  limitSeconds: number,
  lessAtLeast = 1,
): Lever | undefined {
  const highest = Math.max(
    ...checks.map(({ failureThreshold }) => (isUnknown(failureThreshold) ? 0 : failureThreshold)),
  );
  for (
    let threshold = Math.min(highest - lessAtLeast, FAILURE_THRESHOLD_MAX);
    threshold >= FAILURE_THRESHOLD_MIN;
    threshold -= 1
  ) {
    const changed = withChecks(plan, checks, ({ failureThreshold }) => ({
      failureThreshold: isUnknown(failureThreshold)
        ? failureThreshold
        : Math.min(failureThreshold, threshold),
    }));
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
  plan: FailoverPlan,
  checks: readonly HealthCheck[],
  limitSeconds: number,
): Lever | undefined {
  const slow = checks.filter(
    ({ requestIntervalSeconds }) =>
      !isUnknown(requestIntervalSeconds) && requestIntervalSeconds > FAST_SECONDS,
  );
  if (slow.length === 0) return undefined;
  const changed = withChecks(plan, slow, () => ({ requestIntervalSeconds: FAST_SECONDS }));
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

function withChecks(
  plan: FailoverPlan,
  changed: readonly HealthCheck[],
  change: (check: HealthCheck) => Partial<HealthCheck>,
): FailoverPlan {
  const urns = new Set(changed.map(({ urn }) => urn));
  return {
    ...plan,
    healthChecks: plan.healthChecks.map((check) =>
      urns.has(check.urn) ? { ...check, ...change(check) } : check,
    ),
  };
}

/** The bound in seconds where there is one below the limit. */
function rtoOf(bound: Bound, limitSeconds: number): number | undefined {
  return bound.kind === "bound" && bound.rtoSeconds < limitSeconds ? bound.rtoSeconds : undefined;
}
