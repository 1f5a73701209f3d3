import assert from "node:assert/strict";
import { isEngineResource } from "../../../rehearsal/standin/engine-json";

const urn = "urn:pulumi:dev::p::aws:sns/topic:Topic::topic";

describe("standin/engine-json", () => {
  it("takes what has a URN of Pulumi's for a resource, and nulls for what it does not have", () => {
    assert.ok(isEngineResource({ urn }));
    const absent = { id: "", parent: null, provider: null, inputs: null, outputs: null, dependencies: null };
    assert.ok(isEngineResource({ urn, type: "t", ...absent, propertyDependencies: { a: null, b: [urn] } }));
    for (const other of [undefined, null, 7, "urn:pulumi:x", {}, { urn: 7 }, { urn: "urn:other:x" }])
      assert.equal(isEngineResource(other), false);
  });

  for (const [field, got, says] of [
    ["type", 42, "42; allowed: text"],
    ["id", 5, "5; allowed: text"],
    ["parent", {}, "{}; allowed: text"],
    ["provider", 7, "7; allowed: text"],
    ["inputs", [1], "[1]; allowed: an object"],
    ["outputs", "x".repeat(50), `"${"x".repeat(39)}...; allowed: an object`],
    ["dependencies", "a", '"a"; allowed: a list of URNs'],
    ["dependencies", [null], "[null]; allowed: a list of URNs"],
    ["propertyDependencies", [1], "[1]; allowed: an object of lists of URNs"],
    ["propertyDependencies", { name: "x" }, '{"name":"x"}; allowed: an object of lists of URNs'],
  ] as const) {
    it(`refuses ${JSON.stringify(got).slice(0, 20)} as ${field} in one line`, () => {
      assert.throws(() => isEngineResource({ urn, [field]: got }), {
        message: `${field} of aws:sns/topic:Topic::topic is ${says}, as the engine writes it`,
      });
    });
  }
});
