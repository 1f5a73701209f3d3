import assert from "node:assert/strict";
import { asWritten } from "../../model/as-written";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

describe("model/as-written", () => {
  const properties: Properties = { set: 1, left: UNKNOWN, computed: UNKNOWN };
  const from = { computed: ["urn:other"] };

  it("drops what an unborn resource left open, and keeps what was computed", () => {
    const unborn = resource("aws:x/y:Z", "one", properties, { id: UNKNOWN, from });
    assert.deepEqual(asWritten(unborn).properties, { set: 1, computed: UNKNOWN });
    assert.deepEqual(unborn.properties, properties);
  });

  const kept = (changes: object) =>
    Object.keys(
      asWritten({ ...resource("aws:x/y:Z", "one", properties), id: UNKNOWN, ...changes }).properties,
    );

  it("keeps what the program gave, whether or not it depends on a resource", () => {
    assert.deepEqual(kept({ propertyDependencies: { set: [], left: [] } }), ["set", "left"]);
    assert.deepEqual(kept({ givenUnknown: ["left"] }), ["set", "left"]);
    assert.deepEqual(kept({ givenUnknown: ["left"], propertyDependencies: from }), [
      "set",
      "left",
      "computed",
    ]);
    assert.deepEqual(kept({ givenUnknown: [], propertyDependencies: { set: [], left: [] } }), ["set"]);
  });

  it("takes nothing for absent where nothing tells what the program gave", () => {
    assert.deepEqual(kept({}), ["set", "left", "computed"]);
    assert.deepEqual(kept({ givenUnknown: [] }), ["set"]);
  });

  it("leaves a resource that exists alone", () => {
    const one = resource("aws:x/y:Z", "one", properties, { from });
    assert.equal(asWritten(one), one);
  });
});
