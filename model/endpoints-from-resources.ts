import { asWritten } from "./as-written";
import { normalizeDnsName } from "./dns-name";
import type { Endpoint } from "./failover-plan";
import { functionsBehind } from "./functions-behind";
import { ELASTIC_IP, elasticIpsOf } from "./interface-join";
import { at, booleanAt, listAt, stringAt, stringListAt } from "./property";
import { serviceEndpoints } from "./service-endpoints";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { targetGroupsOf } from "./target-group";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "./unknown";

/** Application, network and gateway load balancers, by either name of the type. */
export const LOAD_BALANCERS: readonly string[] = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
];
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const BUCKET_WEBSITES = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
];
const INSTANCE = "aws:ec2/instance:Instance";

/** How the types of one generation of API Gateway refer to each other. */
interface GatewayTypes {
  readonly api: string;
  readonly domain: string;
  readonly mapping: string;
  /** Types that say the URL of an API. */
  readonly stages: readonly string[];
  /** Property of mappings and stages that holds the API's id. */
  readonly apiProperty: string;
  /** The host name that records point at, read off a custom domain. */
  target(domain: StackResource): MaybeUnknown<string> | undefined;
  /** The API's own host name. */
  ownName(api: StackResource, region: MaybeUnknown<string> | undefined): string | undefined;
}

const HTTP_API: GatewayTypes = {
  api: "aws:apigatewayv2/api:Api",
  domain: "aws:apigatewayv2/domainName:DomainName",
  mapping: "aws:apigatewayv2/apiMapping:ApiMapping",
  stages: ["aws:apigatewayv2/stage:Stage"],
  apiProperty: "apiId",
  target: ({ properties }) => stringAt(properties, "domainNameConfiguration", "targetDomainName"),
  ownName: ({ properties }) => hostOfUrl(stringAt(properties, "apiEndpoint")),
};

const REST_API: GatewayTypes = {
  api: "aws:apigateway/restApi:RestApi",
  domain: "aws:apigateway/domainName:DomainName",
  mapping: "aws:apigateway/basePathMapping:BasePathMapping",
  stages: ["aws:apigateway/stage:Stage", "aws:apigateway/deployment:Deployment"],
  apiProperty: "restApi",
  target: ({ properties }) =>
    stringAt(properties, "regionalDomainName") || stringAt(properties, "cloudfrontDomainName"),
  // The API's resource has no URL; its stages have (API Gateway developer guide, invoke URL).
  ownName: ({ id }, region) =>
    typeof id === "string" && typeof region === "string"
      ? `${normalizeDnsName(id)}.execute-api.${region}.amazonaws.com`
      : undefined,
};

/** Everything in the stack that answers requests, with the names and addresses it answers on. */
export function endpointsFromResources(joins: StackJoins): Endpoint[] {
  const ofTypes = (types: readonly string[]) => types.flatMap((type) => joins.ofType(type));
  return [
    ...[HTTP_API, REST_API].flatMap((types) =>
      joins.ofType(types.api).map((api) => gatewayEndpoint(api, types, joins)),
    ),
    ...ofTypes(LOAD_BALANCERS).map((balancer) => balancerEndpoint(balancer, joins)),
    ...joins
      .ofType(DISTRIBUTION)
      .map((resource) => namedEndpoint("cloudfront", resource, joins, ["domainName"])),
    ...ofTypes(BUCKET_WEBSITES).map((resource) =>
      namedEndpoint("s3-website", resource, joins, ["websiteEndpoint", "websiteDomain"]),
    ),
    ...joins.ofType(INSTANCE).map((instance) => instanceEndpoint(instance, joins)),
    ...serviceEndpoints(joins),
  ];
}

