import { alarmStream, PRICE_WORDS } from "./alarm-stream";
import { memberName } from "./answer-sets";
import { leadsToSet, recordsBehind, restingMembers } from "./answer-tree";
import { calculatedOutcome } from "./calculated-check";
import { checkHealth } from "./check-health";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { detectionBoundSeconds, isEndpointCheck, metricDetectionBoundSeconds } from "./health-check";
import { answerOnce, type ListAnswers } from "./list-answers";
import { selfReferenceText } from "./self-reference";
import type { TargetGroup } from "./target-group";
import { TARGET_HEALTH_NOT_MODELLED, targetHealthBehind, targetHealthBoundSeconds } from "./target-health";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { otherWatched, watchedBy } from "./watched-endpoint";

/** No automatic detection at all: the set never leaves its primary by itself. */
export interface Unbounded {
  readonly kind: "unbounded";
  readonly why: string;
  /** What gives it a bound with its price, where one setting does. */
  readonly change?: string;
  /** URN of another record of the set, to which alone the change is made: the lost one's own check is well. */
  readonly other?: string;
}

/** `path` is the property, on the resource `urn`, that is not known yet. */
export interface NotKnown {
  readonly kind: "unknown";
  readonly urn: string;
  readonly path: string;
}

export type Seconds = { readonly kind: "seconds"; readonly seconds: number } | Unbounded | NotKnown;

/** From the fault to who serves then, or from the heal back to the primary. */
export type Way = "cutover" | "failback";

/** Deeper trees of records than this are taken for a loop. */
export const TREE_DEPTH_MAX = 8;

/** The longest of several, or the first that is no number. */
export function longest(all: readonly Seconds[]): Seconds {
  let seconds = 0;
  for (const each of all) {
    if (each.kind !== "seconds") return each;
    seconds = Math.max(seconds, each.seconds);
  }
  return { kind: "seconds", seconds };
}

/**
 * A record is unhealthy while its own check says so or, where it evaluates its target, while that is unhealthy
 * (developer guide, dns-failover-complex-configs). Nothing tells which of the two sees a fault, so the slower one
 * counts, unless the first sees all that the second does; to be healthy again it needs both.
 */
export function recordDetectionSeconds(plan: FailoverPlan, record: RecordSet, way: Way, depth = 0): Seconds {
  const own = ownDetectionSeconds(plan, record);
  const target = targetDetectionSeconds(plan, record, way, depth);
  if (own === undefined) return target;
  // What can never see anything of the fault leaves it to the other.
  if (target.kind === "unbounded") return own.of;
  if (own.of.kind === "unbounded") return own.isBlind ? target : own.of;
  if (way === "cutover" && own.seesAll && targetHealthBehind(plan, record).kind !== "none") return own.of;
  return longest([own.of, target]);
}

/** Of the check that the record has itself; undefined where it has none. */
function ownDetectionSeconds(
  plan: FailoverPlan,
  record: RecordSet,
):
  | {
      readonly of: Seconds;
      /** Whether the check is known not to turn by the fault, as against one that cannot be read. */
      readonly isBlind: boolean;
      /** Whether it probes the record's endpoint for an answer, as a load balancer does at most. */
      readonly seesAll: boolean;
    }
  | undefined {
  const unread = (of: Seconds) => ({ of, isBlind: false, seesAll: false });
  switch (record.healthCheck.kind) {
    case "unknown":
      return unread({ kind: "unknown", urn: record.urn, path: "healthCheckId" });
    case "none":
      return undefined;
    case "external": {
      const { id } = record.healthCheck;
      const why = `health check ${id} is not in this stack, so its timing cannot be read`;
      return unread({ kind: "unbounded", why });
    }
    case "check": {
      const { urn } = record.healthCheck;
      const check = withUrn(plan.healthChecks, urn);
      if (!check) return unread({ kind: "unbounded", why: `health check ${urn} is not in this stack` });
      const { type } = check;
      const asksForAnswer = !isUnknown(type) && isEndpointCheck(type) && type !== "TCP";
      return {
        of: checkDetectionSeconds(plan, check, record),
        isBlind: isBlind(plan, check, record),
        seesAll: asksForAnswer && watchedBy(plan, check, record).kind === "own",
      };
    }
  }
}

/** Whether the check stays healthy whatever becomes of the record, so that it speaks against nothing. */
function isBlind(plan: FailoverPlan, check: HealthCheck, record: RecordSet): boolean {
  const { type, disabled, inverted } = check;
  if (inverted !== false) return false;
  if (disabled === true || type === "RECOVERY_CONTROL") return true;
  if (type === "CALCULATED") return calculatedOutcome(plan, check, record).kind === "stays";
  return otherWatched(plan, check, record) !== undefined;
}

