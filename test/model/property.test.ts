import assert from "node:assert/strict";
import { at, booleanAt, numberAt, stringAt, stringListAt } from "../../model/property";
import { UNKNOWN } from "../../model/unknown";

describe("model/property", () => {
  it("stops at the first unknown on the way", () => {
    assert.equal(at({ a: UNKNOWN }, "a", "b", "c"), UNKNOWN);
    assert.equal(at({ a: [{ b: 1 }] }, "a", 0, "b"), 1);
    assert.equal(at({ a: "text" }, "a", "b"), undefined);
  });

  it("reads numbers and booleans that are written as text, and nothing else", () => {
    assert.equal(numberAt({ a: "60" }, "a"), 60);
    assert.equal(numberAt({ a: "sixty" }, "a"), undefined);
    assert.equal(numberAt({ a: "" }, "a"), undefined);
    assert.equal(numberAt({ a: Number.NaN }, "a"), undefined);
    assert.equal(booleanAt({ a: "true" }, "a"), true);
    assert.equal(booleanAt({ a: "yes" }, "a"), undefined);
    assert.equal(stringAt({ a: 1 }, "a"), undefined);
  });

  it("does not know a list with an unknown member", () => {
    assert.equal(stringListAt({ a: ["x", UNKNOWN] }, "a"), UNKNOWN);
    assert.deepEqual(stringListAt({ a: ["x", "y"] }, "a"), ["x", "y"]);
    assert.equal(stringListAt({}, "a"), undefined);
  });
});
