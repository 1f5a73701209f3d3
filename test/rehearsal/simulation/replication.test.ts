import assert from "node:assert/strict";
import fc from "fast-check";
import { arrivalMs, newestArrived, type ReplicationCourse } from "../../../rehearsal/simulation/replication";

const USUAL: ReplicationCourse = { lagMs: 1_000, drainFactor: 10 };

describe("arrivalMs", () => {
  it("is the lag after the write while all is well", () => {
    assert.deepEqual(
      [0, 5_000].map((writtenMs) => arrivalMs(USUAL, writtenMs)),
      [1_000, 6_000],
    );
  });

  it("is never, for what has not arrived when replication stops; what arrives at that moment has", () => {
    const stopped = { ...USUAL, stoppedAtMs: 10_000 };
    assert.equal(arrivalMs(stopped, 9_000), 10_000);
    assert.equal(arrivalMs(stopped, 9_001), Number.POSITIVE_INFINITY);
  });

  it("drains the backlog in its order after the heal, and then keeps the lag", () => {
    const healed = { ...USUAL, stoppedAtMs: 10_000, resumedAtMs: 110_000 };
    // 101 s of writes wait at the heal; ten seconds of them pass in each second.
    assert.equal(arrivalMs(healed, 19_000), 111_000);
    assert.equal(arrivalMs(healed, 109_000), 120_000);
    assert.equal(arrivalMs(healed, 200_000), 201_000);
  });

  it("grows with the lag", () => {
    const growing = { ...USUAL, growth: { fromMs: 0, overMs: 100_000, toMs: 51_000 } };
    assert.deepEqual(
      [0, 50_000, 100_000, 150_000].map((writtenMs) => arrivalMs(growing, writtenMs)),
      [1_000, 76_000, 151_000, 201_000],
    );
  });
});

describe("newestArrived", () => {
  const course = fc.record({
    lagMs: fc.integer({ min: 0, max: 5_000 }),
    growth: fc.option(
      fc.record({
        fromMs: fc.integer({ min: 0, max: 100_000 }),
        overMs: fc.integer({ min: 0, max: 100_000 }),
        toMs: fc.integer({ min: 5_000, max: 200_000 }),
      }),
      { nil: undefined },
    ),
    stoppedAtMs: fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined }),
    resumedAtMs: fc.option(fc.integer({ min: 200_000, max: 400_000 }), { nil: undefined }),
    drainFactor: fc.integer({ min: 2, max: 20 }),
  });

  it("is the last write that is there: itself has arrived, the next has not", () => {
    fc.assert(
      fc.property(course, fc.integer({ min: 0, max: 600_000 }), (drawn, atMs) => {
        const newestMs = newestArrived(drawn, atMs);
        assert.ok(newestMs <= atMs);
        assert.ok(arrivalMs(drawn, newestMs) <= atMs);
        if (newestMs < atMs) assert.ok(arrivalMs(drawn, newestMs + 1) > atMs);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("belongs to arrivals that never overtake each other", () => {
    const time = fc.integer({ min: 0, max: 600_000 });
    fc.assert(
      fc.property(course, time, time, (drawn, a, b) => {
        assert.ok(arrivalMs(drawn, Math.min(a, b)) <= arrivalMs(drawn, Math.max(a, b)));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
