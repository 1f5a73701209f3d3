import assert from "node:assert/strict";
import { failoverSides } from "../../model/failover-sides";
import { planFromResources } from "../../model/plan-from-resources";
import { indexByUrn } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../model/unknown";
import { type Side, sided, sidedPair, sidedRecord, twoRegions } from "./sided-pairs";
import { failoverStack, resource, urn } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const TABLE = "aws:dynamodb/table:Table";

function sides(...resources: StackResource[]) {
  return failoverSides(planFromResources(resources), resources, indexByUrn(resources));
}

function table(...regions: string[]): StackResource {
  return resource(TABLE, regions.join("-") || "table", {
    region: "us-east-1",
    replicas: regions.map((regionName) => ({ regionName })),
  });
}

function record(role: string, properties: Record<string, PropertyValue>): StackResource {
  return resource(RECORD, role, {
    name: "app.example.com",
    type: "A",
    zoneId: "Z1",
    failoverRoutingPolicies: [{ type: role }],
    ttl: 60,
    ...properties,
  });
}

const IN = (...regions: string[]) => new Set(regions);
const NONE = {
  primaryRegions: IN(),
  standbyRegions: IN(),
  standbyApart: IN(),
  isPartlyUnplaced: false,
  exists: false,
  unknownMark: undefined,
  unknownLocation: undefined,
};

