import assert from "node:assert/strict";
import type { RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { stream } from "../../../rehearsal/simulation/random";
import { chooseRecords } from "../../../rehearsal/simulation/record-choice";
import { record } from "./plan-fixture";

function weighted(...weights: (number | typeof UNKNOWN)[]): RecordSet[] {
  return weights.map((weight, index) =>
    record({ urn: `urn:${index}`, routing: { kind: "weighted", weight } }),
  );
}

/** How often each record is chosen in 10,000 queries, by index. */
function shares(candidates: readonly RecordSet[], unhealthy: readonly number[] = []): number[] {
  const random = stream(1, "record-choice.test");
  const counts = candidates.map(() => 0);
  for (let query = 0; query < 10_000; query++) {
    const choice = chooseRecords(candidates, ({ urn }) => !unhealthy.includes(Number(urn.slice(4))), random);
    if (choice.kind !== "chosen") assert.fail(choice.why);
    assert.equal(choice.records.length, 1);
    const index = candidates.indexOf(choice.records[0] as RecordSet);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** Four standard deviations of a binomial of 10,000. */
function assertShares(counts: readonly number[], expected: readonly number[]): void {
  for (const [index, share] of expected.entries()) {
    const tolerance = 4 * Math.sqrt(10_000 * share * (1 - share));
    const seen = counts[index] ?? 0;
    assert.ok(Math.abs(seen - share * 10_000) <= tolerance, `record ${index}: ${seen}, expected ${share}`);
  }
}

describe("chooseRecords, weighted", () => {
  it("chooses by share of the weights", () => {
    assertShares(shares(weighted(1, 3)), [0.25, 0.75]);
    assertShares(shares(weighted(50, 50)), [0.5, 0.5]);
  });

  it("leaves unhealthy records out", () => {
    assertShares(shares(weighted(1, 3, 1), [1]), [0.5, 0, 0.5]);
  });

  it("takes weight 0 only when every nonzero record is unhealthy", () => {
    assertShares(shares(weighted(100, 0)), [1, 0]);
    assertShares(shares(weighted(100, 0), [0]), [0, 1]);
  });

  it("chooses evenly when all weights are 0", () => {
    assertShares(shares(weighted(0, 0)), [0.5, 0.5]);
  });

  it("treats all as healthy when none is", () => {
    assertShares(shares(weighted(1, 3), [0, 1]), [0.25, 0.75]);
    assertShares(shares(weighted(100, 0), [0, 1]), [1, 0]);
  });

  it("does not guess a weight", () => {
    const choice = chooseRecords(weighted(1, UNKNOWN), () => true, stream(1, "x"));
    assert.deepEqual(choice, {
      kind: "outside",
      why: "app.example.com A has a weight that is not known yet",
    });
  });
});

describe("chooseRecords, multivalue", () => {
  const ten = Array.from({ length: 10 }, (_, index) =>
    record({ urn: `urn:${index}`, routing: { kind: "multivalue" } }),
  );
  const chosen = (candidates: readonly RecordSet[], isHealthy: (index: number) => boolean) => {
    const choice = chooseRecords(candidates, ({ urn }) => isHealthy(Number(urn.slice(4))), stream(1, "x"));
    if (choice.kind !== "chosen") assert.fail(choice.why);
    return choice.records.map(({ urn }) => Number(urn.slice(4))).sort((a, b) => a - b);
  };

  it("answers with eight different ones at most", () => {
    const records = chosen(ten, () => true);
    assert.deepEqual([records.length, new Set(records).size], [8, 8]);
  });

  it("answers with the healthy ones, or with up to eight when none is", () => {
    assert.deepEqual(
      chosen(ten, (index) => index < 3),
      [0, 1, 2],
    );
    assert.equal(chosen(ten, () => false).length, 8);
    assert.deepEqual(
      chosen(ten.slice(0, 2), () => false),
      [0, 1],
    );
  });
});

describe("chooseRecords, simple", () => {
  it("answers whatever its health, and nothing from nothing", () => {
    const only = record();
    assert.deepEqual(
      chooseRecords([only], () => false, stream(1, "x")),
      { kind: "chosen", records: [only] },
    );
    assert.deepEqual(
      chooseRecords([], () => true, stream(1, "x")),
      { kind: "chosen", records: [] },
    );
  });
});
