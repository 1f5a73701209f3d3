import { Secret } from "./secret";

/** The secret cannot be had: never read so far, or too old to be trusted. */
export class SecretUnavailable extends Error {
  override readonly name = "SecretUnavailable";
}

/** Reads one SecureString, decrypted; it must end when the signal aborts. */
export type ReadParameter = (name: string, signal: AbortSignal) => Promise<string>;

export interface SecretCache {
  /** @throws SecretUnavailable */
  get(): Promise<Secret>;
  /** The secret read anew, for a caller whose token does not match: it may have been changed a moment ago. */
  getRenewed(): Promise<Secret>;
  /** Values that a log line must not show. */
  known(): readonly string[];
}

const READ_TIMEOUT_MS = 1_500;
const REFRESH_MS = 5 * 60_000;
const STALE_MS = 24 * 60 * 60_000;
/** Between two reads that something other than age asks for: wrong tokens must not become calls of SSM. */
const RETRY_MS = 10_000;

/**
 * One secret of Parameter Store, read at most every `refreshMs`. When it is due and cannot be read, the old one
 * serves on for `staleMs`: a standby must not go down with another service. It is fresh in
 * [read, read + refreshMs) and usable in [read, read + staleMs).
 *
 * @param isAcceptable refuses a value that cannot be a secret; the reason goes to the log without the value.
 */
export function createSecretCache(settings: {
  readonly parameter: string;
  readonly read: ReadParameter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly isAcceptable: (value: string) => boolean;
  /** Told of each failed read. */
  readonly onFailure: (error: unknown) => void;
  readonly readTimeoutMs?: number;
}): SecretCache {
  const { parameter, read, now, isAcceptable, onFailure, readTimeoutMs = READ_TIMEOUT_MS } = settings;
  let held: { readonly secret: Secret; readonly readMs: number } | undefined;
  let previous: Secret | undefined;
  let triedMs = Number.NEGATIVE_INFINITY;
  let inFlight: Promise<void> | undefined;

  /** Does not trust the reader to end: what looks up credentials on the way may know no signal. */
  async function readInTime(): Promise<string> {
    const signal = AbortSignal.timeout(readTimeoutMs);
    const late = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error(`no answer within ${readTimeoutMs} ms`)));
    });
    return Promise.race([read(parameter, signal), late]);
  }

  async function refresh(): Promise<void> {
    triedMs = now();
    try {
      const value = await readInTime();
      if (!isAcceptable(value)) throw new Error(`parameter ${parameter} does not hold a usable secret`);
      if (held && held.secret.reveal() !== value) previous = held.secret;
      held = { secret: new Secret(value), readMs: now() };
    } catch (error) {
      onFailure(error);
    }
  }

  function refreshOnce(): Promise<void> {
    inFlight ??= refresh().finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  }

  /** A clock that was set back makes everything due. */
  const isWithin = (sinceMs: number, forMs: number) => now() >= sinceMs && now() - sinceMs < forMs;
  const usable = () => (held && isWithin(held.readMs, STALE_MS) ? held.secret : undefined);

  async function get(): Promise<Secret> {
    if (held && isWithin(held.readMs, REFRESH_MS)) return held.secret;
    if (inFlight || !isWithin(triedMs, RETRY_MS)) await refreshOnce();
    const secret = usable();
    if (!secret) throw new SecretUnavailable(`parameter ${parameter} cannot be read`);
    return secret;
  }

  return {
    get,
    async getRenewed() {
      if (inFlight || !isWithin(triedMs, RETRY_MS)) await refreshOnce();
      return get();
    },
    known: () => [held?.secret, previous].flatMap((secret) => (secret ? [secret.reveal()] : [])),
  };
}
