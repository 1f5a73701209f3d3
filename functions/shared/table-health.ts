/** The last read of the local replica. */
export interface TableHealth {
  readonly reachable: boolean;
  /** Duration of that read; null when it failed. */
  readonly latencyMs: number | null;
  /** When the read ended, ISO 8601, UTC. */
  readonly checkedAt: string;
}

/** Calls `callback` after `delayMs`; the result cancels it. */
export type After = (delayMs: number, callback: () => void) => () => void;

const afterRealTime: After = (delayMs, callback) => {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
};

/** `onFailure` is told of a failed read by the call that started the read, and by no other. */
export type TableHealthCheck = (onFailure: (error: unknown) => void) => Promise<TableHealth>;

const READ_TIMEOUT_MS = 1_000;
const CACHE_MS = 2_000;

/**
 * A bounded, cached check of the local replica: however many probes ask, one read at a time, at most one per
 * `cacheMs`, and an answer after at most `timeoutMs` whatever the table does. A result lives in
 * [checked, checked + cacheMs): at exactly cacheMs it is gone.
 *
 * Route 53 gives an endpoint 4 s to accept and 2 s to answer, and probes from many places at once (Route 53
 * developer guide, "How Amazon Route 53 determines whether a health check is healthy").
 *
 * @param touch one read; it should end when the signal aborts, but is not waited for beyond that.
 * @param now milliseconds since 1970.
 */
export function createTableHealth(settings: {
  readonly touch: (signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly after?: After;
  readonly timeoutMs?: number;
  readonly cacheMs?: number;
}): TableHealthCheck {
  const { touch, now, after = afterRealTime } = settings;
  const { timeoutMs = READ_TIMEOUT_MS, cacheMs = CACHE_MS } = settings;
  let last: { readonly health: TableHealth; readonly checkedMs: number } | undefined;
  let inFlight: Promise<TableHealth> | undefined;

  async function check(onFailure: (error: unknown) => void): Promise<TableHealth> {
    const startedMs = now();
    let reachable = true;
    try {
      await bounded(touch, timeoutMs, after);
    } catch (error) {
      reachable = false;
      onFailure(error);
    }
    const checkedMs = now();
    const health = {
      reachable,
      latencyMs: reachable ? checkedMs - startedMs : null,
      checkedAt: new Date(checkedMs).toISOString(),
    };
    last = { health, checkedMs };
    return health;
  }

  return async (onFailure) => {
    const ageMs = last ? now() - last.checkedMs : Number.POSITIVE_INFINITY;
    // A clock that was set back must not keep an old answer alive.
    if (last && ageMs >= 0 && ageMs < cacheMs) return last.health;
    inFlight ??= check(onFailure).finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  };
}

async function bounded(touch: (signal: AbortSignal) => Promise<void>, timeoutMs: number, after: After) {
  const abort = new AbortController();
  let cancel = () => {};
  const timeout = new Promise<never>((_resolve, reject) => {
    cancel = after(timeoutMs, () => {
      reject(new Error(`no answer within ${timeoutMs} ms`));
      abort.abort();
    });
  });
  try {
    await Promise.race([touch(abort.signal), timeout]);
  } finally {
    cancel();
  }
}
