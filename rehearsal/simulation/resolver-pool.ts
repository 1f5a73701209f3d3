import type { FailoverRole } from "../../model/failover-plan";
import type { AnswerLink, AnswerView } from "./answer-book";
import { lookUp, type Told } from "./answer-lookup";
import { Departures } from "./departures";
import type { Endpoints } from "./endpoints";
import type { InvariantWatch } from "./invariants";
import type { PlaceShare } from "./place";
import { type ClientProfile, holdMs, honoursTtl, type ProfileShare } from "./profile";
import { blocksOf, type ProfileBlock } from "./profile-block";
import { SENDER_FATE } from "./random";
import { RequestOutcomes } from "./request-outcomes";
import { ResolverCache } from "./resolver-cache";
import { type ResolverDraws, resolverDraws } from "./resolver-draws";
import { ResolverQuestions } from "./resolver-questions";

/** What came of the requests of a phase. */
export interface RequestCount {
  sent: number;
  served: number;
  failed: number;
}

export interface PoolSettings {
  readonly resolvers: number;
  readonly clients: readonly ProfileShare[];
  readonly requestIntervalMs: number;
  /** Where the resolvers stand. */
  readonly places: readonly PlaceShare[];
  /** What is lost, where others serve beside it; undefined where the answer has two sides. */
  readonly lost?: readonly number[];
  /** The question of every client. */
  readonly startKey: string;
  readonly endpoints: Endpoints;
  readonly watch: InvariantWatch;
  readonly seed: number;
}

/**
 * Resolvers, each with the clients behind it. Its clients together send a request every `requestIntervalMs`, on a
 * grid with a phase of its own. Only requests that find no living answer are events; the stretch in between is
 * counted by arithmetic when it ends or when an endpoint changes.
 */
export class ResolverPool {
  readonly count: number;
  readonly blocks: readonly ProfileBlock[];
  /** How far into the phase the expected side first served a request, in ms; -1 while it has not. */
  readonly overAfterMs: Float64Array;
  /** Resolvers of the phase that are not over yet. */
  waiting = 0;
  readonly requests: RequestCount = { sent: 0, served: 0, failed: 0 };
  /** What became of the requests between fault and heal. */
  readonly outcomes = new RequestOutcomes();
  readonly departures: Departures | undefined;

  private readonly profiles: readonly ClientProfile[];
  private readonly isCompliant: readonly boolean[];
  private readonly caches: ResolverCache<AnswerLink>[];
  private readonly random: readonly ResolverDraws[];
  private readonly servers: Int32Array;
  private readonly questions: ResolverQuestions;
  private readonly isWaiting: Uint8Array;
  /** First request of the cutover, and the first that is not counted yet. */
  private readonly firstRequestMs: Float64Array;
  private readonly nextRequestMs: Float64Array;
  /** When the answer in use will be given up; questions at other times were called off. */
  private readonly asksAtMs: Float64Array;
  /** Until when a client's connection may stay open; in the past where it has none. */
  private readonly connectedUntilMs: Float64Array;
  /** The answer in use. */
  private readonly roles: (FailoverRole | undefined)[];
  private readonly using: Int32Array;
  private readonly fetchedAtMs: Float64Array;
  private readonly expiresAtMs: Float64Array;
  private readonly told: Told = { role: undefined, endpoint: -1, fetchedAtMs: 0, expiresAtMs: 0 };
  private cutover = 0;
  private phase: "steady" | "cutover" | "failback" = "steady";
  private phaseStartMs = 0;
  private deadlineMs = Number.POSITIVE_INFINITY;

  constructor(private readonly settings: PoolSettings) {
    const { resolvers, clients, seed } = settings;
    this.count = resolvers;
    this.blocks = blocksOf(clients, resolvers);
    this.profiles = this.blocks.flatMap(({ profile, count }) => new Array(count).fill(profile));
    this.isCompliant = this.profiles.map(honoursTtl);
    this.random = Array.from({ length: resolvers }, (_, resolver) => resolverDraws(seed, resolver));
    this.caches = this.random.map(() => new ResolverCache<AnswerLink>());
    this.roles = this.random.map(() => undefined);
    this.servers = new Int32Array(resolvers);
    this.questions = new ResolverQuestions(this.random, settings.places);
    this.using = new Int32Array(resolvers);
    this.isWaiting = new Uint8Array(resolvers);
    const times = () => new Float64Array(resolvers);
    this.overAfterMs = times();
    const { lost, endpoints } = settings;
    this.departures = lost && new Departures(this.overAfterMs, lost, endpoints.count);
    this.firstRequestMs = times();
    this.nextRequestMs = times();
    this.asksAtMs = times();
    this.connectedUntilMs = times();
    this.fetchedAtMs = times();
    this.expiresAtMs = times();
  }

