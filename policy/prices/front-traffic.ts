import type { Endpoint } from "../../model/failover-plan";
import { isPresent } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { unknownInput } from "./formulas/formula";
import { stringAt } from "./formulas/read";
import { LEVER } from "./function-traffic";
import type { Meter } from "./meter";
import type { PricedStack } from "./priced-stack";

const ASSOCIATIONS: readonly string[] = [
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafregional/webAclAssociation:WebAclAssociation",
];

/** What an association names by ARN and an endpoint consists of. */
const PROTECTED: readonly string[] = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:apigateway/stage:Stage",
];

/** What stands before an endpoint's work bills for probes: a web ACL each request, a balancer its capacity units. */
export function frontMeters(endpoint: Endpoint, probes: number, stack: PricedStack): Meter[] {
  return [...aclMeters(endpoint, probes, stack), ...capacityMeters(endpoint, probes, stack)];
}

function aclMeters(endpoint: Endpoint, probes: number, stack: PricedStack): Meter[] {
  if (!hasAcl(endpoint, stack)) return [];
  return [
    {
      kind: "metered",
      item: `web ACL requests of ${probes} probes`,
      price: "waf/request",
      // The web ACL of a distribution is kept in us-east-1.
      place: endpoint.kind === "cloudfront" ? "us-east-1" : endpoint.region,
      quantity: probes,
      lever: LEVER,
    },
  ];
}

function hasAcl(endpoint: Endpoint, stack: PricedStack): boolean {
  if (endpoint.kind !== "cloudfront") return endpointsWithAcl(stack).has(endpoint);
  const distribution = stack.byUrn.get(endpoint.urn);
  return distribution !== undefined && isPresent(stack.asWritten(distribution).properties.webAclId);
}

/** A stack never changes, so this is found once. */
const known = new WeakMap<PricedStack, ReadonlySet<Endpoint>>();

function endpointsWithAcl(stack: PricedStack): ReadonlySet<Endpoint> {
  const found =
    known.get(stack) ?? new Set(ASSOCIATIONS.flatMap((type) => stack.ofType(type)).flatMap(guarded));
  known.set(stack, found);
  return found;

  function guarded(association: StackResource): Endpoint[] {
    const arn = stringAt(association.properties, "resourceArn");
    const named =
      typeof arn === "string" ? PROTECTED.flatMap((type) => stack.withText(type, "arn", arn)) : [];
    const urns =
      named.length > 0 ? named.map(({ urn }) => urn) : (association.propertyDependencies.resourceArn ?? []);
    return urns.flatMap((urn) => stack.endpointOf(urn) ?? []);
  }
}

const SECONDS_PER_HOUR = 3600;
const BYTES_PER_GB = 1_000_000_000;

interface CapacityUnit {
  readonly price: string;
  readonly connectionsPerSecond: number;
  readonly gbPerHour: number;
}

/** What one unit carries; of a network balancer the least, for listeners with TLS (Elastic Load Balancing pricing). */
const UNITS: Readonly<Record<string, CapacityUnit>> = {
  application: { price: "elb/application-capacity-unit", connectionsPerSecond: 25, gbPerHour: 1 },
  network: { price: "elb/network-capacity-unit", connectionsPerSecond: 50, gbPerHour: 1 },
};
/** An application balancer carries less to functions. */
const FUNCTION_GB_PER_HOUR = 0.4;

/** Each probe is a new connection, for a checker keeps none; the greater of connections and bytes counts. */
function capacityMeters(endpoint: Endpoint, probes: number, stack: PricedStack): Meter[] {
  const balancer = endpoint.kind === "load-balancer" ? stack.byUrn.get(endpoint.urn) : undefined;
  if (balancer === undefined) return [];
  const type = stringAt(stack.asWritten(balancer).properties, "loadBalancerType") ?? "application";
  if (isUnknown(type)) return [unknownInput("loadBalancerType", endpoint.region)];
  const unit = Object.hasOwn(UNITS, type) ? UNITS[type] : undefined;
  if (unit === undefined) return [];
  const { probeAnswerBytes, probeHandshakeBytes } = stack.assumptions;
  const gb = (probes * (probeAnswerBytes + probeHandshakeBytes)) / BYTES_PER_GB;
  const gbPerHour = endpoint.functions.length > 0 ? FUNCTION_GB_PER_HOUR : unit.gbPerHour;
  return [
    {
      kind: "metered",
      item: `capacity units of ${probes} probes, each a new connection`,
      price: unit.price,
      place: endpoint.region,
      quantity: Math.max(probes / unit.connectionsPerSecond / SECONDS_PER_HOUR, gb / gbPerHour),
      lever: LEVER,
    },
  ];
}
