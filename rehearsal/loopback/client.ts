import type { Observation } from "../simulation/sample";
import type { AddressBook } from "./address-book";
import { type BrowserMemory, emptyMemory } from "./browser-memory";
import type { Scheme } from "./doors";
import type { FirstSeen } from "./first-seen";
import { type Visit, type VisitReply, visit } from "./http-visit";
import type { VisitorGroup } from "./rehearsed-app";
import type { Task } from "./run-scope";
import type { StubResolver } from "./stub-resolver";
import type { Emit, SystemClock } from "./system-clock";

/** How long a visitor waits for one request, in system seconds. */
export const REQUEST_TIMEOUT_SECONDS = 5;
/** However fast the rehearsal, nobody acts more often than once in so many real milliseconds. */
export const PACE_REAL_MS_MIN = 40;
/** Browsers give up after about twenty; a visitor of a rehearsal has met a loop long before. */
const REDIRECTS_MAX = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export interface Place {
  /** The failover name. */
  readonly name: string;
  readonly addressType: "A" | "AAAA";
  readonly resolver: StubResolver;
  readonly book: AddressBook;
  readonly clock: SystemClock;
  /** Of a visitor with a browser; the others go where they mean to. */
  readonly memory?: BrowserMemory;
}

export interface NamedVisit extends Visit {
  readonly scheme: Scheme;
}

export type VisitOutcome =
  | { readonly kind: "reply"; readonly endpoint: string; readonly reply: VisitReply }
  | { readonly kind: "failed"; readonly endpoint: string | null; readonly error: string };

/**
 * Resolves the failover name and visits what it leads to, as a user's program does; no retry. A redirect is followed,
 * through DNS again, and by a browser that keeps it without asking; the outcome is that of the last visit.
 */
export async function visitByName(
  place: Place,
  request: NamedVisit,
  signal: AbortSignal,
  onAnswer: (observation: Observation) => void = () => undefined,
): Promise<VisitOutcome> {
  const { addressType, resolver, book, clock, memory } = place;
  let endpoint: string | null = null;
  let next: NamedVisit = request;
  let { name } = place;
  let redirects = 0;
  const follow = (status: number, target: URL) => {
    redirects += 1;
    if (redirects > REDIRECTS_MAX) throw new Error(`more than ${REDIRECTS_MAX} redirects`);
    name = target.hostname;
    next = redirected(next, status, target);
  };
  try {
    for (;;) {
      endpoint = null;
      if (memory?.hsts.holds(name, clock.nowMs())) next = { ...next, scheme: "https" };
      const kept = keptTarget(memory, next, urlOf(name, next), clock.nowMs());
      if (kept) {
        follow(301, kept);
        continue;
      }
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
      const { scheme } = next;
      const port = scheme === "https" ? 443 : 80;
      const reached = book.reach(address, { speaks: scheme, port, sendsServerName: true });
      if (reached.kind === "silent") {
        await clock.sleep(REQUEST_TIMEOUT_SECONDS * 1_000, signal);
        throw new Error("no connection in time");
      }
      if (reached.kind === "failed" || endpoint === null) {
        throw new Error(reached.kind === "failed" ? reached.why : `nothing answers at ${address}`);
      }
      const timeoutRealMs = clock.realMs(REQUEST_TIMEOUT_SECONDS * 1_000);
      const reply = await visit({ port: reached.port, host: name }, next, timeoutRealMs, signal);
      memory?.hsts.note(name, scheme, reply.headers, clock.nowMs());
      const url = urlOf(name, next);
      const target = redirectOf(reply, url);
      if (!target) return { kind: "reply", endpoint, reply };
      if (next.method === "GET") memory?.redirects.note(url, reply, target, clock.nowMs());
      follow(reply.status, target);
    }
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "failed", endpoint, error: error instanceof Error ? error.message : String(error) };
  }
}

function urlOf(name: string, { scheme, path }: NamedVisit): string {
  return `${scheme}://${name}${path}`;
}