  /**
   * Sets the steady state: clients have been asking for long, so the age of an answer in use is any number of
   * request intervals in its life with equal chance. Returns when the resolver will have to ask first.
   */
  reset(resolver: number, startMs: number, nameServers: number, view: AnswerView): number {
    const { requestPhase, cacheAge, sharedAge, nameServer } = this.random[resolver] as ResolverDraws;
    const { resolver: keeps, client } = this.profiles[resolver] as ClientProfile;
    const { startKey, requestIntervalMs } = this.settings;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    const link = view.linksOf(startKey, this.questions.of(resolver))[0] as AnswerLink;
    const ttlSeconds = Math.max(link.ttlSeconds, keeps.ttlSecondsMin);
    const lifeMs = holdMs(client.holds) ?? ttlSeconds * 1_000;
    const firstMs = startMs + requestPhase.below(requestIntervalMs, this.cutover);
    this.firstRequestMs[resolver] = firstMs;
    this.nextRequestMs[resolver] = firstMs;
    this.servers[resolver] = nameServer.below(nameServers, this.cutover);
    this.roles[resolver] = link.role;
    this.using[resolver] = link.endpoint;
    cache.clear();
    if (lifeMs === Number.POSITIVE_INFINITY) return this.willAsk(resolver, lifeMs);
    const requestsPerLife = Math.max(1, Math.ceil(lifeMs / requestIntervalMs));
    const asksAtMs = firstMs + cacheAge.below(requestsPerLife, this.cutover) * requestIntervalMs;
    const fetchedAtMs = asksAtMs - requestsPerLife * requestIntervalMs;
    this.fetchedAtMs[resolver] = fetchedAtMs;
    this.expiresAtMs[resolver] = fetchedAtMs + lifeMs;
    if (client.holds.kind === "connection") this.connectedUntilMs[resolver] = fetchedAtMs + lifeMs;
    // Behind a client that keeps its own, the resolver's answer is of any age: others ask it too.
    const keptSinceMs =
      client.holds.kind === "nothing"
        ? fetchedAtMs
        : startMs - sharedAge.below(Math.max(1, ttlSeconds * 1_000), this.cutover);
    cache.store(link.key, link, ttlSeconds, keptSinceMs);
    return this.willAsk(resolver, asksAtMs);
  }

  /** The steady state before the fault, of which nothing is measured. */
  startCutover(cutover: number): void {
    this.cutover = cutover;
    this.phase = "steady";
    this.deadlineMs = Number.POSITIVE_INFINITY;
    this.waiting = 0;
    this.isWaiting.fill(0);
    this.overAfterMs.fill(-1);
    this.departures?.startPhase("steady", 0);
    this.questions.startCutover(cutover);
    this.connectedUntilMs.fill(Number.NEGATIVE_INFINITY);
  }

  /** From now on the other side is expected to serve; `deadlineMs` after now nothing else may. */
  startPhase(phase: "cutover" | "failback", nowMs: number, deadlineMs: number): void {
    this.settleAll(nowMs);
    if (this.phase === "cutover") this.tallySent(nowMs);
    this.phase = phase;
    this.phaseStartMs = nowMs;
    this.deadlineMs = deadlineMs;
    this.waiting = this.count;
    this.isWaiting.fill(1);
    this.overAfterMs.fill(-1);
    this.departures?.startPhase(phase, nowMs);
  }

  /** Resolvers of the phase that are not over yet. */
  get stillWaiting(): number {
    return this.departures?.waiting ?? this.waiting;
  }

  /** Every name server answers with the healed endpoints again. */
  isHealed(): void {
    if (this.departures) this.departures.isHealed = true;
  }

  /** The phase ends now; what is to be known of it is in `overAfterMs`. */
  endPhase(nowMs: number): void {
    if (!this.departures) return;
    this.settleAll(nowMs);
    this.departures.close();
  }

  /** Index among the places. */
  placeOf(resolver: number): number {
    return this.questions.placeOf(resolver);
  }

  nameServerOf(resolver: number): number {
    return this.servers[resolver] as number;
  }

  /** Whether the question due at `atMs` is still to be asked. */
  isDue(resolver: number, atMs: number): boolean {
    return this.asksAtMs[resolver] === atMs;
  }

