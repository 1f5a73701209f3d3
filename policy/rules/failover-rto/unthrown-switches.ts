import type { FailoverPlan } from "../../../model/failover-plan";
import { parseUrn } from "../../../model/stack-resource";

/**
 * The plan while nobody has thrown a switch: a child of a calculated check that is inverted on purpose, and watches
 * what a person puts there, is healthy until then, as a disabled child is. A record's own check stays what it is.
 * @param names Pulumi names of such checks.
 */
export function withUnthrownSwitches(plan: FailoverPlan, names: readonly string[]): FailoverPlan {
  if (names.length === 0) return plan;
  const owned = new Set(
    plan.recordSets.flatMap(({ healthCheck }) => (healthCheck.kind === "check" ? [healthCheck.urn] : [])),
  );
  const healthChecks = plan.healthChecks.map((check) =>
    check.inverted === true && !owned.has(check.urn) && names.includes(parseUrn(check.urn).name)
      ? { ...check, inverted: false, disabled: true }
      : check,
  );
  return { ...plan, healthChecks };
}
