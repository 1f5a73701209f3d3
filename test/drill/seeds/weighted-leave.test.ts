import assert from "node:assert/strict";
import { COUNTED_SECONDS, WeightedLeave } from "../../../drill/seeds/weighted-leave";

function played(weightShare: number, withdrawnSeconds: readonly number[], cutovers = 200): WeightedLeave {
  const leave = new WeightedLeave({ weightShare, ttlSeconds: 60, resolvers: 20, seed: 1 });
  for (let cutover = 0; cutover < cutovers; cutover++) leave.add(cutover, withdrawnSeconds);
  return leave;
}

describe("drill/seeds/weighted-leave", () => {
  it("keeps everybody with a member that has all the weight, from the withdrawal to the end of a TTL", () => {
    const { leftSeconds, failedShare } = played(1, [COUNTED_SECONDS]);
    const { p5, p50, p95, max } = leftSeconds.summary() ?? assert.fail();
    const [fastest = 0] = leftSeconds.counts().next().value ?? [];
    assert.equal(leftSeconds.count, 200 * 20);
    assert.ok(fastest >= COUNTED_SECONDS * 1_000, `${fastest} ms`);
    assert.ok(max <= COUNTED_SECONDS + 60, `${max} s`);
    for (const [seconds, share] of [
      [p5, 0.05],
      [p50, 0.5],
      [p95, 0.95],
    ] as const) {
      assert.ok(Math.abs(seconds - COUNTED_SECONDS - 60 * share) < 2, `${seconds} s at ${share}`);
    }
    assert.equal(failedShare, 1);
  });

  it("loses requests in proportion to the weight while the member counts as healthy", () => {
    for (const weightShare of [0.25, 0.5, 0.75]) {
      const { failedShare } = played(weightShare, [COUNTED_SECONDS]);
      assert.ok(Math.abs(failedShare - weightShare) < 0.02, `${failedShare} of ${weightShare}`);
    }
  });

  it("leaves out who was never sent to the member after the fault", () => {
    const { leftSeconds } = played(0.5, [0]);
    // Withdrawn at the fault itself: half of the resolvers hold an answer from before.
    assert.ok(Math.abs(leftSeconds.count / (200 * 20) - 0.5) < 0.03, `${leftSeconds.count}`);
    assert.ok((leftSeconds.summary()?.max ?? 61) <= 60);
  });

  it("takes for each resolver the name server that it asks", () => {
    const { leftSeconds } = played(1, [10, 1_000]);
    const early = [...leftSeconds.counts()].filter(([milliseconds]) => milliseconds <= 70_000);
    const late = [...leftSeconds.counts()].filter(([milliseconds]) => milliseconds >= 1_000_000);
    const count = (found: (readonly [number, number])[]) => found.reduce((sum, [, times]) => sum + times, 0);
    assert.deepEqual([count(early), count(late)], [2_000, 2_000]);
  });
});
