import { scalingTargets } from "../../../model/scaling-join";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { refuseExtendedSupport } from "./extended-support";
import { amountText, countedText, type Formula, hourly, stored, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { listAt, numberAt, stringAt } from "./read";
import { scalingMinimum } from "./scaling";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const DATASTORE = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";
const LEVER = "use a smaller node type, or fewer nodes";
/** The list has the price of Redis OSS and Memcached alone (ElastiCache pricing page, "Valkey"). */
const VALKEY_NOTE = "the price of a Redis OSS node is the bound; AWS lists Valkey 20 % lower";

/**
 * Nodes of a cluster. One that joins a replication group is a read replica beyond those that the group makes itself
 * (provider documentation of `aws_elasticache_replication_group`, `num_cache_clusters`), of the group's node type.
 */
export const cacheClusterMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const { properties } = cluster;
  const member = "replicationGroupId";
  const group = groupOf(cluster, stack);
  if (isUnknown(properties[member]) && !group) return [unknownInput(member, place)];
  const inputs = new Inputs(properties, place);
  inputs.check(member, "text");
  if (group && isCountedByGroup(cluster, group)) return inputs.or([]);
  // A member must not state a type, and has the group's.
  const typed = group && !inputs.has("nodeType") ? new Inputs(group.properties, place) : inputs;
  const type = typed.text("nodeType");
  if (!typed.sound) return typed.or([]);
  const engine = (group ? new Inputs(group.properties, place) : inputs).text("engine", "redis");
  const nodes = cacheNodes(type, engine, inputs.number("numCacheNodes", 1), place);
  // Of extended support and snapshots a group of the stack tells itself.
  if (group && !group.external) return inputs.or(nodes);
  refuseExtendedSupport(inputs.text("engine", "redis"), inputs, stack.asOf);
  return inputs.or([...nodes, ...cacheSnapshots(inputs, stack)]);
};

/** The group that a cluster is a member of: by id, by what the id was computed from, else by its text. */
function groupOf(cluster: StackResource, stack: PricedStack): StackResource | undefined {
  const member = "replicationGroupId";
  const text = stringAt(cluster.properties, member);
  const found =
    stack.reference(cluster, member, GROUP) ??
    (typeof text === "string" && text !== "" ? stack.named(cluster, GROUP, member, text) : undefined);
  return found && stack.asWritten(found);
}

/**
 * A refresh sets a group's `numCacheClusters` to the length of `memberClusters`, the added ones among them; until
 * then it is the group's own number.
 */
function isCountedByGroup(cluster: StackResource, group: StackResource): boolean {
  if (group.external) return false;
  const members = listAt(group.properties, "memberClusters");
  const count = numberAt(group.properties, "numCacheClusters");
  if (!Array.isArray(members) || typeof count !== "number" || count < members.length) return false;
  return [stringAt(cluster.properties, "clusterId"), cluster.id].some(
    (name) => typeof name === "string" && members.includes(name),
  );
}

/** The newest snapshot of a cluster is free; those before it bill, at the assumed size. */
function cacheSnapshots(inputs: Inputs, stack: PricedStack): Meter[] {
  const kept = inputs.extras.number("snapshotRetentionLimit", 0) - 1;
  if (kept <= 0) return [];
  const gb = stack.assumptions.snapshotGb;
  const item = `cache snapshots, ${countedText(kept, amountText(gb, "GB"))} assumed`;
  return stored(item, "elasticache/snapshot", inputs.place, gb * kept, {
    lever: "set snapshotRetentionLimit to 1",
  });
}

function cacheNodes(type: string, engine: string, nodes: number, place: Inputs["place"]) {
  return hourly(`${type} cache node`, `elasticache/node/${type}`, place, nodes, {
    ...(engine === "valkey" ? { note: VALKEY_NOTE } : {}),
    lever: LEVER,
    leaves: "untold",
  });
}

