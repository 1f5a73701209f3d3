import { alarmMetric } from "./alarm-metric";
import { alarmStream, PRICE_WORDS } from "./alarm-stream";
import { memberName } from "./answer-sets";
import { type CalculatedOutcome, calculatedOutcome } from "./calculated-check";
import { checkHealth } from "./check-health";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { detectionBoundSeconds, isEndpointCheck, metricDetectionBoundSeconds } from "./health-check";
import { longest, type Seconds, type Unbounded } from "./seconds";
import { maySelfRefer, type SelfReference, selfReferenceText } from "./self-reference";
import { type UnansweredName, unansweredText, unresolvedProbe } from "./unanswered-name";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { otherWatched, watchedBy } from "./watched-endpoint";

/** From the fault to who serves then, or from the heal back to the primary. */
export type Way = "cutover" | "failback";

/** Longest time from the fault of `record`'s endpoint to this check being unhealthy, or from its heal until it is not. */
export function checkDetectionSeconds(
  plan: FailoverPlan,
  check: HealthCheck,
  record: RecordSet,
  way: Way = "cutover",
): Seconds {
  const unknown = (path: string): Seconds => ({ kind: "unknown", urn: check.urn, path });
  const { type } = check;
  if (isUnknown(check.disabled)) return unknown("disabled");
  if (check.disabled)
    return check.inverted === true
      ? { ...INVERTED, why: "the health check is disabled and inverted, which counts as unhealthy for ever" }
      : { kind: "unbounded", why: "the health check is disabled, which counts as healthy" };
  if (isUnknown(type)) return unknown("type");
  if (type === "RECOVERY_CONTROL")
    return { kind: "unbounded", why: "a recovery control is switched by a person, not by a failure" };
  if (isUnknown(check.inverted)) return unknown("invertHealthcheck");
  // Whether a calculated one is turned at all is seen first: one that never is healthy is so when it is inverted.
  if (type === "CALCULATED") return calculatedCheckSeconds(plan, check, record, way);
  if (check.inverted) return INVERTED;
  if (isEndpointCheck(type) && maySelfRefer(check, record)) {
    return { kind: "unknown", urn: record.urn, path: "name" };
  }
  const itself = watchedBy(plan, check, record);
  if (itself.kind === "itself") return followsFailover(itself);
  if (itself.kind === "unknown") return { kind: "unknown", urn: itself.urn, path: itself.path };
  const other = otherWatched(plan, check, record);
  if (other !== undefined) {
    const isMetric = type === "CLOUDWATCH_METRIC";
    const watches = isMetric ? "the alarm behind the health check watches" : "the health check probes";
    const path = isMetric ? "alarm's dimensions" : check.ipAddress === undefined ? "fqdn" : "ipAddress";
    return {
      kind: "unbounded",
      why: `${watches} ${other}, so it stays healthy while the ${memberName(record)} record's fails`,
      change: `set its ${path} to the record's own (in place, no price)`,
    };
  }
  if (isEndpointCheck(type)) {
    const unresolved = unresolvedProbe(plan, check);
    // What the stack has nothing of, another stack may have; what it has in other types is all that there is.
    if (unresolved !== undefined && unresolved.found !== "nothing") return neverHealthy(unresolved);
    const { requestIntervalSeconds, failureThreshold } = check;
    if (isUnknown(requestIntervalSeconds)) return unknown("requestInterval");
    if (isUnknown(failureThreshold)) return unknown("failureThreshold");
    return {
      kind: "seconds",
      seconds: detectionBoundSeconds({ type, requestIntervalSeconds, failureThreshold }),
    };
  }
  return metricCheckSeconds(plan, check);
}

function neverHealthy(unresolved: UnansweredName): Unbounded {
  return {
    kind: "unbounded",
    why:
      `the health check probes ${unansweredText(unresolved, "A")}, so no checker resolves it: the check is unhealthy ` +
      "while the endpoint is well",
    change:
      "set its fqdn to a name that has an A record, or ipAddress to the endpoint's (in place, no price)",
  };
}

/** Of a check that asks for the name whose answers it decides. */
export function followsFailover(itself: SelfReference): Unbounded {
  return {
    kind: "unbounded",
    why: `the health check probes ${selfReferenceText(itself)}, so its result follows the failover`,
    change: "set its fqdn to the record's own host name (in place, no price)",
  };
}

