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

  it("leaves a resource that exists alone", () => {
    const one = resource("aws:x/y:Z", "one", properties, { from });
    assert.equal(asWritten(one), one);
  });
});