  /**
   * The request at `nowMs` finds no answer that its client still uses: a connection is tried on, or the client asks
   * its resolver. Returns when it will have to ask next.
   */
  ask(resolver: number, nowMs: number, view: AnswerView): number {
    this.settle(resolver, nowMs);
    const profile = this.profiles[resolver] as ClientProfile;
    const { endpoints, startKey } = this.settings;
    if (this.isConnected(resolver, nowMs))
      return this.willAsk(resolver, this.connectionEndsMs(resolver, nowMs));
    // One that broke stays broken, however the endpoint does later.
    this.connectedUntilMs[resolver] = Number.NEGATIVE_INFINITY;
    const { told } = this;
    const draw = this.questions.of(resolver);
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    lookUp(cache, profile.resolver, startKey, view, nowMs, told, draw);
    this.roles[resolver] = told.role;
    this.using[resolver] = told.endpoint;
    this.fetchedAtMs[resolver] = told.fetchedAtMs;
    this.expiresAtMs[resolver] = told.expiresAtMs;
    this.noteAsked(resolver, nowMs, view);
    this.noteServed(resolver, nowMs);
    const { holds } = profile.client;
    if (holds.kind === "connection" && endpoints.keepsConnections(told.endpoint, nowMs)) {
      this.connectedUntilMs[resolver] = nowMs + holds.secondsMax * 1_000;
      return this.willAsk(resolver, this.connectionEndsMs(resolver, nowMs));
    }
    const untilMs = holds.kind === "address" ? nowMs + (holdMs(holds) ?? 0) : told.expiresAtMs;
    return this.willAsk(resolver, this.requestAfter(nowMs, untilMs));
  }

  /** When the answer of a resolver that others ask too has to be fetched anew; infinite where nobody else does. */
  sharedExpiryMs(resolver: number): number {
    const { holds } = (this.profiles[resolver] as ClientProfile).client;
    if (holds.kind === "nothing") return Number.POSITIVE_INFINITY;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    return cache.expiresAtMs(this.settings.startKey) ?? Number.POSITIVE_INFINITY;
  }

  /** The others behind such a resolver keep its cache fresh, whatever our client does. Returns the next time. */
  refresh(resolver: number, nowMs: number, view: AnswerView): number {
    const { told } = this;
    const { resolver: keeps } = this.profiles[resolver] as ClientProfile;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    lookUp(cache, keeps, this.settings.startKey, view, nowMs, told, this.questions.of(resolver));
    return this.requestAfter(nowMs, told.expiresAtMs);
  }

