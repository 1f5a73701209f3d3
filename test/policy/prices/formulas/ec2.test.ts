import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { resource, urn } from "../../../model/stack-fixture";
import { type Case, priceCases } from "../cases";
import { costOf, priced, standby } from "../meters";

const INSTANCE = "aws:ec2/instance:Instance";
const EIP = "aws:ec2/eip:Eip";
const RESERVATION = "aws:ec2/capacityReservation:CapacityReservation";
const HOST = "aws:ec2/dedicatedHost:DedicatedHost";
const IPAM = "aws:ec2/vpcIpam:VpcIpam";
const nano = { instanceType: "t4g.nano", associatePublicIpAddress: false };
const HOURS = "t4g.nano instance, 730 h";
const ROOT = "root volume, 8 GB gp2 assumed";

describe("policy/prices/formulas/ec2", () => {
  it("charges an instance for its hours and for a root volume that its image decides", () => {
    assert.deepEqual(priced(INSTANCE, nano), { [HOURS]: 3_066_000, [ROOT]: 800_000 });
  });

  it("waits for an unknown address, and refuses one that is no flag", () => {
    assert.deepEqual(priced(INSTANCE, { ...nano, associatePublicIpAddress: UNKNOWN }), {
      [HOURS]: 3_066_000,
      [ROOT]: 800_000,
      "input associatePublicIpAddress": "associatePublicIpAddress is not known yet",
    });
    assert.deepEqual(priced(INSTANCE, { ...nano, associatePublicIpAddress: "abc" }), {
      "price associatePublicIpAddress": "associatePublicIpAddress is not true or false",
    });
  });

  it("charges the volumes that it declares", () => {
    const rootBlockDevice = { volumeType: "gp3", volumeSize: 20, throughput: 225 };
    const ebsBlockDevices = [
      { volumeType: "st1", volumeSize: 500 },
      { volumeType: "gp3", volumeSize: 1, iops: 3000 },
    ];
    assert.deepEqual(priced(INSTANCE, { ...nano, rootBlockDevice, ebsBlockDevices }), {
      [HOURS]: 3_066_000,
      "root volume, 20 GB gp3": 1_600_000,
      "root volume throughput, 100 MiB/s above the included 125": 4_000_000,
      "volume, 500 GB st1": 22_500_000,
      "volume, 1 GB gp3": 80_000,
    });
  });

  it("charges detailed monitoring as seven metrics", () => {
    assert.equal(
      priced(INSTANCE, { ...nano, monitoring: true })["detailed monitoring, 7 metrics"],
      2_100_000,
    );
  });

  it("charges a public address that instance or subnet ask for, and one that nothing rules out", () => {
    const address = "public IPv4 address";
    const subnet = (mapPublicIpOnLaunch?: boolean) =>
      standby("aws:ec2/subnet:Subnet", "subnet", { mapPublicIpOnLaunch }, { id: "subnet-1" });
    const on = { instanceType: "t4g.nano", subnetId: "subnet-1" };
    assert.equal(priced(INSTANCE, { ...on, associatePublicIpAddress: true })[address], 3_650_000);
    assert.equal(priced(INSTANCE, on, [subnet(true)])[address], 3_650_000);
    assert.equal(priced(INSTANCE, on, [subnet(false)])[address], undefined);
    assert.equal(priced(INSTANCE, on, [subnet()])[address], undefined);
    assert.equal(
      priced(INSTANCE, { ...on, associatePublicIpAddress: false }, [subnet(true)])[address],
      undefined,
    );
    assert.equal(priced(INSTANCE, { instanceType: "t4g.nano" })[address], 3_650_000);
  });

  it("does not know whether an instance gets an address from a subnet that is not known yet", () => {
    const subnet = (name: string, mapPublicIpOnLaunch: boolean | typeof UNKNOWN) =>
      standby("aws:ec2/subnet:Subnet", name, { mapPublicIpOnLaunch }, { id: name });
    const on = { instanceType: "t4g.nano", subnetId: "subnet-1" };
    const unknown = priced(INSTANCE, on, [subnet("subnet-1", UNKNOWN)]);
    const path = "associatePublicIpAddress";
    assert.equal(unknown[`input ${path}`], `${path} is not known yet`);
    assert.equal(unknown["public IPv4 address"], undefined);
    assert.equal(priced(INSTANCE, on, [subnet("subnet-1", false)])[`input ${path}`], undefined);
  });

  it("charges an Elastic IP once, in use or not, in place of the instance's own", () => {
    const eip = (properties: object, from = {}) => standby(EIP, "eip", properties as never, { from });
    const instance = standby(INSTANCE, "one", { ...nano, associatePublicIpAddress: true }, { id: "i-1" });
    const addresses = (resources: Parameters<typeof costOf>[0]) =>
      costOf(resources).lines.filter(({ item }) => item === "public IPv4 address").length;
    assert.equal(addresses([instance]), 1);
    assert.equal(addresses([instance, eip({ instance: "i-1" })]), 1);
    assert.equal(addresses([instance, eip({ instance: UNKNOWN }, { instance: [instance.urn] })]), 1);
    assert.equal(addresses([instance, eip({})]), 2);
    const association = standby("aws:ec2/eipAssociation:EipAssociation", "a", { instanceId: "i-1" });
    assert.equal(addresses([instance, eip({}), association]), 1);
    assert.deepEqual(priced(EIP), { "public IPv4 address": 3_650_000 });
    // A pool that is not known yet, or that IPAM may fill from AWS's ranges, is charged.
    for (const publicIpv4Pool of ["amazon", "", "ipam-pool-1", UNKNOWN] as const) {
      assert.deepEqual(priced(EIP, { publicIpv4Pool }), { "public IPv4 address": 3_650_000 });
    }
    const own = { publicIpv4Pool: "ipv4pool-ec2-012345" };
    assert.deepEqual(priced(EIP, { ...own, ipamPoolId: "ipam-pool-1" }), {
      "public IPv4 address": 3_650_000,
    });
    assert.deepEqual(priced(EIP, { ...own, ipamPoolId: "" }), {});
    assert.deepEqual(priced(EIP, own), {});
  });

  it("does not take the family's price for a size without one, nor a region's for another", () => {
    assert.deepEqual(priced(INSTANCE, { ...nano, instanceType: "t4g.giant" }), {
      [ROOT]: 800_000,
      "price ": "the list has no price for t4g.giant instance, 730 h",
    });
    assert.deepEqual(priced(INSTANCE, { ...nano, region: "eu-west-1" }), {
      "price ": "the list has no price for root volume, 8 GB gp2 assumed in eu-west-1",
    });
    const lost = resource(INSTANCE, "lost", nano);
    assert.deepEqual(
      costOf([lost]).unpriced.map(({ why }) => why),
      [
        "the region of t4g.nano instance, 730 h is not told by the resource or its provider",
        "the region of root volume, 8 GB gp2 assumed is not told by the resource or its provider",
      ],
    );
  });

  it("does not price tenancy of its own, nor a volume without a size", () => {
    assert.deepEqual(priced(INSTANCE, { ...nano, tenancy: "host" }), {
      [ROOT]: 800_000,
      "price tenancy": "host tenancy has no price in the list",
    });
    // It costs more than shared hardware, whose price is therefore counted.
    assert.deepEqual(priced(INSTANCE, { ...nano, tenancy: "dedicated" }), {
      "t4g.nano instance, 730 h": 3_066_000,
      [ROOT]: 800_000,
      "price tenancy": "dedicated tenancy has no price in the list",
    });
    assert.deepEqual(priced("aws:ebs/volume:Volume", { type: "gp3" }), { "price size": "size is not set" });
    assert.deepEqual(priced("aws:ebs/volume:Volume", { type: "gp3", size: -10 }), {
      "price size": "size is -10, below 0",
    });
  });

  it("names gp3 as the lever of gp2, and does not know a volume whose speed is unknown", () => {
    const volume = (properties: Properties) =>
      standby("aws:ebs/volume:Volume", "v", { size: 10, ...properties });
    const levers = (properties: Properties) => costOf([volume(properties)]).lines.map(({ lever }) => lever);
    assert.deepEqual(levers({}), ["use gp3"]);
    assert.deepEqual(levers({ type: "gp3" }), [undefined]);
    for (const property of ["iops", "throughput"]) {
      assert.deepEqual(
        costOf([volume({ type: "gp3", [property]: UNKNOWN })]).unpriced.map(({ path }) => path),
        [property],
      );
    }
  });

  it("counts an attached volume once, as a resource of its own, reported by the instance or not", () => {
    const volume = standby("aws:ebs/volume:Volume", "data", { size: 100, type: "gp3" }, { id: "vol-1" });
    const attachment = standby("aws:ec2/volumeAttachment:VolumeAttachment", "attachment", {
      instanceId: "web-id",
      volumeId: "vol-1",
      deviceName: "/dev/sdf",
    });
    const items = (ebsBlockDevices: Properties[], ...others: StackResource[]) =>
      costOf([standby(INSTANCE, "web", { ...nano, ebsBlockDevices }), ...others])
        .lines.filter(({ item }) => item.startsWith("volume"))
        .map(({ item, urn: of }) => `${of.split("::").at(-1)} ${item}`);
    const reported = { deviceName: "/dev/sdf", volumeId: "vol-1", volumeSize: 100, volumeType: "gp3" };
    const own = { deviceName: "/dev/sdg", volumeId: "vol-2", volumeSize: 20, volumeType: "gp3" };
    const counted = ["data volume, 100 GB gp3"];
    assert.deepEqual(items([], volume, attachment), counted);
    assert.deepEqual(items([reported], volume, attachment), counted);
    assert.deepEqual(items([reported, own], volume, attachment), ["web volume, 20 GB gp3", ...counted]);
    // By its id alone, and by the name of the device alone.
    assert.deepEqual(items([reported], volume), counted);
    const { volumeId: _, ...nameless } = reported;
    assert.deepEqual(items([nameless], volume, attachment), counted);
    assert.deepEqual(items([nameless], volume), ["web volume, 100 GB gp3", ...counted]);
  });

  for (const path of ["instanceType", "tenancy", "monitoring", "ebsBlockDevices"]) {
    it(`does not know an unknown ${path}`, () => {
      const found = priced(INSTANCE, { ...nano, [path]: UNKNOWN });
      assert.equal(found[`input ${path}`], `${path} is not known yet`);
    });
  }

  it("takes what a program left open for the provider's default before the instance exists", () => {
    const open: Properties = { ...nano, monitoring: UNKNOWN, tenancy: UNKNOWN, rootBlockDevice: UNKNOWN };
    const unborn = standby(INSTANCE, "one", open, { id: UNKNOWN });
    const computed = standby(INSTANCE, "one", open, {
      id: UNKNOWN,
      from: { tenancy: [urn("aws:x/y:Z", "other")] },
    });
    assert.deepEqual(costOf([unborn]).unpriced, []);
    assert.deepEqual(
      costOf([computed]).unpriced.map(({ path }) => path),
      ["tenancy"],
    );
  });

  const template = (properties: Properties = {}) =>
    standby(
      "aws:ec2/launchTemplate:LaunchTemplate",
      "lt",
      { instanceType: "t3.nano", ...properties },
      { id: "lt-1" },
    );
  const fromTemplate = { launchTemplate: { id: "lt-1" }, associatePublicIpAddress: false };

  it("keeps what else its launch template says beside a root volume of its own", () => {
    const full = {
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 20 } },
        { deviceName: "/dev/sdf", ebs: { volumeSize: 100 } },
        { deviceName: "/dev/sdg", ebs: { volumeSize: 50 } },
      ],
      monitoring: { enabled: true },
    };
    const own = { ...nano, ...fromTemplate, rootBlockDevice: { volumeSize: 4 } };
    const rest = { [HOURS]: 3_066_000, "root volume, 4 GB gp2": 400_000 };
    assert.deepEqual(priced(INSTANCE, own, [template(full)]), {
      ...rest,
      "volume, 100 GB gp2": 10_000_000,
      "volume, 50 GB gp2": 5_000_000,
      "detailed monitoring, 7 metrics": 2_100_000,
    });
    const replaced = {
      ...own,
      monitoring: false,
      ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 10 }],
    };
    assert.deepEqual(priced(INSTANCE, replaced, [template(full)]), {
      ...rest,
      "volume, 10 GB gp2": 1_000_000,
      "volume, 50 GB gp2": 5_000_000,
    });
    assert.deepEqual(priced(INSTANCE, own, [template({ placement: { tenancy: "dedicated" } })]), {
      ...rest,
      "price placement.tenancy": "dedicated tenancy has no price in the list",
    });
  });

  it("prices no more than the hours of an instance whose launch template cannot be read", () => {
    const hours = { "t4g.nano instance, 730 h": 3_066_000 };
    for (const launchTemplate of [{ id: "lt-other" }, { name: "other" }]) {
      assert.deepEqual(priced(INSTANCE, { ...nano, launchTemplate }), {
        ...hours,
        "price launchTemplate": "its launch template is not in this stack and cannot be read",
      });
    }
    assert.deepEqual(priced(INSTANCE, { launchTemplate: { id: "lt-other" } }), {
      "price launchTemplate": "its launch template is not in this stack and cannot be read",
    });
    assert.deepEqual(priced(INSTANCE, { ...nano, launchTemplate: { id: UNKNOWN } }), {
      ...hours,
      "input launchTemplate": "launchTemplate is not known yet",
    });
  });

  it("takes from its launch template what the instance does not say itself", () => {
    const mapped = { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20 } }] };
    assert.deepEqual(priced(INSTANCE, fromTemplate, [template(mapped)]), {
      "t3.nano instance, 730 h": 3_796_000,
      "root volume, 20 GB gp2": 2_000_000,
    });
    assert.deepEqual(
      priced(INSTANCE, { ...nano, ...fromTemplate, rootBlockDevice: { volumeSize: 4 } }, [template(mapped)]),
      {
        [HOURS]: 3_066_000,
        "root volume, 4 GB gp2": 400_000,
      },
    );
    assert.deepEqual(priced(INSTANCE, fromTemplate, [template({ instanceType: undefined })]), {
      [ROOT]: 800_000,
      "price instanceType": "instanceType is not set",
    });
    assert.deepEqual(priced(INSTANCE, fromTemplate, [template({ instanceType: UNKNOWN })]), {
      [ROOT]: 800_000,
      "input instanceType": "instanceType is not known yet",
    });
  });

  it("charges a spot instance at its bound, and says so", () => {
    const spot = standby("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot", nano);
    assert.deepEqual(
      costOf([spot]).lines.map(({ item, monthlyMicroUsd, note }) => ({ item, monthlyMicroUsd, note })),
      [
        {
          item: HOURS,
          monthlyMicroUsd: 3_066_000,
          note: "the bound of its spot price; Linux on demand; an image with a licence costs more",
        },
        { item: ROOT, monthlyMicroUsd: 800_000, note: undefined },
      ],
    );
  });

  priceCases([
    [
      "a reservation like its instances",
      RESERVATION,
      { instanceType: "t3.micro", instanceCount: 2, instancePlatform: "Linux/UNIX" },
      { "reserved 2 x t3.micro instance, 730 h": 15_184_000 },
    ],
    [
      "a reservation of another platform",
      RESERVATION,
      { instanceType: "t3.micro", instanceCount: 2, instancePlatform: "Windows" },
      { "price instancePlatform": "Windows has no price in the list" },
    ],
    [
      "a reservation of an unknown count",
      RESERVATION,
      { instanceType: "t3.micro", instanceCount: UNKNOWN, instancePlatform: "Linux/UNIX" },
      { "input instanceCount": "instanceCount is not known yet" },
    ],
    [
      "a dedicated host by its family",
      HOST,
      { instanceFamily: "c5" },
      { "dedicated host of the c5 family": 2_457_180_000 },
    ],
    [
      "a dedicated host by its type",
      HOST,
      { instanceType: "c5.large" },
      { "dedicated host of the c5 family": 2_457_180_000 },
    ],
    [
      "a dedicated host of a family without a price",
      HOST,
      { instanceFamily: "z9" },
      { "price ": "the list has no price for dedicated host of the z9 family" },
    ],
    ...["m3.xlarge", "m3.medium"].map(
      (instanceType): Case => [
        `${instanceType} optimized for EBS, which has a price of its own there`,
        INSTANCE,
        { ...nano, instanceType, ebsOptimized: true },
        {
          [`${instanceType} instance, 730 h`]: instanceType === "m3.xlarge" ? 194_180_000 : 48_910_000,
          [ROOT]: 800_000,
          "price ebsOptimized": `the list has no price for ebsOptimized on ${instanceType}, which bills by the hour; set it to false, or use a later type`,
        },
      ],
    ),
    [
      "m3.xlarge of which nothing is known of that",
      INSTANCE,
      { ...nano, instanceType: "m3.xlarge", ebsOptimized: UNKNOWN },
      {
        "m3.xlarge instance, 730 h": 194_180_000,
        [ROOT]: 800_000,
        "input ebsOptimized": "ebsOptimized is not known yet",
      },
    ],
    [
      "m3.xlarge not optimized",
      INSTANCE,
      { ...nano, instanceType: "m3.xlarge", ebsOptimized: false },
      { "m3.xlarge instance, 730 h": 194_180_000, [ROOT]: 800_000 },
    ],
    [
      "a later type, which includes it",
      INSTANCE,
      { ...nano, ebsOptimized: true },
      { [HOURS]: 3_066_000, [ROOT]: 800_000 },
    ],
    ["a free address manager", IPAM, { tier: "free" }, {}],
    [
      "an address manager, from memory",
      IPAM,
      {},
      {
        "IPAM, one active address at least": 197_100,
        "memory ": "its price is from memory, which may refuse and never pass",
      },
    ],
  ]);
});
