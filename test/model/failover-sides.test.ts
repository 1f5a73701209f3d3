import assert from "node:assert/strict";
import { failoverSides } from "../../model/failover-sides";
import { planFromResources } from "../../model/plan-from-resources";
import { indexByUrn } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../model/unknown";
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
