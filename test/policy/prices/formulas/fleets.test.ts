import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, priced, standby } from "../meters";

const GROUP = "aws:autoscaling/group:Group";
const FLEET = "aws:ec2/fleet:Fleet";
const SPOT_FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const template = (properties: Properties = {}) =>
  standby(TEMPLATE, "lt", { name: "web", instanceType: "t3.micro", ...properties }, { id: "lt-1" });
const subnet = standby("aws:ec2/subnet:Subnet", "s", { mapPublicIpOnLaunch: false }, { id: "subnet-1" });
const open = standby("aws:ec2/subnet:Subnet", "o", { mapPublicIpOnLaunch: true }, { id: "subnet-2" });
const configuration = standby(
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "lc",
  { name: "old", instanceType: "t2.nano", enableMonitoring: false, rootBlockDevice: { volumeSize: 10 } },
  { id: "old" },
);

/** t3.micro, 0.0104 an hour; 8 GB of gp2 each. */
const ONE = { "t3.micro instance, 730 h": 7_592_000, "root volume, 8 GB gp2 assumed": 800_000 };
const TWO = { "2 x t3.micro instance, 730 h": 15_184_000, "2 x root volume, 8 GB gp2 assumed": 1_600_000 };
const from = { launchTemplate: { id: "lt-1" }, vpcZoneIdentifiers: ["subnet-1"] };
const stack = [template(), subnet];
const mixed = (overrides: Properties[]) => ({
  mixedInstancesPolicy: {
    launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1" }, overrides },
  },
  vpcZoneIdentifiers: ["subnet-1"],
});
const UNREAD = "its launch template is not in this stack, so its instance type cannot be read";

