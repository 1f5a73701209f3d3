import assert from "node:assert/strict";
import type { CostLine } from "../../../policy/prices/idle-cost";
import { agedPrices } from "../../../policy/prices/price-age";

function line(asOf: string, item = asOf): CostLine {
  return {
    urn: "urn:pulumi:test::fixture::aws:x/y:Y::y",
    type: "aws:x/y:Y",
    region: "us-west-2",
    item,
    monthlyMicroUsd: 1,
    standby: true,
    basis: "list-price",
    source: "a list",
    asOf,
    confidence: "price-list-quoted",
  };
}

const ageOf = (dates: readonly string[], asOf: string) => {
  const aged = agedPrices(
    dates.map((date) => line(date)),
    asOf,
  );
  return aged && { lines: aged.lines, oldest: aged.oldest.asOf };
};

describe("policy/prices/price-age", () => {
  it("lets a price hold for 365 days, and not for 366", () => {
    assert.equal(ageOf(["2025-11-21"], "2026-11-21"), undefined);
    assert.deepEqual(ageOf(["2025-11-20"], "2026-11-21"), { lines: 1, oldest: "2025-11-20" });
  });

  it("counts the lines and names the oldest, the first of several", () => {
    assert.deepEqual(
      agedPrices(
        [line("2026-01-01"), line("2024-07-01", "a"), line("2024-07-01", "b"), line("2025-01-01")],
        "2026-11-21",
      ),
      { lines: 3, oldest: line("2024-07-01", "a") },
    );
  });

  it("counts from the first day of a month of which the day is not known", () => {
    assert.equal(ageOf(["2025-11"], "2026-11-01"), undefined);
    assert.deepEqual(ageOf(["2025-11"], "2026-11-02"), { lines: 1, oldest: "2025-11" });
  });

  it("reads the day before the word that it is one of reading", () => {
    assert.deepEqual(ageOf(["2024-11-20 (read)"], "2026-11-21"), { lines: 1, oldest: "2024-11-20 (read)" });
  });

  it("gives no age to what has no date, to the future or to nothing", () => {
    assert.equal(ageOf(["undated", "2027-01-01"], "2026-11-21"), undefined);
    assert.equal(ageOf([], "2026-11-21"), undefined);
  });
});
