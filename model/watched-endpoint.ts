import { answeringPlaces, meet } from "./answering-places";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/** What a check watches, as seen from a record. */
export type Watched =
  /** What the record leads to. */
  | { readonly kind: "own" }
  /** Another endpoint of the stack. */
  | { readonly kind: "other"; readonly endpoint: string }
  /** Nothing in the stack shows it: a name outside, or an alarm on a metric of its own. */
  | { readonly kind: "untold" };

/** Longer chains of alarms on checks are taken for a loop. */
const ALARMS_MAX = 4;

/** By where the probed name or address leads; an alarm on another check watches what that one does. */
export function watchedBy(plan: FailoverPlan, check: HealthCheck, record: RecordSet, alarms = 0): Watched {
  const { type, ipAddress, fqdn } = check;
  if (type === "CLOUDWATCH_METRIC") {
    const next = withUrn(plan.healthChecks, withUrn(plan.alarms, check.alarm)?.healthCheck);
    return next && alarms < ALARMS_MAX ? watchedBy(plan, next, record, alarms + 1) : { kind: "untold" };
  }
  const probed = ipAddress ?? fqdn;
  if (isUnknown(type) || !isEndpointCheck(type) || probed === undefined || isUnknown(probed)) {
    return { kind: "untold" };
  }
  const places = answeringPlaces(plan);
  const found = places.ofName(probed);
  if (meet(found, places.ofRecord(record))) return { kind: "own" };
  const other = plan.endpoints.find(({ urn }) => found.has(urn));
  return other ? { kind: "other", endpoint: other.urn } : { kind: "untold" };
}
