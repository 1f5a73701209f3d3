import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, priced, standby } from "../meters";

const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const MEMORY = "its price is from memory, which may refuse and never pass";

const cluster = (properties: Properties = {}) =>
  standby(CLUSTER, "c", { engine: "aurora-mysql", clusterIdentifier: "c", ...properties }, { id: "c" });
const member = { clusterIdentifier: "c", engine: "aurora-mysql", instanceClass: "db.t3.medium" };
const serverless = { ...member, instanceClass: "db.serverless" };
const scaled = (minCapacity: Properties[string], properties: Properties = {}) =>
  cluster({ serverlessv2ScalingConfiguration: { minCapacity, maxCapacity: 4 }, ...properties });
const HOURS = { "db.t3.medium aurora-mysql instance": 59_860_000 };
const STORAGE = { "Aurora storage, 10 GB assumed": 1_000_000 };

const ADDRESS = { "public IPv4 address": 3_650_000 };

const AURORA: readonly Case[] = [
  [
    "the public address of an instance",
    MEMBER,
    { ...member, publiclyAccessible: true },
    { ...HOURS, ...ADDRESS },
    [cluster({ engineVersion: "8.0.mysql_aurora.3.08.0" })],
  ],
  [
    "an instance that may have a public address",
    MEMBER,
    { ...member, publiclyAccessible: UNKNOWN },
    {
      "db.t3.medium aurora-mysql instance": 59860000,
      "input publiclyAccessible": "publiclyAccessible is not known yet",
    },
    [cluster({ engineVersion: "8.0.mysql_aurora.3.08.0" })],
  ],
  [
    "the public address of a paused serverless instance",
    MEMBER,
    { ...serverless, publiclyAccessible: true },
    ADDRESS,
    [scaled(0, { engineVersion: "8.0.mysql_aurora.3.08.0" })],
  ],
  ...[{}, { publiclyAccessible: true }].map(
    (properties): Case => [
      `Limitless with ${JSON.stringify(properties)}`,
      "aws:rds/shardGroup:ShardGroup",
      properties,
      {
        "Aurora Limitless, 16 ACU at least": 1_401_600_000,
        "memory ": MEMORY,
        "price publiclyAccessible":
          "how many shards have a public IPv4 address is not told; set publiclyAccessible to false",
      },
    ],
  ),
  [
    "a master password that Secrets Manager keeps",
    CLUSTER,
    { engine: "aurora-mysql", manageMasterUserPassword: true },
    { ...STORAGE, "secret of the master password": 400_000 },
  ],
  ...[CLUSTER, MEMBER].map(
    (type): Case => [
      `enhanced monitoring of ${type}`,
      type,
      { ...member, monitoringInterval: 1 },
      {
        ...(type === MEMBER ? { "db.t3.medium aurora-mysql instance": 59_860_000 } : STORAGE),
        "price monitoringInterval":
          "enhanced monitoring writes log lines whose size is not known; set monitoringInterval to 0",
      },
      type === MEMBER ? [cluster()] : [],
    ],
  ),
  ["the storage of a cluster", CLUSTER, { engine: "aurora-mysql" }, STORAGE],
  ["a cluster without an engine", CLUSTER, {}, { "price engine": "engine is not set" }],
  [
    "storage that includes its operations",
    CLUSTER,
    { engine: "aurora-mysql", storageType: "aurora-iopt1" },
    { "price ": "the list has no price for Aurora storage, 10 GB assumed" },
  ],
  [
    "a Multi-AZ cluster of RDS",
    CLUSTER,
    { engine: "mysql", dbClusterInstanceClass: "db.r6gd.large" },
    { "price ": "the list has no price for db.r6gd.large mysql cluster of three" },
  ],
  [
    "backtracking",
    CLUSTER,
    { engine: "aurora-mysql", backtrackWindow: 1 },
    {
      "Aurora storage, 10 GB assumed": 1000000,
      "price backtrackWindow": "backtracking keeps changes at a price that is not in the list",
    },
  ],
  ["no backtracking", CLUSTER, { engine: "aurora-mysql", backtrackWindow: 0 }, STORAGE],
  [
    "an unknown engine mode",
    CLUSTER,
    { engine: "aurora-mysql", engineMode: UNKNOWN },
    { "input engineMode": "engineMode is not known yet" },
  ],
  ["Serverless v1, which pauses", CLUSTER, { engine: "aurora-mysql", engineMode: "serverless" }, STORAGE],
  [
    "Serverless v1 that does not pause",
    CLUSTER,
    {
      engine: "aurora-mysql",
      engineMode: "serverless",
      scalingConfiguration: { autoPause: false, minCapacity: 2 },
    },
    { "Aurora Serverless v1, 2 ACU at least": 87_600_000, ...STORAGE },
  ],
  ["an instance", MEMBER, member, HOURS, [cluster()]],
  [
    "an instance of optimized storage",
    MEMBER,
    { ...member, instanceClass: "db.r6g.large" },
    { "db.r6g.large aurora-mysql instance": 246_740_000 },
    [cluster({ storageType: "aurora-iopt1" })],
  ],
  [
    "a class without a price",
    MEMBER,
    { ...member, instanceClass: "db.r7g.large" },
    { "price ": "the list has no price for db.r7g.large aurora-mysql instance" },
    [cluster()],
  ],
  [
    "an instance of a cluster from elsewhere",
    MEMBER,
    member,
    { "price clusterIdentifier": "its cluster is not in this stack, so its storage type cannot be read" },
  ],
  [
    "half a unit of Serverless v2",
    MEMBER,
    serverless,
    { "Aurora Serverless v2, 0.5 ACU at least": 43_800_000 },
    [scaled(0.5)],
  ],
  [
    "Serverless v2 of optimized storage",
    MEMBER,
    serverless,
    {
      "price storageType": "units of a cluster with storageType aurora-iopt1 have no price in the list",
    },
    [scaled(0.5, { storageType: "aurora-iopt1" })],
  ],
  [
    "Serverless v2 of an unknown storage",
    MEMBER,
    serverless,
    { "input storageType": "storageType is not known yet" },
    [scaled(0.5, { storageType: UNKNOWN })],
  ],
  [
    "Serverless v2 in extended support",
    MEMBER,
    serverless,
    {
      "Aurora Serverless v2, 0.5 ACU at least": 43800000,
      "price engineVersion":
        "extended support of aurora-mysql 5.7.mysql_aurora.2.12.3 by the unit has no price in the list",
    },
    [scaled(0.5, { engineVersion: "5.7.mysql_aurora.2.12.3" })],
  ],
  [
    "Serverless v2 in standard support",
    MEMBER,
    serverless,
    { "Aurora Serverless v2, 0.5 ACU at least": 43_800_000 },
    [scaled(0.5, { engineVersion: "8.0.mysql_aurora.3.08.0" })],
  ],
  ["Serverless v2 that pauses", MEMBER, serverless, {}, [scaled(0)]],
  [
    "an unknown minimum of Serverless v2",
    MEMBER,
    serverless,
    {
      "input serverlessv2ScalingConfiguration.minCapacity":
        "serverlessv2ScalingConfiguration.minCapacity is not known yet",
    },
    [scaled(UNKNOWN)],
  ],
  [
    "Serverless v2 without a minimum",
    MEMBER,
    serverless,
    {
      "price serverlessv2ScalingConfiguration.minCapacity":
        "serverlessv2ScalingConfiguration.minCapacity is not set",
    },
    [cluster()],
  ],
  [
    "Serverless v2 of a cluster from elsewhere",
    MEMBER,
    serverless,
    { "price clusterIdentifier": "its cluster is not in this stack, so its minimum cannot be read" },
  ],
  [
    "a version in extended support",
    MEMBER,
    member,
    {
      ...HOURS,
      "extended support of version 5.7.mysql_aurora.2.12.3, 2 vCPU at the third year's price at most": 292_000_000,
    },
    [cluster({ engineVersion: "5.7.mysql_aurora.2.12.3" })],
  ],
  [
    "a version in standard support",
    MEMBER,
    member,
    HOURS,
    [cluster({ engineVersion: "8.0.mysql_aurora.3.08.0" })],
  ],
  [
    "a snapshot",
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    {},
    { "Aurora snapshot, 10 GB assumed": 210_000 },
  ],
  [
    "a copied snapshot",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    { allocatedStorage: 50 },
    { "Aurora snapshot, 50 GB": 1_050_000 },
  ],
  [
    "Limitless, from memory",
    "aws:rds/shardGroup:ShardGroup",
    { publiclyAccessible: false },
    { "Aurora Limitless, 16 ACU at least": 1_401_600_000, "memory ": MEMORY },
  ],
  [
    "Limitless with a standby of its own",
    "aws:rds/shardGroup:ShardGroup",
    { minAcu: 20, computeRedundancy: 1, publiclyAccessible: false },
    { "Aurora Limitless, 40 ACU at least": 3_504_000_000, "memory ": MEMORY },
  ],
];

