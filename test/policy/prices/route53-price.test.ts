import assert from "node:assert/strict";
import { queriesMicroUsd } from "../../../policy/prices/route53-price";

describe("policy/prices/route53-price", () => {
  it("prices queries by the million, to the micro-dollar", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 1_000_000, 26_280_000].map(queriesMicroUsd),
      [0, 0, 1, 1, 400_000, 10_512_000],
    );
  });
});
