import { recordsBehind } from "./answer-tree";
import { endpointKindByName } from "./aws-host-name";
import { normalizeDnsName } from "./dns-name";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import type { TargetGroup } from "./target-group";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/** What every output says where a record depends on target groups that cannot be read. */
export const TARGET_HEALTH_NOT_MODELLED =
  "EvaluateTargetHealth of a load balancer is not modelled here; AWS would fail over by it";

/**
 * Our allowance for Route 53 to learn that a load balancer's targets have changed. AWS documents no number; the
 * change then has to reach the DNS servers as that of a health check does.
 */
export const TARGET_HEALTH_ALLOWANCE_SECONDS = 30;

/** What the targets of a load balancer have to say about a record. */
export type TargetHealth =
  /** Nothing: it is no alias to a balancer, or does not evaluate its health. */
  | { readonly kind: "none" }
  /** It evaluates a balancer whose target groups are not in the stack: a classic one, or that of another stack. */
  | { readonly kind: "not-modelled" }
  /** Whether it evaluates the balancer's health is not known yet. */
  | { readonly kind: "unknown"; readonly urn: string }
  /**
   * The groups whose targets are checked. The record is unhealthy while one of them has no healthy target: "every
   * target group that contains targets must contain at least one healthy target" (API reference, AliasTarget
   * EvaluateTargetHealth). What registers targets is often outside the stack, so a group is taken to have some; on
   * one without any, AWS's pages disagree over the years (healthy, now "considered unhealthy").
   */
  | { readonly kind: "groups"; readonly groups: readonly TargetGroup[]; readonly balancer: string };

/** Of the record's own alias alone, whatever stands behind other names of the zone. */
export function targetHealthOf(plan: FailoverPlan, { urn, target, endpoint }: RecordSet): TargetHealth {
  if (target.kind !== "alias" || target.evaluateTargetHealth === false) return { kind: "none" };
  const found = withUrn(plan.endpoints, endpoint);
  const kind =
    found?.kind ??
    (isUnknown(target.dnsName) ? undefined : endpointKindByName(normalizeDnsName(target.dnsName)));
  if (kind !== "load-balancer") return { kind: "none" };
  if (isUnknown(target.evaluateTargetHealth)) return { kind: "unknown", urn };
  const groups = found?.targetGroups;
  if (!found || groups === undefined || isUnknown(groups) || groups.length === 0) {
    return { kind: "not-modelled" };
  }
  return {
    kind: "groups",
    groups: checkedGroups(groups),
    balancer: found.urn,
  };
}

/** One list for all names that lead to a balancer. */
const checked = new WeakMap<readonly TargetGroup[], readonly TargetGroup[]>();

function checkedGroups(groups: readonly TargetGroup[]): readonly TargetGroup[] {
  const known = checked.get(groups) ?? groups.filter(({ isChecked }) => isChecked !== false);
  checked.set(groups, known);
  return known;
}

/** The same at the end of however many aliases through simple records of the zone, all of which must evaluate. */
export function targetHealthBehind(plan: FailoverPlan, record: RecordSet, depth = 0): TargetHealth {
  const [next] = record.target.kind === "alias" ? recordsBehind(plan, record) : [];
  if (!next || depth > DEPTH_MAX) return targetHealthOf(plan, record);
  if (record.target.kind === "alias" && record.target.evaluateTargetHealth !== true) return { kind: "none" };
  return targetHealthBehind(plan, next, depth + 1);
}

/** Longer chains of names than this are taken for a loop. */
const DEPTH_MAX = 8;

/** Whether AWS would fail over by a load balancer's health of which nothing is modelled. */
export function hasUnreadTargetHealth(plan: FailoverPlan, record: RecordSet): boolean {
  return targetHealthBehind(plan, record).kind === "not-modelled";
}

/**
 * Longest time from a fault to a group without a healthy target, as Route 53 has learned of it. Each request is sent
 * an interval after the last, however long that took (ALB user guide, target-group-health-checks), so only the last
 * one's timeout adds to the rounds.
 * @param way `cutover`: so many failures in a row; `failback`: so many successes.
 */
export function targetHealthBoundSeconds(
  group: {
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly unhealthyThreshold: number;
    readonly healthyThreshold: number;
  },
  way: "cutover" | "failback",
): number {
  const rounds = way === "cutover" ? group.unhealthyThreshold : group.healthyThreshold;
  const roundSeconds = Math.max(group.intervalSeconds, group.timeoutSeconds);
  return rounds * roundSeconds + group.timeoutSeconds + TARGET_HEALTH_ALLOWANCE_SECONDS;
}
