import { connect } from "node:net";

/** Whether something listens at a host and port. */
export type Reachability = {
  check(host: string, port: number): Promise<boolean>;
  /** A call that failed knows better than the last probe. */
  forget(host: string, port: number): void;
};

const PROBE_TIMEOUT_MS = 800;
const CACHE_MS = 15_000;

/**
 * Probes by opening a TCP connection: a dark homelab drops packets, and waiting for each call's own time limit
 * would make every answer slow. One probe at a time per place; a result lives in [probed, probed + cacheMs).
 *
 * @param now milliseconds since 1970.
 */
export function createReachability(settings: {
  readonly now: () => number;
  readonly probe?: (host: string, port: number, timeoutMs: number) => Promise<boolean>;
  readonly timeoutMs?: number;
  readonly cacheMs?: number;
}): Reachability {
  const { now, probe = opens, timeoutMs = PROBE_TIMEOUT_MS, cacheMs = CACHE_MS } = settings;
  const results = new Map<string, { readonly probedMs: number; readonly reachable: boolean }>();
  const inFlight = new Map<string, Promise<boolean>>();

  async function probeNow(place: string, host: string, port: number): Promise<boolean> {
    try {
      const reachable = await probe(host, port, timeoutMs).catch(() => false);
      results.set(place, { probedMs: now(), reachable });
      return reachable;
    } finally {
      inFlight.delete(place);
    }
  }

  return {
    async check(host, port) {
      const place = `${host}:${port}`;
      const known = results.get(place);
      const ageMs = known ? now() - known.probedMs : Number.POSITIVE_INFINITY;
      if (known && ageMs >= 0 && ageMs < cacheMs) return known.reachable;
      const running = inFlight.get(place) ?? probeNow(place, host, port);
      inFlight.set(place, running);
      return running;
    },
    forget: (host, port) => void results.delete(`${host}:${port}`),
  };
}

function opens(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    // Counts from here: a socket's own timeout does not run while a name is looked up.
    const timer = setTimeout(() => end(false), timeoutMs);
    function end(reachable: boolean): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(reachable);
    }
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
