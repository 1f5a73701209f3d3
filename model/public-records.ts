import type { FailoverPlan, HostedZone, RecordSet } from "./failover-plan";

/** Lists that never change. */
const privates = new WeakMap<readonly HostedZone[], ReadonlySet<unknown>>();

/** Whether a record is answered inside VPCs only. One of a zone of another stack is taken for public. */
export function isInPrivateZone(
  { zones }: Pick<FailoverPlan, "zones">,
  { zone }: Pick<RecordSet, "zone">,
): boolean {
  const found =
    privates.get(zones) ?? new Set(zones.flatMap(({ urn, isPrivate }) => (isPrivate === true ? [urn] : [])));
  privates.set(zones, found);
  return found.has(zone);
}

/** Without the records that health checkers never ask for; the plan itself where they can ask for all. */
export function publicPlan(plan: FailoverPlan): FailoverPlan {
  const recordSets = plan.recordSets.filter((record) => !isInPrivateZone(plan, record));
  return recordSets.length === plan.recordSets.length ? plan : { ...plan, recordSets };
}