/** Where a browser goes without asking anybody, DNS included. */
function keptTarget(memory: BrowserMemory | undefined, { method }: NamedVisit, url: string, nowMs: number) {
  return method === "GET" ? memory?.redirects.targetOf(url, nowMs) : undefined;
}

function redirectOf({ status, headers }: VisitReply, from: string): URL | undefined {
  const { location } = headers;
  if (!REDIRECTS.includes(status) || location === undefined || !URL.canParse(location, from))
    return undefined;
  const target = new URL(location, from);
  return target.protocol === "https:" || target.protocol === "http:" ? target : undefined;
}

/** A visit that was redirected is a GET from then on, unless 307 or 308 keep it as it is (RFC 9110 section 15.4). */
function redirected(visited: NamedVisit, status: number, { protocol, pathname, search }: URL): NamedVisit {
  const scheme = protocol === "https:" ? "https" : "http";
  const path = `${pathname}${search}`;
  const keeps = status === 307 || status === 308 || visited.method === "HEAD";
  return keeps ? { ...visited, scheme, path } : { method: "GET", headers: visited.headers, scheme, path };
}

/** One visitor: requests through the failover name at a steady rate. Connections are not reused. */
export class Client {
  private latest: string | null = null;
  private led: string | null = null;
  private sent = 0;
  private ended = 0;
  private unserved = 0;
  private readonly memory: BrowserMemory | undefined;

  constructor(
    private readonly settings: Place & {
      readonly group: VisitorGroup;
      readonly intervalMs: number;
      /** Waits so long before the first request, so that many visitors do not come at once; 0 unless given. */
      readonly phaseMs?: number;
      /** What tells its samples from those of others, where there are any. */
      readonly label?: { readonly group?: string; readonly client?: number };
      readonly served: FirstSeen;
      readonly emit: Emit;
    },
  ) {
    this.memory = settings.group.isBrowser ? emptyMemory() : undefined;
  }

  /** Who served the latest request; null where nobody did. */
  get servedBy(): string | null {
    return this.latest;
  }

  /** Where DNS led the latest request, served or not. */
  get ledTo(): string | null {
    return this.led;
  }

  /** Requests that have ended. */
  get requests(): number {
    return this.ended;
  }

  /** Requests that ended without a good answer. */
  get failed(): number {
    return this.unserved;
  }

  async run(signal: AbortSignal, spawn: (task: Task) => void): Promise<void> {
    const { clock, intervalMs, phaseMs = 0 } = this.settings;
    const paceMs = Math.max(intervalMs, PACE_REAL_MS_MIN * clock.speed);
    if (phaseMs > 0) await clock.sleep(phaseMs, signal);
    // A slow answer does not keep the next user waiting.
    await clock.everyMs(paceMs, signal, () => spawn((running) => this.request(running)));
  }

  private async request(signal: AbortSignal): Promise<void> {
    const { group, label, clock, served, emit } = this.settings;
    const request = { ...group.visit(this.sent++), scheme: group.scheme };
    const startedMs = clock.nowMs();
    const outcome = await visitByName({ ...this.settings, memory: this.memory }, request, signal, emit);
    const latencyMs = Math.round(clock.nowMs() - startedMs);
    const reply = outcome.kind === "reply" ? outcome.reply : undefined;
    const ok = reply !== undefined && (group.isServed?.(reply) ?? reply.status < 400);
    this.ended += 1;
    if (!ok) this.unserved += 1;
    const atSeconds = emit({
      kind: "request",
      ok,
      status: reply?.status ?? null,
      endpoint: outcome.endpoint,
      region: reply ? group.servedBy(reply) : null,
      latencyMs,
      ...(outcome.kind === "failed" ? { error: outcome.error } : {}),
      ...label,
    });
    this.led = outcome.endpoint;
    this.latest = ok ? outcome.endpoint : null;
    served.see(this.latest, atSeconds);
  }
}
