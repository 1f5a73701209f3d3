import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { defaultDisk, hasLocalDisks, rootVolumeOf } from "../../../../policy/prices/formulas/emr-disks";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const EMR = "aws:emr/cluster:Cluster";
const GROUP = "aws:emr/instanceGroup:InstanceGroup";
const FLEET = "aws:emr/instanceFleet:InstanceFleet";
const SUBNET = "aws:ec2/subnet:Subnet";

const subnet = (mapPublicIpOnLaunch: boolean) =>
  standby(SUBNET, "subnet", { mapPublicIpOnLaunch }, { id: "subnet-1" });
const PRIVATE = { releaseLabel: "emr-7.5.0", ec2Attributes: { subnetId: "subnet-1" } };
const master = (properties: Properties = {}) => ({
  ...PRIVATE,
  masterInstanceGroup: { instanceType: "m5.xlarge" },
  ...properties,
});
const clusterOf = (properties: Properties = {}) =>
  standby(EMR, "cluster", { ...PRIVATE, ...properties }, { id: "cluster-1" });
const INSIDE = [subnet(false), clusterOf()];
const IN = { clusterId: "cluster-1" };

/** m5.xlarge, 0.192 an hour, and EMR's 0.048. */
const HOURS = { "m5.xlarge instance, 730 h": 140_160_000, "EMR charge of m5.xlarge": 35_040_000 };
const ROOT = { "root volume, 15 GB gp3": 1_200_000 };
const DISKS = { "2 x node volume, 32 GB gp2": 6_400_000 };
const NODE = { ...HOURS, ...ROOT, ...DISKS };
const THREE_HOURS = {
  "3 x m5.xlarge instance, 730 h": 420_480_000,
  "3 x EMR charge of m5.xlarge": 105_120_000,
};
const THREE_ROOTS = { "3 x root volume, 15 GB gp3": 3_600_000 };
const THREE_DISKS = { "6 x node volume, 32 GB gp2": 19_200_000 };

const CASES: readonly Case[] = [
  ["a master in a private subnet", EMR, master(), NODE, [subnet(false)]],
  [
    "a master in a public subnet",
    EMR,
    master(),
    { ...NODE, "public IPv4 address": 3_650_000 },
    [subnet(true)],
  ],
  [
    "a master in one of several subnets",
    EMR,
    master({ ec2Attributes: { subnetIds: ["subnet-1", "subnet-2"] } }),
    { ...NODE, "public IPv4 address": 3_650_000 },
    [subnet(false)],
  ],
  [
    "a master in a default subnet",
    EMR,
    master({ ec2Attributes: {} }),
    { ...NODE, "public IPv4 address": 3_650_000 },
  ],
  [
    "a master in an unknown subnet",
    EMR,
    master({ ec2Attributes: { subnetId: UNKNOWN } }),
    { ...NODE, "public IPv4 address": 3_650_000 },
  ],
  [
    "three nodes",
    GROUP,
    { ...IN, instanceType: "m5.xlarge", instanceCount: 3 },
    { ...THREE_HOURS, ...THREE_ROOTS, ...THREE_DISKS, "3 public IPv4 addresses": 10_950_000 },
    [subnet(true), clusterOf()],
  ],
  [
    "declared volumes in place of EMR's",
    GROUP,
    {
      ...IN,
      instanceType: "m5.xlarge",
      instanceCount: 3,
      ebsConfigs: [{ size: 10, type: "gp2", volumesPerInstance: 4 }],
    },
    { ...THREE_HOURS, ...THREE_ROOTS, "12 x node volume, 10 GB gp2": 12_000_000 },
    INSIDE,
  ],
  [
    "root volumes of a size of their own",
    EMR,
    master({ ebsRootVolumeSize: 100 }),
    { ...HOURS, "root volume, 100 GB gp3": 8_000_000, ...DISKS },
    [subnet(false)],
  ],
  [
    "root volumes of an older release",
    EMR,
    master({ releaseLabel: "emr-6.9.0" }),
    { ...HOURS, "root volume, 10 GB gp2": 1_000_000, ...DISKS },
    [subnet(false)],
  ],
  [
    "root volumes of an image of its own",
    EMR,
    master({ customAmiId: "ami-1" }),
    {
      "m5.xlarge instance, 730 h": 140160000,
      "EMR charge of m5.xlarge": 35040000,
      "2 x node volume, 32 GB gp2": 6400000,
      "price customAmiId": "its own image decides the size of the root volume; set ebsRootVolumeSize",
    },
    [subnet(false)],
  ],
  [
    "an image of its own with a size",
    EMR,
    master({ customAmiId: "ami-1", ebsRootVolumeSize: 15 }),
    NODE,
    [subnet(false)],
  ],
  [
    "root volumes of an unknown size",
    EMR,
    master({ ebsRootVolumeSize: UNKNOWN }),
    { "input ebsRootVolumeSize": "ebsRootVolumeSize is not known yet" },
    [subnet(false)],
  ],
  [
    "nodes of a cluster elsewhere",
    GROUP,
    { clusterId: "elsewhere", instanceType: "m5.xlarge" },
    {
      "price clusterId":
        "its cluster is not in this stack, so the disks and addresses of its nodes cannot be read",
    },
  ],
  [
    "a fleet by its dearest type",
    FLEET,
    {
      ...IN,
      targetOnDemandCapacity: 1,
      targetSpotCapacity: 1,
      instanceTypeConfigs: [{ instanceType: "m5.xlarge", weightedCapacity: 2 }],
    },
    NODE,
    INSIDE,
  ],
  [
    "a fleet by the dearest disks of its types",
    FLEET,
    {
      ...IN,
      targetOnDemandCapacity: 3,
      instanceTypeConfigs: [
        { instanceType: "m5.xlarge", ebsConfigs: [{ size: 500, type: "gp2" }] },
        { instanceType: "m5.xlarge" },
      ],
    },
    { ...THREE_HOURS, ...THREE_ROOTS, "3 x node volume, 500 GB gp2": 150_000_000 },
    INSIDE,
  ],
  [
    "a node without an EMR price",
    GROUP,
    { ...IN, instanceType: "m5.large" },
    {
      "m5.large instance, 730 h": 70_080_000,
      "price ": "the list has no price for EMR charge of m5.large",
      ...ROOT,
      "node volume, 32 GB gp2": 3_200_000,
    },
    INSIDE,
  ],
  [
    "a node of a size without default disks",
    GROUP,
    { ...IN, instanceType: "t3.micro" },
    {
      "t3.micro instance, 730 h": 7_592_000,
      "price ": "the list has no price for EMR charge of t3.micro",
      ...ROOT,
      "price ebsConfigs": "the disks that EMR gives to t3.micro are not in its table; set ebsConfigs",
    },
    INSIDE,
  ],
  [
    "a fleet without types",
    FLEET,
    { ...IN, targetOnDemandCapacity: 1 },
    { "price instanceTypeConfigs": "its instance types are not set" },
    INSIDE,
  ],
  [
    "a fleet of a weight of 0",
    FLEET,
    {
      ...IN,
      targetOnDemandCapacity: 1,
      instanceTypeConfigs: [{ instanceType: "m5.xlarge", weightedCapacity: 0 }],
    },
    { "price instanceTypeConfigs[0].weightedCapacity": "a weight is not above 0" },
    INSIDE,
  ],
  ["a fleet of nothing", FLEET, IN, {}, INSIDE],
  ["a cluster without instances", EMR, {}, { "price masterInstanceGroup": "its instances are not set" }],
  [
    "a cluster of unknown instances",
    EMR,
    { masterInstanceGroup: UNKNOWN },
    {
      "input masterInstanceGroup.instanceType": "masterInstanceGroup.instanceType is not known yet",
      "input masterInstanceGroup.instanceCount": "masterInstanceGroup.instanceCount is not known yet",
      "input masterInstanceGroup.ebsConfigs": "masterInstanceGroup.ebsConfigs is not known yet",
    },
  ],
];

