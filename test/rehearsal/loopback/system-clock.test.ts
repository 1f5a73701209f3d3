import assert from "node:assert/strict";
import { SPEED_MAX, SystemClock } from "../../../rehearsal/loopback/system-clock";

describe("rehearsal/loopback/system-clock", () => {
  it("passes speed times as fast as real time, from zero", () => {
    let realMs = 5_000;
    const clock = new SystemClock(10, () => realMs);
    assert.equal(clock.nowMs(), 0);
    realMs += 250;
    assert.equal(clock.nowMs(), 2_500);
    assert.equal(clock.nowSeconds(), 2.5);
    assert.equal(clock.realMs(2_500), 250);
  });

  it("gives seconds to the millisecond", () => {
    let realMs = 0;
    const clock = new SystemClock(3, () => realMs);
    realMs = 1.2345;
    assert.equal(clock.nowSeconds(), 0.004);
  });

  it("takes speeds above 0 and up to the maximum, and refuses the others with the lever", () => {
    assert.equal(new SystemClock(SPEED_MAX).speed, SPEED_MAX);
    assert.equal(new SystemClock(0.1).speed, 0.1);
    for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, SPEED_MAX + 0.1]) {
      assert.throws(() => new SystemClock(speed), {
        name: "RangeError",
        message: `speed is ${speed}; it must be above 0 and at most ${SPEED_MAX}; set --speed`,
      });
    }
  });

  it("sleeps system time, and wakes at once when it is ended", async () => {
    const clock = new SystemClock(50);
    const before = performance.now();
    await clock.sleep(1_000, new AbortController().signal);
    const tookMs = performance.now() - before;
    assert.ok(tookMs >= 19 && tookMs < 500, `slept ${tookMs} ms`);
    const ending = new AbortController();
    const asleep = clock.sleep(1_000_000, ending.signal);
    ending.abort();
    await assert.rejects(asleep, { name: "AbortError" });
  });

  it("drops the ticks that a stall has missed instead of making them up in a burst", async () => {
    const clock = new SystemClock(1);
    const ending = new AbortController();
    let ticks = 0;
    const before = performance.now();
    const ticking = clock.everyMs(10, ending.signal, () => {
      ticks += 1;
      if (ticks === 1) {
        const until = performance.now() + 100;
        while (performance.now() < until);
      }
      if (ticks === 3) ending.abort();
    });
    await assert.rejects(ticking, { name: "AbortError" });
    // The third tick is one interval after the second; made up, both would follow the stall at once.
    assert.ok(performance.now() - before >= 109, `three ticks in ${performance.now() - before} ms`);
  });
});