  /**
   * An endpoint has just changed: connections to it that do not survive are gone, so their clients ask with their
   * next request. Those that may break with time are tried with each request. Tells who will ask when.
   */
  endpointChanged(endpoint: number, nowMs: number, tell: (resolver: number, asksAtMs: number) => void): void {
    for (const { profile, first, count } of this.blocks) {
      if (profile.client.holds.kind !== "connection") continue;
      for (let resolver = first; resolver < first + count; resolver++) {
        if (this.using[resolver] !== endpoint || nowMs >= (this.connectedUntilMs[resolver] as number))
          continue;
        const { endpoints } = this.settings;
        if (endpoints.isSteady(endpoint) && endpoints.keepsConnections(endpoint, nowMs)) continue;
        // The request at this very moment is not counted yet, and meets the endpoint as it is now.
        tell(resolver, this.willAsk(resolver, this.nextRequestMs[resolver] as number));
      }
    }
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
      this.requests.sent += Math.max(0, Math.ceil(spanMs / this.settings.requestIntervalMs));
    }
    this.settings.watch.requestsCounted(this.requests.sent, this.requests.served, this.requests.failed);
  }

  private isConnected(resolver: number, nowMs: number): boolean {
    return (
      nowMs < (this.connectedUntilMs[resolver] as number) &&
      this.settings.endpoints.keepsConnections(this.using[resolver] as number, nowMs)
    );
  }

  /** The first request after the connection's end, or the next where it may break before. */
  private connectionEndsMs(resolver: number, nowMs: number): number {
    const { endpoints, requestIntervalMs } = this.settings;
    return endpoints.isSteady(this.using[resolver] as number)
      ? this.requestAfter(nowMs, this.connectedUntilMs[resolver] as number)
      : nowMs + requestIntervalMs;
  }

  /** The first request of this resolver's grid at or after `untilMs`, later than now. */
  private requestAfter(nowMs: number, untilMs: number): number {
    const { requestIntervalMs } = this.settings;
    const livesMs = Math.max(1, untilMs - nowMs);
    return nowMs + Math.ceil(livesMs / requestIntervalMs) * requestIntervalMs;
  }

  private willAsk(resolver: number, atMs: number): number {
    this.asksAtMs[resolver] = atMs;
    return atMs;
  }

  private settle(resolver: number, untilMs: number): void {
    const { requestIntervalMs, watch, endpoints } = this.settings;
    const firstMs = this.nextRequestMs[resolver] as number;
    if (firstMs >= untilMs) return;
    const requests = Math.ceil((untilMs - firstMs) / requestIntervalMs);
    const nextMs = firstMs + requests * requestIntervalMs;
    const lastMs = nextMs - requestIntervalMs;
    this.nextRequestMs[resolver] = nextMs;
    const endpoint = this.using[resolver] as number;
    // Whose fate is the sender's own meets the same with every request.
    if (endpoints.isSteady(endpoint) || endpoints.chanceOf(endpoint) === "sender") {
      this.tally(firstMs, requests, this.isServed(resolver, firstMs));
      this.noteServed(resolver, firstMs);
    } else this.settleOneByOne(resolver, firstMs, nextMs);
    if (!this.isCompliant[resolver]) return;
    watch.cachedAnswerUsed(
      lastMs,
      this.fetchedAtMs[resolver] as number,
      this.expiresAtMs[resolver] as number,
    );
    if (this.phase === "steady") return;
    const sentMs = lastMs - this.phaseStartMs;
    if (!this.departures) watch.requestSent(this.phase, sentMs, this.deadlineMs, this.roles[resolver]);
    else if (this.phase === "cutover" && this.departures.leadsToLost(endpoint))
      watch.ledToLost(sentMs, this.deadlineMs);
  }

  private noteAsked(resolver: number, nowMs: number, view: AnswerView): void {
    if (!this.departures) return;
    this.departures.asked(resolver, this.told.endpoint, view);
    if (this.phase !== "failback" || !this.isCompliant[resolver]) return;
    const { watch } = this.settings;
    watch.askedAfterHeal(nowMs - this.phaseStartMs, this.deadlineMs, this.departures.isHealed);
  }

  private tally(firstMs: number, requests: number, isServed: boolean): void {
    if (isServed) {
      this.requests.served += requests;
      return;
    }
    this.requests.failed += requests;
    if (this.phase !== "cutover") return;
    this.outcomes.addFailed(firstMs - this.phaseStartMs, requests, this.settings.requestIntervalMs);
  }

  /** The outage is over: whatever was sent in it is counted by arithmetic. */
  private tallySent(endMs: number): void {
    const { requestIntervalMs } = this.settings;
    const startMs = this.phaseStartMs;
    const firstMsOf = (resolver: number) => {
      const sinceFirstMs = startMs - (this.firstRequestMs[resolver] as number);
      return Math.max(0, Math.ceil(sinceFirstMs / requestIntervalMs)) * requestIntervalMs - sinceFirstMs;
    };
    this.outcomes.addSent(endMs - startMs, requestIntervalMs, this.count, firstMsOf);
  }

  /** What changes with time or chance is asked of every request; those in a row that end alike are counted together. */
  private settleOneByOne(resolver: number, firstMs: number, nextMs: number): void {
    const { requestIntervalMs } = this.settings;
    let runMs = firstMs;
    let isServed = this.isServed(resolver, firstMs);
    this.noteServed(resolver, firstMs);
    for (let atMs = firstMs + requestIntervalMs; atMs < nextMs; atMs += requestIntervalMs) {
      const isNext = this.isServed(resolver, atMs);
      this.noteServed(resolver, atMs);
      if (isNext === isServed) continue;
      this.tally(runMs, (atMs - runMs) / requestIntervalMs, isServed);
      runMs = atMs;
      isServed = isNext;
    }
    this.tally(runMs, (nextMs - runMs) / requestIntervalMs, isServed);
  }

  private isServed(resolver: number, atMs: number): boolean {
    const { endpoints, requestIntervalMs } = this.settings;
    const endpoint = this.using[resolver] as number;
    const whose = endpoints.chanceOf(endpoint);
    if (whose === "none") return endpoints.serves(endpoint, atMs, 0);
    const { fate } = this.random[resolver] as ResolverDraws;
    if (whose === "sender") return endpoints.serves(endpoint, atMs, fate.uniform(this.cutover, SENDER_FATE));
    const { attempts } = (this.profiles[resolver] as ClientProfile).client;
    const request = Math.round((atMs - (this.firstRequestMs[resolver] as number)) / requestIntervalMs);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const chance = fate.uniform(this.cutover, request * attempts + attempt);
      if (endpoints.serves(endpoint, atMs, chance)) return true;
    }
    return false;
  }

  /** A request at `atMs` uses the answer in use; the first that the expected side serves is noted. */
  private noteServed(resolver: number, atMs: number): void {
    if (this.departures) {
      const endpoint = this.using[resolver] as number;
      this.departures.led(resolver, atMs, endpoint, () => this.isServed(resolver, atMs));
      return;
    }
    if (this.isWaiting[resolver] === 0) return;
    if (this.roles[resolver] !== (this.phase === "cutover" ? "SECONDARY" : "PRIMARY")) return;
    if (!this.isServed(resolver, atMs)) return;
    this.isWaiting[resolver] = 0;
    this.waiting--;
    this.overAfterMs[resolver] = atMs - this.phaseStartMs;
  }
}