/** Shards times the primary and its replicas, or a plain number of nodes. */
export const replicationGroupMeters: Formula = (group, stack) => {
  const place = stack.regionOf(group);
  const inputs = new Inputs(group.properties, place);
  const type = groupNodeType(group, inputs, stack);
  const scaled = (dimension: string) =>
    scalingMinimum(scalingTargets(group, `elasticache:replication-group:${dimension}`, stack.joins), stack);
  const untold = [scaled("NodeGroups"), scaled("Replicas")];
  const [fewestShards = 0, fewestReplicas = 0] = untold.map((one) => (typeof one === "number" ? one : 0));
  // CreateReplicationGroup makes one shard where only the replicas of each are told.
  const oneAtLeast = inputs.has("replicasPerNodeGroup") || fewestReplicas > 0 ? 1 : 0;
  const shards = Math.max(inputs.number("numNodeGroups", oneAtLeast), fewestShards);
  const replicas = Math.max(inputs.number("replicasPerNodeGroup", 0), fewestReplicas);
  const plain = inputs.number("numCacheClusters", 1);
  const engine = inputs.text("engine", "redis");
  refuseExtendedSupport(engine, inputs, stack.asOf);
  const configured = inputs.list("nodeGroupConfigurations");
  const sharded = shards > 0 ? shards * (1 + replicas) : 0;
  const listed = configured.reduce<number>((sum, one) => {
    const own = numberAt(one, "replicaCount") ?? replicas;
    if (isUnknown(own)) inputs.unknown("nodeGroupConfigurations");
    return sum + 1 + (isUnknown(own) ? 0 : Math.max(own, fewestReplicas));
  }, 0);
  const nodes = cacheNodes(type, engine, Math.max(sharded, listed, plain), place);
  return inputs.or([
    ...nodes,
    ...untold.filter((one) => typeof one !== "number"),
    ...cacheSnapshots(inputs, stack),
  ]);
};

/** A secondary of a global datastore must not state a type, and has that of the datastore's primary. */
function groupNodeType(group: StackResource, inputs: Inputs, stack: PricedStack): string {
  const global = "globalReplicationGroupId";
  if (inputs.has("nodeType") || !inputs.has(global)) return inputs.text("nodeType");
  const datastore = stack.reference(group, global, DATASTORE);
  const first = datastore && stack.reference(datastore, "primaryReplicationGroupId", GROUP);
  const type = first && stringAt(stack.asWritten(first).properties, "nodeType");
  if (typeof type === "string" && type !== "") return type;
  inputs.unknown("nodeType");
  return "";
}

/** What a serverless cache bills when it is empty: 1 GB, or 100 MB of Valkey, or the minimum that is set. */
const SERVERLESS_MIN_GB: Readonly<Record<string, number>> = { redis: 1, memcached: 1, valkey: 0.1 };

export const serverlessCacheMeters: Formula = (cache, stack) => {
  const place = stack.regionOf(cache);
  const inputs = new Inputs(cache.properties, place);
  const engine = inputs.text("engine");
  const minimum = inputs.number("cacheUsageLimits.dataStorage.minimum", 0);
  const least = SERVERLESS_MIN_GB[engine];
  if (inputs.extras.number("cacheUsageLimits.ecpuPerSeconds.minimum", 0) > 0) {
    inputs.extras.refuse(
      "a minimum of request units has no price in the list",
      "cacheUsageLimits.ecpuPerSeconds",
    );
  }
  if (inputs.sound && least === undefined) inputs.refuse(`${engine} has no price in the list`, "engine");
  const gb = Math.max(minimum, least ?? 0);
  const price = engine === "valkey" ? "elasticache/serverless-valkey" : "elasticache/serverless-redis";
  const lever =
    engine === "valkey"
      ? {}
      : { lever: "set engine to valkey, whose minimum is 100 MB", leaves: "untold" as const };
  return inputs.or(
    hourly("", price, place, gb, lever).map((meter) => ({
      ...meter,
      item: `serverless cache, ${amountText(gb, "GB")} at least`,
    })),
  );
};

export const memoryDbMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const type = inputs.text("nodeType");
  const nodes = inputs.number("numShards", 1) * (1 + inputs.number("numReplicasPerShard", 1));
  if (inputs.extras.number("snapshotRetentionLimit", 0) > 1) {
    inputs.extras.refuse("snapshots beyond the first have no price in the list", "snapshotRetentionLimit");
  }
  return inputs.or(
    hourly(`${type} MemoryDB node`, `memorydb/node/${type}`, place, nodes, {
      lever: LEVER,
      leaves: "untold",
    }),
  );
};

export const daxMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const type = inputs.text("nodeType");
  const nodes = inputs.number("replicationFactor");
  return inputs.or(
    hourly(`${type} DAX node`, `dax/node/${type}`, place, nodes, { lever: LEVER, leaves: "untold" }),
  );
};
