import assert from "node:assert/strict";
import fc from "fast-check";
import { INITIAL_CHECKER, observeProbe } from "../../../rehearsal/simulation/checker";

function verdictAfter(
  results: readonly boolean[],
  failureThreshold: number,
): { healthy: boolean; streak: number } {
  return results.reduce((state, passed) => observeProbe(state, passed, failureThreshold), INITIAL_CHECKER);
}

describe("observeProbe", () => {
  it("starts healthy", () => {
    assert.deepEqual(INITIAL_CHECKER, { healthy: true, streak: 0 });
  });

  it("turns unhealthy at the threshold and not one probe before", () => {
    assert.deepEqual(verdictAfter([false, false], 3), { healthy: true, streak: 2 });
    assert.deepEqual(verdictAfter([false, false, false], 3), { healthy: false, streak: 0 });
  });

  it("turns healthy again at the same threshold and not one probe before", () => {
    const down = [false, false, false];
    assert.deepEqual(verdictAfter([...down, true, true], 3), { healthy: false, streak: 2 });
    assert.deepEqual(verdictAfter([...down, true, true, true], 3), { healthy: true, streak: 0 });
  });

  it("counts consecutive results only: one pass in between starts over", () => {
    assert.deepEqual(verdictAfter([false, false, true, false, false], 3), { healthy: true, streak: 2 });
  });

  it("turns with every result at a threshold of 1, and needs ten at 10", () => {
    assert.equal(verdictAfter([false], 1).healthy, false);
    assert.equal(verdictAfter([false, true], 1).healthy, true);
    assert.equal(verdictAfter(new Array<boolean>(9).fill(false), 10).healthy, true);
    assert.equal(verdictAfter(new Array<boolean>(10).fill(false), 10).healthy, false);
  });

  it("agrees with looking for the last run of threshold equal results", () => {
    const results = fc.array(fc.boolean(), { maxLength: 60 });
    fc.assert(
      fc.property(results, fc.integer({ min: 1, max: 10 }), (history, failureThreshold) => {
        assert.equal(verdictAfter(history, failureThreshold).healthy, byLastRun(history, failureThreshold));
      }),
      { seed: 1 },
    );
  });
});

/** The verdict of the latest run that is long enough; healthy where there is none. */
function byLastRun(history: readonly boolean[], length: number): boolean {
  for (let end = history.length; end >= length; end--) {
    const run = history.slice(end - length, end);
    if (run.every((passed) => passed === run[0])) return run[0] ?? true;
  }
  return true;
}
