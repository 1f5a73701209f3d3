import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Account, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { resourceType } from "../../../../rehearsal/standin/aws/catalogue";
import { check } from "../../../../rehearsal/standin/aws/check";
import { EIP, EIP_ASSOCIATION } from "../../../../rehearsal/standin/aws/ec2-address";
import { ROUTE, ROUTE_TABLE_ASSOCIATION } from "../../../../rehearsal/standin/aws/ec2-route";
import {
  INSTANCE,
  INTERNET_GATEWAY,
  ROUTE_TABLE,
  SUBNET,
  VPC,
} from "../../../../rehearsal/standin/aws/ec2-vpc";
import { INSTANCE_PROFILE } from "../../../../rehearsal/standin/aws/iam-instance-profile";
import * as lifecycle from "../../../../rehearsal/standin/aws/lifecycle";
import { machineImages } from "../../../../rehearsal/standin/aws/machine-image";
import { made, reasonsOf, refusal, removed, SCOPE, urnOf } from "./account-fixture";

const ARM_IMAGE = machineImages("us-east-1").find(({ architecture }) => architecture === "arm64")?.id ?? "";
const BASE: Properties = { ami: ARM_IMAGE, instanceType: "t4g.nano" };

/** What one public subnet without NAT comes to: VPC, gateway, subnet, table, association and route. */
function network(account: Account, region = "us-east-1") {
  const where = { account, region };
  const vpcId = made(VPC, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }, where).id;
  const gatewayId = made(INTERNET_GATEWAY, { vpcId }, where).id;
  const subnet = made(SUBNET, { vpcId, cidrBlock: "10.0.0.0/20", mapPublicIpOnLaunch: true }, where);
  const routeTableId = made(ROUTE_TABLE, { vpcId }, where).id;
  const association = made(ROUTE_TABLE_ASSOCIATION, { routeTableId, subnetId: subnet.id }, where);
  const route = made(ROUTE, { routeTableId, gatewayId, destinationCidrBlock: "0.0.0.0/0" }, where);
  return { vpcId, gatewayId, subnet, subnetId: subnet.id, routeTableId, association, route };
}

