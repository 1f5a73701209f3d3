import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const VOLUME = "aws:ebs/volume:Volume";
const SNAPSHOT = "aws:ebs/snapshot:Snapshot";
const IMAGE = "aws:ec2/ami:Ami";

const volume = standby(VOLUME, "source", { size: 30, type: "gp3" }, { id: "vol-1" });
const snapshot = standby(SNAPSHOT, "source", { volumeSize: 40 }, { id: "snap-1" });

const CASES: readonly Case[] = [
  [
    "a snapshot of a volume of an unknown size",
    SNAPSHOT,
    { volumeId: "vol-2" },
    { "input volumeSize": "volumeSize is not known yet" },
    [standby(VOLUME, "dark", { size: UNKNOWN }, { id: "vol-2" })],
  ],
  ["a gp2 volume", VOLUME, { size: 10 }, { "volume, 10 GB gp2": 1_000_000 }],
  [
    "a gp3 volume with what it includes",
    VOLUME,
    { type: "gp3", size: 10, iops: 3000, throughput: 125 },
    { "volume, 10 GB gp3": 800_000 },
  ],
  [
    "a gp3 volume with more than it includes",
    VOLUME,
    { type: "gp3", size: 10, iops: 3001, throughput: 126 },
    {
      "volume, 10 GB gp3": 800_000,
      "volume operations, 1 IOPS above the included 3000": 5_000,
      "volume throughput, 1 MiB/s above the included 125": 40_000,
    },
  ],
  [
    "an io1 volume by its operations",
    VOLUME,
    { type: "io1", size: 100, iops: 1000 },
    { "volume, 100 GB io1": 12_500_000, "volume operations, 1000 IOPS provisioned": 65_000_000 },
  ],
  [
    "an io2 volume with as many operations as have one price",
    VOLUME,
    { type: "io2", size: 100, iops: 32_000 },
    { "volume, 100 GB io2": 12_500_000, "volume operations, 32000 IOPS provisioned": 2_080_000_000 },
  ],
  [
    "an io2 volume with more, at the bound",
    VOLUME,
    { type: "io2", size: 100, iops: 32_001 },
    {
      "volume, 100 GB io2": 12_500_000,
      "volume operations, 32001 IOPS provisioned, all at the price of the first 32000": 2_080_065_000,
    },
  ],
  [
    "an io2 volume without operations",
    VOLUME,
    { type: "io2", size: 100 },
    { "price iops": "iops is not set" },
  ],
  ["a magnetic volume", VOLUME, { type: "standard", size: 10 }, { "volume, 10 GB standard": 500_000 }],
  [
    "a volume of a type without a price",
    VOLUME,
    { type: "io9", size: 10 },
    { "price ": "the list has no price for volume, 10 GB io9" },
  ],
  ["a volume without a size", VOLUME, { type: "gp3" }, { "price size": "size is not set" }],
  ["a volume whose size is no number", VOLUME, { size: [] }, { "price size": "size is not a number" }],
  ["a volume of an unknown size", VOLUME, { size: UNKNOWN }, { "input size": "size is not known yet" }],
  [
    "a volume of its snapshot's size",
    VOLUME,
    { type: "gp3", snapshotId: "snap-1" },
    { "volume, 40 GB gp3 assumed": 3_200_000 },
    [snapshot],
  ],
  [
    "a copy of its source's size",
    "aws:ebs/volumeCopy:VolumeCopy",
    { sourceVolumeId: "vol-1" },
    { "copied volume, 30 GB gp3": 2_400_000 },
    [volume],
  ],
  [
    "a larger copy",
    "aws:ebs/volumeCopy:VolumeCopy",
    { sourceVolumeId: "vol-1", size: 50 },
    { "copied volume, 50 GB gp3": 4_000_000 },
    [volume],
  ],
  [
    "a copy of nobody's volume",
    "aws:ebs/volumeCopy:VolumeCopy",
    { sourceVolumeId: "vol-9" },
    { "price size": "size is not set" },
    [volume],
  ],
  [
    "a snapshot of a volume of the stack",
    SNAPSHOT,
    { volumeId: "vol-1" },
    { "snapshot, 30 GB": 1_500_000 },
    [volume],
  ],
  [
    "a snapshot of something else",
    SNAPSHOT,
    { volumeId: "vol-9" },
    { "snapshot, 8 GB assumed": 400_000 },
    [volume],
  ],
  [
    "a copied snapshot",
    "aws:ebs/snapshotCopy:SnapshotCopy",
    { sourceSnapshotId: "snap-1" },
    { "snapshot, 40 GB": 2_000_000 },
    [snapshot],
  ],
  [
    "an imported snapshot",
    "aws:ebs/snapshotImport:SnapshotImport",
    {},
    { "snapshot, 8 GB assumed": 400_000 },
  ],
  [
    "an archived snapshot, which has no price",
    SNAPSHOT,
    { volumeSize: 1, storageTier: "archive" },
    { "price ": "the list has no price for snapshot, 1 GB" },
  ],
  [
    "fast restore",
    "aws:ebs/fastSnapshotRestore:FastSnapshotRestore",
    {},
    { "fast snapshot restore in one zone": 547_500_000 },
  ],
  [
    "an image with its own storage",
    IMAGE,
    { ebsBlockDevices: [{ volumeSize: 10 }, { volumeSize: 6 }] },
    { "image, 16 GB": 800_000 },
  ],
  [
    "an image of a snapshot that is in the stack",
    IMAGE,
    { ebsBlockDevices: [{ snapshotId: "snap-1" }] },
    {},
    [snapshot],
  ],
  [
    "an image of a snapshot that is elsewhere",
    IMAGE,
    { ebsBlockDevices: [{ snapshotId: "snap-9" }] },
    { "image, 8 GB assumed": 400_000 },
    [snapshot],
  ],
  [
    "an image of unknown devices",
    IMAGE,
    { ebsBlockDevices: UNKNOWN },
    { "input ebsBlockDevices": "ebsBlockDevices is not known yet" },
  ],
  [
    "an image of an instance",
    "aws:ec2/amiFromInstance:AmiFromInstance",
    { sourceInstanceId: "i-1" },
    { "image, 20 GB": 1_000_000 },
    [standby("aws:ec2/instance:Instance", "i", { rootBlockDevice: { volumeSize: 20 } }, { id: "i-1" })],
  ],
  ["a copied image", "aws:ec2/amiCopy:AmiCopy", {}, { "image, 8 GB assumed": 400_000 }],
];

describe("policy/prices/formulas/ebs", () => {
  priceCases(CASES);
});
