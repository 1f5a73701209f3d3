import assert from "node:assert/strict";
import fc from "fast-check";
import { dependencyOrder, type Referring, referencesOf } from "../../../rehearsal/standin/dependency-order";

/** Resources `0` to `n - 1`, each needing some of those with smaller numbers, in any order. */
const stacks = fc
  .array(fc.array(fc.nat({ max: 20 }), { maxLength: 3 }), { maxLength: 15 })
  .map((needs) =>
    needs.map((list, index) => ({
      urn: `urn:pulumi:dev::p::t::${index}`,
      dependencies: list.filter((other) => other < index).map((other) => `urn:pulumi:dev::p::t::${other}`),
    })),
  )
  .chain((resources) => fc.shuffledSubarray(resources, { minLength: resources.length }));

describe("standin/dependency-order", () => {
  it("puts everything once, and what is needed first", () => {
    fc.assert(
      fc.property(stacks, (resources) => {
        const order = dependencyOrder(resources).map(({ urn }) => urn);
        assert.deepEqual([...order].sort(), resources.map(({ urn }) => urn).sort());
        for (const { urn, dependencies } of resources)
          for (const needed of dependencies) assert.ok(order.indexOf(needed) < order.indexOf(urn));
      }),
    );
  });

  it("keeps the order of what needs nothing of one another", () => {
    const resources = ["b", "a", "c"].map((urn) => ({ urn }));
    assert.deepEqual(dependencyOrder(resources), resources);
  });

  it("counts parents, providers by reference, and what properties were computed from", () => {
    const resource: Referring = {
      urn: "urn:pulumi:dev::p::t::r",
      parent: "parent",
      provider: "urn:pulumi:dev::p::pulumi:providers:aws::primary::id",
      dependencies: ["a"],
      propertyDependencies: { x: ["b"], y: null },
    };
    assert.deepEqual(referencesOf(resource), [
      "urn:pulumi:dev::p::pulumi:providers:aws::primary",
      "parent",
      "a",
      "b",
    ]);
    assert.deepEqual(referencesOf({ urn: "u" }), []);
  });
});
