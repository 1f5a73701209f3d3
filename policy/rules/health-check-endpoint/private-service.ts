import { asWritten } from "../../../model/as-written";
import { normalizeDnsName } from "../../../model/dns-name";
import { membersOf } from "../../../model/endpoint-members";
import { at, booleanAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { resourceTitle } from "../../judgement";
import type { Judgement } from "../../rule";
import type { CheckedResource } from "./checked-resource";

const PATH = "publiclyAccessible";

/** Whether a service has a public address. */
type Reach =
  | { readonly kind: "open" }
  | { readonly kind: "untold"; readonly urn: string; readonly path: string }
  /** `which ...`, after the service's title; `isAnswering` where it takes connections and refuses requests. */
  | { readonly kind: "closed"; readonly which: string; readonly isAnswering?: true };

type ReachOf = (service: StackResource, joins: StackJoins) => Reach;

const OPEN: Reach = { kind: "open" };

/** AWS gives these private addresses only, whatever is set. */
const never =
  (what: string): ReachOf =>
  () => ({ kind: "closed", which: `which has private addresses only, as every endpoint of ${what} has` });

/** Left out, it is false (`@pulumi/aws` 7). */
const byOwn: ReachOf = (service) => {
  const given = booleanAt(asWritten(service).properties, PATH);
  if (isUnknown(given)) return { kind: "untold", urn: service.urn, path: PATH };
  if (given === true) return OPEN;
  const got = given === undefined ? `no ${PATH}, which is then false` : `${PATH} false`;
  return { kind: "closed", which: `which has ${got}, so its addresses are private` };
};

/** A cluster has the addresses of its instances; where the stack has none of them, nothing tells. */
const byInstances =
  (type: string): ReachOf =>
  (service, joins) => {
    const instances = membersOf(service, joins).flatMap((urn) => {
      const member = joins.byUrn.get(urn);
      return member?.type === type ? [member] : [];
    });
    const reaches = instances.map((instance) => byOwn(instance, joins));
    if (reaches.length === 0 || reaches.some(({ kind }) => kind === "open")) return OPEN;
    const untold = reaches.find(({ kind }) => kind === "untold");
    return untold ?? { kind: "closed", which: `none of whose instances in the stack has ${PATH} true` };
  };

/** Left out, it is true (App Runner API reference, IngressConfiguration). */
const byIngress: ReachOf = (service) => {
  const path = "networkConfiguration";
  const given = booleanAt(
    asWritten(service).properties,
    path,
    "ingressConfiguration",
    "isPubliclyAccessible",
  );
  if (isUnknown(given)) return { kind: "untold", urn: service.urn, path };
  return given === false
    ? { kind: "closed", which: "which has isPubliclyAccessible false, so its addresses are private" }
    : OPEN;
};

/** Route 53 signs no request, and Lambda answers 403 then (Lambda developer guide, function URL auth). */
const bySignature: ReachOf = (url) => {
  const type = stringAt(asWritten(url).properties, "authorizationType");
  if (isUnknown(type)) return { kind: "untold", urn: url.urn, path: "authorizationType" };
  return type === "AWS_IAM"
    ? {
        kind: "closed",
        which: "which has authorizationType AWS_IAM and answers 403 to checkers, which sign nothing",
        isAnswering: true,
      }
    : OPEN;
};

/** Public DNS knows its name, and only VPC endpoints are let in (API Gateway developer guide, private REST APIs). */
const byApiType: ReachOf = (api) => {
  const path = "endpointConfiguration";
  const types = at(asWritten(api).properties, path, "types");
  if (isUnknown(types)) return { kind: "untold", urn: api.urn, path };
  return [types].flat().includes("PRIVATE")
    ? {
        kind: "closed",
        which: "a PRIVATE API, which answers through its VPC endpoints only",
        isAnswering: true,
      }
    : OPEN;
};

/** A domain in a VPC has an address of each of its subnets (OpenSearch developer guide, VPC support). */
const byVpc: ReachOf = (domain) => {
  const subnets = at(asWritten(domain).properties, "vpcOptions", "subnetIds");
  if (isUnknown(subnets)) return { kind: "untold", urn: domain.urn, path: "vpcOptions" };
  if (!Array.isArray(subnets) || subnets.length === 0) return OPEN;
  return { kind: "closed", which: "which is in a VPC by its vpcOptions, so its addresses are private" };
};

const RDS_INSTANCES = byInstances("aws:rds/clusterInstance:ClusterInstance");
const NEPTUNE_INSTANCES = byInstances("aws:neptune/clusterInstance:ClusterInstance");

/**
 * Services whose names public DNS tells and whose addresses may be private. Sources: RDS user guide, "Hiding a DB
 * instance in a VPC" and "RDS Proxy limitations"; DocumentDB API reference, DBInstance (no public endpoints); Neptune
 * user guide, "Neptune public endpoints"; ElastiCache and MemoryDB guides, access from outside AWS.
 */
const REACHES: Readonly<Record<string, ReachOf>> = {
  "aws:rds/instance:Instance": byOwn,
  "aws:rds/clusterInstance:ClusterInstance": byOwn,
  "aws:rds/cluster:Cluster": RDS_INSTANCES,
  "aws:rds/clusterEndpoint:ClusterEndpoint": RDS_INSTANCES,
  "aws:rds/proxy:Proxy": never("RDS Proxy"),
  "aws:rds/proxyEndpoint:ProxyEndpoint": never("RDS Proxy"),
  "aws:docdb/cluster:Cluster": never("DocumentDB"),
  "aws:docdb/clusterInstance:ClusterInstance": never("DocumentDB"),
  "aws:docdb/elasticCluster:ElasticCluster": never("DocumentDB"),
  "aws:neptune/clusterInstance:ClusterInstance": byOwn,
  "aws:neptune/cluster:Cluster": NEPTUNE_INSTANCES,
  "aws:neptune/clusterEndpoint:ClusterEndpoint": NEPTUNE_INSTANCES,
  "aws:redshift/cluster:Cluster": byOwn,
  "aws:redshiftserverless/workgroup:Workgroup": byOwn,
  "aws:elasticache/cluster:Cluster": never("ElastiCache"),
  "aws:elasticache/replicationGroup:ReplicationGroup": never("ElastiCache"),
  "aws:elasticache/serverlessCache:ServerlessCache": never("ElastiCache"),
  "aws:memorydb/cluster:Cluster": never("MemoryDB"),
  "aws:apprunner/service:Service": byIngress,
  "aws:lambda/functionUrl:FunctionUrl": bySignature,
  "aws:apigateway/restApi:RestApi": byApiType,
  "aws:mq/broker:Broker": byOwn,
  "aws:opensearch/domain:Domain": byVpc,
  "aws:elasticsearch/domain:Domain": byVpc,
};

const LEVER =
  "allowed: a name with a public address that answers anybody; watch it by an alarm on its metric and a check of type CLOUDWATCH_METRIC";

/**
 * Whether the service of the stack that is probed, by its name or through a record, has private addresses only.
 * @param fqdn of a check without an address.
 */
export function judgePrivateService(check: CheckedResource, fqdn: MaybeUnknown<string>): Judgement[] {
  // What a name is computed from is not where it leads: `db-status.example.net` may be named after a database.
  if (isUnknown(fqdn)) return [];
  const { services, joins } = check.names;
  const probed = services.behind(fqdn);
  const service = probed && joins.byUrn.get(probed.service.urn);
  if (probed === undefined || service === undefined) return [];
  const reach = REACHES[service.type]?.(service, joins) ?? OPEN;
  if (reach.kind === "open" || (reach.kind === "closed" && reach.isAnswering && check.type === "TCP"))
    return [];
  if (probed.untoldName !== undefined) return check.unknownOf(probed.untoldName, "name");
  if (reach.kind === "untold") return check.unknownOf(reach.urn, reach.path);
  return check.fail("fqdn", `probes ${resourceTitle(service.urn)}, ${reach.which}; ${LEVER}`);
}

/** Whether the name is, or leads to, an API's own one, which the program turned off: connections are taken and requests refused. */
export function judgeClosedApi(check: CheckedResource, fqdn: MaybeUnknown<string>): Judgement[] {
  if (isUnknown(fqdn) || check.type === "TCP") return [];
  const { closedApis, leadsTo } = check.names;
  if (closedApis.size === 0) return [];
  const [api] = [...leadsTo(normalizeDnsName(fqdn))].flatMap((place) => closedApis.get(place) ?? []);
  if (api === undefined) return [];
  const path = "disableExecuteApiEndpoint";
  if (isUnknown(booleanAt(asWritten(api).properties, path))) return check.unknownOf(api.urn, path);
  return check.fail(
    "fqdn",
    `probes ${resourceTitle(api.urn)} by the API's own name, which ${path} true closes to every request; allowed: a name ` +
      `that answers; set fqdn to the API's custom domain name, or ${path} to false (changes in place and costs nothing)`,
  );
}
