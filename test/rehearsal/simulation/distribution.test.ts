import assert from "node:assert/strict";
import fc from "fast-check";
import { Distribution } from "../../../rehearsal/simulation/distribution";

describe("Distribution", () => {
  it("has no summary without a sample", () => {
    assert.equal(new Distribution().summary(), undefined);
    assert.equal(new Distribution().count, 0);
  });

  it("is its only sample", () => {
    const one = new Distribution();
    one.add(0);
    assert.deepEqual(one.summary(), { p5: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it("gives the nearest rank of a hundred samples", () => {
    const hundred = new Distribution();
    for (let second = 100; second >= 1; second--) hundred.add(second);
    assert.deepEqual(hundred.summary(), { p5: 5, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it("resolves milliseconds and crosses its pages", () => {
    const edges = new Distribution();
    for (const ms of [1_023, 1_024, 2_047, 2_048]) edges.addMs(ms);
    assert.deepEqual(
      [...edges.counts()],
      [
        [1_023, 1],
        [1_024, 1],
        [2_047, 1],
        [2_048, 1],
      ],
    );
    assert.equal(edges.summary()?.p50, 1.024);
  });

  it("rounds seconds to the nearest millisecond", () => {
    const rounded = new Distribution();
    rounded.add(1.000_4);
    rounded.add(1.000_6);
    assert.deepEqual(
      [...rounded.counts()],
      [
        [1_000, 1],
        [1_001, 1],
      ],
    );
  });

  it("counts a duration that occurs several times as often as it does", () => {
    const repeated = new Distribution();
    repeated.addMs(5, 3);
    repeated.addMs(5);
    assert.deepEqual([...repeated.counts()], [[5, 4]]);
    assert.equal(repeated.count, 4);
  });

  it("refuses what is no duration", () => {
    const distribution = new Distribution();
    for (const bad of [-0.001, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => distribution.add(bad), RangeError);
    }
    assert.throws(() => distribution.addMs(0.5), RangeError);
    assert.equal(distribution.count, 0);
  });

  it("agrees with sorting every sample", () => {
    const samples = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(samples, (milliseconds) => {
        const distribution = new Distribution();
        for (const ms of milliseconds) distribution.addMs(ms);
        const sorted = [...milliseconds].sort((a, b) => a - b);
        const rank = (percent: number) =>
          sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? Number.NaN;
        const expected = [5, 50, 95, 99, 100].map((percent) => rank(percent) / 1_000);
        const { p5, p50, p95, p99, max } = distribution.summary() ?? assert.fail("no summary");
        assert.deepEqual([p5, p50, p95, p99, max], expected);
        assert.equal(distribution.count, milliseconds.length);
      }),
      { seed: 1 },
    );
  });
});
