import { normalizeDnsName } from "./dns-name";
import type { Endpoint } from "./failover-plan";
import { stringAt, stringListAt } from "./property";
import { indexByUrn, type ResourceIndex, resourceRegion } from "./resource-placement";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown } from "./unknown";

const HTTP_API = "aws:apigatewayv2/api:Api";
const HTTP_API_DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const HTTP_API_MAPPING = "aws:apigatewayv2/apiMapping:ApiMapping";
const HTTP_API_INTEGRATION = "aws:apigatewayv2/integration:Integration";
const FUNCTION = "aws:lambda/function:Function";
const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const BUCKET_WEBSITES = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
];
const INSTANCE = "aws:ec2/instance:Instance";
const ELASTIC_IP = "aws:ec2/eip:Eip";

/** Everything in the stack that answers requests, with the names and addresses it answers on. */
export function endpointsFromResources(resources: readonly StackResource[]): Endpoint[] {
  const index = indexByUrn(resources);
  const ofType = (...types: string[]) => resources.filter(({ type }) => types.includes(type));
  return [
    ...ofType(HTTP_API).map((api) => httpApiEndpoint(api, resources, index)),
    ...ofType(LOAD_BALANCER).map((resource) => namedEndpoint("load-balancer", resource, index, ["dnsName"])),
    ...ofType(DISTRIBUTION).map((resource) => namedEndpoint("cloudfront", resource, index, ["domainName"])),
    ...ofType(...BUCKET_WEBSITES).map((resource) =>
      namedEndpoint("s3-website", resource, index, ["websiteEndpoint", "websiteDomain"]),
    ),
    ...ofType(INSTANCE).map((instance) => instanceEndpoint(instance, ofType(ELASTIC_IP), index)),
  ];
}

function httpApiEndpoint(
  api: StackResource,
  resources: readonly StackResource[],
  index: ResourceIndex,
): Endpoint {
  const mappings = resources.filter(
    (candidate) => candidate.type === HTTP_API_MAPPING && refersTo(candidate, "apiId", api, index),
  );
  const domains = resources.filter(
    (candidate) =>
      candidate.type === HTTP_API_DOMAIN &&
      mappings.some(
        (mapping) =>
          refersTo(mapping, "domainName", candidate, index) ||
          stringAt(mapping.properties, "domainName") === stringAt(candidate.properties, "domainName"),
      ) &&
      sameRegion(candidate, api, index),
  );
  const integrations = resources.filter(
    (candidate) => candidate.type === HTTP_API_INTEGRATION && refersTo(candidate, "apiId", api, index),
  );
  const own = hostOfUrl(stringAt(api.properties, "apiEndpoint"));
  const ownNames = own && api.properties.disableExecuteApiEndpoint !== true ? [own] : [];
  return {
    urn: api.urn,
    kind: "api-gateway",
    region: resourceRegion(api, index),
    hostNames: unique([
      ...domains.flatMap((domain) => known(stringAt(domain.properties, "domainName"))),
      ...ownNames,
    ]),
    dnsTargets: unique([
      ...domains.flatMap((domain) =>
        known(stringAt(domain.properties, "domainNameConfiguration", "targetDomainName")),
      ),
      ...ownNames,
    ]),
    addresses: [],
    functions: unique(
      integrations.flatMap((integration) =>
        (integration.propertyDependencies.integrationUri ?? []).filter(
          (urn) => index.get(urn)?.type === FUNCTION,
        ),
      ),
    ),
    sources: [api.urn, ...domains.map(({ urn }) => urn)],
  };
}

function namedEndpoint(
  kind: Endpoint["kind"],
  resource: StackResource,
  index: ResourceIndex,
  nameProperties: readonly string[],
): Endpoint {
  const names = nameProperties.flatMap((property) => known(stringAt(resource.properties, property)));
  const aliases = stringListAt(resource.properties, "aliases");
  return {
    urn: resource.urn,
    kind,
    region: resourceRegion(resource, index),
    hostNames: unique([
      ...names,
      ...(kind === "cloudfront" && aliases && !isUnknown(aliases) ? aliases.map(normalizeDnsName) : []),
    ]),
    dnsTargets: unique(names),
    addresses: [],
    functions: [],
    sources: [resource.urn],
  };
}

function instanceEndpoint(
  instance: StackResource,
  elasticIps: readonly StackResource[],
  index: ResourceIndex,
): Endpoint {
  const attached = elasticIps.filter((eip) => refersTo(eip, "instance", instance, index));
  return {
    urn: instance.urn,
    kind: "instance",
    region: resourceRegion(instance, index),
    hostNames: known(stringAt(instance.properties, "publicDns")),
    dnsTargets: known(stringAt(instance.properties, "publicDns")),
    addresses: attached.flatMap((eip) => known(stringAt(eip.properties, "publicIp"))),
    functions: [],
    sources: [instance.urn, ...attached.map(({ urn }) => urn)],
  };
}

/** Whether `property` of `from` was computed from `to`, or holds its id. */
function refersTo(from: StackResource, property: string, to: StackResource, index: ResourceIndex): boolean {
  const value = stringAt(from.properties, property);
  if (typeof value === "string" && typeof to.id === "string")
    return value === to.id && sameRegion(from, to, index);
  return (from.propertyDependencies[property] ?? []).includes(to.urn);
}

/** One custom domain name may exist in two regions, and then has the same id in both. */
function sameRegion(a: StackResource, b: StackResource, index: ResourceIndex): boolean {
  return resourceRegion(a, index) === resourceRegion(b, index);
}

function hostOfUrl(url: MaybeUnknown<string> | undefined): string | undefined {
  if (url === undefined || isUnknown(url) || !URL.canParse(url)) return undefined;
  return normalizeDnsName(new URL(url).hostname);
}

function known(name: MaybeUnknown<string> | undefined): string[] {
  return name === undefined || isUnknown(name) || name === "" ? [] : [normalizeDnsName(name)];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
