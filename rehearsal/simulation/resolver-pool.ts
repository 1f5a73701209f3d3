import type { FailoverRole } from "../../model/failover-plan";
import type { AnswerLink, AnswerView } from "./answer-book";
import { type EndpointCondition, servesClients } from "./endpoint-condition";
import type { InvariantWatch } from "./invariants";
import { type Draws, draws } from "./random";
import { ResolverCache } from "./resolver-cache";

/** Longer chains of names than this are given up, as in the name server. */
const CHAIN_LENGTH_MAX = 9;

interface ResolverDraws {
  readonly requestPhase: Draws;
  readonly cacheAge: Draws;
  readonly nameServer: Draws;
}

/** What came of the requests of a phase. */
export interface RequestCount {
  sent: number;
  served: number;
  failed: number;
}

/**
 * Resolvers that honour TTLs, each with the clients behind it. Its clients together send a request every
 * `requestIntervalMs`, on a grid with a phase of its own. Only requests that find no living answer are events;
 * the stretch in between is counted by arithmetic when it ends or when an endpoint changes.
 */
export class ResolverPool {
  /** How far into the phase the expected side first served a request, in ms; -1 while it has not. */
  readonly overAfterMs: Float64Array;
  /** Resolvers of the phase that are not over yet. */
  waiting = 0;
  readonly requests: RequestCount = { sent: 0, served: 0, failed: 0 };

  private readonly caches: ResolverCache<AnswerLink>[];
  private readonly random: readonly ResolverDraws[];
  private readonly servers: Int32Array;
  private readonly isWaiting: Uint8Array;
  /** First request of the cutover, and the first that is not counted yet. */
  private readonly firstRequestMs: Float64Array;
  private readonly nextRequestMs: Float64Array;
  /** The answer in use. */
  private readonly roles: (FailoverRole | undefined)[];
  private readonly endpoints: Int32Array;
  private readonly fetchedAtMs: Float64Array;
  private readonly expiresAtMs: Float64Array;
  private phase: "steady" | "cutover" | "failback" = "steady";
  private phaseStartMs = 0;
  private deadlineMs = Number.POSITIVE_INFINITY;

  constructor(
    readonly count: number,
    private readonly requestIntervalMs: number,
    private readonly startKey: string,
    private readonly conditions: readonly EndpointCondition[],
    private readonly watch: InvariantWatch,
    seed: number,
  ) {
    this.random = Array.from({ length: count }, (_, resolver) => ({
      requestPhase: draws(seed, `resolver/${resolver + 1}/request-phase`),
      cacheAge: draws(seed, `resolver/${resolver + 1}/cache-age`),
      nameServer: draws(seed, `resolver/${resolver + 1}/name-server`),
    }));
    this.caches = this.random.map(() => new ResolverCache<AnswerLink>());
    this.roles = this.random.map(() => undefined);
    this.servers = new Int32Array(count);
    this.endpoints = new Int32Array(count);
    this.isWaiting = new Uint8Array(count);
    this.overAfterMs = new Float64Array(count);
    this.firstRequestMs = new Float64Array(count);
    this.nextRequestMs = new Float64Array(count);
    this.fetchedAtMs = new Float64Array(count);
    this.expiresAtMs = new Float64Array(count);
  }

  /**
   * Sets the steady state: clients have been asking for long, so the age of a cached answer is any number of
   * request intervals in its life with equal chance. Returns when the resolver will have to ask first.
   */
  reset(resolver: number, cutover: number, startMs: number, nameServers: number, view: AnswerView): number {
    const { requestPhase, cacheAge, nameServer } = this.random[resolver] as ResolverDraws;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    const link = view.linksOf(this.startKey)[0] as AnswerLink;
    const requestsPerLife = Math.max(1, Math.ceil((link.ttlSeconds * 1_000) / this.requestIntervalMs));
    const firstMs = startMs + requestPhase.below(this.requestIntervalMs, cutover);
    const asksAtMs = firstMs + cacheAge.below(requestsPerLife, cutover) * this.requestIntervalMs;
    const fetchedAtMs = asksAtMs - requestsPerLife * this.requestIntervalMs;
    cache.clear();
    cache.store(link.key, link, link.ttlSeconds, fetchedAtMs);
    this.servers[resolver] = nameServer.below(nameServers, cutover);
    this.firstRequestMs[resolver] = firstMs;
    this.nextRequestMs[resolver] = firstMs;
    this.roles[resolver] = link.role;
    this.endpoints[resolver] = link.endpoint;
    this.fetchedAtMs[resolver] = fetchedAtMs;
    this.expiresAtMs[resolver] = fetchedAtMs + link.ttlSeconds * 1_000;
    return asksAtMs;
  }

