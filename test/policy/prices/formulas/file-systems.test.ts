import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, primary, standby } from "../meters";

const EFS = "aws:efs/fileSystem:FileSystem";
const POLICY = "aws:efs/backupPolicy:BackupPolicy";
const REPLICATION = "aws:efs/replicationConfiguration:ReplicationConfiguration";
const WINDOWS = "aws:fsx/windowsFileSystem:WindowsFileSystem";
const OPENZFS = "aws:fsx/openZfsFileSystem:OpenZfsFileSystem";
const LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem";
const ONTAP = "aws:fsx/ontapFileSystem:OntapFileSystem";

const windows = { storageCapacity: 32, throughputCapacity: 8, automaticBackupRetentionDays: 0 };
const openZfs = { deploymentType: "SINGLE_AZ_1", storageCapacity: 64, throughputCapacity: 64 };
const lustre = { deploymentType: "PERSISTENT_2", storageCapacity: 1200, perUnitStorageThroughput: 125 };
const ontap = { deploymentType: "MULTI_AZ_1", storageCapacity: 1024, throughputCapacity: 128 };
const operations = (iops: number) => ({ diskIopsConfiguration: { mode: "USER_PROVISIONED", iops } });

const CASES: readonly Case[] = [
  ["files", EFS, {}, { "files, 1 GB assumed": 300_000 }],
  [
    "files in one zone",
    EFS,
    { availabilityZoneName: "us-west-2a" },
    { "files, 1 GB assumed in one zone": 160_000 },
  ],
  [
    "files with throughput of their own",
    EFS,
    { throughputMode: "provisioned", provisionedThroughputInMibps: 9 },
    { "files, 1 GB assumed": 300_000, "provisioned throughput, 9 MiB/s": 54_000_000 },
  ],
  [
    "files whose throughput another mode ignores",
    EFS,
    { throughputMode: "elastic", provisionedThroughputInMibps: 9 },
    { "files, 1 GB assumed": 300_000 },
  ],
  [
    "files with a throughput that is not set",
    EFS,
    { throughputMode: "provisioned" },
    { "price provisionedThroughputInMibps": "provisionedThroughputInMibps is not set" },
  ],
  [
    "files in an unknown mode",
    EFS,
    { throughputMode: UNKNOWN },
    { "input throughputMode": "throughputMode is not known yet" },
  ],
  [
    "a Windows file system",
    WINDOWS,
    windows,
    { "Windows files, single-az SSD, 32 GB": 4_160_000, "Windows throughput, single-az, 8 MB/s": 17_600_000 },
  ],
  [
    "a Windows file system in two zones, with the backups of its default",
    WINDOWS,
    { deploymentType: "MULTI_AZ_1", storageType: "HDD", storageCapacity: 2000, throughputCapacity: 8 },
    {
      "Windows files, multi-az HDD, 2000 GB": 50_000_000,
      "Windows throughput, multi-az, 8 MB/s": 36_000_000,
      "automatic backups, 1 GB assumed": 50_000,
    },
  ],
  [
    "a Windows file system of a kind without a price",
    WINDOWS,
    { ...windows, deploymentType: "SINGLE_AZ_2", storageType: "HDD" },
    {
      "Windows throughput, single-az, 8 MB/s": 17_600_000,
      "price ": "the list has no price for Windows files, single-az HDD, 32 GB",
    },
  ],
  [
    "a Windows file system with the operations that its storage brings",
    WINDOWS,
    { ...windows, ...operations(96) },
    { "Windows files, single-az SSD, 32 GB": 4_160_000, "Windows throughput, single-az, 8 MB/s": 17_600_000 },
  ],
  [
    "a Windows file system with one operation more",
    WINDOWS,
    { ...windows, ...operations(97) },
    {
      "Windows files, single-az SSD, 32 GB": 4160000,
      "Windows throughput, single-az, 8 MB/s": 17600000,
      "price diskIopsConfiguration.iops": "operations above 3 for each GB have no price in the list",
    },
  ],
  [
    "a Windows file system from a backup",
    WINDOWS,
    { backupId: "backup-1", throughputCapacity: 8 },
    { "price storageCapacity": "storageCapacity is not set" },
  ],
  [
    "a Windows file system of an unknown size",
    WINDOWS,
    { ...windows, storageCapacity: UNKNOWN },
    { "input storageCapacity": "storageCapacity is not known yet" },
  ],
  [
    "an OpenZFS file system",
    OPENZFS,
    openZfs,
    {
      "OpenZFS files, SINGLE_AZ_1 SSD, 64 GB": 5_760_000,
      "OpenZFS throughput, SINGLE_AZ_1, 64 MB/s": 16_640_000,
    },
  ],
  [
    "an OpenZFS file system with more operations and backups",
    OPENZFS,
    { ...openZfs, ...operations(292), automaticBackupRetentionDays: 7 },
    {
      "OpenZFS files, SINGLE_AZ_1 SSD, 64 GB": 5_760_000,
      "OpenZFS throughput, SINGLE_AZ_1, 64 MB/s": 16_640_000,
      "OpenZFS operations above the included, 100 a second": 600_000,
      "automatic backups, 1 GB assumed": 50_000,
    },
  ],
  [
    "an OpenZFS file system in two zones",
    OPENZFS,
    { ...openZfs, deploymentType: "MULTI_AZ_1" },
    { "price ": "the list has no price for OpenZFS throughput, MULTI_AZ_1, 64 MB/s" },
  ],
  [
    "a Lustre file system",
    LUSTRE,
    lustre,
    { "Lustre files, PERSISTENT_2 SSD at 125 MB/s for each TiB, 1200 GB": 174_000_000 },
  ],
  [
    "a Lustre file system of a speed without a price",
    LUSTRE,
    { ...lustre, perUnitStorageThroughput: 250 },
    {
      "price ": "the list has no price for Lustre files, PERSISTENT_2 SSD at 250 MB/s for each TiB, 1200 GB",
    },
  ],
  [
    "a Lustre file system for scratch",
    LUSTRE,
    { storageCapacity: 1200 },
    { "price ": "the list has no price for Lustre files, SCRATCH_1 SSD, 1200 GB" },
  ],
  [
    "a Lustre file system with metadata operations of its own",
    LUSTRE,
    { ...lustre, metadataConfiguration: { mode: "USER_PROVISIONED", iops: 1500 } },
    {
      "Lustre files, PERSISTENT_2 SSD at 125 MB/s for each TiB, 1200 GB": 174000000,
      "price metadataConfiguration.mode": "provisioned metadata operations have no price in the list",
    },
  ],
  [
    "an ONTAP file system, whose throughput has no price",
    ONTAP,
    ontap,
    {
      "ONTAP files, MULTI_AZ_1 SSD, 1024 GB": 256_000_000,
      "price ": "the list has no price for ONTAP throughput, MULTI_AZ_1, 128 MB/s",
    },
  ],
  [
    "an ONTAP file system of three pairs",
    ONTAP,
    { ...ontap, throughputCapacity: undefined, throughputCapacityPerHaPair: 512, haPairs: 3 },
    {
      "ONTAP files, MULTI_AZ_1 SSD, 1024 GB": 256_000_000,
      "price ": "the list has no price for ONTAP throughput, MULTI_AZ_1, 1536 MB/s",
    },
  ],
  [
    "an ONTAP file system in one zone",
    ONTAP,
    { ...ontap, deploymentType: "SINGLE_AZ_1" },
    {
      "price ": "the list has no price for ONTAP throughput, SINGLE_AZ_1, 128 MB/s",
    },
  ],
  [
    "an ONTAP file system without a throughput",
    ONTAP,
    { deploymentType: "MULTI_AZ_1", storageCapacity: 1024 },
    { "price throughputCapacityPerHaPair": "throughputCapacityPerHaPair is not set" },
  ],
];

