import assert from "node:assert/strict";
import { compareCost, costsTable } from "../../../drill/report/costs-table";
import type { CostLine, CostReport } from "../../../policy/prices/idle-cost";

const line = (item: string, name: string, usd: number, asOf = "2026-10-01"): CostLine => ({
  urn: `urn:pulumi:dev::warm-standby::aws:sns/topic:Topic::${name}`,
  type: "aws:sns/topic:Topic",
  region: "us-east-1",
  item,
  monthlyMicroUsd: Math.round(usd * 1e6),
  standby: true,
  basis: "list-price",
  source: "AWS Price List",
  asOf,
  confidence: "price-list-quoted",
});

const report = (lines: readonly CostLine[], unpriced: CostReport["unpriced"] = []): CostReport => {
  const total = lines.reduce((sum, { monthlyMicroUsd }) => sum + monthlyMicroUsd, 0);
  return {
    lines,
    unpriced,
    totalMicroUsd: total,
    standbyMicroUsd: total,
    counts: { container: 0, free: 0, usage: 0, priced: lines.length, unpriced: unpriced.length },
    hasStandby: true,
  };
};

const relay = (monthlyUsd = 1.5) => ({
  seed: {
    number: "001",
    system: "data-relay",
    cost: { says: "so much", monthlyUsd, counts: [], note: "Checks alone." },
  },
  stack: "data-relay",
});
const pair = { seed: { number: "003", system: "profile-api" }, stack: "dev" };

const verdictAt = (of: Parameters<typeof compareCost>[0], usd: number) =>
  compareCost(of, report([line("check", "a", usd)])).verdict;

describe("drill/report/costs-table", () => {
  it("says how far a stack is from the amount that its seed names", () => {
    assert.equal(verdictAt(relay(), 1.5), "holds");
    assert.equal(verdictAt(relay(), 1.504), "holds");
    assert.equal(verdictAt(relay(), 1.49), "$0.01 below");
    assert.equal(verdictAt(relay(), 1.51), "$0.01 above");
    assert.equal(verdictAt(relay(), 2.3), "$0.80 above");
    assert.equal(verdictAt(relay(), 1), "$0.50 below");
  });

  it("takes a limit for an open one", () => {
    assert.equal(verdictAt(pair, 49.999999), "holds");
    assert.equal(verdictAt(pair, 50), "does not hold");
  });

  it("judges nothing where no amount is named, and claims nothing where a price is missing", () => {
    assert.equal(
      verdictAt({ seed: { number: "004", system: "web-server" }, stack: "web-server" }, 9),
      "no amount",
    );
    const missing = {
      urn: "urn:pulumi:dev::warm-standby::aws:x/y:Y::odd",
      type: "aws:x/y:Y",
      why: "unheard of",
      standby: true,
      kind: "type",
      path: "",
    } as const;
    const compared = compareCost(relay(), report([line("check", "a", 1)], [missing]));
    assert.deepEqual(
      [compared.verdict, compared.idleMonthlyUsd, compared.standbyMonthlyUsd, compared.unpriced],
      ["not known", null, null, ["odd: unheard of"]],
    );
    assert.match(costsTable([compared]), /^No price in data-relay for odd: unheard of\.$/m);
  });

  it("adds up what is billed alike, dearest first, and names the dearest line", () => {
    const lines = [
      line("alarm", "a", 0.1, "2024-07-01"),
      line("check", "b", 0.75),
      line("alarm", "c", 0.1),
      line("topic", "d", 0),
      line("check", "e", 0.75, "2026-11-20 (read)"),
    ];
    const { items, dearest, prices } = compareCost(relay(), report(lines));
    assert.deepEqual(items, [
      { item: "check", count: 2, monthlyUsd: 1.5 },
      { item: "alarm", count: 2, monthlyUsd: 0.2 },
    ]);
    assert.deepEqual(dearest, { item: "check", resource: "b", monthlyUsd: 0.75 });
    assert.deepEqual(prices, { from: "2024-07-01", to: "2026-11-20" });
  });

  it("has nothing to name in a stack that costs nothing", () => {
    const compared = compareCost(relay(0.001), report([line("topic", "d", 0)]));
    assert.deepEqual([compared.dearest, compared.items], [null, []]);
    assert.match(costsTable([compared]), /^data-relay: nothing bills while idle\.$/m);
    assert.equal(compareCost(relay(), report([])).prices, null);
  });

  it("is a table of 80 columns with what stands behind it", () => {
    const many = ["one", "two", "three", "four", "five", "six"].map((item, index) =>
      line(item, "x", 7 - index),
    );
    const text = costsTable([
      compareCost(relay(), report([line("health check, endpoint not surely in AWS", "a", 0.75)])),
      compareCost(pair, report(many)),
    ]);
    const lines = text.split("\n");
    assert.deepEqual(
      lines.filter((it) => it.length > 80),
      [],
    );
    assert.deepEqual(lines.slice(0, lines.indexOf("")), [
      "System            Seed Seed says        Idle  Standby Dearest line   Verdict",
      "data-relay        001  $1.50           $0.75    $0.75 $0.75 health   $0.75",
      "                                                      check,         below",
      "                                                      endpoint not",
      "                                                      surely in AWS",
      "profile-api       003  standby under  $27.00   $27.00 $7.00 one      holds",
      "                       $50.00",
    ]);
    assert.ok(
      text.includes("profile-api: $7.00 one; $6.00 two; $5.00 three; $4.00 four; $5.00 for the rest."),
    );
    assert.ok(text.includes("001 says: so much. Checks alone."));
    assert.match(text, /a month of 730 hours without a visitor/);
    assert.match(
      text.replace(/\s+/g, " "),
      /Standby: the resources of the standby, the copies of data kept there, and the health checks and alarms of the failover; probes are billed where they arrive, so those of the primary are in Idle only\./,
    );
  });
});
