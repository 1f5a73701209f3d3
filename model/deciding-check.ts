import { failingChildren } from "./calculated-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { withUrn } from "./urn-index";

/** The record's own check, of a calculated one the children that are taken to fail with the record. */
export function decidingChecks(plan: FailoverPlan, record: RecordSet): readonly HealthCheck[] {
  if (record.healthCheck.kind !== "check") return [];
  const check = withUrn(plan.healthChecks, record.healthCheck.urn);
  if (check?.type !== "CALCULATED") return check ? [check] : [];
  return failingChildren(plan, check, record);
}
