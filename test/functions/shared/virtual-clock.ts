import type { After } from "../../../functions/shared/table-health";

/** A clock that moves only when told to, and fires what is due on its way. */
export class VirtualClock {
  private timers: { readonly dueMs: number; readonly callback: () => void }[] = [];

  constructor(private timeMs: number) {}

  readonly now = (): number => this.timeMs;

  readonly after: After = (delayMs, callback) => {
    const timer = { dueMs: this.timeMs + delayMs, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  get pending(): number {
    return this.timers.length;
  }

  /** Moves by `ms`, also backwards, and lets what was waiting for a promise go on. */
  async advance(ms: number): Promise<void> {
    this.timeMs += ms;
    const due = this.timers.filter(({ dueMs }) => dueMs <= this.timeMs);
    this.timers = this.timers.filter((timer) => !due.includes(timer));
    for (const { callback } of due) callback();
    await new Promise(setImmediate);
  }
}
