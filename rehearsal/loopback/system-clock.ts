import { setTimeout as sleepRealMs } from "node:timers/promises";
import type { Observation } from "../simulation/sample";

/** The fastest rehearsal: beyond it, scheduling delays of the machine itself would look like slow endpoints. */
export const SPEED_MAX = 100;

/** Writes a sample and says when it was, in system seconds since the beginning. */
export type Emit = (observation: Observation) => number;

/**
 * System time: the time of the rehearsed system, which passes `speed` times as fast as real time. It starts at
 * zero when the clock is made.
 * @throws RangeError when the speed is not above 0 and at most SPEED_MAX.
 */
export class SystemClock {
  private readonly startedAtRealMs: number;

  constructor(
    readonly speed: number,
    private readonly realNowMs: () => number = () => performance.now(),
  ) {
    if (!(speed > 0 && speed <= SPEED_MAX)) {
      throw new RangeError(`speed is ${speed}; it must be above 0 and at most ${SPEED_MAX}; set --speed`);
    }
    this.startedAtRealMs = realNowMs();
  }

  nowMs(): number {
    return (this.realNowMs() - this.startedAtRealMs) * this.speed;
  }

  /** To the millisecond, as samples are written. */
  nowSeconds(): number {
    return Math.round(this.nowMs()) / 1000;
  }

  realMs(systemMs: number): number {
    return systemMs / this.speed;
  }

  /** @throws the abort error of `signal`, at once, when it fires. */
  async sleep(systemMs: number, signal: AbortSignal): Promise<void> {
    await sleepRealMs(Math.max(0, this.realMs(systemMs)), undefined, { signal });
  }

  /** Like `sleep`, until `atMs` of system time; at once when that has passed. */
  async sleepUntil(atMs: number, signal: AbortSignal): Promise<void> {
    await this.sleep(atMs - this.nowMs(), signal);
  }

  /**
   * Runs `tick` at a steady pace until `signal` fires. A pace that is late drops the ticks it missed: a burst of
   * requests after a stall would not be what a user does.
   */
  async everyMs(intervalMs: number, signal: AbortSignal, tick: () => void): Promise<void> {
    for (let dueMs = this.nowMs(); ; ) {
      tick();
      dueMs = Math.max(dueMs + intervalMs, this.nowMs());
      await this.sleepUntil(dueMs, signal);
    }
  }
}