/** Its clients are on the standby already, and come back when the record's endpoint fails. */
const INVERTED: Unbounded = {
  kind: "unbounded",
  why: "the health check is inverted: it sends clients away from a healthy primary and to a failed one",
  change: "set its invertHealthcheck to false (in place, no price)",
};

const AWAY: Unbounded = {
  kind: "unbounded",
  why:
    "the calculated health check is unhealthy while the endpoint is well, by children that are inverted: it sends " +
    "clients away from a healthy primary",
  change:
    "set their invertHealthcheck to false (in place, no price), or name in invertedOnPurpose those that a person throws " +
    "as switches",
};

function metricCheckSeconds(plan: FailoverPlan, check: HealthCheck): Seconds {
  const alarm = withUrn(plan.alarms, check.alarm);
  if (!alarm) return { kind: "unbounded", why: "the alarm behind the health check is not in this stack" };
  const stream = alarmStream(alarm);
  switch (stream.kind) {
    case "unknown":
      return { kind: "unknown", urn: alarm.urn, path: stream.path };
    case "refused": {
      const [{ got, lever, price }] = stream.obstacles;
      const why = `the alarm behind the health check ${got}`;
      return { kind: "unbounded", why, change: `${lever} (in place, ${PRICE_WORDS[price]})` };
    }
    case "followed": {
      const metric = alarmMetric(alarm);
      // Of a metric that is not told, as one of the stack's own, the alarm is taken to follow the endpoint.
      if (metric.kind === "wrong") {
        const why = `the alarm behind the health check ${metric.why}`;
        return { kind: "unbounded", why, change: `${metric.change} (in place, ${PRICE_WORDS.same})` };
      }
      return { kind: "seconds", seconds: metricDetectionBoundSeconds(stream) };
    }
  }
}

function calculatedCheckSeconds(
  plan: FailoverPlan,
  check: HealthCheck,
  record: RecordSet,
  way: Way,
): Seconds {
  const outcome = calculatedOutcome(plan, check, record);
  switch (outcome.kind) {
    case "unknown":
      return outcome;
    case "stays": {
      const { why, change } = outcome;
      return { kind: "unbounded", why, ...(change !== undefined && { change }) };
    }
    case "turns":
      return check.inverted === true ? INVERTED : turningSeconds(plan, check, outcome, record, way);
  }
}

/** Of children that turn with a record, by the lists that stand for all records to which they are alike. */
const turning = new WeakMap<
  readonly HealthCheck[],
  { readonly alarms: FailoverPlan["alarms"] } & Readonly<Record<Way, Seconds>>
>();

/** Whether a check of the record's own endpoint sees whatever takes its answers away. */
export function seesAll(plan: FailoverPlan, check: HealthCheck, record: RecordSet): boolean {
  const { type } = check;
  const asksForAnswer = !isUnknown(type) && isEndpointCheck(type) && type !== "TCP";
  return asksForAnswer && watchedBy(plan, check, record).kind === "own";
}

/** The n-th shortest of those that are bounds, from 1; what stands in the way where there are not so many. */
function nthSeconds(all: readonly Seconds[], n: number): Seconds {
  const seconds = all.flatMap((each) => (each.kind === "seconds" ? [each.seconds] : []));
  const nth = seconds.sort((a, b) => a - b)[n - 1];
  return nth === undefined ? longest(all) : { kind: "seconds", seconds: nth };
}

/**
 * Until as many children are unhealthy as the check needs. Where one of them may not see a fault that another sees, as a
 * TCP check does not see an answer of 503, the slowest counts.
 */
function turningSeconds(
  plan: FailoverPlan,
  check: HealthCheck,
  { by, needed }: Extract<CalculatedOutcome, { kind: "turns" }>,
  record: RecordSet,
  way: Way,
): Seconds {
  const known = turning.get(by);
  if (known?.alarms === plan.alarms) return known[way];
  const isAway = checkHealth(plan, check, () => false) === false;
  const all: Seconds[] = isAway ? [AWAY] : by.map((child) => checkDetectionSeconds(plan, child, record));
  const seenByAll = by.every((child) => seesAll(plan, child, record));
  const found = {
    cutover: nthSeconds(all, seenByAll ? needed : all.length),
    // On the way back, what turned first may not be what the check lacks.
    failback: longest(all),
  };
  turning.set(by, { alarms: plan.alarms, ...found });
  return found[way];
}
