import { numberAt, stringAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { unknownInput, unpriced } from "./formula";

export const SCALING_TARGET = "aws:appautoscaling/target:Target";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

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

/** Dimensions whose minimum is counted. Source: Application Auto Scaling API, `ScalableTarget`. */
const KINDS: ReadonlyMap<string, ScaledKind> = new Map([
  ["dynamodb:table:ReadCapacityUnits", TABLE],
  ["dynamodb:table:WriteCapacityUnits", TABLE],
  ["dynamodb:index:ReadCapacityUnits", INDEX],
  ["dynamodb:index:WriteCapacityUnits", INDEX],
  [
    "ecs:service:DesiredCount",
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

export function isCountedDimension(dimension: string): boolean {
  return KINDS.has(dimension);
}

/** The one resource that a target scales: by what it was computed from, else by its name in the region. */
export function scaledResource(target: StackResource, stack: PricedStack): StackResource | undefined {
  const dimension = stringAt(target.properties, "scalableDimension");
  const kind = typeof dimension === "string" ? KINDS.get(dimension) : undefined;
  if (!kind) return undefined;
  const candidates = stack.sourcesOf(target, "resourceId", kind.type);
  if (candidates.length === 1) return candidates[0];
  const text = stringAt(target.properties, "resourceId");
  const name = typeof text === "string" ? kind.id.exec(text)?.[1] : undefined;
  if (typeof text !== "string" || name === undefined) return undefined;
  const place = stack.regionOf(target);
  const named = stack
    .ofType(kind.type)
    .filter(
      (one) => (stringAt(one.properties, kind.name) === name || one.id === name) && isInCluster(one, text),
    );
  const beside = named.filter((one) => stack.regionOf(one) === place);
  // A replica of a table is scaled under the table's name in its own region.
  const found = beside.length > 0 ? beside : named.filter((one) => hasReplicaIn(one, place, stack));
  return found.length === 1 ? found[0] : undefined;
}

/** Names of ECS services are unique within their cluster; a cluster that cannot be read yet may be meant. */
function isInCluster(service: StackResource, resourceId: string): boolean {
  const [kind, wanted] = resourceId.split("/");
  if (kind !== "service") return true;
  const cluster = stringAt(service.properties, "cluster") ?? "default";
  return isUnknown(cluster) || cluster.split("/").at(-1) === wanted;
}

function hasReplicaIn(table: StackResource, place: unknown, stack: PricedStack): boolean {
  const { replicas } = table.properties;
  const inline = Array.isArray(replicas) && replicas.some((one) => stringAt(one, "regionName") === place);
  const separate = stack.referring(table, "globalTableArn", REPLICA);
  return inline || separate.some((replica) => stack.regionOf(replica) === place);
}

const scaledTargets = new WeakMap<PricedStack, ReadonlyMap<string, readonly StackResource[]>>();

/** Targets by the URN of what they scale and their dimension, made once for a stack. */
function targetsByResource(stack: PricedStack): ReadonlyMap<string, readonly StackResource[]> {
  const known = scaledTargets.get(stack);
  if (known) return known;
  const made = new Map<string, StackResource[]>();
  for (const target of stack.ofType(SCALING_TARGET)) {
    const scaled = scaledResource(target, stack);
    if (!scaled) continue;
    const key = `${String(target.properties.scalableDimension)} ${scaled.urn}`;
    const list = made.get(key);
    if (list) list.push(target);
    else made.set(key, [target]);
  }
  scaledTargets.set(stack, made);
  return made;
}

/** Targets that scale one dimension of a resource, in every region. */
export function scalingTargets(
  resource: StackResource,
  dimension: string,
  stack: PricedStack,
): readonly StackResource[] {
  return targetsByResource(stack).get(`${dimension} ${resource.urn}`) ?? [];
}

/** What scaling never goes below, 0 where nothing scales; or why that cannot be read. */
export function scalingMinimum(targets: readonly StackResource[], stack: PricedStack): number | Meter {
  let minimum = 0;
  for (const target of targets) {
    const capacity = numberAt(target.properties, "minCapacity");
    const place = stack.regionOf(target);
    if (isUnknown(capacity)) return unknownInput("minCapacity", place);
    if (capacity === undefined) {
      return unpriced("minCapacity of its scaling target is not set", "minCapacity", place);
    }
    minimum = Math.max(minimum, capacity);
  }
  return minimum;
}

/** The index that a target scales; undefined where its resource id does not tell yet. */
export function scaledIndex(target: StackResource): string | undefined {
  const id = stringAt(target.properties, "resourceId");
  return typeof id === "string" ? /\/index\/([^/]+)$/.exec(id)?.[1] : undefined;
}
