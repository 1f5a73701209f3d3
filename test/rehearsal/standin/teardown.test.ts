import assert from "node:assert/strict";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { deletionOrder, tearDown } from "../../../rehearsal/standin/teardown";

const PROVIDER = "urn:pulumi:dev::p::pulumi:providers:aws::primary";
const COMPONENT = "urn:pulumi:dev::p::p:index:System::system";

function resource(
  type: string,
  name: string,
  properties: Properties = {},
  rest: Partial<StackResource> = {},
) {
  return {
    urn: `urn:pulumi:dev::p::${type}::${name}`,
    type,
    name,
    custom: true,
    id: `${name}-id`,
    provider: PROVIDER,
    parent: COMPONENT,
    properties,
    dependencies: [],
    propertyDependencies: {},
    ...rest,
  };
}

const provider = resource("pulumi:providers:aws", "primary", {}, { provider: undefined, parent: undefined });
const component = resource(
  "p:index:System",
  "system",
  {},
  { custom: false, provider: undefined, parent: undefined },
);
const zone = resource("aws:route53/zone:Zone", "zone", { name: "example.com", zoneId: "zone-id" });
const record = resource(
  "aws:route53/record:Record",
  "www",
  { zoneId: "zone-id", fqdn: "www.example.com", type: "A" },
  { propertyDependencies: { zoneId: [zone.urn] } },
);
const table = resource("aws:dynamodb/table:Table", "profiles", {
  region: "us-east-1",
  replicas: [{ regionName: "us-west-2" }],
});
const STACK = [component, provider, zone, record, table];

function names(resources: readonly StackResource[]): string[] {
  return resources.map(({ name }) => name);
}

describe("standin/teardown", () => {
  it("deletes dependents, children and resources before what they need", () => {
    assert.deepEqual(
      names(deletionOrder(STACK)),
      ["profiles", "www", "zone", "primary", "system"].sort((a, b) => {
        const order = names(deletionOrder(STACK));
        return order.indexOf(a) - order.indexOf(b);
      }),
    );
    for (const order of [deletionOrder(STACK), deletionOrder([...STACK].reverse())]) {
      const place = (name: string) => names(order).indexOf(name);
      assert.ok(place("www") < place("zone"));
      for (const name of ["profiles", "www", "zone"]) {
        assert.ok(place(name) < place("primary"), name);
        assert.ok(place(name) < place("system"), name);
      }
      assert.equal(order.length, STACK.length);
    }
  });

  it("accounts for every resource of a stack that can go", () => {
    assert.deepEqual(tearDown(STACK), { created: 5, deleted: 5, left: [], lifted: [] });
    assert.deepEqual(tearDown([]), { created: 0, deleted: 0, left: [], lifted: [] });
  });

  it("lifts the protection of a table and of its replica, and says so", () => {
    for (const properties of [
      { ...table.properties, deletionProtectionEnabled: true },
      { ...table.properties, replicas: [{ regionName: "us-west-2", deletionProtectionEnabled: true }] },
    ]) {
      assert.deepEqual(tearDown([component, provider, { ...table, properties }]), {
        created: 3,
        deleted: 3,
        left: [],
        lifted: [table.urn],
      });
    }
  });

  it("leaves what it does not know, and all that it needs", () => {
    const database = resource("aws:rds/instance:Instance", "database", {}, { dependencies: [table.urn] });
    const result = tearDown([...STACK, database]);
    assert.deepEqual(names(result.left), ["database", "profiles", "primary", "system"]);
    assert.equal(result.created, 6);
    assert.equal(result.deleted, 2);
  });

  it("leaves a zone that holds records of somebody else", () => {
    const foreign = { ...record, propertyDependencies: {}, name: "www" };
    // Without the dependency the zone goes first, as it would if the record were of another stack.
    const result = tearDown([component, provider, foreign, zone]);
    assert.deepEqual(names(result.left), ["zone", "primary", "system"]);
    assert.deepEqual(result.lifted, []);
  });
});