const GROUPS: readonly Case[] = [
  [
    "a group of an absurd desired capacity",
    GROUP,
    { ...from, minSize: 1, desiredCapacity: [] },
    { "price desiredCapacity": "desiredCapacity is not a number" },
    stack,
  ],
  ["a group by its desired capacity", GROUP, { ...from, minSize: 1, desiredCapacity: 2 }, TWO, stack],
  [
    "a group by its minimum where that is more",
    GROUP,
    { ...from, minSize: 2, desiredCapacity: 1 },
    TWO,
    stack,
  ],
  [
    "a group by its minimum where the desired capacity is unknown",
    GROUP,
    { ...from, minSize: 1, desiredCapacity: UNKNOWN },
    ONE,
    stack,
  ],
  ["an empty group", GROUP, { ...from, minSize: 0, desiredCapacity: 0 }, {}, stack],
  [
    "a group of less than none, which would hide its warm pool",
    GROUP,
    { ...from, minSize: 0, maxSize: 5, desiredCapacity: -1, warmPool: { minSize: 1, poolState: "Running" } },
    { "price desiredCapacity": "desiredCapacity is -1, below 0" },
    stack,
  ],
  [
    "a group of an unknown minimum",
    GROUP,
    { ...from, minSize: UNKNOWN },
    { "input minSize": "minSize is not known yet" },
    stack,
  ],
  [
    "a group of an absurd minimum",
    GROUP,
    { ...from, minSize: "many" },
    { "price minSize": "minSize is not a number" },
    stack,
  ],
  [
    "a group by its template's name",
    GROUP,
    { ...from, minSize: 1, launchTemplate: { name: "web" } },
    ONE,
    stack,
  ],
  [
    "a group whose template is elsewhere",
    GROUP,
    { ...from, minSize: 1, launchTemplate: { id: "lt-9" } },
    { "price launchTemplate": UNREAD },
    stack,
  ],
  ["a group without a template", GROUP, { minSize: 1 }, { "price launchConfiguration": UNREAD }],
  [
    "a group of a launch configuration",
    GROUP,
    { minSize: 1, launchConfiguration: "old", vpcZoneIdentifiers: ["subnet-1"] },
    { "t2.nano instance, 730 h": 4_234_000, "root volume, 10 GB gp2": 1_000_000 },
    [configuration, subnet],
  ],
  [
    "a group in subnets that give addresses",
    GROUP,
    { ...from, minSize: 2, vpcZoneIdentifiers: ["subnet-1", "subnet-2"] },
    { ...TWO, "2 public IPv4 addresses": 7_300_000 },
    [...stack, open],
  ],
  [
    "a group in a subnet that is elsewhere",
    GROUP,
    { ...from, minSize: 1, vpcZoneIdentifiers: ["subnet-9"] },
    { ...ONE, "public IPv4 address": 3_650_000 },
    stack,
  ],
  [
    "what a template declares",
    GROUP,
    { ...from, minSize: 2 },
    {
      "2 x t3.micro instance, 730 h": 15_184_000,
      "2 x root volume, 20 GB gp3": 3_200_000,
      "2 x volume, 5 GB gp2": 1_000_000,
      "detailed monitoring, 14 metrics": 4_200_000,
      "2 public IPv4 addresses": 7_300_000,
    },
    [
      template({
        monitoring: { enabled: true },
        networkInterfaces: [{ associatePublicIpAddress: "true" }],
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3" } },
          { deviceName: "/dev/sdf", ebs: { volumeSize: 5 } },
        ],
      }),
      subnet,
    ],
  ],
  [
    "a template of a tenancy without a price",
    GROUP,
    { ...from, minSize: 1 },
    { ...ONE, "price placement.tenancy": "host tenancy has no price in the list" },
    [template({ placement: { tenancy: "host" } }), subnet],
  ],
  [
    "a template of a size without a price",
    GROUP,
    { ...from, minSize: 1 },
    {
      "price ": "the list has no price for t3.giant instance, 730 h",
      "root volume, 8 GB gp2 assumed": 800_000,
    },
    [template({ instanceType: "t3.giant" }), subnet],
  ],
  [
    "a template without a type",
    GROUP,
    { ...from, minSize: 1 },
    { "price instanceType": "its launch template names no instance type" },
    [template({ instanceType: undefined }), subnet],
  ],
  [
    "a mixed group by its dearest type",
    GROUP,
    {
      ...mixed([{ instanceType: "t3.nano" }, { instanceType: "t3.micro" }, { instanceType: "t2.nano" }]),
      minSize: 2,
    },
    TWO,
    stack,
  ],
  [
    "a mixed group by weights",
    GROUP,
    { ...mixed([{ instanceType: "t3.micro", weightedCapacity: "2" }]), minSize: 3 },
    TWO,
    stack,
  ],
  ["a mixed group without overrides", GROUP, { ...mixed([]), minSize: 1 }, ONE, stack],
  [
    "a mixed group with one type without a price",
    GROUP,
    { ...mixed([{ instanceType: "t3.micro" }, { instanceType: "t3.giant" }]), minSize: 1 },
    {
      "price ": "the list has no price for t3.giant instance, 730 h",
      "root volume, 8 GB gp2 assumed": 800_000,
    },
    stack,
  ],
  [
    "a mixed group chosen by features",
    GROUP,
    { ...mixed([{ instanceRequirements: {} }]), minSize: 1 },
    { "price mixedInstancesPolicy.instanceRequirements": "its instance types are chosen by their features" },
    stack,
  ],
  [
    "a mixed group with a type that has a template of its own",
    GROUP,
    { ...mixed([{ launchTemplateSpecification: { launchTemplateId: "lt-2" } }]), minSize: 1 },
    {
      "price mixedInstancesPolicy.launchTemplateSpecification":
        "a type starts from a template of its own, whose volumes are not read",
    },
    stack,
  ],
  [
    "a weight of 0",
    GROUP,
    { ...mixed([{ instanceType: "t3.micro", weightedCapacity: 0 }]), minSize: 1 },
    { "price mixedInstancesPolicy.weightedCapacity": "a weight is not above 0" },
    stack,
  ],
];

const fleet = (totalTargetCapacity: Properties[string], overrides?: Properties[]): Properties => ({
  targetCapacitySpecification: { totalTargetCapacity },
  launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: "lt-1" }, overrides }],
});
const ADDRESS = { "public IPv4 address": 3_650_000 };

