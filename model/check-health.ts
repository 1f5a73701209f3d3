import type { FailoverPlan, HealthCheck } from "./failover-plan";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/**
 * What a check says while its probes, or those of its children, fare so; undefined where a setting is not known. A
 * disabled check counts as healthy, and inversion turns that too (API reference, HealthCheckConfig Disabled).
 * @param fails whether the probes of a check that is not calculated fail; a person switches a control, so it is on.
 */
export function checkHealth(
  plan: FailoverPlan,
  check: HealthCheck,
  fails: (leaf: HealthCheck) => boolean,
): boolean | undefined {
  const { type, disabled, inverted, childHealthThreshold: threshold } = check;
  if (isUnknown(type) || isUnknown(disabled) || isUnknown(inverted)) return undefined;
  if (disabled || type === "RECOVERY_CONTROL") return !inverted;
  if (type !== "CALCULATED") return fails(check) === inverted;
  const { children, outsideChildren = [], childCount } = check;
  if (threshold === undefined || isUnknown(threshold) || isUnknown(childCount)) return undefined;
  if (children.length + outsideChildren.length < childCount) return undefined;
  let unhealthy = 0;
  for (const urn of children) {
    const child = withUrn(plan.healthChecks, urn);
    // A calculated check cannot contain calculated checks (developer guide), so this ends.
    const healthy = child && child.type !== "CALCULATED" ? checkHealth(plan, child, fails) : undefined;
    if (healthy === undefined) return undefined;
    if (!healthy) unhealthy += 1;
  }
  return childCount - unhealthy >= threshold !== inverted;
}
