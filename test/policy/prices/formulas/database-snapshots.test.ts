import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const DATABASE = "aws:rds/instance:Instance";
const SNAPSHOT = "aws:rds/snapshot:Snapshot";
const COPY = "aws:rds/snapshotCopy:SnapshotCopy";
const REPLICATION = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const CLUSTER = "aws:rds/cluster:Cluster";
const CLUSTER_SNAPSHOT = "aws:rds/clusterSnapshot:ClusterSnapshot";
const CLUSTER_COPY = "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy";

const ARN = "arn:aws:rds:us-east-1:123456789012:db:main";
/** Its id is not its name, as of the provider since its version 6. */
const main = standby(DATABASE, "main", { identifier: "main", allocatedStorage: 500 }, { id: "db-ABC" });
const exists = standby(
  DATABASE,
  "main",
  { identifier: "x", arn: ARN, allocatedStorage: 500 },
  { id: "db-A" },
);
const snapshot = standby(
  SNAPSHOT,
  "kept",
  { dbInstanceIdentifier: "main", dbSnapshotIdentifier: "kept" },
  { id: "kept-id" },
);
const replica = standby(
  DATABASE,
  "replica",
  { identifier: "replica", replicateSourceDb: "main" },
  { id: "db-R" },
);
const multiAz = standby(
  CLUSTER,
  "three",
  { clusterIdentifier: "three", dbClusterInstanceClass: "db.m6gd.large", allocatedStorage: 100 },
  { id: "cluster-A" },
);
const aurora = standby(CLUSTER, "aurora", { clusterIdentifier: "aurora", allocatedStorage: 0 }, { id: "c" });

const FULL = { "database snapshot, 500 GB": 47_500_000 };
const ASSUMED = { "database snapshot, 8 GB assumed": 760_000 };

const CASES: readonly Case[] = [
  ["a snapshot of a database by its name", SNAPSHOT, { dbInstanceIdentifier: "main" }, FULL, [main]],
  ["a snapshot of another name", SNAPSHOT, { dbInstanceIdentifier: "man" }, ASSUMED, [main]],
  ["a snapshot of a replica", SNAPSHOT, { dbInstanceIdentifier: "replica" }, FULL, [main, replica]],
  ["a copy of a snapshot by its name", COPY, { sourceDbSnapshotIdentifier: "kept" }, FULL, [main, snapshot]],
  ["a copy of a snapshot by its id", COPY, { sourceDbSnapshotIdentifier: "kept-id" }, FULL, [main, snapshot]],
  ["backups of a database by its ARN", REPLICATION, { sourceDbInstanceArn: ARN }, FULL, [exists]],
  [
    "a snapshot of a Multi-AZ cluster",
    CLUSTER_SNAPSHOT,
    { dbClusterIdentifier: "three" },
    { "Multi-AZ cluster snapshot, 100 GB": 9_500_000 },
    [multiAz],
  ],
  [
    "a copy of a snapshot of a Multi-AZ cluster",
    CLUSTER_COPY,
    { sourceDbClusterSnapshotIdentifier: "of-three" },
    { "Multi-AZ cluster snapshot, 100 GB": 9_500_000 },
    [
      multiAz,
      standby(CLUSTER_SNAPSHOT, "of-three", {
        dbClusterIdentifier: "three",
        dbClusterSnapshotIdentifier: "of-three",
      }),
    ],
  ],
  [
    "a snapshot of a cluster that grows by itself",
    CLUSTER_SNAPSHOT,
    { dbClusterIdentifier: "aurora" },
    { "Aurora snapshot, 10 GB assumed": 210_000 },
    [aurora],
  ],
];

describe("policy/prices/formulas/database-snapshots", () => {
  priceCases(CASES);
});
