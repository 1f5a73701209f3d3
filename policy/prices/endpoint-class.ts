import type { FailoverPlan, HealthCheck } from "../../model/failover-plan";
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
} as const;

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
): FailoverPlan["endpoints"][number] | undefined {
  const { fqdn, ipAddress } = check;
  // With an address, Route 53 probes the address, and the name is only the Host header.
  if (ipAddress !== undefined) {
    return isUnknown(ipAddress)
      ? endpointBehind(resource, "ipAddress", plan)
      : plan.endpoints.find(({ addresses }) => addresses.includes(ipAddress));
  }
  if (fqdn === undefined || isUnknown(fqdn)) return endpointBehind(resource, "fqdn", plan);
  const direct = plan.endpoints.find(
    ({ hostNames, dnsTargets }) => hostNames.includes(fqdn) || dnsTargets.includes(fqdn),
  );
  if (direct) return direct;
  // A failover or weighted name leads to several endpoints; only a simple record proves one.
  const record = plan.recordSets.find(({ name, routing }) => name === fqdn && routing.kind === "simple");
  return plan.endpoints.find(({ urn }) => urn === record?.endpoint);
}

function endpointBehind(
  resource: StackResource | undefined,
  property: string,
  plan: FailoverPlan,
): FailoverPlan["endpoints"][number] | undefined {
  const sources = resource?.propertyDependencies[property] ?? [];
  return plan.endpoints.find((endpoint) => sources.some((urn) => endpoint.sources.includes(urn)));
}
