import assert from "node:assert/strict";
import { tagValue } from "../../model/tag-value";
import { type PropertyValue, UNKNOWN } from "../../model/unknown";

describe("model/tag-value", () => {
  it("reads a map and a list alike", () => {
    assert.equal(tagValue({ role: "standby", a: "b" }, "role"), "standby");
    assert.equal(
      tagValue(
        [
          { key: "a", value: "b" },
          { key: "role", value: "standby", propagateAtLaunch: true },
        ],
        "role",
      ),
      "standby",
    );
  });

  it("finds none where there is none, or no tags at all", () => {
    for (const tags of [
      undefined,
      null,
      "role",
      7,
      {},
      [],
      [null, "role", { key: 1, value: "x" }, { value: "x" }],
    ])
      assert.equal(tagValue(tags as PropertyValue, "role"), undefined, String(tags));
  });

  it("does not know what an unknown value, list or key may say", () => {
    assert.equal(tagValue(UNKNOWN, "role"), UNKNOWN);
    assert.equal(tagValue({ role: UNKNOWN }, "role"), UNKNOWN);
    assert.equal(tagValue([{ key: "role", value: UNKNOWN }], "role"), UNKNOWN);
    assert.equal(tagValue([{ key: UNKNOWN, value: "standby" }], "role"), UNKNOWN);
    assert.equal(tagValue([UNKNOWN], "role"), UNKNOWN);
    assert.equal(
      tagValue(
        [
          { key: UNKNOWN, value: "x" },
          { key: "role", value: "dns" },
        ],
        "role",
      ),
      "dns",
    );
  });
});
