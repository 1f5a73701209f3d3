import type { Endpoint, FailoverPlan, HealthCheck } from "../../model/failover-plan";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";

/** Route 53 prices a check by where its endpoint is; what cannot be known is priced as the dearer. */
export type EndpointClass =
  | { readonly kind: "aws"; readonly why: string }
  | { readonly kind: "other"; readonly why: string };

const ENDPOINT_WORDS = {
  "api-gateway": "an API Gateway",
  "load-balancer": "a load balancer",
  "s3-website": "an S3 website",
  cloudfront: "a CloudFront distribution",
  instance: "an EC2 instance",
  database: "a database",
  cache: "a cache",
  broker: "a message broker",
  "search-domain": "a search domain",
  "app-service": "an App Runner service",
  "function-url": "a function URL",
} as const satisfies Readonly<Record<Endpoint["kind"], string>>;

/**
 * An AWS endpoint is one that runs in AWS under the account that owns the check (Route 53 pricing). A stack
 * proves that only for its own endpoints: a name that it serves, an address that it holds.
 * @param resource the check's resource, for joins before names and addresses are known.
 */
export function endpointClass(
  check: HealthCheck,
  resource: StackResource | undefined,
  plan: FailoverPlan,
): EndpointClass {
  const endpoint = checkedEndpoint(check, resource, plan);
  if (endpoint)
    return { kind: "aws", why: `the check's endpoint is ${ENDPOINT_WORDS[endpoint.kind]} of this stack` };
  return { kind: "other", why: "not known to be an endpoint in AWS, so priced as the dearer" };
}

/** The stack's endpoint that the check probes, whether by name, through a record, by address or by dependency. */
export function checkedEndpoint(
  check: HealthCheck,
  resource: StackResource | undefined,
  plan: FailoverPlan,
): Endpoint | undefined {
  const { fqdn, ipAddress } = check;
  const endpoints = indexOf(plan);
  // With an address, Route 53 probes the address, and the name is only the Host header.
  if (ipAddress !== undefined) {
    return isUnknown(ipAddress)
      ? endpointBehind(resource, "ipAddress", endpoints)
      : endpoints.byAddress.get(ipAddress);
  }
  if (fqdn === undefined || isUnknown(fqdn)) return endpointBehind(resource, "fqdn", endpoints);
  // A failover or weighted name leads to several endpoints; only a simple record proves one.
  return endpoints.byName.get(fqdn) ?? endpoints.bySimpleRecord.get(fqdn);
}

function endpointBehind(
  resource: StackResource | undefined,
  property: string,
  { bySource, order }: EndpointIndex,
): Endpoint | undefined {
  const found = (resource?.propertyDependencies[property] ?? []).flatMap((urn) => bySource.get(urn) ?? []);
  return found.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))[0];
}

interface EndpointIndex {
  readonly byAddress: ReadonlyMap<string, Endpoint>;
  /** By the names that it answers to and those that records point at. */
  readonly byName: ReadonlyMap<string, Endpoint>;
  readonly bySimpleRecord: ReadonlyMap<string, Endpoint>;
  readonly bySource: ReadonlyMap<string, Endpoint>;
  /** In a plan's order, the first of several counts. */
  readonly order: ReadonlyMap<Endpoint, number>;
}

/** A plan never changes, so its index is made once. */
const indexes = new WeakMap<FailoverPlan, EndpointIndex>();

function indexOf(plan: FailoverPlan): EndpointIndex {
  const known = indexes.get(plan);
  if (known) return known;
  const byUrn = new Map(plan.endpoints.map((endpoint) => [endpoint.urn, endpoint]));
  const index = {
    byAddress: firsts(plan.endpoints.map((endpoint) => [endpoint.addresses, endpoint])),
    byName: firsts(
      plan.endpoints.map((endpoint) => [[...endpoint.hostNames, ...endpoint.dnsTargets], endpoint]),
    ),
    bySource: firsts(plan.endpoints.map((endpoint) => [endpoint.sources, endpoint])),
    bySimpleRecord: simpleRecords(plan, byUrn),
    order: new Map(plan.endpoints.map((endpoint, position) => [endpoint, position])),
  };
  indexes.set(plan, index);
  return index;
}

function firsts(entries: readonly (readonly [keys: readonly string[], endpoint: Endpoint])[]) {
  const found = new Map<string, Endpoint>();
  for (const [keys, endpoint] of entries) {
    for (const key of keys) if (!found.has(key)) found.set(key, endpoint);
  }
  return found;
}

/** Of several simple records of one name, the first counts, whether or not it leads anywhere. */
function simpleRecords(plan: FailoverPlan, byUrn: ReadonlyMap<string, Endpoint>): Map<string, Endpoint> {
  const found = new Map<string, Endpoint>();
  const seen = new Set<string>();
  for (const { name, routing, endpoint: urn } of plan.recordSets) {
    if (isUnknown(name) || routing.kind !== "simple" || seen.has(name)) continue;
    seen.add(name);
    const endpoint = urn === undefined ? undefined : byUrn.get(urn);
    if (endpoint) found.set(name, endpoint);
  }
  return found;
}
