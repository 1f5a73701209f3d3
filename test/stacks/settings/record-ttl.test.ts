import assert from "node:assert/strict";
import { recordTtlDeclared } from "../../../stacks/settings/record-ttl";

const { read, default: defaultText } = recordTtlDeclared.recordTtlSeconds;

describe("stacks/settings/record-ttl", () => {
  it("is 1 to 60 s, and 60 unless set", () => {
    assert.deepEqual(
      ["0", "1", defaultText, "61"].map((text) => {
        const reading = read(text);
        return reading.kind === "value" ? reading.value : reading.allowed;
      }),
      ["a whole number from 1 to 60", 1, 60, "a whole number from 1 to 60"],
    );
  });
});
