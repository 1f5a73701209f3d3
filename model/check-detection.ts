import { alarmMetric } from "./alarm-metric";
import { alarmStream, PRICE_WORDS } from "./alarm-stream";
import { memberName } from "./answer-sets";
import { calculatedOutcome } from "./calculated-check";
import { checkHealth } from "./check-health";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { detectionBoundSeconds, isEndpointCheck, metricDetectionBoundSeconds } from "./health-check";
import { longest, type Seconds, type Unbounded } from "./seconds";
import { maySelfRefer, type SelfReference, selfReferenceText } from "./self-reference";
import { type UnansweredName, unansweredText, unresolvedProbe } from "./unanswered-name";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { otherWatched, watchedBy } from "./watched-endpoint";

/** Longest time from the fault of `record`'s endpoint to this check being unhealthy. */
export function checkDetectionSeconds(plan: FailoverPlan, check: HealthCheck, record: RecordSet): Seconds {
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
  if (type === "CALCULATED") return calculatedCheckSeconds(plan, check, record);
  if (check.inverted) return INVERTED;
  if (isEndpointCheck(type) && maySelfRefer(check, record)) {
    return { kind: "unknown", urn: record.urn, path: "name" };
  }
  const itself = watchedBy(plan, check, record);
  if (itself.kind === "itself") return followsFailover(itself);
  const other = otherWatched(plan, check, record);
  if (other !== undefined) {
    return {
      kind: "unbounded",
      why: `the health check probes ${other}, so it stays healthy while the ${memberName(record)} record's fails`,
      ...(type !== "CLOUDWATCH_METRIC" && {
        change: `set its ${check.ipAddress === undefined ? "fqdn" : "ipAddress"} to the record's own (in place, no price)`,
      }),
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

const AWAY =
  "the calculated health check is unhealthy while the endpoint is well, by children that are inverted: it sends " +
  "clients away from a healthy primary";

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

function calculatedCheckSeconds(plan: FailoverPlan, check: HealthCheck, record: RecordSet): Seconds {
  const outcome = calculatedOutcome(plan, check, record);
  switch (outcome.kind) {
    case "unknown":
      return outcome;
    case "stays": {
      const { why, change } = outcome;
      return { kind: "unbounded", why, ...(change !== undefined && { change }) };
    }
    case "turns":
      return check.inverted === true ? INVERTED : slowestSeconds(plan, check, outcome.by, record);
  }
}

/** Of children that turn with a record, by the lists that stand for all records to which they are alike. */
const slowest = new WeakMap<
  readonly HealthCheck[],
  { readonly alarms: FailoverPlan["alarms"]; readonly seconds: Seconds }
>();

function slowestSeconds(
  plan: FailoverPlan,
  check: HealthCheck,
  by: readonly HealthCheck[],
  record: RecordSet,
): Seconds {
  const known = slowest.get(by);
  if (known?.alarms === plan.alarms) return known.seconds;
  const isAway = checkHealth(plan, check, () => false) === false;
  const seconds: Seconds = isAway
    ? { kind: "unbounded", why: AWAY }
    : longest(by.map((child) => checkDetectionSeconds(plan, child, record)));
  slowest.set(by, { alarms: plan.alarms, seconds });
  return seconds;
}
