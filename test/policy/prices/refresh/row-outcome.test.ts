import assert from "node:assert/strict";
import type { PriceRow } from "../../../../policy/prices/price-list";
import type { PaidTier } from "../../../../policy/prices/refresh/offer-file";
import type { OfferEntry } from "../../../../policy/prices/refresh/offer-map";
import { outcomeOf, refreshedRow } from "../../../../policy/prices/refresh/row-outcome";

const ROW: PriceRow = {
  key: "x/y",
  region: "us-west-2",
  item: "y",
  unit: "hour",
  usd: 0.05,
  source: "memory",
  date: "2024-07-01",
  dateOf: "reading",
  confidence: "from-memory",
};
const ENTRY: OfferEntry = { key: "x/y", service: "Svc", product: { usagetype: "Y" }, unit: "Hrs" };
const READ = { publicationDate: "2026-09-24T18:01:02Z", source: "a file" };

const tier = (usd: bigint, unit = "Hrs", usagetype = "USW2-Y"): PaidTier => ({
  usagetype,
  operation: "",
  unit,
  usd,
  freeUnits: "0",
  tiers: 1,
});
const CENTS_5 = 50_000_000_000n;
const outcome = (tiers: readonly PaidTier[], over: Partial<OfferEntry> = {}, today = "2026-11-21") =>
  outcomeOf(ROW, { ...ENTRY, ...over }, tiers, READ, today);
const kindOf = (usd: bigint, over: Partial<OfferEntry> = {}) => outcome([tier(usd)], over).kind;

describe("policy/prices/refresh/row-outcome", () => {
  it("tells the same price from another to the last digit", () => {
    assert.equal(kindOf(CENTS_5), "unchanged");
    assert.equal(kindOf(CENTS_5 + 1n), "changed");
    assert.equal(kindOf(CENTS_5 - 1n), "changed");
  });

  it("holds a price back that more than doubles or halves", () => {
    assert.equal(kindOf(2n * CENTS_5), "changed");
    assert.equal(kindOf(2n * CENTS_5 + 1n), "held");
    assert.equal(kindOf(CENTS_5 / 2n), "changed");
    assert.equal(kindOf(CENTS_5 / 2n - 1n), "held");
  });

  it("scales to the row's unit", () => {
    assert.equal(kindOf(50_000n, { times: 1_000_000 }), "unchanged");
    assert.equal(kindOf(1024n * CENTS_5, { over: 1024 }), "unchanged");
  });

  it("takes AWS's spellings of a unit for one, and no other unit", () => {
    for (const [unit, spelled] of [
      ["Hrs", "hours"],
      ["Hrs", "Hour"],
      ["GB-Mo", "GB-month"],
      ["GB-Mo", "GB-Months"],
      ["IOPS-Mo", "IOPS-Mo"],
    ] as const) {
      assert.equal(outcome([tier(CENTS_5, spelled)], { unit }).kind, "unchanged", spelled);
    }
    assert.deepEqual(outcome([tier(CENTS_5, "Quantity")]), {
      kind: "not-found",
      row: ROW,
      why: "Svc prices usagetype Y by Quantity, not by Hrs",
    });
    assert.equal(outcome([tier(CENTS_5, "Quantity")], { unit: undefined }).kind, "unchanged");
  });

  it("takes several products of one price, and none of several prices", () => {
    assert.equal(outcome([tier(CENTS_5), tier(CENTS_5, "Hrs", "USW2-Z")]).kind, "unchanged");
    assert.deepEqual(outcome([tier(CENTS_5), tier(60_000_000_000n, "Hrs", "USW2-Z")]), {
      kind: "ambiguous",
      row: ROW,
      why: "2 products fit: USW2-Y 0.05; USW2-Z 0.06",
    });
  });

  it("says of a price that it cannot read what it is, whatever else fits", () => {
    const unread = { usagetype: "USW2-Y", unread: "-1.00" };
    assert.deepEqual(outcomeOf(ROW, ENTRY, [tier(CENTS_5), unread], READ, "2026-11-21"), {
      kind: "not-found",
      row: ROW,
      why: 'Svc prices USW2-Y at "-1.00", which is no price',
    });
  });

  it("does not find a product that is not there", () => {
    assert.deepEqual(outcome([]), {
      kind: "not-found",
      row: ROW,
      why: "Svc has no paid product with usagetype Y",
    });
  });

  it("makes a quoted row of the day and the address of the file", () => {
    const found = outcome([tier(60_000_000_000n)]);
    assert.ok(found.kind === "changed");
    assert.deepEqual(refreshedRow(ROW, found.offered), {
      key: "x/y",
      region: "us-west-2",
      item: "y",
      unit: "hour",
      usd: 0.06,
      source: "a file",
      date: "2026-09-24",
      confidence: "price-list-quoted",
    });
  });

  it("dates a file that has been current for over a year by the day of reading", () => {
    const dated = (today: string) => {
      const found = outcome([tier(CENTS_5)], {}, today);
      return "offered" in found ? [found.offered.date, found.offered.dateOf] : [];
    };
    assert.deepEqual(dated("2027-09-24"), ["2026-09-24", undefined]);
    assert.deepEqual(dated("2027-09-25"), ["2027-09-25", "reading"]);
  });
});
