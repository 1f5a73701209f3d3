import { memberName } from "./answer-sets";
import { leavesOf, recordsBehind } from "./answer-tree";
import { checkHealth } from "./check-health";
import { decidingChecks } from "./deciding-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { selfReferenceText } from "./self-reference";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { watchedBy } from "./watched-endpoint";

/** Deeper trees of records than this are taken for a loop. */
const TREE_DEPTH_MAX = 8;

/**
 * Why a member counts as unhealthy although nothing but `lost` has failed, in words that end a sentence on it;
 * undefined where it serves, or where a setting that would tell is not known yet. By its own check, or by the records
 * behind an alias that evaluates them, of which all must be unhealthy.
 */
export function fateWith(
  plan: FailoverPlan,
  lost: RecordSet,
  member: RecordSet,
  depth = 0,
): string | undefined {
  const own =
    member.healthCheck.kind === "check" ? withUrn(plan.healthChecks, member.healthCheck.urn) : undefined;
  const fails = (leaf: HealthCheck) =>
    watchedBy(plan, leaf, member).kind === "itself" || sharesFate(plan, leaf, lost, member);
  if (own && checkHealth(plan, own, fails) === false) return fateText(plan, own, lost, member);
  if (member.target.kind !== "alias" || member.target.evaluateTargetHealth !== true) return undefined;
  if (depth > TREE_DEPTH_MAX) return undefined;
  const fates = recordsBehind(plan, member).map((next) => fateWith(plan, lost, next, depth + 1));
  return fates.includes(undefined) ? undefined : fates[0];
}

/**
 * Whether a check that is not calculated shows the failure of what `lost` leads to in the place of what `member` leads
 * to: it watches that, or what the checks of `lost` are taken to watch.
 */
export function sharesFate(
  plan: FailoverPlan,
  check: HealthCheck,
  lost: RecordSet,
  member: RecordSet,
): boolean {
  if (watchedBy(plan, check, member).kind === "own") return false;
  return leavesOf(plan, lost, "resting").some((leaf) => {
    const { kind } = watchedBy(plan, check, leaf);
    if (kind !== "untold") return kind === "own";
    const subject = subjectOf(plan, check);
    return [lost, leaf].some((each) => subjectsOf(plan, each).has(subject));
  });
}

/** What the checks that decide about a record ask; the same for each of thousands beside it. */
const subjects = new WeakMap<FailoverPlan, WeakMap<RecordSet, ReadonlySet<string>>>();

function subjectsOf(plan: FailoverPlan, record: RecordSet): ReadonlySet<string> {
  const ofPlan = subjects.get(plan) ?? new WeakMap<RecordSet, ReadonlySet<string>>();
  subjects.set(plan, ofPlan);
  let found = ofPlan.get(record);
  if (!found) {
    found = new Set(decidingChecks(plan, record).map((check) => subjectOf(plan, check)));
    ofPlan.set(record, found);
  }
  return found;
}

/** `the SECONDARY's health check probes 192.0.2.1, the PRIMARY's endpoint, so it fails with it`. */
function fateText(plan: FailoverPlan, check: HealthCheck, lost: RecordSet, member: RecordSet): string {
  const of = `the ${memberName(member)} record's health check`;
  const { healthCheck } = lost;
  if (healthCheck.kind === "check" && healthCheck.urn === check.urn) {
    return `${of} is that of the ${memberName(lost)} record, so both turn together`;
  }
  const isParent = check.type === "CALCULATED";
  const children = isParent
    ? check.children.flatMap((urn) => withUrn(plan.healthChecks, urn) ?? [])
    : [check];
  const itself = children.map((each) => watchedBy(plan, each, member)).find(({ kind }) => kind === "itself");
  if (itself?.kind === "itself") {
    return `${of} probes ${selfReferenceText(itself)}, so it follows the failover`;
  }
  const tied = children.find((each) => each.inverted === false && sharesFate(plan, each, lost, member));
  if (!tied || check.inverted !== false)
    return `${of} stays unhealthy while that record's endpoint is well, so it is not answered with`;
  const through = isParent ? "has a child that " : "";
  const probed = tied.ipAddress ?? tied.fqdn;
  const asks =
    probed === undefined || isUnknown(probed)
      ? `follows what the ${memberName(lost)} record's does`
      : `probes ${probed}, the ${memberName(lost)} record's endpoint`;
  return `${of} ${through}${asks}, so it fails with that`;
}

/** Longer chains of alarms on checks are taken for a loop. */
const ALARMS_MAX = 4;

/** What a check asks, or the alarm that it follows; itself where that is not known. */
function subjectOf(plan: FailoverPlan, check: HealthCheck, alarms = 0): string {
  const { type, urn, alarm, ipAddress, fqdn, port, resourcePath } = check;
  if (isUnknown(type)) return urn;
  if (!isEndpointCheck(type)) {
    const next = withUrn(plan.healthChecks, withUrn(plan.alarms, alarm)?.healthCheck);
    return next && alarms < ALARMS_MAX ? subjectOf(plan, next, alarms + 1) : (alarm ?? urn);
  }
  const probed = ipAddress ?? fqdn;
  if (probed === undefined || isUnknown(probed)) return urn;
  return `${probed} ${String(port)} ${String(resourcePath)}`;
}
