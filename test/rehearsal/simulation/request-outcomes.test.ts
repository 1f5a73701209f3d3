import assert from "node:assert/strict";
import fc from "fast-check";
import { OUTCOME_SECONDS, RequestOutcomes } from "../../../rehearsal/simulation/request-outcomes";

describe("RequestOutcomes", () => {
  it("puts each request where it was sent: at 5 s into the second stretch", () => {
    const outcomes = new RequestOutcomes();
    outcomes.addFailed(4_999, 1, 1_000);
    outcomes.addFailed(5_000, 1, 1_000);
    outcomes.addSent(10_000, 1_000, 2, () => 0);
    assert.deepEqual(outcomes.shares(), [
      { atSeconds: 0, failed: 1, sent: 10 },
      { atSeconds: 5, failed: 1, sent: 10 },
    ]);
  });

  it("has nothing where nothing was sent", () => {
    assert.deepEqual(new RequestOutcomes().shares(), []);
  });

  it("counts as one by one, whatever the interval, the phases and the length", () => {
    const cases = fc.record({
      intervalMs: fc.integer({ min: 100, max: 7_000 }),
      lengthMs: fc.integer({ min: 0, max: 400_000 }),
      phases: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 4 }),
      failMs: fc.integer({ min: 0, max: 400_000 }),
    });
    fc.assert(
      fc.property(cases, ({ intervalMs, lengthMs, phases, failMs }) => {
        const outcomes = new RequestOutcomes();
        const expected = new Map<number, { failed: number; sent: number }>();
        for (const phase of phases) {
          let failed = 0;
          for (let atMs = phase; atMs < lengthMs; atMs += intervalMs) {
            const atSeconds = Math.floor(atMs / 1_000 / OUTCOME_SECONDS) * OUTCOME_SECONDS;
            const here = expected.get(atSeconds) ?? { failed: 0, sent: 0 };
            here.sent++;
            if (atMs < failMs) here.failed++;
            if (atMs < failMs) failed++;
            expected.set(atSeconds, here);
          }
          outcomes.addFailed(phase, failed, intervalMs);
        }
        outcomes.addSent(lengthMs, intervalMs, phases.length, (sender) => phases[sender] ?? 0);
        const listed = [...expected].sort(([a], [b]) => a - b);
        assert.deepEqual(
          outcomes.shares(),
          listed.map(([atSeconds, { failed, sent }]) => ({ atSeconds, failed, sent })),
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
