import assert from "node:assert/strict";
import fc from "fast-check";
import { PRICES } from "../../../../policy/prices/price-list";
import {
  changeText,
  formatExactUsd,
  parseUsd,
  scaled,
  usdOfNumber,
} from "../../../../policy/prices/refresh/exact-usd";

describe("policy/prices/refresh/exact-usd", () => {
  it("reads and writes a decimal exactly", () => {
    for (const [text, pico, shortest] of [
      ["0.0450000000", 45_000_000_000n, "0.045"],
      ["0.0000166667", 16_666_700n, "0.0000166667"],
      ["0.0000002000", 200_000n, "0.0000002"],
      ["0.000000000001", 1n, "0.000000000001"],
      ["3000", 3_000_000_000_000_000n, "3000"],
      ["0", 0n, "0"],
    ] as const) {
      assert.equal(parseUsd(text), pico);
      assert.equal(formatExactUsd(pico), shortest);
    }
  });

  it("takes nothing that is not a plain decimal of 12 places", () => {
    for (const text of ["", "-1", "1e-7", ".5", "1.", "NaN", "0.0000000000001", "1,000", " 1"]) {
      assert.equal(parseUsd(text), undefined, text);
    }
  });

  it("is the same for a number as for its decimal", () => {
    assert.equal(usdOfNumber(2e-7), 200_000n);
    assert.equal(usdOfNumber(21.957642), 21_957_642_000_000n);
    for (const { usd } of PRICES.rows) assert.equal(Number(formatExactUsd(usdOfNumber(usd))), usd);
  });

  it("gives back every amount that it wrote", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (usd) => {
        assert.equal(parseUsd(formatExactUsd(usd)), usd);
      }),
      { seed: 4 },
    );
  });

  it("scales without loss and rounds what cannot be held", () => {
    assert.equal(scaled(200_000n, 1_000_000, 1), 200_000_000_000n);
    assert.equal(scaled(40_960_000_000_000n, 1, 1024), 40_000_000_000n);
    assert.equal(scaled(2n, 1, 3), 1n);
    assert.equal(scaled(1n, 1, 3), 0n);
  });

  it("says a change in percent, with more digits where it is small", () => {
    assert.equal(changeText(40n, 45n), "+12.5 %");
    assert.equal(changeText(45n, 40n), "-11.1 %");
    assert.equal(changeText(10_000_000n, 9_999_999n), "-0.0000 %");
    assert.equal(changeText(1_000_000n, 1_000_500n), "+0.0500 %");
    assert.equal(changeText(0n, 1n), undefined);
  });
});
