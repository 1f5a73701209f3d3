import { alarmStream, PRICE_WORDS } from "./alarm-stream";
import { type AnswerSet, memberName } from "./answer-sets";
import { leadsToSet, recordsBehind, restingMembers } from "./answer-tree";
import { calculatedOutcome } from "./calculated-check";
import { checkHealth } from "./check-health";
import { fateOfAll } from "./common-fate";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { detectionBoundSeconds, isEndpointCheck, metricDetectionBoundSeconds } from "./health-check";
import { answerOnce, type ListAnswers } from "./list-answers";
import { selfReferenceText } from "./self-reference";
import type { TargetGroup } from "./target-group";
import { TARGET_HEALTH_NOT_MODELLED, targetHealthBehind, targetHealthBoundSeconds } from "./target-health";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { otherWatched, watchedBy } from "./watched-endpoint";

/**
 * Our allowance for a health change to reach Route 53's DNS servers. AWS documents no number; checkers send
 * their results "constantly" to all locations (developer guide, dns-failover-problems).
 */
export const PROPAGATION_ALLOWANCE_SECONDS = 30;

/**
 * What resolvers cache for an alias to an AWS resource. Documented for load balancers (60 s); taken for every
 * other alias target too, whose TTL AWS does not document.
 */
export const ALIAS_TTL_SECONDS = 60;

/** The objective of the project: a client is served again within five minutes. */
export const RTO_OBJECTIVE_SECONDS = 300;

export type Bound =
  | {
      readonly kind: "bound";
      readonly detectionSeconds: number;
      readonly propagationSeconds: number;
      readonly ttlSeconds: number;
      readonly rtoSeconds: number;
    }
  /** No automatic detection at all: the set never leaves its primary by itself. */
  | {
      readonly kind: "unbounded";
      readonly why: string;
      /** What gives it a bound with its price, where one setting does. */
      readonly change?: string;
      /** URN of another record of the set, to which alone the change is made: the lost one's own check is well. */
      readonly other?: string;
    }
  /** `path` is the property, on the resource `urn`, that is not known yet. */
  | { readonly kind: "unknown"; readonly urn: string; readonly path: string };

type Seconds =
  | { readonly kind: "seconds"; readonly seconds: number }
  | Extract<Bound, { kind: "unbounded" | "unknown" }>;

/** From the fault to who serves then, or from the heal back to the primary. */
export type Way = "cutover" | "failback";

/**
 * Worst case of a compliant client, from the fault of the set's primary to the first request after which nothing
 * leads it there again: until the check is unhealthy, every name server knows, and the last answer has expired.
 * @param way `failback`: from the heal to the primary's answers, which takes as long except where targets of a load
 * balancer need another number of successes than of failures, or the others' answers have another TTL.
 * @param set without `others` nothing is asked of them; the primary among them is passed over.
 */
export function recoveryBound(
  plan: FailoverPlan,
  set: Pick<AnswerSet, "primary"> & Partial<Pick<AnswerSet, "others">>,
  way: Way = "cutover",
): Bound {
  const detection = recordDetectionSeconds(plan, set.primary, way, 0);
  if (detection.kind !== "seconds") return detection;
  const fate = way === "cutover" ? fateOfOthers(plan, set.primary, set.others ?? []) : undefined;
  if (fate) return fate;
  // What a resolver holds until it comes over, or back, is the answer of who served before.
  const held = way === "failback" ? (set.others ?? [set.primary]) : [set.primary];
  const ttl = longest(held.map((record) => answerTtlSeconds(plan, record, 0)));
  if (ttl.kind !== "seconds") return ttl;
  return sumBound(detection.seconds, ttl.seconds);
}

/** Nobody is left to be answered with where every other member counts as unhealthy too. */
function fateOfOthers(
  plan: FailoverPlan,
  primary: RecordSet,
  members: readonly RecordSet[],
): Extract<Bound, { kind: "unbounded" }> | undefined {
  const fate = fateOfAll(plan, primary, members);
  if (!fate) return undefined;
  const isPair = primary.routing.kind === "failover";
  const then = isPair ? "Route 53 answers PRIMARY" : "no other member is left, and Route 53 answers with all";
  return {
    kind: "unbounded",
    why: `${fate.why} and ${then}`,
    change: isPair
      ? "remove healthCheckId from the SECONDARY (free: as the last resort it is then always answered), or give it a " +
        "check of its own endpoint"
      : "give each member a check of its own endpoint",
    other: fate.first.urn,
  };
}

/** The sum alone, for settings that are not resources yet. */
export function sumBound(detectionSeconds: number, ttlSeconds: number): Extract<Bound, { kind: "bound" }> {
  return {
    kind: "bound",
    detectionSeconds,
    propagationSeconds: PROPAGATION_ALLOWANCE_SECONDS,
    ttlSeconds,
    rtoSeconds: detectionSeconds + PROPAGATION_ALLOWANCE_SECONDS + ttlSeconds,
  };
}

/** How long a resolver may keep this record's answer. */
export function recordTtlSeconds(record: RecordSet): Seconds {
  if (record.target.kind === "alias") return { kind: "seconds", seconds: ALIAS_TTL_SECONDS };
  const { ttlSeconds } = record.target;
  if (isUnknown(ttlSeconds)) return { kind: "unknown", urn: record.urn, path: "ttl" };
  if (ttlSeconds === undefined) return { kind: "unbounded", why: "the record has no TTL" };
  return { kind: "seconds", seconds: ttlSeconds };
}

/** Deeper trees of records than this are taken for a loop. */
const TREE_DEPTH_MAX = 8;

const answerTtls: ListAnswers<Seconds> = new WeakMap();

/** An alias to records of the zone has their TTL (API reference, ResourceRecordSet TTL), the longest of them. */
function answerTtlSeconds(plan: FailoverPlan, record: RecordSet, depth: number): Seconds {
  if (record.target.kind !== "alias" || depth > TREE_DEPTH_MAX) return recordTtlSeconds(record);
  const behind = recordsBehind(plan, record);
  if (behind.length === 0) return recordTtlSeconds(record);
  return answerOnce(answerTtls, behind, `${depth}`, () =>
    longest(behind.map((next) => answerTtlSeconds(plan, next, depth + 1))),
  );
}

/** The longest of several, or the first that is no number. */
function longest(all: readonly Seconds[]): Seconds {
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
function recordDetectionSeconds(plan: FailoverPlan, record: RecordSet, way: Way, depth: number): Seconds {
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
const INVERTED: Extract<Bound, { kind: "unbounded" }> = {
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
