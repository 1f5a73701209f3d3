import assert from "node:assert/strict";
import { failoverSides } from "../../model/failover-sides";
import { HeldAddresses } from "../../model/held-addresses";
import { planFromResources } from "../../model/plan-from-resources";
import { indexByUrn } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { type Side, sided, twoRegions } from "./sided-pairs";
import { resource, urn } from "./stack-fixture";

const EIP = "aws:ec2/eip:Eip";
const INSTANCE = "aws:ec2/instance:Instance";
const LIGHTSAIL = "aws:lightsail/instance:Instance";
const RECORD = "aws:route53/record:Record";
const [EAST, WEST] = ["us-east-1", "us-west-2"];

function aRecord(name: string, properties: Properties, from: readonly string[] = []): StackResource {
  const written = { name, type: "A", zoneId: "Z1", ttl: 60, ...properties };
  return resource(RECORD, name, written, from.length > 0 ? { from: { records: [...from] } } : {});
}

/** Where the values of the last resource, a record, are. */
function regions(...others: readonly StackResource[]) {
  const resources = [...twoRegions, ...others];
  const plan = planFromResources(resources);
  const record = plan.recordSets.find(({ urn: of }) => of === others.at(-1)?.urn);
  assert.ok(record);
  return new HeldAddresses(plan, resources, indexByUrn(resources)).regionsOf(record);
}

describe("model/held-addresses", () => {
  const held: readonly (readonly [string, Properties, string, string?])[] = [
    [EIP, { publicIp: "203.0.113.7" }, "203.0.113.7"],
    [EIP, { publicDns: "ec2-203-0-113-7.example.com" }, "ec2-203-0-113-7.example.com.", "CNAME"],
    [INSTANCE, { publicIp: "203.0.113.7" }, "203.0.113.7"],
    [INSTANCE, { ipv6Addresses: ["2001:db8::7"] }, "2001:DB8:0::7", "AAAA"],
    [LIGHTSAIL, { publicIpAddress: "203.0.113.7" }, "203.0.113.7"],
    ["aws:lightsail/staticIp:StaticIp", { ipAddress: "203.0.113.7" }, "203.0.113.7"],
  ];
  for (const [type, properties, value, recordType = "A"] of held) {
    it(`knows the region of ${Object.keys(properties).join()} of ${type}`, () => {
      const holder = sided("west", type, "holder", properties);
      assert.deepEqual(regions(holder, aRecord("www", { type: recordType, records: [value] })), [WEST]);
    });
  }

  it("follows aliases and CNAMEs to the values", () => {
    const address = sided("west", EIP, "address", { publicIp: "203.0.113.7" });
    const end = aRecord("end.example.com", { records: ["203.0.113.7"] });
    const cname = aRecord("mid.example.com", { type: "CNAME", records: ["end.example.com"] });
    const alias = aRecord("top.example.com", {
      records: undefined,
      aliases: [{ name: "end.example.com", zoneId: "Z1", evaluateTargetHealth: false }],
    });
    assert.deepEqual(regions(address, end, cname), [WEST]);
    assert.deepEqual(regions(address, end, alias), [WEST]);
  });

  it("ends at names that lead to each other", () => {
    const one = aRecord("one.example.com", { type: "CNAME", records: ["two.example.com"] });
    const two = aRecord("two.example.com", { type: "CNAME", records: ["one.example.com"] });
    assert.deepEqual(regions(one, two), []);
  });

  it("tells nothing where one value is held by nothing of the stack", () => {
    const address = sided("west", EIP, "address", { publicIp: "203.0.113.7" });
    assert.deepEqual(regions(address, aRecord("www", { records: ["203.0.113.7", "203.0.113.8"] })), []);
    assert.deepEqual(regions(address, aRecord("www", { records: ["203.0.113.8"] })), []);
  });

  it("goes by what the values were computed from, before the address exists", () => {
    const address = sided("west", EIP, "address", { publicIp: UNKNOWN });
    const table = sided("east", "aws:dynamodb/table:Table", "table");
    const from = (...urns: string[]) => aRecord("www", { records: [UNKNOWN] }, urns);
    assert.deepEqual(regions(address, table, from(address.urn, table.urn)), [WEST]);
    assert.deepEqual(regions(address, table, from(table.urn)), []);
    assert.deepEqual(regions(address, table, aRecord("www", { records: [UNKNOWN] })), []);
  });
});

describe("model/failover-sides by addresses", () => {
  const sides = (...resources: StackResource[]) =>
    failoverSides(planFromResources(resources), resources, indexByUrn(resources));
  const member = (role: string, address: string) =>
    resource(RECORD, role, {
      name: "www.example.com",
      type: "A",
      zoneId: "Z1",
      ttl: 60,
      setIdentifier: role,
      failoverRoutingPolicies: [{ type: role }],
      records: [address],
    });
  const pair = [member("PRIMARY", "203.0.113.1"), member("SECONDARY", "203.0.113.2")];
  const addresses = [
    sided("east", EIP, "one", { publicIp: "203.0.113.1" }),
    sided("west", EIP, "two", { publicIp: "203.0.113.2" }),
  ];
  const placed = {
    primaryRegions: new Set([EAST]),
    standbyRegions: new Set([WEST]),
    standbyApart: new Set([WEST]),
    isPartlyUnplaced: false,
    exists: true,
    unknownMark: undefined,
    unknownLocation: undefined,
  };

  it("places both sides of a pair by Elastic IPs that nothing of the stack is behind", () => {
    assert.deepEqual(sides(...twoRegions, ...addresses, ...pair), placed);
  });

  it("leaves a SECONDARY unplaced whose address nothing of the stack holds", () => {
    const [home] = addresses;
    assert.deepEqual(sides(...twoRegions, ...(home ? [home] : []), ...pair), {
      ...placed,
      standbyRegions: new Set(),
      standbyApart: new Set(),
      isPartlyUnplaced: true,
    });
  });

  it("takes the Elastic IPs of a network load balancer for its own", () => {
    const balancer = (side: Side, name: string) =>
      sided(side, "aws:lb/loadBalancer:LoadBalancer", `${name}-balancer`, {
        loadBalancerType: "network",
        subnetMappings: [{ subnetId: "subnet-1", allocationId: `${name}-id` }],
      });
    const balancers = [balancer("east", "one"), balancer("west", "two")];
    const resources = [...twoRegions, ...addresses, ...balancers, ...pair];
    assert.deepEqual(
      planFromResources(resources).recordSets.map(({ endpoint }) => endpoint),
      ["one", "two"].map((name) => urn("aws:lb/loadBalancer:LoadBalancer", `${name}-balancer`)),
    );
    assert.deepEqual(sides(...resources), placed);
  });
});