/**
 * By what the record leads to: the targets of a load balancer, or records behind it. It leaves what has failed where
 * these do: a pair by itself; of any other set all must be unhealthy, and the alias must evaluate that (developer
 * guide, dns-failover-complex-configs). One target group without a healthy target is enough, and nothing tells which
 * sees a fault, so the slowest counts.
 */
function targetDetectionSeconds(plan: FailoverPlan, record: RecordSet, way: Way, depth: number): Seconds {
  const unbounded = (why: string): Seconds => ({ kind: "unbounded", why });
  const noCheck = `the ${memberName(record)} record has no health check`;
  const behind = depth > TREE_DEPTH_MAX || !leadsToSet(plan, record) ? [] : recordsBehind(plan, record);
  if (behind.length === 0) {
    const health = targetHealthBehind(plan, record);
    switch (health.kind) {
      case "none":
        return unbounded(noCheck);
      case "not-modelled":
        return unbounded(`${noCheck}; ${TARGET_HEALTH_NOT_MODELLED}`);
      case "unknown":
        return { kind: "unknown", urn: health.urn, path: EVALUATE };
      case "groups":
        return health.groups.length === 0
          ? unbounded(`${noCheck}, and the target groups behind its load balancer check nothing`)
          : slowestGroupSeconds(health.groups, way);
    }
  }
  const isChoosing = answerOnce(choosing, behind, "", () =>
    behind.some(({ routing }) => routing.kind === "failover" || routing.kind === "simple"),
  );
  const { target } = record;
  if (!isChoosing && target.kind === "alias" && isUnknown(target.evaluateTargetHealth)) {
    return { kind: "unknown", urn: record.urn, path: EVALUATE };
  }
  if (!isChoosing && (target.kind !== "alias" || target.evaluateTargetHealth !== true)) {
    return unbounded(`${noCheck} and does not evaluate its target's health`);
  }
  const answers = detections.get(plan) ?? new WeakMap();
  detections.set(plan, answers);
  return answerOnce(answers, behind, `${way} ${depth}`, () =>
    longest(restingMembers(behind).map((next) => recordDetectionSeconds(plan, next, way, depth + 1))),
  );
}

/** Whether a list leaves what has failed by itself, or is no set. */
const choosing: ListAnswers<boolean> = new WeakMap();

/** Timings are the plan's, which may be a copy with others. */
const detections = new WeakMap<FailoverPlan, ListAnswers<Seconds>>();

const EVALUATE = "aliases[0].evaluateTargetHealth";

/** By the groups behind a balancer, which many names may share. */
const slowestGroups = new WeakMap<readonly TargetGroup[], Map<Way, Seconds>>();

function slowestGroupSeconds(groups: readonly TargetGroup[], way: Way): Seconds {
  const known = slowestGroups.get(groups) ?? new Map<Way, Seconds>();
  slowestGroups.set(groups, known);
  const seconds = known.get(way) ?? longest(groups.map((group) => groupDetectionSeconds(group, way)));
  known.set(way, seconds);
  return seconds;
}

function groupDetectionSeconds(group: TargetGroup, way: Way): Seconds {
  const { urn, isChecked, intervalSeconds, timeoutSeconds, unhealthyThreshold, healthyThreshold } = group;
  const unknown = (path: string): Seconds => ({ kind: "unknown", urn, path: `healthCheck.${path}` });
  if (isUnknown(isChecked)) return unknown("enabled");
  if (isUnknown(intervalSeconds)) return unknown("interval");
  if (isUnknown(timeoutSeconds)) return unknown("timeout");
  if (isUnknown(unhealthyThreshold)) return unknown("unhealthyThreshold");
  if (isUnknown(healthyThreshold)) return unknown("healthyThreshold");
  const timing = { intervalSeconds, timeoutSeconds, unhealthyThreshold, healthyThreshold };
  return { kind: "seconds", seconds: targetHealthBoundSeconds(timing, way) };
}

/** Longest time from the fault of `record`'s endpoint to this check being unhealthy. */
function checkDetectionSeconds(plan: FailoverPlan, check: HealthCheck, record: RecordSet): Seconds {
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
  const itself = watchedBy(plan, check, record);
  if (itself.kind === "itself") {
    return {
      kind: "unbounded",
      why: `the health check probes ${selfReferenceText(itself)}, so its result follows the failover`,
      change: "set its fqdn to the record's own host name (in place, no price)",
    };
  }
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
    case "followed":
      return { kind: "seconds", seconds: metricDetectionBoundSeconds(stream) };
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
