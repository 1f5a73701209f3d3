import { stringAt } from "./property";
import { separateReplicas } from "./separate-replica";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown } from "./unknown";

export const SCALING_TARGET = "aws:appautoscaling/target:Target";
/** What Application Auto Scaling calls a service's number of tasks. */
export const SERVICE_COUNT_DIMENSION = "ecs:service:DesiredCount";

/** What a dimension scales, and where the resource id and the resource say its name. */
interface ScaledKind {
  readonly type: string;
  readonly id: RegExp;
  readonly name: string;
}

const TABLE: ScaledKind = { type: "aws:dynamodb/table:Table", id: /^table\/([^/]+)$/, name: "name" };
const INDEX: ScaledKind = { ...TABLE, id: /^table\/([^/]+)\/index\/[^/]+$/ };
const CACHE_GROUP: ScaledKind = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  id: /^replication-group\/([^/]+)$/,
  name: "replicationGroupId",
};

/** Dimensions whose resource is found. Source: Application Auto Scaling API, `ScalableTarget`. */
const KINDS: ReadonlyMap<string, ScaledKind> = new Map([
  ["dynamodb:table:ReadCapacityUnits", TABLE],
  ["dynamodb:table:WriteCapacityUnits", TABLE],
  ["dynamodb:index:ReadCapacityUnits", INDEX],
  ["dynamodb:index:WriteCapacityUnits", INDEX],
  [
    SERVICE_COUNT_DIMENSION,
    { type: "aws:ecs/service:Service", id: /^service\/[^/]+\/([^/]+)$/, name: "name" },
  ],
  ["elasticache:replication-group:NodeGroups", CACHE_GROUP],
  ["elasticache:replication-group:Replicas", CACHE_GROUP],
  [
    "lambda:function:ProvisionedConcurrency",
    { type: "aws:lambda/function:Function", id: /^function:([^:]+):[^:]+$/, name: "name" },
  ],
  [
    "rds:cluster:ReadReplicaCount",
    { type: "aws:rds/cluster:Cluster", id: /^cluster:([^:]+)$/, name: "clusterIdentifier" },
  ],
]);

/** Whether what the dimension scales can be found, and so its minimum be counted there. */
export function isJoinedDimension(dimension: string): boolean {
  return KINDS.has(dimension);
}

/** The one resource that a target scales: by what it was computed from, else by its name in the region. */
export function scaledResource(target: StackResource, joins: StackJoins): StackResource | undefined {
  const dimension = stringAt(target.properties, "scalableDimension");
  const kind = typeof dimension === "string" ? KINDS.get(dimension) : undefined;
  if (!kind) return undefined;
  const sources = (target.propertyDependencies.resourceId ?? []).map((urn) => joins.byUrn.get(urn));
  const candidates = sources.filter((source) => source?.type === kind.type);
  if (candidates.length === 1) return candidates[0];
  const text = stringAt(target.properties, "resourceId");
  const name = typeof text === "string" ? kind.id.exec(text)?.[1] : undefined;
  if (typeof text !== "string" || name === undefined) return undefined;
  const place = joins.regionOf(target);
  const byName = joins.grouped(`${kind.type} by ${kind.name} or id`, kind.type, (one) =>
    [stringAt(one.properties, kind.name), one.id].filter((key) => typeof key === "string"),
  );
  const named = (byName.get(name) ?? []).filter((one) => isInCluster(one, text));
  const beside = named.filter((one) => joins.regionOf(one) === place);
  // A replica of a table is scaled under the table's name in its own region.
  const found = beside.length > 0 ? beside : named.filter((one) => hasReplicaIn(one, place, joins));
  return found.length === 1 ? found[0] : undefined;
}

/** Names of ECS services are unique within their cluster; a cluster that cannot be read yet may be meant. */
function isInCluster(service: StackResource, resourceId: string): boolean {
  const [kind, wanted] = resourceId.split("/");
  if (kind !== "service") return true;
  const cluster = stringAt(service.properties, "cluster") ?? "default";
  return isUnknown(cluster) || cluster.split("/").at(-1) === wanted;
}

function hasReplicaIn(table: StackResource, place: unknown, joins: StackJoins): boolean {
  const { replicas } = table.properties;
  const inline = Array.isArray(replicas) && replicas.some((one) => stringAt(one, "regionName") === place);
  const separate = separateReplicas(table, joins);
  return inline || separate.some((replica) => joins.regionOf(replica) === place);
}

/** Targets that scale one dimension of a resource, in every region. */
export function scalingTargets(
  resource: StackResource,
  dimension: string,
  joins: StackJoins,
): readonly StackResource[] {
  const byScaled = joins.grouped("scaling targets by what they scale", SCALING_TARGET, (target) => {
    const scaled = scaledResource(target, joins);
    return scaled ? [`${String(target.properties.scalableDimension)} ${scaled.urn}`] : [];
  });
  return byScaled.get(`${dimension} ${resource.urn}`) ?? [];
}

/** The index that a target scales; undefined where its resource id does not tell yet. */
export function scaledIndex(target: StackResource): string | undefined {
  const id = stringAt(target.properties, "resourceId");
  return typeof id === "string" ? /\/index\/([^/]+)$/.exec(id)?.[1] : undefined;
}
