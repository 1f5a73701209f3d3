import assert from "node:assert/strict";
import type { PriceRow } from "../../../../policy/prices/price-list";
import { outcomeCounts, refreshReport } from "../../../../policy/prices/refresh/refresh-report";
import type { RowOutcome } from "../../../../policy/prices/refresh/row-outcome";

const row = (key: string): PriceRow => ({
  key,
  region: "us-west-2",
  item: "y",
  unit: "GB-month",
  usd: 0.1,
  source: "an old list",
  date: "2024-07",
  confidence: "secondary",
});

const missing = (key: string, why: string): RowOutcome => ({ kind: "not-found", row: row(key), why });

describe("policy/prices/refresh/refresh-report", () => {
  it("says a reason once, with the first three rows and how many more", () => {
    const outcomes = ["x/a", "x/b", "x/c", "x/d"].map((key) => missing(key, "no such service"));
    assert.equal(
      refreshReport([...outcomes, missing("x/e", "no such product")]),
      `not found: left as they are; lever: policy/prices/offers.json
  no such service: x/a us-west-2, x/b us-west-2, x/c us-west-2 and 1 more
  no such product: x/e us-west-2

5 rows: 0 unchanged, 0 changed, 0 held, 5 not found, 0 ambiguous, 0 not in an offer file
`,
    );
    assert.match(refreshReport(outcomes.slice(0, 3)), /x\/b us-west-2, x\/c us-west-2\n/);
  });

  it("says that a changed price is the first paid one of several, and from which unit it is", () => {
    const offered = { usd: 99_000_000_000n, source: "a file", date: "2026-11-21", freeUnits: "50", tiers: 3 };
    const changed: RowOutcome = {
      kind: "changed",
      row: row("x/a"),
      offered: { ...offered, dateOf: "reading" },
    };
    assert.equal(
      refreshReport([changed]),
      `changed
  x/a us-west-2: 0.1 -> 0.099 USD per GB-month (-1.0 %), 2024-07 -> 2026-11-21 (read), first paid tier of 3

not the first tier, as that is free
  x/a us-west-2: the price of each unit above 50

1 rows: 0 unchanged, 1 changed, 0 held, 0 not found, 0 ambiguous, 0 not in an offer file
`,
    );
  });

  it("counts nothing where there is nothing", () => {
    assert.equal(
      refreshReport([]),
      "0 rows: 0 unchanged, 0 changed, 0 held, 0 not found, 0 ambiguous, 0 not in an offer file\n",
    );
    assert.deepEqual(outcomeCounts([missing("x/a", "why")])["not-found"], 1);
  });
});
