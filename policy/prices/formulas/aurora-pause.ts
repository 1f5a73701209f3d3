import { membersOf } from "../../../model/endpoint-members";
import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { PricedStack } from "../priced-stack";
import { listAt, stringAt } from "./read";

const AURORA = "aws:rds/cluster:Cluster";
const GLOBAL = "aws:rds/globalCluster:GlobalCluster";
const PROXY = "aws:rds/proxy:Proxy";
const PARAMETER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const INTEGRATION = "aws:rds/integration:Integration";

/** The least that an instance takes which does not pause (Aurora user guide, "Aurora serverless capacity"). */
export const AWAKE_MIN_ACU = 0.5;

/**
 * What of the stack keeps a cluster's serverless instances from pausing at a minimum of 0, in words: an RDS Proxy, being
 * the primary of a global database, a zero-ETL integration, or a log for replicas outside (Aurora user guide, "Scaling to
 * Zero ACUs with automatic pause and resume"). Open connections do too, which no stack tells.
 */
export function keptAwakeBy(cluster: StackResource, stack: PricedStack): string | undefined {
  const { joins } = stack;
  const proxies = joins.grouped("clusters behind proxies", PROXY, (proxy) => membersOf(proxy, joins));
  if (proxies.has(cluster.urn)) return "an RDS Proxy";
  if (isGlobalPrimary(cluster, stack)) return "its global database";
  if (isSource(cluster, "sourceArn", INTEGRATION, stack)) return "a zero-ETL integration";
  return replicationParameter(cluster, stack);
}

/** The parameter by which the cluster keeps a log for replicas outside, `binlog_format ROW`. */
function replicationParameter(cluster: StackResource, stack: PricedStack): string | undefined {
  const group = stack.reference(cluster, "dbClusterParameterGroupName", PARAMETER_GROUP);
  const parameters = listAt(group?.properties, "parameters");
  if (parameters === undefined || isUnknown(parameters)) return undefined;
  const texts = parameters.map((one) => [stringAt(one, "name"), stringAt(one, "value")].map(String));
  const found = texts.find(
    ([name, value]) =>
      (name === "rds.logical_replication" && value === "1") || (name === "binlog_format" && value !== "OFF"),
  );
  return found?.join(" ");
}

/** By reference, or by the ARN. */
function isSource(cluster: StackResource, property: string, type: string, stack: PricedStack): boolean {
  if (stack.referring(cluster, property, type).length > 0) return true;
  const { arn } = cluster.properties;
  return typeof arn === "string" && stack.withText(type, property, arn).length > 0;
}

/** Whoever holds the credentials is the primary; where nobody of the stack is told to be, each may be. */
function isGlobalPrimary(cluster: StackResource, stack: PricedStack): boolean {
  if (isSource(cluster, "sourceDbClusterIdentifier", GLOBAL, stack)) return true;
  const own = globalKey(cluster, stack);
  if (own === undefined) return false;
  const byKey = stack.joins.grouped("clusters by global database", AURORA, (one) => {
    const key = globalKey(one, stack);
    return key === undefined ? [] : [key];
  });
  const primaries = (byKey.get(own) ?? []).filter((one) => hasCredentials(one, stack));
  return primaries.length === 0 || primaries.some(({ urn }) => urn === cluster.urn);
}

function globalKey(cluster: StackResource, stack: PricedStack): string | undefined {
  const { properties } = stack.asWritten(cluster);
  const id = stringAt(properties, "globalClusterIdentifier");
  if (id === undefined || id === "") return undefined;
  const found = stack.reference(cluster, "globalClusterIdentifier", GLOBAL);
  return found?.urn ?? (isUnknown(id) ? cluster.urn : id);
}

function hasCredentials(cluster: StackResource, stack: PricedStack): boolean {
  const { properties } = stack.asWritten(cluster);
  return CREDENTIALS.some((name) => isUnknown(properties[name]) || isPresent(properties[name]));
}

const CREDENTIALS = [
  "masterPassword",
  "masterPasswordWo",
  "manageMasterUserPassword",
  "snapshotIdentifier",
  "restoreToPointInTime",
];
