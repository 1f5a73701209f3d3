import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const DATABASE = "aws:rds/instance:Instance";
const SNAPSHOT = "aws:rds/snapshot:Snapshot";

const micro = { engine: "mysql", instanceClass: "db.t3.micro", allocatedStorage: 20 };
/** 0.017 an hour, and 20 GB at 0.115. */
const HOURS = { "db.t3.micro mysql database": 12_410_000 };
const STORAGE = { "database storage, 20 GB gp2": 2_300_000 };
const ALONE = { ...HOURS, ...STORAGE };
const source = standby(
  DATABASE,
  "source",
  { ...micro, identifier: "main", allocatedStorage: 30 },
  { id: "main" },
);
const CASES: readonly Case[] = [
  [
    "a public address",
    DATABASE,
    { ...micro, publiclyAccessible: true },
    { ...ALONE, "public IPv4 address": 3_650_000 },
  ],
  ["no public address", DATABASE, { ...micro, publiclyAccessible: false }, ALONE],
  [
    "an address that is not known yet",
    DATABASE,
    { ...micro, publiclyAccessible: UNKNOWN },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp2": 2300000,
      "input publiclyAccessible": "publiclyAccessible is not known yet",
    },
  ],
  [
    "the addresses of both zones",
    DATABASE,
    { ...micro, multiAz: true, publiclyAccessible: true },
    {
      "db.t3.micro mysql database, Multi-AZ": 24_820_000,
      "database storage, 20 GB gp2, in two zones": 4_600_000,
      "2 x public IPv4 address": 7_300_000,
    },
  ],
  [
    "a master password that Secrets Manager keeps",
    DATABASE,
    { ...micro, manageMasterUserPassword: true },
    { ...ALONE, "secret of the master password": 400_000 },
  ],
  ["a master password of its own", DATABASE, { ...micro, manageMasterUserPassword: false }, ALONE],
  [
    "enhanced monitoring",
    DATABASE,
    { ...micro, monitoringInterval: 60 },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp2": 2300000,
      "price monitoringInterval":
        "enhanced monitoring writes log lines whose size is not known; set monitoringInterval to 0",
    },
  ],
  ["no enhanced monitoring", DATABASE, { ...micro, monitoringInterval: 0 }, ALONE],
  [
    "the throughput that gp3 includes",
    DATABASE,
    { ...micro, storageType: "gp3", storageThroughput: 125 },
    { ...HOURS, "database storage, 20 GB gp3": 2_300_000 },
  ],
  [
    "throughput above that",
    DATABASE,
    { ...micro, storageType: "gp3", storageThroughput: 126 },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp3": 2300000,
      "price storageThroughput": "throughput above the included 125 MiB/s has no price in the list",
    },
  ],
  [
    "the throughput that large gp3 storage includes",
    DATABASE,
    { ...micro, allocatedStorage: 400, storageType: "gp3", storageThroughput: 500 },
    { ...HOURS, "database storage, 400 GB gp3": 46_000_000 },
  ],
  [
    "throughput above that of large storage",
    DATABASE,
    { ...micro, allocatedStorage: 400, storageType: "gp3", storageThroughput: 501 },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 400 GB gp3": 46000000,
      "price storageThroughput": "throughput above the included 500 MiB/s has no price in the list",
    },
  ],
  [
    "additional volumes",
    DATABASE,
    { ...micro, additionalStorageVolumes: [{ allocatedStorage: 100 }] },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp2": 2300000,
      "price additionalStorageVolumes": "additional volumes have no price in the list",
    },
  ],
  ["a small database", DATABASE, micro, ALONE],
  [
    "PostgreSQL at its own price",
    DATABASE,
    { ...micro, engine: "postgres", instanceClass: "db.t3.medium" },
    { "db.t3.medium postgres database": 52_560_000, ...STORAGE },
  ],
  [
    "both zones of a Multi-AZ database",
    DATABASE,
    { ...micro, multiAz: true },
    {
      "db.t3.micro mysql database, Multi-AZ": 24_820_000,
      "database storage, 20 GB gp2, in two zones": 4_600_000,
    },
  ],
  [
    "a Multi-AZ price of its own",
    DATABASE,
    { ...micro, instanceClass: "db.t4g.small", multiAz: true },
    {
      "db.t4g.small mysql database, Multi-AZ": 47_450_000,
      "database storage, 20 GB gp2, in two zones": 4_600_000,
    },
  ],
  [
    "a class without a price",
    DATABASE,
    { ...micro, instanceClass: "db.x9.giant" },
    { "price ": "the list has no price for db.x9.giant mysql database", ...STORAGE },
  ],
  [
    "an engine without a price",
    DATABASE,
    { ...micro, engine: "oracle-ee" },
    { "price ": "the list has no price for db.t3.micro oracle-ee database", ...STORAGE },
  ],
  [
    "a database without a class",
    DATABASE,
    { ...micro, instanceClass: undefined },
    { "database storage, 20 GB gp2": 2300000, "price instanceClass": "instanceClass is not set" },
  ],
  [
    "a database without storage",
    DATABASE,
    { ...micro, allocatedStorage: undefined },
    { "db.t3.micro mysql database": 12410000, "price allocatedStorage": "allocatedStorage is not set" },
  ],
  [
    "an unknown engine",
    DATABASE,
    { ...micro, engine: UNKNOWN },
    { "database storage, 20 GB gp2": 2300000, "input engine": "engine is not known yet" },
  ],
  [
    "an unknown number of zones",
    DATABASE,
    { ...micro, multiAz: UNKNOWN },
    { "database storage, 20 GB gp2": 2300000, "input multiAz": "multiAz is not known yet" },
  ],
  [
    "gp3 with what it includes",
    DATABASE,
    { ...micro, storageType: "gp3", allocatedStorage: 399, iops: 3000 },
    { ...HOURS, "database storage, 399 GB gp3": 45_885_000 },
  ],
  [
    "gp3 with more than it includes",
    DATABASE,
    { ...micro, storageType: "gp3", allocatedStorage: 399, iops: 3001 },
    {
      ...HOURS,
      "database storage, 399 GB gp3": 45_885_000,
      "database operations, 1 IOPS above the included 3000": 20_000,
    },
  ],
  [
    "gp3 with more than it includes, in both zones",
    DATABASE,
    { ...micro, multiAz: true, storageType: "gp3", allocatedStorage: 399, iops: 3002 },
    {
      "db.t3.micro mysql database, Multi-AZ": 24_820_000,
      "database storage, 399 GB gp3, in two zones": 91_770_000,
      "database operations, 2 IOPS above the included 3000, in two zones": 80_000,
    },
  ],
  [
    "large gp3 with what it includes",
    DATABASE,
    { ...micro, storageType: "gp3", allocatedStorage: 400, iops: 12_000 },
    { ...HOURS, "database storage, 400 GB gp3": 46_000_000 },
  ],
  [
    "io1 by its operations",
    DATABASE,
    { ...micro, iops: 1000, allocatedStorage: 100 },
    { ...HOURS, "database storage, 100 GB io1": 12_500_000, "database operations, 1000 IOPS": 100_000_000 },
  ],
  [
    "io1 without operations",
    DATABASE,
    { ...micro, storageType: "io1" },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB io1": 2500000,
      "price iops": "iops is not set",
    },
  ],
  ["a supported version", DATABASE, { ...micro, engineVersion: "8.4.3" }, ALONE],
  [
    "a version in extended support, by two vCPUs",
    DATABASE,
    { ...micro, engineVersion: "8.0.35" },
    { ...ALONE, "extended support of version 8.0.35, 2 vCPU at the third year's price at most": 292_000_000 },
  ],
  [
    "an old version that refuses extended support",
    DATABASE,
    { ...micro, engineVersion: "5.7", engineLifecycleSupport: "open-source-rds-extended-support-disabled" },
    ALONE,
  ],
  ["insights of 7 days", DATABASE, { ...micro, performanceInsightsRetentionPeriod: 7 }, ALONE],
  [
    "insights of 8 days",
    DATABASE,
    { ...micro, performanceInsightsRetentionPeriod: 8 },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp2": 2300000,
      "price performanceInsightsRetentionPeriod": "insights kept above 7 days have no price in the list",
    },
  ],
  [
    "advanced insights",
    DATABASE,
    { ...micro, databaseInsightsMode: "advanced" },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp2": 2300000,
      "price databaseInsightsMode": "advanced database insights have no price in the list",
    },
  ],
  [
    "a log volume",
    DATABASE,
    { ...micro, dedicatedLogVolume: true },
    {
      "db.t3.micro mysql database": 12410000,
      "database storage, 20 GB gp2": 2300000,
      "price dedicatedLogVolume": "a log volume of its own has no price in the list",
    },
  ],
  [
    "a replica with its source's storage",
    DATABASE,
    { instanceClass: "db.t3.micro", replicateSourceDb: "main" },
    { ...HOURS, "database storage, 30 GB gp2": 3_450_000 },
    [source],
  ],
  [
    "a replica of a database from elsewhere",
    DATABASE,
    { instanceClass: "db.t3.micro", replicateSourceDb: "other" },
    { "price engine": "engine is not set", "price allocatedStorage": "allocatedStorage is not set" },
    [source],
  ],
  [
    "a snapshot of a database of the stack",
    SNAPSHOT,
    { dbInstanceIdentifier: "main" },
    { "database snapshot, 30 GB": 2_850_000 },
    [source],
  ],
  [
    "a snapshot of something else",
    SNAPSHOT,
    { dbInstanceIdentifier: "other" },
    { "database snapshot, 8 GB assumed": 760_000 },
    [source],
  ],
  [
    "a copied snapshot",
    "aws:rds/snapshotCopy:SnapshotCopy",
    { allocatedStorage: 5 },
    { "database snapshot, 5 GB": 475_000 },
  ],
  [
    "backups in another region",
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    {},
    { "database snapshot, 8 GB assumed": 760_000 },
  ],
];

describe("policy/prices/formulas/rds", () => {
  priceCases(CASES);
});
