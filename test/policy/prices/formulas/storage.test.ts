import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const BUCKET = "aws:s3/bucket:Bucket";
const DIRECTORY = "aws:s3/directoryBucket:DirectoryBucket";
const ANALYTICS = "aws:s3/analyticsConfiguration:AnalyticsConfiguration";
const INVENTORY = "aws:s3/inventory:Inventory";
const VAULT = "aws:glacier/vault:Vault";

const CASES: readonly Case[] = [
  ["a bucket", BUCKET, {}, { "bucket storage, 1 GB assumed": 23_000 }],
  ["a bucket by its older name", "aws:s3/bucketV2:BucketV2", {}, { "bucket storage, 1 GB assumed": 23_000 }],
  [
    "a bucket in one zone",
    DIRECTORY,
    { location: { name: "usw2-az1" } },
    { "Express One Zone storage, 1 GB assumed": 110_000 },
  ],
  [
    "a bucket in a Local Zone",
    DIRECTORY,
    { location: { name: "usw2-lax1-az1", type: "LocalZone" } },
    { "price location.type": "storage in a LocalZone has no price in the list" },
  ],
  [
    "a bucket in an unknown place",
    DIRECTORY,
    { location: UNKNOWN },
    { "input location.type": "location.type is not known yet" },
  ],
  ["an analysis", ANALYTICS, {}, { "storage class analysis, 10000 objects assumed": 1_000 }],
  [
    "a daily inventory",
    INVENTORY,
    { schedule: { frequency: "Daily" } },
    // 10,000 objects x 730 / 24 days at 0.0025 the million.
    { "daily inventory, 10000 objects assumed": 760 },
  ],
  [
    "a weekly inventory",
    INVENTORY,
    { schedule: { frequency: "Weekly" } },
    { "weekly inventory, 10000 objects assumed": 109 },
  ],
  ["an inventory that is off", INVENTORY, { enabled: false, schedule: { frequency: "Daily" } }, {}],
  [
    "an inventory of an absurd frequency",
    INVENTORY,
    { schedule: { frequency: "constructor" } },
    { "price schedule.frequency": 'schedule.frequency is "constructor", not Daily or Weekly' },
  ],
  [
    "an inventory of an unknown frequency",
    INVENTORY,
    { schedule: { frequency: UNKNOWN } },
    { "input schedule.frequency": "schedule.frequency is not known yet" },
  ],
  [
    "an inventory without a schedule",
    INVENTORY,
    {},
    { "price schedule.frequency": "schedule.frequency is not set" },
  ],
  ["an archive", VAULT, {}, { "archive storage, 1 GB assumed": 3_600 }],
];

describe("policy/prices/formulas/storage", () => {
  priceCases(CASES);

  it("prints what the settings assume", () => {
    const stored = [
      standby(BUCKET, "b"),
      standby(DIRECTORY, "d", { location: { name: "usw2-az1" } }),
      standby(ANALYTICS, "a"),
      standby(VAULT, "v"),
    ];
    assert.deepEqual(
      costOf(stored, { bucketGb: 40, bucketObjects: 5_000_000, archiveGb: 1_000 }).lines.map(
        ({ item, monthlyMicroUsd }) => [item, monthlyMicroUsd],
      ),
      [
        ["bucket storage, 40 GB assumed", 920_000],
        ["Express One Zone storage, 40 GB assumed", 4_400_000],
        ["storage class analysis, 5000000 objects assumed", 500_000],
        ["archive storage, 1000 GB assumed", 3_600_000],
      ],
    );
  });
});
