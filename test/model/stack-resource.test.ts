import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import { type EngineResource, fromEngineResource, type StackResource } from "../../model/stack-resource";

const urn = (type: string, name: string) => `urn:pulumi:test::fixture::${type}::${name}`;
const ZONE = "aws:route53/zone:Zone";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";

const read = (resource: EngineResource, preview = false): StackResource =>
  fromEngineResource({ custom: true, ...resource }, { preview });

describe("model/stack-resource", () => {
  for (const preview of [true, false]) {
    it(`keeps that a resource is only read ${preview ? "at preview" : "in a state"}, and adds nothing to others`, () => {
      const external = (more: Partial<EngineResource>) => {
        const resource = read({ urn: urn(ZONE, "zone"), id: "Z1", ...more }, preview);
        return [Object.hasOwn(resource, "external"), resource.external];
      };
      assert.deepEqual(external({ external: true }), [true, true]);
      assert.deepEqual(external({ external: false }), [false, undefined]);
      assert.deepEqual(external({}), [false, undefined]);
      assert.deepEqual(external({ external: "true" as never }), [false, undefined]);
    });
  }

  it("joins a zone and a health check that are only read like the stack's own", () => {
    const plan = planFromResources([
      read({ urn: urn(ZONE, "zone"), id: "Z1", external: true, outputs: { name: "example.com" } }),
      read({ urn: urn(CHECK, "check"), id: "hc-1", external: true, outputs: { type: "HTTPS" } }),
      read({
        urn: urn(RECORD, "app"),
        id: "r-1",
        inputs: { name: "app", zoneId: "Z1", type: "A", healthCheckId: "hc-1" },
      }),
    ]);
    assert.deepEqual(
      plan.recordSets.map(({ name, zone, healthCheck }) => ({ name, zone, healthCheck })),
      [
        {
          name: "app.example.com",
          zone: urn(ZONE, "zone"),
          healthCheck: { kind: "check", urn: urn(CHECK, "check") },
        },
      ],
    );
    assert.equal(plan.zones.length, 1);
  });
});
