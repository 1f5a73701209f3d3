import type { AnswerLink, AnswerView } from "./answer-book";
import { lookUp, type Told } from "./answer-lookup";
import { Departures } from "./departures";
import type { Endpoints } from "./endpoints";
import { FamilyRace } from "./family-race";
import { HeldAnswers } from "./held-answers";
import type { InvariantWatch } from "./invariants";
import { KeptConnections } from "./kept-connections";
import type { PlaceShare } from "./place";
import { type ClientProfile, holdMs, honoursTtl, type ProfileShare, racesFamilies } from "./profile";
import { blocksOf, type ProfileBlock } from "./profile-block";
import { isServedAt } from "./request-fate";
import { requestsPerLife } from "./request-grid";
import { type RequestCount, RequestTally } from "./request-tally";
import { ResolverCache } from "./resolver-cache";
import { type ResolverDraws, resolverDraws } from "./resolver-draws";
import { ResolverQuestions } from "./resolver-questions";

export type { RequestCount } from "./request-tally";

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
  /** Whether the name is answered alike for the other address family; false unless it says so. */
  readonly isDualStack?: boolean;
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
  readonly requests: RequestCount;
  /** What became of the requests between fault and heal. */
  readonly outcomes: RequestTally["outcomes"];
  readonly departures: Departures | undefined;

  private readonly tally: RequestTally;
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
  /** The answer in use. */
  private readonly inUse: HeldAnswers;
  private readonly connections: KeptConnections;
  /** Of those clients that ask for both address families; undefined where there is none, or one family only. */
  private readonly race: FamilyRace | undefined;
  private readonly told: Told = { role: undefined, endpoint: -1, fetchedAtMs: 0, expiresAtMs: 0 };
  private cutover = 0;
  private phase: "steady" | "cutover" | "failback" = "steady";
  private phaseStartMs = 0;
  private deadlineMs = Number.POSITIVE_INFINITY;

  constructor(private readonly settings: PoolSettings) {
    const { resolvers, clients, seed } = settings;
    this.count = resolvers;
    this.tally = new RequestTally(settings.requestIntervalMs);
    this.requests = this.tally.requests;
    this.outcomes = this.tally.outcomes;
    this.blocks = blocksOf(clients, resolvers);
    this.profiles = this.blocks.flatMap(({ profile, count }) => new Array(count).fill(profile));
    this.isCompliant = this.profiles.map(honoursTtl);
    this.random = Array.from({ length: resolvers }, (_, resolver) => resolverDraws(seed, resolver));
    this.caches = this.random.map(() => new ResolverCache<AnswerLink>());
    this.inUse = new HeldAnswers(resolvers);
    this.connections = new KeptConnections(resolvers, settings.endpoints, this.inUse);
    this.servers = new Int32Array(resolvers);
    this.questions = new ResolverQuestions(this.random, settings.places);
    this.isWaiting = new Uint8Array(resolvers);
    const times = () => new Float64Array(resolvers);
    this.overAfterMs = times();
    const { lost, endpoints } = settings;
    this.departures = lost && new Departures(this.overAfterMs, lost, endpoints.count);
    this.firstRequestMs = times();
    this.nextRequestMs = times();
    this.asksAtMs = times();
    const { profiles, random, inUse } = this;
    if (settings.isDualStack && profiles.some(racesFamilies))
      this.race = new FamilyRace({ ...settings, profiles, random, inUse });
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
    const { inUse } = this;
    inUse.roles[resolver] = link.role;
    inUse.endpoints[resolver] = link.endpoint;
    cache.clear();
    if (lifeMs === Number.POSITIVE_INFINITY) return this.willAsk(resolver, lifeMs);
    const requests = requestsPerLife(lifeMs, requestIntervalMs);
    const asksAtMs = firstMs + cacheAge.below(requests, this.cutover) * requestIntervalMs;
    const fetchedAtMs = asksAtMs - requests * requestIntervalMs;
    inUse.fetchedAtMs[resolver] = fetchedAtMs;
    inUse.expiresAtMs[resolver] = fetchedAtMs + lifeMs;
    if (client.holds.kind === "connection") this.connections.open(resolver, fetchedAtMs + lifeMs);
    // Behind a client that keeps its own, the resolver's answer is of any age: others ask it too.
    const keptSinceMs =
      client.holds.kind === "nothing"
        ? fetchedAtMs
        : startMs - sharedAge.below(Math.max(1, ttlSeconds * 1_000), this.cutover);
    cache.store(link.key, link, ttlSeconds, keptSinceMs);
    if (!this.race?.has(resolver)) return this.willAsk(resolver, asksAtMs);
    return this.willAsk(resolver, Math.min(asksAtMs, this.race.reset(resolver, firstMs, view)));
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
    this.race?.startCutover(cutover);
    this.connections.startCutover();
  }

  /** From now on the other side is expected to serve; `deadlineMs` after now nothing else may. */
  startPhase(phase: "cutover" | "failback", nowMs: number, deadlineMs: number): void {
    this.settleAll(nowMs);
    if (this.phase === "cutover") this.tally.addOutage(this.phaseStartMs, nowMs, this.firstRequestMs);
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
    if (this.race?.has(resolver)) return this.askBoth(resolver, nowMs, view, this.race);
    const profile = this.profiles[resolver] as ClientProfile;
    const { connections } = this;
    if (connections.isOpen(resolver, nowMs)) return this.willTry(resolver, nowMs);
    connections.drop(resolver);
    const told = this.askResolver(resolver, nowMs, view);
    this.inUse.take(resolver, told);
    this.noteAsked(resolver, nowMs, view);
    this.noteServed(resolver, nowMs);
    const { holds } = profile.client;
    if (holds.kind === "connection" && this.settings.endpoints.keepsConnections(told.endpoint, nowMs)) {
      connections.open(resolver, nowMs + holds.secondsMax * 1_000);
      return this.willTry(resolver, nowMs);
    }
    const untilMs = holds.kind === "address" ? nowMs + (holdMs(holds) ?? 0) : told.expiresAtMs;
    return this.willAsk(resolver, this.requestAfter(nowMs, untilMs));
  }

  /** The same for a client of both address families: each answer that is gone is fetched, and the race is run. */
  private askBoth(resolver: number, nowMs: number, view: AnswerView, race: FamilyRace): number {
    const isPreferredGone = race.needsPreferred(resolver, nowMs);
    if (isPreferredGone) race.takePreferred(resolver, this.askResolver(resolver, nowMs, view));
    race.renewOther(resolver, nowMs, view);
    race.choose(resolver, nowMs, this.requestNumber(resolver, nowMs));
    // The other family's answer alone tells nothing of where the client will be led when both live.
    if (isPreferredGone) this.noteAsked(resolver, nowMs, view);
    this.noteServed(resolver, nowMs);
    return this.willAsk(resolver, this.requestAfter(nowMs, race.expiresAtMs(resolver)));
  }

  private askResolver(resolver: number, nowMs: number, view: AnswerView): Readonly<Told> {
    const { resolver: keeps } = this.profiles[resolver] as ClientProfile;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    const draw = this.questions.of(resolver);
    lookUp(cache, keeps, this.settings.startKey, view, nowMs, this.told, draw);
    return this.told;
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
    return this.requestAfter(nowMs, this.askResolver(resolver, nowMs, view).expiresAtMs);
  }

  /**
   * An endpoint has just changed: connections to it that do not survive are gone, so their clients ask with their
   * next request. Those that may break with time are tried with each request. So do those whose race it decides the
   * other way. Tells who will ask when.
   */
  endpointChanged(endpoint: number, nowMs: number, tell: (resolver: number, asksAtMs: number) => void): void {
    for (const { profile, first, count } of this.blocks) {
      const { race } = this;
      if (profile.client.holds.kind !== "connection" && !race?.has(first)) continue;
      for (let resolver = first; resolver < first + count; resolver++) {
        const nextMs = this.nextRequestMs[resolver] as number;
        const isConcerned = race?.has(resolver)
          ? race.isTurned(resolver, endpoint, nowMs, this.requestNumber(resolver, nextMs))
          : this.connections.isBreaking(resolver, endpoint, nowMs);
        if (!isConcerned) continue;
        // The request at this very moment is not counted yet, and meets the endpoint as it is now.
        tell(resolver, this.willAsk(resolver, nextMs));
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
    this.tally.addSent(endMs, this.firstRequestMs);
    this.settings.watch.requestsCounted(this.requests.sent, this.requests.served, this.requests.failed);
  }

  /** The first request of this resolver's grid at or after `untilMs`, later than now. */
  private requestAfter(nowMs: number, untilMs: number): number {
    const { requestIntervalMs } = this.settings;
    return nowMs + requestsPerLife(untilMs - nowMs, requestIntervalMs) * requestIntervalMs;
  }

  private willTry(resolver: number, nowMs: number): number {
    return this.willAsk(resolver, this.requestAfter(nowMs, this.connections.triedFromMs(resolver, nowMs)));
  }

  private willAsk(resolver: number, atMs: number): number {
    this.asksAtMs[resolver] = atMs;
    return atMs;
  }

  private settle(resolver: number, untilMs: number): void {
    const { requestIntervalMs, watch } = this.settings;
    const firstMs = this.nextRequestMs[resolver] as number;
    if (firstMs >= untilMs) return;
    const requests = Math.ceil((untilMs - firstMs) / requestIntervalMs);
    const nextMs = firstMs + requests * requestIntervalMs;
    const lastMs = nextMs - requestIntervalMs;
    this.nextRequestMs[resolver] = nextMs;
    const { inUse } = this;
    if (this.meetsAlike(resolver)) {
      const isServed = this.isServed(resolver, firstMs);
      this.tallyRun(firstMs, requests, isServed);
      this.noteServed(resolver, firstMs, isServed);
    } else this.settleOneByOne(resolver, firstMs, nextMs);
    if (!this.isCompliant[resolver]) return;
    watch.cachedAnswerUsed(
      lastMs,
      inUse.fetchedAtMs[resolver] as number,
      inUse.expiresAtMs[resolver] as number,
    );
    if (this.phase === "steady") return;
    const sentMs = lastMs - this.phaseStartMs;
    if (!this.departures) watch.requestSent(this.phase, sentMs, this.deadlineMs, inUse.roles[resolver]);
    else if (this.phase === "cutover" && this.departures.leadsToLost(inUse.endpoints[resolver] as number))
      watch.ledToLost(sentMs, this.deadlineMs);
  }

  private noteAsked(resolver: number, nowMs: number, view: AnswerView): void {
    if (!this.departures) return;
    this.departures.asked(resolver, this.inUse.endpoints[resolver] as number, view);
    if (this.phase !== "failback" || !this.isCompliant[resolver]) return;
    const { watch } = this.settings;
    watch.askedAfterHeal(nowMs - this.phaseStartMs, this.deadlineMs, this.departures.isHealed);
  }

  private tallyRun(firstMs: number, requests: number, isServed: boolean): void {
    this.tally.add(requests, isServed, this.phase === "cutover" ? firstMs - this.phaseStartMs : undefined);
  }

  /** What changes with time or chance is asked of every request; those in a row that end alike are counted together. */
  private settleOneByOne(resolver: number, firstMs: number, nextMs: number): void {
    const { requestIntervalMs, endpoints } = this.settings;
    const race = this.race?.has(resolver) ? this.race : undefined;
    let { fate } = this.random[resolver] as ResolverDraws;
    const { attempts } = (this.profiles[resolver] as ClientProfile).client;
    const firstRequest = this.requestNumber(resolver, firstMs);
    const requests = Math.round((nextMs - firstMs) / requestIntervalMs);
    let run = 0;
    let isServed = false;
    for (let request = 0; request < requests; ) {
      const [atMs, number] = [firstMs + request * requestIntervalMs, firstRequest + request];
      if (race) {
        race.choose(resolver, atMs, number);
        fate = race.drawsOf(resolver).fate;
      }
      const endpoint = this.inUse.endpoints[resolver] as number;
      const isNext = isServedAt(endpoints, endpoint, atMs, fate, this.cutover, number, attempts);
      if (isNext !== isServed) {
        if (request > run) this.tallyRun(firstMs + run * requestIntervalMs, request - run, isServed);
        run = request;
        isServed = isNext;
      }
      this.noteServed(resolver, atMs, isNext);
      const alikeMs = race ? 0 : endpoints.alikeForMs(endpoint, atMs);
      request += Math.max(1, Math.ceil(alikeMs / requestIntervalMs));
    }
    this.tallyRun(firstMs + run * requestIntervalMs, requests - run, isServed);
  }

  /** Whether the requests to come meet what the first of them does. */
  private meetsAlike(resolver: number): boolean {
    const { inUse, race, settings } = this;
    if (race?.has(resolver)) return race.isSteady(resolver);
    return settings.endpoints.meetsAlike(inUse.endpoints[resolver] as number);
  }

  private isServed(resolver: number, atMs: number): boolean {
    const { inUse, race, settings } = this;
    const endpoint = inUse.endpoints[resolver] as number;
    const { fate } = race?.has(resolver) ? race.drawsOf(resolver) : (this.random[resolver] as ResolverDraws);
    const { attempts } = (this.profiles[resolver] as ClientProfile).client;
    const request = this.requestNumber(resolver, atMs);
    return isServedAt(settings.endpoints, endpoint, atMs, fate, this.cutover, request, attempts);
  }

  /** The number of the request at `atMs` in the cutover, from 0. */
  private requestNumber(resolver: number, atMs: number): number {
    const { requestIntervalMs } = this.settings;
    return Math.round((atMs - (this.firstRequestMs[resolver] as number)) / requestIntervalMs);
  }

  /**
   * A request at `atMs` uses the answer in use; the first that the expected side serves is noted.
   * @param isServed where that is known already.
   */
  private noteServed(resolver: number, atMs: number, isServed?: boolean): void {
    if (this.departures) {
      const endpoint = this.inUse.endpoints[resolver] as number;
      this.departures.led(resolver, atMs, endpoint, () => isServed ?? this.isServed(resolver, atMs));
      return;
    }
    if (this.isWaiting[resolver] === 0) return;
    if (this.inUse.roles[resolver] !== (this.phase === "cutover" ? "SECONDARY" : "PRIMARY")) return;
    if (!(isServed ?? this.isServed(resolver, atMs))) return;
    this.isWaiting[resolver] = 0;
    this.waiting--;
    this.overAfterMs[resolver] = atMs - this.phaseStartMs;
  }
}