/** Item, region and amount of the lines of one type. */
function linesOf(type: string, report: ReturnType<typeof costOf>) {
  return report.lines
    .filter((line) => line.type === type)
    .map(({ item, region, monthlyMicroUsd }) => [item, region, monthlyMicroUsd]);
}

describe("policy/prices/formulas/file-systems", () => {
  priceCases(CASES);

  it("adds the backups that a policy asks for", () => {
    const files = standby(EFS, "f", {}, { id: "fs-1" });
    const policy = (status: unknown) =>
      standby(POLICY, "p", { fileSystemId: "fs-1", backupPolicy: { status: status as string } });
    const stored = ["files, 1 GB assumed", "us-west-2", 300_000];
    assert.deepEqual(linesOf(EFS, costOf([files, policy("DISABLED")])), [stored]);
    assert.deepEqual(linesOf(EFS, costOf([files, policy("ENABLED")], { backupGb: 2 })), [
      stored,
      ["automatic backups, 2 GB assumed", "us-west-2", 100_000],
    ]);
    assert.deepEqual(
      costOf([files, policy(UNKNOWN)])
        .unpriced.filter(({ type }) => type === EFS)
        .map(({ kind, path }) => [kind, path]),
      [["input", "backupPolicy.status"]],
    );
  });

  it("keeps a second copy in the region that files are replicated to", () => {
    const files = primary(EFS, "f", {}, { id: "fs-1" });
    const replication = (destination: Record<string, string>) =>
      primary(REPLICATION, "r", { sourceFileSystemId: "fs-1", destination });
    assert.deepEqual(
      linesOf(REPLICATION, costOf([files, replication({ region: "us-west-2" })], { fileSystemGb: 10 })),
      [["replicated files, 10 GB assumed", "us-west-2", 3_000_000]],
    );
    assert.deepEqual(
      linesOf(
        REPLICATION,
        costOf([files, replication({ region: "us-west-2", availabilityZoneName: "us-west-2a" })]),
      ),
      [["replicated files, 1 GB assumed in one zone", "us-west-2", 160_000]],
    );
  });

  it("leaves a copy to the file system of the stack that takes it", () => {
    const files = primary(EFS, "f", {}, { id: "fs-1" });
    const copy = standby(EFS, "c", {}, { id: "fs-2" });
    const replication = (fileSystemId: string) =>
      primary(REPLICATION, "r", {
        sourceFileSystemId: "fs-1",
        destination: { region: "us-west-2", fileSystemId },
      });
    assert.deepEqual(linesOf(REPLICATION, costOf([files, copy, replication("fs-2")])), []);
    assert.deepEqual(linesOf(REPLICATION, costOf([files, copy, replication("fs-3")])), [
      ["replicated files, 1 GB assumed", "us-west-2", 300_000],
    ]);
  });
});
