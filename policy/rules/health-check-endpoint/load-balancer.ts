import { asWritten } from "../../../model/as-written";
import { LOAD_BALANCERS } from "../../../model/endpoints-from-resources";
import { booleanAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { resourceTitle } from "../../judgement";
import type { Judgement } from "../../rule";
import type { CheckedResource } from "./checked-resource";

/**
 * Whether the load balancer of the stack that is probed, by its name or through a record, is an internal one: its name
 * is public, and its addresses are private (Elastic Load Balancing API reference, CreateLoadBalancer Scheme).
 */
export function judgeLoadBalancer(check: CheckedResource): Judgement[] {
  const probed = check.names.probed.get(check.urn);
  const internal = internalAt(probed?.host);
  if (probed === undefined || internal === false) return [];
  if (probed.kind === "untold") return check.unknownOf(probed.urn, probed.path);
  if (isUnknown(internal)) return check.unknownOf(probed.host.urn, "internal");
  return check.fail(
    "fqdn",
    `probes ${resourceTitle(probed.host.urn)}, an internal load balancer, whose addresses are private; allowed: a name ` +
      "with a public address; set internal of the load balancer to false (replaces it, at the same price), or watch it " +
      "by a CLOUDWATCH_METRIC check",
  );
}

/** Left out, it is false: the load balancer is internet-facing. */
function internalAt(host: StackResource | undefined): MaybeUnknown<boolean> {
  if (host === undefined || !LOAD_BALANCERS.includes(host.type)) return false;
  return booleanAt(asWritten(host).properties, "internal") ?? false;
}
