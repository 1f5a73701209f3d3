import assert from "node:assert/strict";
import fc from "fast-check";
import { formatUsd, microUsd, toUsd } from "../../model/money";

describe("model/money", () => {
  it("sums exactly where floating point does not", () => {
    assert.equal(toUsd(microUsd(0.1) + microUsd(0.2)), 0.3);
    assert.equal(microUsd(0.005 * 730), 3_650_000);
  });

  it("goes to micro-dollars and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) =>
        assert.equal(microUsd(toUsd(amount)), amount),
      ),
      { seed: 1 },
    );
  });

  it("refuses what it cannot hold", () => {
    for (const usd of [Number.NaN, Number.POSITIVE_INFINITY, 1e12])
      assert.throws(() => microUsd(usd), RangeError);
  });

  it("never shows a small amount as nothing", () => {
    assert.equal(formatUsd(4.5), "$4.50");
    assert.equal(formatUsd(0.004), "$0.0040");
    assert.equal(formatUsd(0), "$0.00");
    assert.equal(formatUsd(-1.239), "-$1.24");
  });
});
