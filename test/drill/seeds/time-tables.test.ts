import assert from "node:assert/strict";
import { percentText } from "../../../drill/seeds/time-tables";

describe("drill/seeds/time-tables", () => {
  it("never rounds a share to none or to all", () => {
    assert.deepEqual([0, 0.0009, 0.001, 0.5, 0.999, 0.9991, 1].map(percentText), [
      "0 %",
      "under 0.1 %",
      "0.1 %",
      "50.0 %",
      "99.9 %",
      "over 99.9 %",
      "100 %",
    ]);
  });
});