describe("policy/prices/formulas/emr", () => {
  priceCases(CASES);
});

describe("policy/prices/formulas/emr-disks", () => {
  it("gives more and larger disks to larger types, and none that the guide does not name", () => {
    assert.deepEqual(defaultDisk("m5.large"), { count: 1, sizeGb: 32 });
    assert.deepEqual(defaultDisk("r5.2xlarge"), { count: 4, sizeGb: 32 });
    assert.deepEqual(defaultDisk("c5.24xlarge"), { count: 4, sizeGb: 384 });
    for (const type of ["t3.micro", "m5.metal", "m5.constructor", ""])
      assert.equal(defaultDisk(type), undefined);
  });

  it("knows types with disks of their own by their family", () => {
    for (const type of [
      "m5d.xlarge",
      "r5dn.large",
      "c6gd.large",
      "g4dn.xlarge",
      "p4d.24xlarge",
      "i3.large",
      "m3.large",
    ])
      assert.equal(hasLocalDisks(type), true, type);
    for (const type of [
      "m5.xlarge",
      "r6g.large",
      "m7i-flex.large",
      "c5a.large",
      "t3.micro",
      "m4.large",
      "is",
    ])
      assert.equal(hasLocalDisks(type), false, type);
  });

  it("changes the root volume with releases 6.10 and 6.15, and takes the most where it cannot read one", () => {
    const [small, large, newer] = [
      { volumeType: "gp2", volumeSize: 10 },
      { volumeType: "gp2", volumeSize: 15 },
      { volumeType: "gp3", volumeSize: 15 },
    ];
    assert.deepEqual(
      ["emr-5.36.0", "emr-6.9.0", "emr-6.10.0", "emr-6.14.1", "emr-6.15.0", "emr-7.0.0"].map(rootVolumeOf),
      [small, small, large, large, newer, newer],
    );
    assert.deepEqual(
      [rootVolumeOf(UNKNOWN), rootVolumeOf(undefined), rootVolumeOf("latest")],
      [large, large, large],
    );
  });
});
