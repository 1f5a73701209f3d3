import { reportedHealth } from "../../model/health-check";
import type { CalculatedCheck, PlayedCheck } from "./played-check";

/**
 * The status of a check at somebody with this belief: one bit for what each check of an endpoint or a metric
 * reports. A calculated check has no checkers; its status follows from what is believed of its children.
 */
export function isBelievedHealthy(checks: readonly PlayedCheck[], index: number, belief: number): boolean {
  const check = checks[index] as PlayedCheck;
  const isSet = (belief & (1 << index)) !== 0;
  return check.kind === "calculated"
    ? calculatedHealth(check, healthyChildren(check, checks, belief)) !== isSet
    : isSet;
}

/**
 * Healthy while the healthy children reach the threshold; then disabled and inverted apply as to any check
 * (developer guide, health-checks-creating-values, "Report healthy when").
 */
export function calculatedHealth(
  check: Pick<CalculatedCheck, "healthThreshold" | "disabled" | "inverted">,
  healthyChildren: number,
): boolean {
  return reportedHealth(healthyChildren >= check.healthThreshold, check);
}

/** A child counts with the status that it shows: disabled as healthy, inverted as the opposite. */
function healthyChildren(
  { children }: CalculatedCheck,
  checks: readonly PlayedCheck[],
  belief: number,
): number {
  return children.filter((child) => isBelievedHealthy(checks, child, belief)).length;
}