const FLEETS: readonly Case[] = [
  ["a fleet", FLEET, fleet(1), { ...ONE, ...ADDRESS }, stack],
  [
    "a fleet by its dearest type",
    FLEET,
    fleet(1, [{ instanceType: "t3.nano" }, { instanceType: "t3.micro" }]),
    { ...ONE, ...ADDRESS },
    stack,
  ],
  ["an empty fleet", FLEET, fleet(0), {}, stack],
  [
    "a fleet of an unknown capacity",
    FLEET,
    fleet(UNKNOWN),
    {
      "input targetCapacitySpecification.totalTargetCapacity":
        "targetCapacitySpecification.totalTargetCapacity is not known yet",
    },
    stack,
  ],
  [
    "a fleet of several templates",
    FLEET,
    { ...fleet(1), launchTemplateConfigs: [{}, {}] },
    { "price launchTemplateConfigs": "it starts from several launch templates" },
    stack,
  ],
  [
    "a spot fleet of a template",
    SPOT_FLEET,
    { targetCapacity: 1, launchTemplateConfigs: fleet(1).launchTemplateConfigs },
    { ...ONE, ...ADDRESS },
    stack,
  ],
  [
    "a spot fleet of a specification",
    SPOT_FLEET,
    {
      targetCapacity: 2,
      launchSpecifications: [
        { instanceType: "t3.micro", associatePublicIpAddress: false, rootBlockDevices: [{ volumeSize: 8 }] },
      ],
    },
    { "2 x t3.micro instance, 730 h": 15_184_000, "2 x root volume, 8 GB gp2": 1_600_000 },
  ],
  [
    "a spot fleet of nothing",
    SPOT_FLEET,
    { targetCapacity: 1 },
    { "price launchSpecifications": "it starts from several specifications" },
  ],
  [
    "servers of games",
    "aws:gamelift/gameServerGroup:GameServerGroup",
    {
      minSize: 1,
      launchTemplate: { id: "lt-1" },
      vpcSubnets: ["subnet-1"],
      instanceDefinitions: [{ instanceType: "t3.nano" }, { instanceType: "t3.micro" }],
    },
    ONE,
    stack,
  ],
  [
    "nodes of EKS by default",
    NODES,
    { scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 }, subnetIds: ["subnet-1"] },
    { "2 x t3.medium instance, 730 h": 60_736_000, "2 x node disk, 20 GB gp2": 4_000_000 },
    [subnet],
  ],
  [
    "nodes of EKS by their minimum",
    NODES,
    {
      scalingConfig: { minSize: 1, desiredSize: UNKNOWN },
      subnetIds: ["subnet-2"],
      instanceTypes: ["t3.nano", "t3.micro"],
      diskSize: 8,
    },
    { "t3.micro instance, 730 h": 7_592_000, "node disk, 8 GB gp2": 800_000, ...ADDRESS },
    [open],
  ],
  [
    "nodes of EKS by a template",
    NODES,
    { scalingConfig: { minSize: 1 }, subnetIds: ["subnet-1"], launchTemplate: { id: "lt-1" } },
    ONE,
    stack,
  ],
  [
    "nodes of Windows",
    NODES,
    { scalingConfig: { minSize: 1 }, amiType: "WINDOWS_CORE_2022_x86_64" },
    { "price amiType": "WINDOWS_CORE_2022_x86_64 has no price in the list" },
  ],
  [
    "nodes of an unknown image",
    NODES,
    { scalingConfig: { minSize: 1 }, amiType: UNKNOWN },
    { "input amiType": "amiType is not known yet" },
  ],
  ["no nodes", NODES, { scalingConfig: { minSize: 0, desiredSize: 0 } }, {}],
  [
    "nodes of unknown types",
    NODES,
    { scalingConfig: { minSize: 1 }, instanceTypes: [UNKNOWN] },
    { "input instanceTypes": "instanceTypes is not known yet" },
  ],
  [
    "nodes of an absurd type",
    NODES,
    { scalingConfig: { minSize: 1 }, instanceTypes: [7] },
    { "price instanceTypes": "a type is not text" },
  ],
];

describe("policy/prices/formulas/fleets", () => {
  priceCases([...GROUPS, ...FLEETS]);

  it("joins the template by what the group was computed from, before ids exist", () => {
    const unborn = standby(TEMPLATE, "lt", { instanceType: "t3.micro" }, { id: UNKNOWN });
    const group = standby(
      GROUP,
      "one",
      { minSize: 1, launchTemplate: { id: UNKNOWN }, vpcZoneIdentifiers: ["subnet-1"] },
      { id: UNKNOWN, from: { launchTemplate: [unborn.urn] } },
    );
    assert.deepEqual(
      costOf([unborn, subnet, group]).lines.map(({ item }) => item),
      Object.keys(ONE),
    );
    const other = standby(TEMPLATE, "other", { instanceType: "t3.nano" }, { id: UNKNOWN });
    const ambiguous = { ...group, propertyDependencies: { launchTemplate: [unborn.urn, other.urn] } };
    assert.deepEqual(
      costOf([unborn, other, subnet, ambiguous]).unpriced.map(({ why }) => why),
      [UNREAD],
    );
  });

  it("takes the size of the root volume from the settings", () => {
    const group = standby(GROUP, "one", { ...from, minSize: 1 });
    const items = costOf([...stack, group], { rootVolumeGb: 30 }).lines.map(({ item }) => item);
    assert.deepEqual(items, ["t3.micro instance, 730 h", "root volume, 30 GB gp2 assumed"]);
  });

  it("finds templates and configurations free themselves", () => {
    assert.deepEqual(priced(TEMPLATE, { instanceType: "p4d.24xlarge" }), {});
    assert.deepEqual(priced("aws:ec2/launchConfiguration:LaunchConfiguration"), {});
  });
});