describe("standin/aws/ec2", () => {
  it("makes a network with ids, ARNs and zones of its region", () => {
    const { vpcId, subnet, gatewayId, routeTableId, association, route } = network(
      new MemoryAccount(true),
      "us-west-2",
    );
    assert.match(vpcId, /^vpc-0[0-9a-f]{16}$/);
    assert.match(gatewayId, /^igw-0[0-9a-f]{16}$/);
    assert.match(routeTableId, /^rtb-0[0-9a-f]{16}$/);
    assert.match(association.id, /^rtbassoc-0[0-9a-f]{16}$/);
    // The provider's own hash of a destination, as its state files show it for 0.0.0.0/0.
    assert.equal(route.id, `r-${routeTableId}1080289494`);
    assert.equal(route.outputs.state, "active");
    assert.equal(subnet.outputs.arn, `arn:aws:ec2:us-west-2:123456789012:subnet/${subnet.id}`);
    assert.equal(subnet.outputs.availabilityZone, "us-west-2a");
    assert.equal(subnet.outputs.availabilityZoneId, "usw2-az1");
    assert.equal(subnet.outputs.mapPublicIpOnLaunch, true);
  });

  it("fills in what a VPC comes with", () => {
    const { id, outputs } = made(VPC, { cidrBlock: "10.0.0.0/16" });
    assert.equal(outputs.arn, `arn:aws:ec2:us-east-1:123456789012:vpc/${id}`);
    assert.equal(outputs.enableDnsSupport, true);
    assert.equal(outputs.enableDnsHostnames, false);
    assert.equal(outputs.instanceTenancy, "default");
    assert.equal(outputs.mainRouteTableId, outputs.defaultRouteTableId);
    assert.match(String(outputs.defaultSecurityGroupId), /^sg-0[0-9a-f]{16}$/);
    assert.equal(outputs.ipv6CidrBlock, "");
    const dual = made(VPC, { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true }).outputs;
    assert.match(String(dual.ipv6CidrBlock), /^2001:db8:[0-9a-f]{4}:[0-9a-f]{2}00::\/56$/);
  });

  it("takes blocks from /16 to /28 with no bits outside the mask", () => {
    const block = (cidrBlock: string) => reasonsOf(VPC, { cidrBlock });
    for (const taken of ["10.0.0.0/16", "10.0.0.16/28"]) assert.deepEqual(block(taken), []);
    assert.deepEqual(block("10.0.0.0/15"), [
      'cidrBlock: AWS takes a mask from /16 to /28, got "10.0.0.0/15"',
    ]);
    assert.deepEqual(block("10.0.0.0/29"), [
      'cidrBlock: AWS takes a mask from /16 to /28, got "10.0.0.0/29"',
    ]);
    assert.deepEqual(block("10.0.0.1/16"), [
      'cidrBlock: "10.0.0.1/16" has bits outside its mask; write 10.0.0.0/16',
    ]);
    assert.deepEqual(block("10.0.0.0"), [
      'cidrBlock: AWS takes an IPv4 block such as 10.0.0.0/16, got "10.0.0.0"',
    ]);
    assert.deepEqual(reasonsOf(VPC, {}), ["none of cidrBlock or ipv4IpamPoolId is set; set one"]);
  });

  it("keeps a subnet inside its VPC, apart from others, in a zone of the region", () => {
    const account = new MemoryAccount(true);
    const { vpcId } = network(account);
    const subnet = (cidrBlock: string) => () =>
      made(SUBNET, { vpcId, cidrBlock }, { account, name: "other" });
    assert.match(
      refusal(subnet("10.1.0.0/24"))[0] ?? "",
      /cidrBlock: 10\.1\.0\.0\/24 is not inside 10\.0\.0\.0\/16, the block of vpc-\w+ \(InvalidSubnet\.Range\); take a part of it$/,
    );
    assert.match(
      refusal(subnet("10.0.15.0/24"))[0] ?? "",
      /overlaps 10\.0\.0\.0\/20 of subnet-\w+ \(InvalidSubnet\.Conflict\); take another part of 10\.0\.0\.0\/16$/,
    );
    subnet("10.0.16.0/24")();
    assert.deepEqual(reasonsOf(SUBNET, { vpcId, cidrBlock: "10.0.0.0/24", availabilityZone: "us-east-1g" }), [
      'availabilityZone: us-east-1 has us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e or us-east-1f, got "us-east-1g"',
    ]);
    assert.deepEqual(
      refusal(() => made(SUBNET, { vpcId, cidrBlock: "10.0.0.0/24" }, { account, region: "us-west-2" })),
      [
        `${SUBNET} "x": VPC ${vpcId} is in us-east-1, not in us-west-2 (InvalidVpcID.NotFound); use the provider of its region`,
      ],
    );
  });

  it("refuses a second gateway, a second table and a second route", () => {
    const account = new MemoryAccount(true);
    const { vpcId, gatewayId, subnetId, routeTableId } = network(account);
    const again = { account, name: "again" };
    assert.match(
      refusal(() => made(INTERNET_GATEWAY, { vpcId }, again))[0] ?? "",
      /\(Resource\.AlreadyAssociated\)/,
    );
    assert.match(
      refusal(() => made(ROUTE_TABLE_ASSOCIATION, { routeTableId, subnetId }, again))[0] ?? "",
      /\(Resource\.AlreadyAssociated\)/,
    );
    const route = { routeTableId, gatewayId, destinationCidrBlock: "0.0.0.0/0" };
    assert.match(refusal(() => made(ROUTE, route, again))[0] ?? "", /\(RouteAlreadyExists\)/);
    const otherVpc = made(VPC, { cidrBlock: "10.2.0.0/16" }, again).id;
    const otherTable = made(ROUTE_TABLE, { vpcId: otherVpc }, again).id;
    assert.match(
      refusal(() => made(ROUTE, { ...route, routeTableId: otherTable }, again))[0] ?? "",
      /\(InvalidParameterValue\); give both one VPC$/,
    );
    assert.deepEqual(reasonsOf(ROUTE, { routeTableId, destinationCidrBlock: "0.0.0.0/0" }).length, 1);
  });

  it("lets a network go from the inside out", () => {
    const account = new MemoryAccount(true);
    network(account);
    for (const kept of [VPC, ROUTE_TABLE])
      assert.match(
        refusal(() => removed(kept, account))[0] ?? "",
        /\(DependencyViolation\); delete that first$/,
      );
    for (const type of [ROUTE, ROUTE_TABLE_ASSOCIATION, ROUTE_TABLE, SUBNET, INTERNET_GATEWAY, VPC])
      removed(type, account);
  });

  it("gives an instance a public address only where it has one", () => {
    const account = new MemoryAccount(true);
    const { subnetId } = network(account, "us-west-2");
    const ami = machineImages("us-west-2")[0]?.id ?? "";
    const launch = (change: Properties) =>
      made(INSTANCE, { ...BASE, ami, subnetId, ...change }, { account, region: "us-west-2" });
    const { id, outputs } = launch({});
    assert.match(id, /^i-0[0-9a-f]{16}$/);
    assert.match(String(outputs.publicIp), /^(198\.51\.100|203\.0\.113)\.\d+$/);
    const dashed = String(outputs.publicIp).replaceAll(".", "-");
    assert.equal(outputs.publicDns, `ec2-${dashed}.us-west-2.compute.amazonaws.com`);
    assert.match(String(outputs.privateIp), /^10\.0\.\d+\.\d+$/);
    assert.equal(
      outputs.privateDns,
      `ip-${String(outputs.privateIp).replaceAll(".", "-")}.us-west-2.compute.internal`,
    );
    assert.equal(outputs.availabilityZone, "us-west-2a");
    assert.equal(outputs.instanceState, "running");
    assert.deepEqual(outputs.cpuOptions, { coreCount: 2, threadsPerCore: 1 });
    const inside = launch({ associatePublicIpAddress: false }).outputs;
    assert.deepEqual([inside.publicIp, inside.publicDns], ["", ""]);
    assert.equal(inside.associatePublicIpAddress, false);
  });

  it("keeps what is given of disks and metadata, and completes it", () => {
    const { outputs } = made(INSTANCE, {
      ...BASE,
      rootBlockDevice: { encrypted: true, volumeSize: 10 },
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
    const disk = outputs.rootBlockDevice as Properties;
    assert.match(String(disk.volumeId), /^vol-0[0-9a-f]{16}$/);
    assert.deepEqual(disk, {
      deleteOnTermination: true,
      deviceName: "/dev/xvda",
      encrypted: true,
      iops: 3000,
      kmsKeyId: "",
      throughput: 125,
      volumeId: disk.volumeId,
      volumeSize: 10,
      volumeType: "gp3",
    });
    assert.deepEqual(outputs.metadataOptions, {
      httpEndpoint: "enabled",
      httpProtocolIpv6: "disabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "required",
      instanceMetadataTags: "disabled",
    });
  });

  it("refuses what EC2 refuses of an instance", () => {
    const reasons = (change: Properties) => reasonsOf(INSTANCE, { ...BASE, ...change });
    assert.deepEqual(reasons({ ami: undefined }), ["ami is missing, and no launchTemplate names one"]);
    assert.deepEqual(reasons({ ami: undefined, launchTemplate: { id: "lt-1" } }), []);
    assert.equal(reasons({ ami: "al2023" }).length, 1);
    assert.deepEqual(reasons({ userData: "x".repeat(16_384) }), []);
    assert.deepEqual(reasons({ userData: "x".repeat(16_385) }), [
      "userData: EC2 takes 16384 bytes before encoding, got 16385; fetch the rest at start, or compress it into userDataBase64",
    ]);
    assert.deepEqual(reasons({ userDataBase64: Buffer.alloc(16_384).toString("base64") }), []);
    assert.equal(reasons({ userDataBase64: Buffer.alloc(16_385).toString("base64") }).length, 1);
    assert.deepEqual(reasons({ userData: UNKNOWN }), []);
    assert.deepEqual(reasons({ metadataOptions: { httpTokens: "yes" } }), [
      'metadataOptions.httpTokens: AWS takes optional or required, got "yes"',
    ]);
    const because = (change: Properties, region = "us-east-1") =>
      refusal(() => made(INSTANCE, { ...BASE, ...change }, { account: new MemoryAccount(true), region }));
    assert.deepEqual(because({}, "us-west-2"), [
      `${INSTANCE} "x": image ${ARM_IMAGE} is of us-east-1, not of us-west-2 (InvalidAMIID.NotFound); look it up with the provider of us-west-2`,
    ]);
    assert.deepEqual(because({ instanceType: "t3.nano" }), [
      `${INSTANCE} "x": image ${ARM_IMAGE} is for arm64 and t3.nano is x86_64 (InvalidParameterValue); look up the x86_64 image`,
    ]);
    assert.deepEqual(because({ iamInstanceProfile: "server" }), [
      `${INSTANCE} "x": instance profile server does not exist (InvalidParameterValue); take it from the profile's name`,
    ]);
    assert.match(because({ vpcSecurityGroupIds: ["sg-1"] })[0] ?? "", /security group sg-1 does not exist/);
    assert.match(because({ subnetId: "subnet-1" })[0] ?? "", /subnet subnet-1 does not exist/);
  });

  it("replaces an instance for what cannot be changed on it, and changes the rest in place", () => {
    const type = resourceType(INSTANCE);
    const urn = urnOf(INSTANCE, "x");
    const replaces = (olds: Properties, news: Properties) => {
      const before = check(type, urn, { ...BASE, ...olds }, SCOPE).inputs;
      return lifecycle.diff(type, urn, before, check(type, urn, { ...BASE, ...news }, SCOPE, before).inputs)
        .replaces;
    };
    assert.deepEqual(replaces({}, { instanceType: "t4g.micro" }), []);
    assert.deepEqual(replaces({}, { ami: machineImages("us-east-1")[1]?.id }), ["ami"]);
    assert.deepEqual(replaces({ userData: "a" }, { userData: "b" }), []);
    const replacing = { userDataReplaceOnChange: true };
    assert.deepEqual(replaces({ userData: "a", ...replacing }, { userData: "b", ...replacing }), [
      "userData",
    ]);
    const disk = (rootBlockDevice: Properties) => ({ rootBlockDevice });
    assert.deepEqual(replaces(disk({ volumeSize: 8 }), disk({ volumeSize: 9 })), []);
    assert.deepEqual(replaces({}, disk({ encrypted: true })), ["rootBlockDevice"]);
    assert.deepEqual(replaces({}, { vpcSecurityGroupIds: ["sg-1"] }), []);
    const id = (change: Properties) => made(INSTANCE, { ...BASE, ...change }).id;
    assert.notEqual(id({ userData: "a", ...replacing }), id({ userData: "b", ...replacing }));
    assert.equal(id({ userData: "a" }), id({ userData: "b" }));
  });

  it("keeps its id when the switch for replacements is turned on alone", () => {
    const account = new MemoryAccount(true);
    const { id } = made(INSTANCE, { ...BASE, userData: "a" }, { account });
    const inputs = { ...BASE, userData: "a", userDataReplaceOnChange: true };
    const [type, urn] = [resourceType(INSTANCE), urnOf(INSTANCE, "x")];
    const checked = check(type, urn, inputs, SCOPE).inputs;
    const foreseen = lifecycle.foreseeUpdate(type, urn, checked, SCOPE, account);
    const updated = lifecycle.update(type, urn, id, checked, SCOPE, account);
    assert.equal(updated.id, id);
    assert.deepEqual(updated.outputs, foreseen);
    assert.equal(account.list(INSTANCE).length, 1);
  });

  it("keeps an instance behind its termination protection", () => {
    const account = new MemoryAccount(true);
    made(INSTANCE, { ...BASE, disableApiTermination: true }, { account });
    assert.match(refusal(() => removed(INSTANCE, account))[0] ?? "", /disableApiTermination is on/);
  });

  it("holds an address and gives it to an instance", () => {
    const account = new MemoryAccount(true);
    const { subnetId } = network(account);
    const instance = made(INSTANCE, { ...BASE, subnetId }, { account });
    const { id, outputs } = made(EIP, { instance: instance.id, domain: "vpc" }, { account });
    assert.match(id, /^eipalloc-0[0-9a-f]{16}$/);
    assert.equal(outputs.allocationId, id);
    assert.equal(outputs.arn, `arn:aws:ec2:us-east-1:123456789012:elastic-ip/${id}`);
    assert.match(String(outputs.associationId), /^eipassoc-0[0-9a-f]{16}$/);
    assert.equal(outputs.privateIp, instance.outputs.privateIp);
    assert.equal(
      outputs.publicDns,
      `ec2-${String(outputs.publicIp).replaceAll(".", "-")}.compute-1.amazonaws.com`,
    );
    assert.equal(outputs.networkInterface, instance.outputs.primaryNetworkInterfaceId);
    const spare = made(EIP, {}, { account, name: "spare" });
    assert.deepEqual([spare.outputs.associationId, spare.outputs.instance], ["", ""]);
    const association = made(
      EIP_ASSOCIATION,
      { allocationId: spare.id, instanceId: instance.id },
      { account },
    );
    assert.equal(association.outputs.publicIp, spare.outputs.publicIp);
    assert.equal(association.outputs.privateIpAddress, instance.outputs.privateIp);
    assert.match(refusal(() => removed(EIP, account, "spare"))[0] ?? "", /\(InvalidIPAddress\.InUse\)/);
  });

  it("wants a way to the internet before an address is given", () => {
    const account = new MemoryAccount(true);
    const { subnetId, vpcId } = network(account);
    const { id } = made(INSTANCE, { ...BASE, subnetId }, { account });
    removed(ROUTE, account);
    removed(INTERNET_GATEWAY, account);
    assert.deepEqual(
      refusal(() => made(EIP, { instance: id }, { account })),
      [`${EIP} "x": ${vpcId} has no internet gateway (Gateway.NotAttached); make one and depend on it`],
    );
    assert.match(
      refusal(() => made(EIP, { instance: "i-1" }, { account }))[0] ?? "",
      /instance i-1 does not exist/,
    );
  });

  it("makes an instance profile for a role that exists, and keeps the role under it", () => {
    const account = new MemoryAccount(true);
    const profile = { name: "server", role: "server" };
    assert.deepEqual(
      refusal(() => made(INSTANCE_PROFILE, profile, { account })),
      [
        `${INSTANCE_PROFILE} "x": role server does not exist (NoSuchEntity); give the name of a role, not its ARN`,
      ],
    );
    const ROLE = "aws:iam/role:Role";
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    made(ROLE, { name: "server", assumeRolePolicy }, { account });
    const { id, outputs } = made(INSTANCE_PROFILE, profile, { account });
    assert.equal(id, "server");
    assert.equal(outputs.arn, "arn:aws:iam::123456789012:instance-profile/server");
    assert.match(String(outputs.uniqueId), /^AIPA[A-Z0-9]{17}$/);
    assert.deepEqual(
      refusal(() => removed(ROLE, account)),
      [`${ROLE} "x": instance profile server still has it (DeleteConflict); delete that first`],
    );
  });
});
