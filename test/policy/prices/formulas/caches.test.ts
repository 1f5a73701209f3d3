import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type FixtureOptions, resource } from "../../../model/stack-fixture";
import { type Case, priceCases } from "../cases";
import { notesOf } from "../meters";

const CLUSTER = "aws:elasticache/cluster:Cluster";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache";
const MEMORY = "aws:memorydb/cluster:Cluster";
const DAX = "aws:dax/cluster:Cluster";
const node = { nodeType: "cache.t3.micro" };
const group = (properties: Properties, options: FixtureOptions) =>
  resource(GROUP, "group", { replicationGroupId: "g", nodeType: "cache.t4g.micro", ...properties }, options);

const DATASTORE = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";
const datastore = resource(DATASTORE, "datastore", { primaryReplicationGroupId: "g" }, { id: "d" });

const CASES: readonly Case[] = [
  [
    "a secondary of a global datastore, which has its primary's type",
    GROUP,
    { globalReplicationGroupId: "d", numCacheClusters: 2 },
    { "2 x cache.t4g.micro cache node": 23_360_000 },
    [datastore, group({}, { id: "g" })],
  ],
  ["a group of no datastore without a type", GROUP, {}, { "price nodeType": "nodeType is not set" }],
  [
    "replicas without a number of shards, of which there is one",
    GROUP,
    { ...node, replicasPerNodeGroup: 2 },
    { "3 x cache.t3.micro cache node": 37_230_000 },
  ],
  ...[CLUSTER, GROUP].flatMap((type): Case[] => [
    [
      `Redis 5 of ${type}, in extended support`,
      type,
      { ...node, engine: "redis", engineVersion: "5.0.6" },
      {
        "cache.t3.micro cache node": 12_410_000,
        "price engineVersion": "extended support of redis 5.0.6 has no price in the list; move to 6 or newer",
      },
    ],
    [
      `a version of ${type} that is none`,
      type,
      { ...node, engine: "redis", engineVersion: "newest" },
      {
        "cache.t3.micro cache node": 12_410_000,
        "price engineVersion": 'engineVersion is "newest", which is no version',
      },
    ],
    [
      `Redis 6 of ${type}`,
      type,
      { ...node, engine: "redis", engineVersion: "6.x" },
      { "cache.t3.micro cache node": 12_410_000 },
    ],
  ]),
  [
    "a node of an unknown group",
    CLUSTER,
    { ...node, replicationGroupId: UNKNOWN },
    { "input replicationGroupId": "replicationGroupId is not known yet" },
  ],
  [
    "one snapshot, which is free",
    CLUSTER,
    { ...node, snapshotRetentionLimit: 1 },
    { "cache.t3.micro cache node": 12_410_000 },
  ],
  [
    "two more snapshots",
    GROUP,
    { ...node, snapshotRetentionLimit: 3 },
    { "cache.t3.micro cache node": 12_410_000, "cache snapshots, 2 x 8 GB assumed": 1_360_000 },
  ],
  [
    "snapshots of MemoryDB, which have no price",
    MEMORY,
    { nodeType: "db.t4g.small", snapshotRetentionLimit: 2 },
    {
      "2 x db.t4g.small MemoryDB node": 70080000,
      "price snapshotRetentionLimit": "snapshots beyond the first have no price in the list",
    },
  ],
  ["one node", CLUSTER, node, { "cache.t3.micro cache node": 12_410_000 }],
  ["three nodes", CLUSTER, { ...node, numCacheNodes: 3 }, { "3 x cache.t3.micro cache node": 37_230_000 }],
  [
    "a member of a group of the stack, of the group's type",
    CLUSTER,
    { replicationGroupId: "g" },
    { "cache.t4g.micro cache node": 11_680_000 },
    [group({}, { id: "g" })],
  ],
  [
    "a member by the name of a group that has no id yet",
    CLUSTER,
    { replicationGroupId: "g" },
    { "cache.t4g.micro cache node": 11_680_000 },
    [group({}, { id: UNKNOWN })],
  ],
  [
    "a member by another group's name",
    CLUSTER,
    { replicationGroupId: "h" },
    { "price nodeType": "nodeType is not set" },
    [group({}, { id: UNKNOWN })],
  ],
  [
    "a member that the group does not list, or not count",
    CLUSTER,
    { replicationGroupId: "g", clusterId: "g-003" },
    { "cache.t4g.micro cache node": 11_680_000 },
    [group({ numCacheClusters: 2, memberClusters: ["g-001", "g-002"] }, { id: "g" })],
  ],
  [
    "a member that the group lists above its number",
    CLUSTER,
    { replicationGroupId: "g", clusterId: "g-003" },
    { "cache.t4g.micro cache node": 11_680_000 },
    [group({ numCacheClusters: 2, memberClusters: ["g-001", "g-002", "g-003"] }, { id: "g" })],
  ],
  [
    "a member that a refreshed group lists and counts",
    CLUSTER,
    { replicationGroupId: "g", clusterId: "g-003" },
    {},
    [group({ numCacheClusters: 3, memberClusters: ["g-001", "g-002", "g-003"] }, { id: "g" })],
  ],
  [
    "a member of a group that the stack only reads, which bills elsewhere",
    CLUSTER,
    { replicationGroupId: "g", clusterId: "g-001" },
    { "cache.t4g.micro cache node": 11_680_000 },
    [{ ...group({ numCacheClusters: 1, memberClusters: ["g-001"] }, { id: "g" }), external: true }],
  ],
  [
    "a member of a group whose type is not known",
    CLUSTER,
    { replicationGroupId: "g" },
    { "input nodeType": "nodeType is not known yet" },
    [group({ nodeType: UNKNOWN }, { id: "g" })],
  ],
  [
    "a member of another stack's group, whose node this one adds",
    CLUSTER,
    { replicationGroupId: "g" },
    { "price nodeType": "nodeType is not set" },
  ],
  [
    "a node type without a price",
    CLUSTER,
    { nodeType: "cache.x9.giant" },
    { "price ": "the list has no price for cache.x9.giant cache node" },
  ],
  ["a cluster without a type", CLUSTER, {}, { "price nodeType": "nodeType is not set" }],
  [
    "an unknown number of nodes",
    CLUSTER,
    { ...node, numCacheNodes: UNKNOWN },
    { "input numCacheNodes": "numCacheNodes is not known yet" },
  ],
  ["a group of one", GROUP, node, { "cache.t3.micro cache node": 12_410_000 }],
  [
    "a group by its number of nodes",
    GROUP,
    { ...node, numCacheClusters: 2 },
    { "2 x cache.t3.micro cache node": 24_820_000 },
  ],
  [
    "shards with their replicas",
    GROUP,
    { ...node, numNodeGroups: 2, replicasPerNodeGroup: 1 },
    { "4 x cache.t3.micro cache node": 49_640_000 },
  ],
  [
    "shards without replicas",
    GROUP,
    { ...node, numNodeGroups: 2 },
    { "2 x cache.t3.micro cache node": 24_820_000 },
  ],
  [
    "shards that are listed",
    GROUP,
    { ...node, nodeGroupConfigurations: [{ replicaCount: 2 }, {}] },
    { "4 x cache.t3.micro cache node": 49_640_000 },
  ],
  [
    "a group of a global datastore without a type",
    GROUP,
    { globalReplicationGroupId: "g" },
    { "input nodeType": "nodeType is not known yet" },
  ],
  [
    "an unknown number of replicas",
    GROUP,
    { ...node, replicasPerNodeGroup: UNKNOWN },
    { "input replicasPerNodeGroup": "replicasPerNodeGroup is not known yet" },
  ],
  [
    "a gigabyte of a serverless cache",
    SERVERLESS,
    { engine: "redis" },
    { "serverless cache, 1 GB at least": 91_250_000 },
  ],
  ["100 MB of Valkey", SERVERLESS, { engine: "valkey" }, { "serverless cache, 0.1 GB at least": 6_132_000 }],
  [
    "a larger minimum",
    SERVERLESS,
    { engine: "valkey", cacheUsageLimits: { dataStorage: { minimum: 2 } } },
    { "serverless cache, 2 GB at least": 122_640_000 },
  ],
  [
    "a smaller minimum",
    SERVERLESS,
    { engine: "redis", cacheUsageLimits: { dataStorage: { minimum: 0.5 } } },
    { "serverless cache, 1 GB at least": 91_250_000 },
  ],
  [
    "a minimum of requests",
    SERVERLESS,
    { engine: "redis", cacheUsageLimits: { ecpuPerSeconds: { minimum: 1000 } } },
    {
      "serverless cache, 1 GB at least": 91250000,
      "price cacheUsageLimits.ecpuPerSeconds": "a minimum of request units has no price in the list",
    },
  ],
  [
    "an engine without a price",
    SERVERLESS,
    { engine: "other" },
    { "price engine": "other has no price in the list" },
  ],
  [
    "MemoryDB with its default replica",
    MEMORY,
    { nodeType: "db.t4g.small" },
    { "2 x db.t4g.small MemoryDB node": 70_080_000 },
  ],
  [
    "MemoryDB by shards",
    MEMORY,
    { nodeType: "db.t4g.small", numShards: 2, numReplicasPerShard: 0 },
    { "2 x db.t4g.small MemoryDB node": 70_080_000 },
  ],
  [
    "DAX nodes",
    DAX,
    { nodeType: "dax.t3.small", replicationFactor: 3 },
    { "3 x dax.t3.small DAX node": 87_600_000 },
  ],
  [
    "DAX without a number",
    DAX,
    { nodeType: "dax.t3.small" },
    { "price replicationFactor": "replicationFactor is not set" },
  ],
];

describe("policy/prices/formulas/caches", () => {
  priceCases(CASES);

  it("says of nodes of Valkey, and of no others, that their price is a bound", () => {
    const note = "the price of a Redis OSS node is the bound; AWS lists Valkey 20 % lower";
    for (const type of [CLUSTER, GROUP]) {
      for (const [engine, expected] of [
        ["valkey", note],
        ["redis", undefined],
      ] as const) {
        assert.deepEqual(notesOf(type, { ...node, engine }), { "cache.t3.micro cache node": expected });
      }
    }
    const member = { replicationGroupId: "g" };
    const others = [group({ engine: "valkey" }, { id: "g" })];
    assert.deepEqual(notesOf(CLUSTER, member, others), { "cache.t4g.micro cache node": note });
  });
});