const DOCUMENT = "aws:docdb/clusterInstance:ClusterInstance";
const GRAPH = "aws:neptune/clusterInstance:ClusterInstance";
const inCluster = { clusterIdentifier: "d" };
const documents = (properties: Properties = {}) =>
  standby("aws:docdb/cluster:Cluster", "d", { clusterIdentifier: "d", ...properties }, { id: "d" });
const graph = (properties: Properties = {}) =>
  standby("aws:neptune/cluster:Cluster", "d", { clusterIdentifier: "d", ...properties }, { id: "d" });

const OTHERS: readonly Case[] = [
  [
    "DocumentDB 3.6, in extended support",
    "aws:docdb/cluster:Cluster",
    { engineVersion: "3.6.0" },
    {
      "DocumentDB storage, 10 GB assumed": 1000000,
      "price engineVersion": "extended support of docdb 3.6.0 has no price in the list; move to 4 or newer",
    },
  ],
  [
    "DocumentDB 4 with a managed password",
    "aws:docdb/cluster:Cluster",
    { engineVersion: "4.0.0", manageMasterUserPassword: true },
    { "DocumentDB storage, 10 GB assumed": 1_000_000, "secret of the master password": 400_000 },
  ],
  [
    "DocumentDB's storage",
    "aws:docdb/cluster:Cluster",
    {},
    { "DocumentDB storage, 10 GB assumed": 1_000_000 },
  ],
  [
    "DocumentDB's optimized storage",
    "aws:docdb/cluster:Cluster",
    { storageType: "iopt1" },
    { "price ": "the list has no price for DocumentDB storage, 10 GB assumed" },
  ],
  [
    "DocumentDB's instance",
    DOCUMENT,
    { ...inCluster, instanceClass: "db.t3.medium" },
    { "db.t3.medium DocumentDB instance": 56_940_000 },
    [documents()],
  ],
  [
    "DocumentDB's instance of optimized storage",
    DOCUMENT,
    { ...inCluster, instanceClass: "db.t3.medium" },
    { "price ": "the list has no price for db.t3.medium DocumentDB instance" },
    [documents({ storageType: "iopt1" })],
  ],
  [
    "DocumentDB's instance of an unknown storage",
    DOCUMENT,
    { ...inCluster, instanceClass: "db.t3.medium" },
    { "input storageType": "storageType is not known yet" },
    [documents({ storageType: UNKNOWN })],
  ],
  [
    "DocumentDB's instance of an old cluster",
    DOCUMENT,
    { ...inCluster, instanceClass: "db.t3.medium" },
    {
      "db.t3.medium DocumentDB instance": 56940000,
      "price engineVersion": "extended support of docdb 3.6.0 has no price in the list; move to 4 or newer",
    },
    [documents({ engineVersion: "3.6.0" })],
  ],
  [
    "DocumentDB's instance of a cluster from elsewhere",
    DOCUMENT,
    { ...inCluster, instanceClass: "db.t3.medium" },
    { "price clusterIdentifier": "its cluster is not in this stack, so its storage type cannot be read" },
  ],
  [
    "DocumentDB's instance without a price",
    DOCUMENT,
    { ...inCluster, instanceClass: "db.r9.large" },
    { "price ": "the list has no price for db.r9.large DocumentDB instance" },
    [documents()],
  ],
  [
    "DocumentDB's snapshot",
    "aws:docdb/clusterSnapshot:ClusterSnapshot",
    {},
    { "DocumentDB snapshot, 10 GB assumed": 210_000 },
  ],
  ["Neptune's storage", "aws:neptune/cluster:Cluster", {}, { "Neptune storage, 10 GB assumed": 1_000_000 }],
  [
    "Neptune's instance",
    GRAPH,
    { ...inCluster, instanceClass: "db.r5.large" },
    { "db.r5.large Neptune instance": 254_040_000 },
    [graph()],
  ],
  [
    "Neptune's instance of optimized storage",
    GRAPH,
    { ...inCluster, instanceClass: "db.r5.large" },
    { "price ": "the list has no price for db.r5.large Neptune instance" },
    [graph({ storageType: "iopt1" })],
  ],
  [
    "Neptune's instance without a class",
    GRAPH,
    inCluster,
    { "price instanceClass": "instanceClass is not set" },
    [graph()],
  ],
  [
    "Neptune of an unknown storage",
    "aws:neptune/cluster:Cluster",
    { storageType: UNKNOWN },
    { "input storageType": "storageType is not known yet" },
  ],
];

describe("policy/prices/formulas/clusters", () => {
  priceCases([...AURORA, ...OTHERS]);

  it("charges a public address to Neptune's instances, and none to DocumentDB's", () => {
    const properties = { ...inCluster, instanceClass: "db.t3.medium", publiclyAccessible: true };
    const addressOf = (type: string, of: StackResource) =>
      (priced(type, properties, [of]) as Record<string, unknown>)["public IPv4 address"];
    assert.equal(addressOf(GRAPH, graph()), 3_650_000);
    assert.equal(addressOf(DOCUMENT, documents()), undefined);
  });

  it("takes the GB of growing storage from the settings", () => {
    const items = costOf([cluster()], { databaseGb: 0 }).lines.map(({ item, monthlyMicroUsd }) => [
      item,
      monthlyMicroUsd,
    ]);
    assert.deepEqual(items, [["Aurora storage, 0 GB assumed", 0]]);
  });
});