function gatewayEndpoint(api: StackResource, types: GatewayTypes, joins: StackJoins): Endpoint {
  const region = joins.regionOf(api);
  const beside = (other: StackResource) => joins.regionOf(other) === region;
  const domains = unique(
    joins
      .referring(api, types.apiProperty, types.mapping)
      .filter(beside)
      .flatMap((mapping) => domainsOf(mapping, types, joins)),
  ).filter(beside);
  const stages = types.stages.flatMap((type) => joins.referring(api, types.apiProperty, type)).filter(beside);
  const own = types.ownName(api, region);
  const ownNames = own && api.properties.disableExecuteApiEndpoint !== true ? [own] : [];
  return {
    urn: api.urn,
    kind: "api-gateway",
    region,
    hostNames: unique([
      ...domains.flatMap((domain) => known(stringAt(domain.properties, "domainName"))),
      ...ownNames,
    ]),
    dnsTargets: unique([...domains.flatMap((domain) => known(types.target(domain))), ...ownNames]),
    addresses: [],
    functions: functionsBehind(api, joins).functions,
    sources: [api, ...domains, ...stages].map(({ urn }) => urn),
  };
}

/**
 * Own host names of the stack's APIs that are turned off, or may be, with the API. They still resolve, and requests
 * are refused (API Gateway developer guide, "Disable the default endpoint").
 */
export function closedApiNames(joins: StackJoins): Map<string, StackResource> {
  const closed = [HTTP_API, REST_API].flatMap((types) =>
    joins.ofType(types.api).flatMap((api): [string, StackResource][] => {
      const disabled = booleanAt(asWritten(api).properties, "disableExecuteApiEndpoint");
      const name = types.ownName(api, joins.regionOf(api));
      return name !== undefined && (disabled === true || isUnknown(disabled)) ? [[name, api]] : [];
    }),
  );
  return new Map(closed);
}

/** By reference, or by the name, which the program may have written twice. */
function domainsOf(
  mapping: StackResource,
  { domain }: GatewayTypes,
  joins: StackJoins,
): readonly StackResource[] {
  const byName = joins.grouped(`${domain} names`, domain, (candidate) =>
    known(stringAt(candidate.properties, "domainName")),
  );
  const named = known(stringAt(mapping.properties, "domainName"));
  return [
    ...joins.references(mapping, "domainName", domain).found,
    ...named.flatMap((name) => byName.get(name) ?? []),
  ];
}

function namedEndpoint(
  kind: Endpoint["kind"],
  resource: StackResource,
  joins: StackJoins,
  nameProperties: readonly string[],
): Endpoint {
  const names = nameProperties.flatMap((property) => known(stringAt(resource.properties, property)));
  const aliases = stringListAt(resource.properties, "aliases");
  return {
    urn: resource.urn,
    kind,
    region: joins.regionOf(resource),
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

/** A network load balancer answers on the Elastic IPs that it is given, one for each subnet. */
function balancerEndpoint(balancer: StackResource, joins: StackJoins): Endpoint {
  const mappings = listAt(balancer.properties, "subnetMappings");
  const given = isUnknown(mappings) ? UNKNOWN : mappings?.map((one) => at(one, "allocationId"));
  const { found } = joins.references(balancer, "subnetMappings", ELASTIC_IP, given ?? null);
  const named = namedEndpoint("load-balancer", balancer, joins, ["dnsName"]);
  return {
    ...named,
    addresses: addressesOf(found),
    functions: functionsBehind(balancer, joins).functions,
    targetGroups: targetGroupsOf(balancer, joins),
    sources: [...named.sources, ...found.map(({ urn }) => urn)],
  };
}

function instanceEndpoint(instance: StackResource, joins: StackJoins): Endpoint {
  const attached = elasticIpsOf(instance, joins);
  return {
    urn: instance.urn,
    kind: "instance",
    region: joins.regionOf(instance),
    hostNames: known(stringAt(instance.properties, "publicDns")),
    dnsTargets: known(stringAt(instance.properties, "publicDns")),
    addresses: addressesOf(attached),
    functions: [],
    sources: [instance.urn, ...attached.map(({ urn }) => urn)],
  };
}

function addressesOf(elasticIps: readonly StackResource[]): string[] {
  return elasticIps.flatMap(({ properties }) => known(stringAt(properties, "publicIp")));
}

function hostOfUrl(url: MaybeUnknown<string> | undefined): string | undefined {
  if (url === undefined || isUnknown(url) || !URL.canParse(url)) return undefined;
  return normalizeDnsName(new URL(url).hostname);
}

function known(name: MaybeUnknown<string> | undefined): string[] {
  return name === undefined || isUnknown(name) || name === "" ? [] : [normalizeDnsName(name)];
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