  /** The steady state before the fault, of which nothing is measured. */
  startCutover(): void {
    this.phase = "steady";
    this.deadlineMs = Number.POSITIVE_INFINITY;
    this.waiting = 0;
    this.isWaiting.fill(0);
    this.overAfterMs.fill(-1);
  }

  /** From now on the other side is expected to serve; `deadlineMs` after now nothing else may. */
  startPhase(phase: "cutover" | "failback", nowMs: number, deadlineMs: number): void {
    this.settleAll(nowMs);
    this.phase = phase;
    this.phaseStartMs = nowMs;
    this.deadlineMs = deadlineMs;
    this.waiting = this.count;
    this.isWaiting.fill(1);
    this.overAfterMs.fill(-1);
  }

  nameServerOf(resolver: number): number {
    return this.servers[resolver] as number;
  }

  /**
   * The request at `nowMs` finds no living answer: the resolver asks its name server, walks the chain and keeps
   * each step for its own TTL. Returns when it will have to ask next.
   */
  ask(resolver: number, nowMs: number, view: AnswerView): number {
    this.settle(resolver, nowMs);
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    let key = this.startKey;
    let expiresAtMs = Number.POSITIVE_INFINITY;
    for (let step = 0; step < CHAIN_LENGTH_MAX; step++) {
      let link = cache.lookup(key, nowMs);
      if (link === undefined) {
        const links = view.linksOf(key);
        for (const fresh of links) cache.store(fresh.key, fresh, fresh.ttlSeconds, nowMs);
        link = links[0] as AnswerLink;
      }
      expiresAtMs = Math.min(expiresAtMs, cache.expiresAtMs(key) ?? nowMs);
      if (step === 0) this.roles[resolver] = link.role;
      this.endpoints[resolver] = link.endpoint;
      if (link.next === undefined) break;
      key = link.next;
    }
    this.fetchedAtMs[resolver] = nowMs;
    this.expiresAtMs[resolver] = expiresAtMs;
    this.noteServed(resolver, nowMs);
    const livesMs = Math.max(1, expiresAtMs - nowMs);
    return nowMs + Math.ceil(livesMs / this.requestIntervalMs) * this.requestIntervalMs;
  }

  /** Counts every request before `untilMs`; to be called before an endpoint changes. */
  settleAll(untilMs: number): void {
    for (let resolver = 0; resolver < this.count; resolver++) this.settle(resolver, untilMs);
  }

  /** Closes the cutover's books, counting anew what was sent. */
  close(endMs: number): void {
    this.settleAll(endMs);
    for (let resolver = 0; resolver < this.count; resolver++) {
      const spanMs = endMs - (this.firstRequestMs[resolver] as number);
      this.requests.sent += Math.max(0, Math.ceil(spanMs / this.requestIntervalMs));
    }
    this.watch.requestsCounted(this.requests.sent, this.requests.served, this.requests.failed);
  }

  private settle(resolver: number, untilMs: number): void {
    const firstMs = this.nextRequestMs[resolver] as number;
    if (firstMs >= untilMs) return;
    const requests = Math.ceil((untilMs - firstMs) / this.requestIntervalMs);
    const nextMs = firstMs + requests * this.requestIntervalMs;
    const lastMs = nextMs - this.requestIntervalMs;
    this.nextRequestMs[resolver] = nextMs;
    if (this.isServed(resolver)) this.requests.served += requests;
    else this.requests.failed += requests;
    this.watch.cachedAnswerUsed(
      lastMs,
      this.fetchedAtMs[resolver] as number,
      this.expiresAtMs[resolver] as number,
    );
    if (this.phase === "steady") return;
    this.watch.requestSent(this.phase, lastMs - this.phaseStartMs, this.deadlineMs, this.roles[resolver]);
    this.noteServed(resolver, firstMs);
  }

  private isServed(resolver: number): boolean {
    const endpoint = this.endpoints[resolver] as number;
    return endpoint >= 0 && servesClients(this.conditions[endpoint] as EndpointCondition);
  }

  /** A request at `atMs` uses the answer in use; the first that the expected side serves is noted. */
  private noteServed(resolver: number, atMs: number): void {
    if (this.isWaiting[resolver] === 0 || !this.isServed(resolver)) return;
    if (this.roles[resolver] !== (this.phase === "cutover" ? "SECONDARY" : "PRIMARY")) return;
    this.isWaiting[resolver] = 0;
    this.waiting--;
    this.overAfterMs[resolver] = atMs - this.phaseStartMs;
  }
}
