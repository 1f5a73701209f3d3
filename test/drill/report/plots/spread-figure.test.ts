import assert from "node:assert/strict";
import { quantileMarks, reachedSeconds } from "../../../../drill/report/plots/spread-figure";

const OF = { p5: 10, p50: 10.4, p95: 19.2, p99: 19.5, max: 19.9 };
const spread = (stranded: number) => ({
  counts: [
    [10, 50],
    [19, 50],
  ] as const,
  stranded,
});

describe("drill/report/plots/spread-figure", () => {
  it("marks percentiles on the line of all clients, and tells them exactly where nobody is stranded", () => {
    const { reached, unreached } = quantileMarks(OF, spread(0));
    assert.deepEqual(unreached, []);
    assert.deepEqual(
      reached.map(({ name, share, told }) => [name, share, told]),
      [
        ["p50", 0.5, 10.4],
        ["p95", 0.95, 19.2],
      ],
    );
    assert.equal(reachedSeconds(spread(0), 0.5), 11);
    assert.ok(Math.abs((reachedSeconds(spread(0), 0.95) ?? 0) - 19.9) < 1e-6);
  });

  it("does not mark what the line never reaches", () => {
    assert.deepEqual(
      [
        quantileMarks(OF, spread(100)).reached.map(({ name }) => name),
        quantileMarks(OF, spread(100)).unreached,
      ],
      [["p50"], ["p95"]],
    );
    assert.deepEqual(quantileMarks(OF, spread(101)).unreached, ["p50", "p95"]);
    assert.deepEqual(quantileMarks(null, spread(100)), { reached: [], unreached: [] });
  });
});
