import { endpointKindByName } from "./aws-host-name";
import { normalizeDnsName } from "./dns-name";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/** What every output says where a record depends on it. */
export const TARGET_HEALTH_NOT_MODELLED =
  "EvaluateTargetHealth of a load balancer is not modelled here; AWS would fail over by it";

/**
 * Whether the record is an alias that evaluates a load balancer's health. AWS takes such a record for unhealthy when
 * one of the balancer's target groups has no healthy target (API reference, AliasTarget EvaluateTargetHealth); the
 * target groups and their checks are not part of a plan, so the play and the bound leave this out and say so.
 */
export function evaluatesLoadBalancer(plan: FailoverPlan, { target, endpoint }: RecordSet): boolean {
  if (target.kind !== "alias" || target.evaluateTargetHealth !== true) return false;
  const kind = withUrn(plan.endpoints, endpoint)?.kind;
  if (kind !== undefined) return kind === "load-balancer";
  return (
    !isUnknown(target.dnsName) && endpointKindByName(normalizeDnsName(target.dnsName)) === "load-balancer"
  );
}
