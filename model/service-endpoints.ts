import { normalizeDnsName } from "./dns-name";
import { membersOf } from "./endpoint-members";
import type { Endpoint } from "./failover-plan";
import { functionsBehind } from "./functions-behind";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import type { PropertyValue } from "./unknown";

/** How the endpoints of one type are read. */
interface ServiceType {
  readonly kind: Endpoint["kind"];
  /** Properties that hold host names, with port or scheme or without; `*` is each item of a list. */
  readonly names: readonly string[];
}

const database = (...names: string[]): ServiceType => ({ kind: "database", names });
const cache = (...names: string[]): ServiceType => ({ kind: "cache", names });

/**
 * Services that a record leads to by the name which AWS gives them. Source: the outputs of `@pulumi/aws` 7. Most of
 * the names have private addresses, which is nobody's business here: they tell whose the name is, not who reaches it.
 */
const SERVICES: Readonly<Record<string, ServiceType>> = {
  "aws:rds/cluster:Cluster": database("endpoint", "readerEndpoint"),
  "aws:rds/clusterEndpoint:ClusterEndpoint": database("endpoint"),
  "aws:rds/clusterInstance:ClusterInstance": database("endpoint"),
  "aws:rds/instance:Instance": database("address", "endpoint", "listenerEndpoints.*.address"),
  "aws:rds/proxy:Proxy": database("endpoint"),
  "aws:rds/proxyEndpoint:ProxyEndpoint": database("endpoint"),
  "aws:docdb/cluster:Cluster": database("endpoint", "readerEndpoint"),
  "aws:docdb/clusterInstance:ClusterInstance": database("endpoint"),
  "aws:docdb/elasticCluster:ElasticCluster": database("endpoint"),
  "aws:neptune/cluster:Cluster": database("endpoint", "readerEndpoint"),
  "aws:neptune/clusterEndpoint:ClusterEndpoint": database("endpoint"),
  "aws:neptune/clusterInstance:ClusterInstance": database("address", "endpoint"),
  "aws:redshift/cluster:Cluster": database("dnsName", "endpoint"),
  "aws:redshiftserverless/workgroup:Workgroup": database("endpoints.*.address"),
  "aws:elasticache/cluster:Cluster": cache("clusterAddress", "configurationEndpoint", "cacheNodes.*.address"),
  "aws:elasticache/replicationGroup:ReplicationGroup": cache(
    "primaryEndpointAddress",
    "readerEndpointAddress",
    "configurationEndpointAddress",
  ),
  "aws:elasticache/serverlessCache:ServerlessCache": cache(
    "endpoints.*.address",
    "readerEndpoints.*.address",
  ),
  "aws:memorydb/cluster:Cluster": cache("clusterEndpoints.*.address"),
  "aws:mq/broker:Broker": { kind: "broker", names: ["instances.*.endpoints.*"] },
  "aws:opensearch/domain:Domain": { kind: "search-domain", names: ["endpoint", "endpointV2"] },
  "aws:elasticsearch/domain:Domain": { kind: "search-domain", names: ["endpoint"] },
  "aws:apprunner/service:Service": { kind: "app-service", names: ["serviceUrl"] },
  "aws:lambda/functionUrl:FunctionUrl": { kind: "function-url", names: ["functionUrl"] },
};

/** Databases, caches and the like of the stack, each with the names that AWS gives it, as far as they are known. */
export function serviceEndpoints(joins: StackJoins): Endpoint[] {
  return Object.entries(SERVICES).flatMap(([type, service]) =>
    joins.ofType(type).map((resource) => serviceEndpoint(resource, service, joins)),
  );
}

function serviceEndpoint(resource: StackResource, { kind, names }: ServiceType, joins: StackJoins): Endpoint {
  const texts = names.flatMap((path) => textsAt(resource.properties, path.split(".")));
  const hostNames = [...new Set(texts.flatMap(hostOf))];
  const members = membersOf(resource, joins);
  return {
    urn: resource.urn,
    kind,
    region: joins.regionOf(resource),
    hostNames,
    dnsTargets: hostNames,
    addresses: [],
    functions: functionsBehind(resource, joins).functions,
    sources: [resource.urn],
    ...(members.length > 0 && { members }),
  };
}

/** Every text at the path; nothing where a step is missing, unknown or of another kind. */
function textsAt(value: PropertyValue, [step, ...rest]: readonly string[]): string[] {
  if (step === undefined) return typeof value === "string" ? [value] : [];
  if (value === null || typeof value !== "object") return [];
  if (step === "*") return Array.isArray(value) ? value.flatMap((item) => textsAt(item, rest)) : [];
  return Array.isArray(value) ? [] : textsAt((value as Readonly<Record<string, PropertyValue>>)[step], rest);
}

/** `https://name/`, `ssl://name:61617`, `name:3306` and `name.` are all the one name. */
function hostOf(text: string): string[] {
  const found = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:\s]+)(?::\d+)?\/?$/i.exec(text.trim());
  return found?.[1] === undefined ? [] : [normalizeDnsName(found[1])];
}