describe("model/failover-sides", () => {
  for (const preview of [true, false]) {
    it(`reads the regions off the records ${preview ? "before they exist" : "that exist"}`, () => {
      assert.deepEqual(sides(...failoverStack({ preview })), {
        ...NONE,
        primaryRegions: IN("us-east-1"),
        standbyRegions: IN("us-west-2"),
        standbyApart: IN("us-west-2"),
        exists: true,
      });
    });
  }

  it("falls back on a global table and its only other region", () => {
    const found = { ...NONE, primaryRegions: IN("us-east-1"), exists: true };
    const copied = { ...found, standbyRegions: IN("us-west-2"), standbyApart: IN("us-west-2") };
    assert.deepEqual(sides(table("us-west-2")), copied);
    assert.deepEqual(sides(table("us-west-2", "eu-west-1")), found);
    assert.deepEqual(sides(table()), NONE);
  });

  describe("with several names", () => {
    const [EAST, WEST] = ["us-east-1", "us-west-2"];
    const there = sidedPair("a", "east", "west");
    const back = sidedPair("b", "west", "east");
    const both = {
      ...NONE,
      primaryRegions: IN(EAST, WEST),
      standbyRegions: IN(EAST, WEST),
      standbyApart: IN(EAST, WEST),
      exists: true,
    };
    const one = { ...both, primaryRegions: IN(EAST), standbyRegions: IN(WEST), standbyApart: IN(WEST) };

    it("has the sides of all of them, whichever comes first", () => {
      assert.deepEqual(sides(...twoRegions, ...there), one);
      assert.deepEqual(sides(...twoRegions, ...there, ...back), both);
      assert.deepEqual(sides(...twoRegions, ...back, ...there), both);
    });

    it("tells a region in which one name stands by from one that holds both sides of its only name", () => {
      const same = sidedPair("s", "east", "east");
      const shared = { ...one, standbyRegions: IN(EAST), standbyApart: IN() };
      assert.deepEqual(sides(...twoRegions, ...same), shared);
      assert.deepEqual(sides(...twoRegions, ...same, ...back), {
        ...both,
        standbyRegions: IN(EAST),
        standbyApart: IN(EAST),
      });
    });

    it("takes a SECONDARY whose PRIMARY is in another stack for a standby too, and leaves open where else one is", () => {
      const half = sidedRecord("h", "SECONDARY", "east");
      assert.deepEqual(sides(...twoRegions, ...there, ...half), {
        ...one,
        standbyRegions: IN(EAST, WEST),
        standbyApart: IN(EAST, WEST),
        isPartlyUnplaced: true,
      });
      assert.deepEqual(sides(...twoRegions, ...half), {
        ...one,
        primaryRegions: IN(),
        standbyRegions: IN(EAST),
        standbyApart: IN(EAST),
        isPartlyUnplaced: true,
      });
      // A PRIMARY alone has its standby in another stack.
      const alone = sidedRecord("h", "PRIMARY", "west");
      assert.deepEqual(sides(...twoRegions, ...there, ...alone), one);
      assert.deepEqual(sides(...twoRegions, ...alone), { ...NONE, exists: true });
    });

    it("says that a standby is unplaced beside one that is placed, and by which record", () => {
      const out = [...sidedRecord("x", "PRIMARY", "east"), ...sidedRecord("x", "SECONDARY")];
      const beside = {
        ...both,
        primaryRegions: IN(EAST, WEST),
        standbyRegions: IN(EAST),
        standbyApart: IN(EAST),
      };
      assert.deepEqual(sides(...twoRegions, ...out, ...back), { ...beside, isPartlyUnplaced: true });
      const unborn = out.map(
        (each): StackResource =>
          each.name === "x-SECONDARY"
            ? { ...each, properties: { ...each.properties, records: UNKNOWN } }
            : each,
      );
      assert.deepEqual(sides(...twoRegions, ...unborn, ...back), {
        ...beside,
        isPartlyUnplaced: true,
        unknownLocation: { urn: urn(RECORD, "x-SECONDARY"), path: "records" },
      });
      // A global table's only other region is then a standby's as well.
      assert.deepEqual(sides(...twoRegions, ...unborn, ...back, table(WEST)), both);
    });

    it("follows a SECONDARY through a weighted set to all of its regions", () => {
      const balancer = (name: string, side: Side) =>
        sided(side, "aws:lb/loadBalancer:LoadBalancer", name, { dnsName: `${name}.elb.example.com` });
      const to = (name: string) => ({ aliases: [{ name, zoneId: "Z2", evaluateTargetHealth: true }] });
      const member = (name: string) =>
        resource(RECORD, `${name}-record`, {
          name: "pool.example.com",
          type: "A",
          zoneId: "Z1",
          setIdentifier: name,
          weightedRoutingPolicies: [{ weight: 1 }],
          ...to(`${name}.elb.example.com`),
        });
      const stack = [
        ...twoRegions,
        balancer("main", "west"),
        balancer("m1", "east"),
        balancer("m2", "west"),
        record("PRIMARY", to("main.elb.example.com")),
        record("SECONDARY", to("pool.example.com")),
        member("m1"),
        member("m2"),
      ];
      assert.deepEqual(sides(...stack), {
        ...both,
        primaryRegions: IN(WEST),
        standbyRegions: IN(EAST, WEST),
        standbyApart: IN(EAST),
      });
    });
  });

  it("takes a replica of its own as one that is written in the table", () => {
    const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
    const arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t";
    const both = { ...NONE, primaryRegions: IN("us-east-1"), exists: true };
    const copied = { ...both, standbyRegions: IN("us-west-2"), standbyApart: IN("us-west-2") };
    const home = resource(TABLE, "t", { region: "us-east-1", arn });
    const before = resource(TABLE, "t", { region: "us-east-1", arn: UNKNOWN }, { id: UNKNOWN });
    const copy = (region: string, globalTableArn: PropertyValue = arn) =>
      resource(REPLICA, region, { region, globalTableArn }, { from: { globalTableArn: [home.urn] } });
    assert.deepEqual(sides(home, copy("us-west-2")), copied);
    assert.deepEqual(sides(before, copy("us-west-2", UNKNOWN)), copied);
    assert.deepEqual(sides(copy("us-west-2")), copied);
    assert.deepEqual(sides(home, copy("us-west-2"), copy("eu-west-1")), both);
    assert.deepEqual(sides(copy("us-west-2", UNKNOWN)), { ...copied, primaryRegions: IN() });
  });

  it("has no second side in a stack that says nothing of one", () => {
    assert.deepEqual(sides(), NONE);
    assert.deepEqual(sides(resource("aws:sqs/queue:Queue", "q", { tags: { role: "primary" } })), NONE);
  });

  it("has one where a resource says so, or a replica stands alone", () => {
    for (const one of [
      resource("aws:sqs/queue:Queue", "q", { tags: { role: "standby" } }),
      resource("aws-native:sqs:Queue", "q", { tags: [{ key: "role", value: "standby" }] }),
      resource("aws:dynamodb/tableReplica:TableReplica", "replica"),
      record("PRIMARY", { records: ["192.0.2.1"] }),
    ]) {
      assert.deepEqual(sides(one), { ...NONE, exists: true });
    }
  });

  it("names the SECONDARY whose target is not known yet", () => {
    const first = record("PRIMARY", { records: ["192.0.2.1"] });
    const at = (path: string) => ({
      ...NONE,
      exists: true,
      isPartlyUnplaced: true,
      unknownLocation: { urn: urn(RECORD, "SECONDARY"), path },
    });
    assert.deepEqual(sides(first, record("SECONDARY", { records: UNKNOWN })), at("records"));
    assert.deepEqual(sides(first, record("SECONDARY", { aliases: UNKNOWN })), at("aliases[0].name"));
    assert.deepEqual(sides(first, record("SECONDARY", { records: ["192.0.2.2"] })), {
      ...NONE,
      isPartlyUnplaced: true,
      exists: true,
    });
  });

  it("names the resource whose unknown tags may make a standby of it, where nothing else does", () => {
    const server = (tags: PropertyValue, tagsAll?: PropertyValue) =>
      resource("aws:ec2/instance:Instance", "server", { tags, ...(tagsAll !== undefined && { tagsAll }) });
    const marked = { urn: server(UNKNOWN).urn, path: "tags" };
    assert.deepEqual(sides(server(UNKNOWN)), { ...NONE, unknownMark: marked });
    assert.deepEqual(sides(server({ role: UNKNOWN })), { ...NONE, unknownMark: marked });
    assert.deepEqual(sides(server({ name: "web" }, UNKNOWN)), NONE);
    assert.deepEqual(sides(server({ name: UNKNOWN })), NONE);
    assert.equal(sides(server(UNKNOWN), table("us-west-2")).unknownMark, undefined);
  });
});
