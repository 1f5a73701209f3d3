import { setMaxListeners } from "node:events";

export interface Closable {
  close(): Promise<void> | void;
}

export type Task = (signal: AbortSignal) => Promise<void>;

/** Owns everything that one rehearsal starts, and ends all of it, whatever ended the rehearsal. */
export class RunScope {
  private readonly controller = new AbortController();
  private readonly tasks = new Set<Promise<void>>();
  private readonly owned: Closable[] = [];
  private readonly detach: () => void;
  private firstFailure: { error: unknown } | undefined;

  /** @param outer ends the scope when it fires; the scope keeps exactly one listener on it, until `close`. */
  constructor(outer: AbortSignal) {
    // Every sleeping loop listens; that many listeners are no leak.
    setMaxListeners(0, this.controller.signal);
    const stop = () => this.controller.abort(outer.reason);
    this.detach = () => outer.removeEventListener("abort", stop);
    if (outer.aborted) stop();
    else outer.addEventListener("abort", stop, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** What a task threw before the scope was ended, if one did. */
  get failure(): { readonly error: unknown } | undefined {
    return this.firstFailure;
  }

  /** Starts a task that ends when `signal` fires. A task that throws before that ends the whole scope. */
  readonly spawn = (task: Task): void => {
    const running: Promise<void> = task(this.signal)
      .catch((error: unknown) => {
        if (!this.signal.aborted) this.fail(error);
      })
      .finally(() => this.tasks.delete(running));
    this.tasks.add(running);
  };

  /** Ends the scope because of `error`; only the first one counts. */
  fail(error: unknown): void {
    this.firstFailure ??= { error };
    this.controller.abort(error);
  }

  /** Takes over a thing that has to be closed; the last one owned is closed first. */
  own<T extends Closable>(thing: T): T {
    this.owned.push(thing);
    return thing;
  }

  /**
   * Ends every task, waits for it, then closes what is owned. Nothing is skipped when something fails to close.
   * @throws AggregateError with what failed to close.
   */
  async close(): Promise<void> {
    this.detach();
    this.controller.abort();
    while (this.tasks.size > 0) await Promise.all(this.tasks);
    const errors: unknown[] = [];
    for (let thing = this.owned.pop(); thing; thing = this.owned.pop()) {
      try {
        await thing.close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0)
      throw new AggregateError(errors, "the rehearsal could not close everything it opened");
  }
}
