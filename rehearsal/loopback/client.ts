import type { Observation } from "../simulation/sample";
import type { AddressBook } from "./address-book";
import { FirstSeen } from "./first-seen";
import { type Visit, type VisitReply, visit } from "./http-visit";
import type { RehearsedApp } from "./rehearsed-app";
import type { Task } from "./run-scope";
import type { StubResolver } from "./stub-resolver";
import type { Emit, SystemClock } from "./system-clock";

/** How long a visitor waits for one request, in system seconds. */
export const REQUEST_TIMEOUT_SECONDS = 5;
/** However fast the rehearsal, nobody acts more often than once in so many real milliseconds. */
export const PACE_REAL_MS_MIN = 40;

export interface Place {
  /** The failover name. */
  readonly name: string;
  readonly addressType: "A" | "AAAA";
  readonly resolver: StubResolver;
  readonly book: AddressBook;
  readonly clock: SystemClock;
}

export type VisitOutcome =
  | { readonly kind: "reply"; readonly endpoint: string; readonly reply: VisitReply }
  | { readonly kind: "failed"; readonly endpoint: string | null; readonly error: string };

/** Resolves the failover name and visits what it leads to, as a user's program does; no retry. */
export async function visitByName(
  place: Place,
  request: Visit,
  signal: AbortSignal,
  onAnswer: (observation: Observation) => void = () => undefined,
): Promise<VisitOutcome> {
  const { name, addressType, resolver, book, clock } = place;
  let endpoint: string | null = null;
  try {
    const { addresses, ttlSeconds, asked } = await resolver.resolve(name, addressType, signal);
    const [address] = addresses;
    endpoint = (address !== undefined && book.endpointAt(address)) || null;
    if (asked) {
      onAnswer({
        kind: "answer",
        server: "resolver",
        name,
        type: addressType,
        endpoint,
        addresses,
        ttlSeconds,
      });
    }
    if (address === undefined) throw new Error(`${name} has no address`);
    const port = endpoint === null ? undefined : book.portOf(endpoint);
    if (endpoint === null || port === undefined) throw new Error(`nothing answers at ${address}`);
    const reply = await visit(
      { port, host: name },
      request,
      clock.realMs(REQUEST_TIMEOUT_SECONDS * 1_000),
      signal,
    );
    return { kind: "reply", endpoint, reply };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "failed", endpoint, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads through the failover name at a steady rate and notes who served. Connections are not reused. */
export class Client {
  readonly served = new FirstSeen();
  private latest: string | null = null;
  private sent = 0;
  private unserved = 0;

  constructor(
    private readonly settings: Place & {
      readonly app: RehearsedApp;
      /** What it reads. */
      readonly id: string;
      readonly intervalMs: number;
      readonly emit: Emit;
    },
  ) {}

  /** Who served the latest request; null where nobody did. */
  get servedBy(): string | null {
    return this.latest;
  }

  /** Requests that have ended. */
  get requests(): number {
    return this.sent;
  }

  /** Requests that ended without a good answer. */
  get failed(): number {
    return this.unserved;
  }

  async run(signal: AbortSignal, spawn: (task: Task) => void): Promise<void> {
    const { clock, intervalMs } = this.settings;
    const paceMs = Math.max(intervalMs, PACE_REAL_MS_MIN * clock.speed);
    // A slow answer does not keep the next user waiting.
    await clock.everyMs(paceMs, signal, () => spawn((running) => this.request(running)));
  }

  private async request(signal: AbortSignal): Promise<void> {
    const { app, id, clock, emit } = this.settings;
    const startedMs = clock.nowMs();
    const outcome = await visitByName(this.settings, app.read(id), signal, emit);
    const latencyMs = Math.round(clock.nowMs() - startedMs);
    const reply = outcome.kind === "reply" ? outcome.reply : undefined;
    const ok = reply !== undefined && reply.status < 400;
    this.sent += 1;
    if (!ok) this.unserved += 1;
    const atSeconds = emit({
      kind: "request",
      ok,
      status: reply?.status ?? null,
      endpoint: outcome.endpoint,
      region: reply ? app.region(reply) : null,
      latencyMs,
      ...(outcome.kind === "failed" ? { error: outcome.error } : {}),
    });
    this.latest = ok ? outcome.endpoint : null;
    this.served.see(this.latest, atSeconds);
  }
}
