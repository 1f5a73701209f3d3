import type { HealthCheck } from "../../../model/failover-plan";
import { at } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { fail, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { checkTitle } from "../check-title";

const PATH = "childHealthThreshold";

/**
 * A calculated check is always healthy at a threshold of 0, and never above the number of its children (API
 * reference, HealthCheckConfig, HealthThreshold).
 */
export function judgeCalculated(
  check: HealthCheck,
  resource: StackResource | undefined,
  phase: Phase,
): Judgement[] {
  const { urn, type, childHealthThreshold: threshold } = check;
  if (type !== "CALCULATED") return [];
  const title = checkTitle(check);
  const children = childCount(resource);
  if (children === 0) {
    return [
      fail(
        urn,
        "childHealthchecks",
        `${title} has no children, so nothing turns it; allowed: at least one; list them in childHealthchecks`,
      ),
    ];
  }
  if (isUnknown(threshold)) return [unknown(urn, PATH, title, phase)];
  const most = isUnknown(children) ? "the number of its children" : `${children}`;
  const lever = `allowed: 1 to ${most}; set ${PATH} to the number of children that must be healthy (in place, no price)`;
  if (threshold === undefined) {
    return [fail(urn, PATH, `${title} has no ${PATH}, for which AWS documents no default; ${lever}`)];
  }
  if (threshold < 1) {
    return [fail(urn, PATH, `${title} has ${PATH} ${threshold}, so it is always healthy; ${lever}`)];
  }
  if (isUnknown(children)) return [unknown(urn, "childHealthchecks", title, phase)];
  if (threshold <= children) return [];
  return [
    fail(
      urn,
      PATH,
      `${title} has ${PATH} ${threshold} and ${children} ${children === 1 ? "child" : "children"}, so it is never ` +
        `healthy; ${lever}`,
    ),
  ];
}

/** Different children; those that are not known yet count as different. */
function childCount(resource: StackResource | undefined): MaybeUnknown<number> {
  const children = at(resource?.properties, "childHealthchecks");
  if (isUnknown(children)) return children;
  if (!Array.isArray(children)) return 0;
  const ids = children.filter((child) => typeof child === "string" && child !== "");
  return new Set(ids).size + children.filter(isUnknown).length;
}
