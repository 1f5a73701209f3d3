import assert from "node:assert/strict";
import fc from "fast-check";
import { editDistance, nearestName } from "../../stacks/nearest-name";

describe("stacks/nearest-name", () => {
  it("counts insertions, deletions and replacements", () => {
    assert.equal(editDistance("", "abc"), 3);
    assert.equal(editDistance("abc", ""), 3);
    assert.equal(editDistance("kitten", "sitting"), 3);
    assert.equal(editDistance("same", "same"), 0);
  });

  it("is a distance: symmetric, zero for equals only, never more than the longer text", () => {
    const text = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        assert.equal(distance, editDistance(b, a));
        assert.equal(distance === 0, a === b);
        assert.ok(distance <= Math.max(a.length, b.length));
      }),
    );
  });

  it("finds a misspelling, whatever its case", () => {
    const known = ["primaryRegion", "standbyRegion", "system"];
    assert.equal(nearestName("primaryRegoin", known), "primaryRegion");
    assert.equal(nearestName("STANDBYREGION", known), "standbyRegion");
    assert.equal(nearestName("sytem", known), "system");
  });

  it("proposes nothing that is not near: a third of the letters at most", () => {
    assert.equal(nearestName("sysxxx", ["system"]), undefined);
    assert.equal(nearestName("systxx", ["system"]), "system");
    assert.equal(nearestName("budget", ["system", "domainName"]), undefined);
    assert.equal(nearestName("anything", []), undefined);
  });
});
