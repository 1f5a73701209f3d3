import { memberName } from "./answer-sets";
import { evaluatesCheck, leadsToSet, recordsAsked, recordsLedTo, restingMembers } from "./answer-tree";
import { calculatedOutcome } from "./calculated-check";
import { checkDetectionSeconds, followsFailover, seesAll, type Way } from "./check-detection";
import { decidingChecks } from "./deciding-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { answerOnce, type ListAnswers } from "./list-answers";
import { longest, type Seconds, type Unbounded } from "./seconds";
import { keepsServing } from "./spare-members";
import type { TargetGroup } from "./target-group";
import {
  TARGET_HEALTH_NOT_MODELLED,
  type TargetHealth,
  targetHealthBehind,
  targetHealthBoundSeconds,
} from "./target-health";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { otherWatched, watchedBy } from "./watched-endpoint";
import { strandedMember } from "./wider-locations";

/** What is said where a simple record behind has a check that asks for the very name whose answers it decides. */
function followedCheck(plan: FailoverPlan, record: RecordSet): Unbounded | undefined {
  if (!evaluatesCheck(plan, record)) return undefined;
  const behind = recordsAsked(plan, record).slice(1);
  for (const check of behind.flatMap((each) => decidingChecks(plan, each))) {
    const watched = watchedBy(plan, check, record);
    if (watched.kind === "itself") return followsFailover(watched);
  }
  return undefined;
}

interface Detection {
  readonly of: Seconds;
  /** Whether it shows whatever takes the answers of the record's endpoint away, as a load balancer does at most. */
  readonly seesAll: boolean;
}

/** Where what an alias leads to has a health to look at, this is detection enough. */
export const EVALUATE_LEVER = "set evaluateTargetHealth to true (in place, no price)";

/** From the fault of what the record leads to until nobody is led there, or from the heal until they are again. */
export function recordDetectionSeconds(plan: FailoverPlan, record: RecordSet, way: Way): Seconds {
  const { of } = recordDetection(plan, record, way, 0);
  if (of.kind === "unknown") return of;
  const followed = followedCheck(plan, record);
  if (followed || of.kind === "seconds") return followed ?? of;
  const { target, healthCheck } = record;
  const isUnused = target.kind === "alias" && target.evaluateTargetHealth === false;
  if (healthCheck.kind !== "none" || !isUnused) return of;
  const evaluating = { ...record, target: { ...target, evaluateTargetHealth: true } };
  if (targetDetection(plan, evaluating, way, 0, true).of.kind !== "seconds") return of;
  return {
    ...unevaluated(record),
    change: EVALUATE_LEVER,
    path: EVALUATE,
  };
}

/**
 * The same of a record that is answered with whatever its own health is, so that only what is behind it can leave what
 * has failed.
 */
export function behindDetectionSeconds(plan: FailoverPlan, record: RecordSet, way: Way): Seconds {
  return targetDetection(plan, record, way, 0, false).of;
}

/**
 * A record is unhealthy while its own check says so or, where it evaluates its target, while that is unhealthy
 * (developer guide, dns-failover-complex-configs). Nothing tells which of the two sees a fault, so the slower one
 * counts, unless one sees all of it, or both do: then the faster. To be healthy again it needs both.
 */
function recordDetection(plan: FailoverPlan, record: RecordSet, way: Way, depth: number): Detection {
  const own = ownDetection(plan, record, way);
  const target = targetDetection(plan, record, way, depth, true);
  if (own === undefined) return target;
  // What can never see anything of the fault leaves it to the other.
  if (target.of.kind === "unbounded") return own;
  if (own.of.kind === "unbounded") return own.isBlind ? target : own;
  if (way === "cutover") {
    // Of a set the record's own check sees one member at most.
    const ownAlone = own.seesAll && !leadsToSet(plan, record);
    if (ownAlone && (!target.seesAll || own.of.kind === "unknown")) return own;
    if (target.seesAll && own.of.kind === "seconds" && target.of.kind === "seconds") {
      return ownAlone && own.of.seconds < target.of.seconds ? own : target;
    }
  }
  return { of: longest([own.of, target.of]), seesAll: false };
}

/** Of the check that the record has itself; undefined where it has none. */
function ownDetection(
  plan: FailoverPlan,
  record: RecordSet,
  way: Way,
):
  | (Detection & {
      /** Whether the check is known not to turn by the fault, as against one that cannot be read. */
      readonly isBlind: boolean;
    })
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
      return {
        of: checkDetectionSeconds(plan, check, record, way),
        isBlind: isBlind(plan, check, record),
        seesAll: seesAll(plan, check, record),
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
 * these do: a set with somebody to spare by itself; of any other all must be unhealthy, and each alias on the way must
 * evaluate that (developer guide, dns-failover-complex-configs). One target group without a healthy target is enough, and nothing
 * tells which sees a fault, so the slowest counts.
 * @param isAsked whether anything above takes over the record's health.
 */
function targetDetection(
  plan: FailoverPlan,
  record: RecordSet,
  way: Way,
  depth: number,
  isAsked: boolean,
): Detection {
  const behind = recordsLedTo(plan, record, depth);
  if (behind.length === 0) return { of: balancerSeconds(plan, record, way, isAsked), seesAll: false };
  const { target } = record;
  const evaluates = target.kind === "alias" ? target.evaluateTargetHealth : false;
  const asks = keepsServing(plan, record) || (isAsked && evaluates === true);
  const answers = detections.get(plan) ?? new WeakMap();
  detections.set(plan, answers);
  const found = answerOnce(answers, behind, `${way} ${depth} ${asks}`, () => {
    const stranded = strandedMember(plan, behind);
    if (stranded) return { of: stranded, seesAll: false };
    const members = restingMembers(behind).map((next) =>
      asks ? recordDetection(plan, next, way, depth + 1) : targetDetection(plan, next, way, depth + 1, false),
    );
    return { of: longest(members.map(({ of }) => of)), seesAll: members.every(({ seesAll }) => seesAll) };
  });
  if (asks || found.of.kind === "seconds") return found;
  const of: Seconds =
    isAsked && isUnknown(evaluates)
      ? { kind: "unknown", urn: record.urn, path: EVALUATE }
      : unevaluated(record);
  return { of, seesAll: false };
}

/** By the targets of a load balancer at the end of the record's aliases. */
function balancerSeconds(plan: FailoverPlan, record: RecordSet, way: Way, isAsked: boolean): Seconds {
  const unbounded = (why: string): Seconds => ({ kind: "unbounded", why });
  const noCheck = withoutCheck(record);
  const health = isAsked ? targetHealthBehind(plan, record) : NO_TARGET_HEALTH;
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

const NO_TARGET_HEALTH: TargetHealth = { kind: "none" };

function unevaluated(record: RecordSet): Unbounded {
  return { kind: "unbounded", why: `${withoutCheck(record)} and does not evaluate its target's health` };
}

function withoutCheck(record: RecordSet): string {
  return `the ${memberName(record)} record has no health check`;
}

/** Timings are the plan's, which may be a copy with others. */
const detections = new WeakMap<FailoverPlan, ListAnswers<Detection>>();

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
