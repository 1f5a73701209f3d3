import type { AnswerLink, AnswerView } from "./answer-book";
import { lookUp, type Told } from "./answer-lookup";
import type { Endpoints } from "./endpoints";
import { HeldAnswers } from "./held-answers";
import { type ClientProfile, racesFamilies } from "./profile";
import type { Draws } from "./random";
import { isConnectedAt } from "./request-fate";
import { requestsPerLife } from "./request-grid";
import { ResolverCache } from "./resolver-cache";
import { otherFamilyDraws, type ResolverDraws } from "./resolver-draws";
import { ResolverQuestions } from "./resolver-questions";

export interface RaceSettings {
  /** Of every resolver of the pool. */
  readonly profiles: readonly ClientProfile[];
  readonly random: readonly ResolverDraws[];
  /** The answers that the pool's clients use, written by the race for those that run it. */
  readonly inUse: HeldAnswers;
  readonly endpoints: Endpoints;
  readonly startKey: string;
  readonly requestIntervalMs: number;
  readonly seed: number;
}

/**
 * Clients that ask for both address families of a name and race connections (RFC 8305). Their resolver keeps an
 * answer of each family for a TTL of its own. The preferred one has the cache and the draws that any other client
 * has; this is the other one's cache, and the choice between the two for every request.
 */
export class FamilyRace {
  private readonly races: readonly boolean[];
  private readonly caches: readonly ResolverCache<AnswerLink>[];
  private readonly random: readonly ResolverDraws[];
  private readonly questions: ResolverQuestions;
  private readonly preferred: HeldAnswers;
  private readonly other: HeldAnswers;
  /** 1 where a resolver's client uses the other family's answer. */
  private readonly usesOther: Uint8Array;
  private readonly told: Told = { role: undefined, endpoint: -1, fetchedAtMs: 0, expiresAtMs: 0 };
  private cutover = 0;

  constructor(private readonly settings: RaceSettings) {
    const { profiles, random, seed } = settings;
    this.races = profiles.map(racesFamilies);
    this.caches = profiles.map(() => new ResolverCache<AnswerLink>());
    this.random = random.map((own, resolver) => otherFamilyDraws(own, seed, resolver));
    this.questions = new ResolverQuestions(this.random, []);
    this.preferred = new HeldAnswers(profiles.length);
    this.other = new HeldAnswers(profiles.length);
    this.usesOther = new Uint8Array(profiles.length);
  }

  startCutover(cutover: number): void {
    this.cutover = cutover;
    this.questions.startCutover(cutover);
  }

  /** Whether the resolver's client runs the race. */
  has(resolver: number): boolean {
    return this.races[resolver] as boolean;
  }

  /**
   * Sets the steady state: the answer in use is the preferred family's, that of the other is of any age. `firstMs` is
   * the first request. Returns the request that finds the other one gone.
   */
  reset(resolver: number, firstMs: number, view: AnswerView): number {
    const { startKey, requestIntervalMs, profiles, inUse } = this.settings;
    const { cacheAge } = this.random[resolver] as ResolverDraws;
    const { ttlSecondsMin } = (profiles[resolver] as ClientProfile).resolver;
    const link = view.linksOf(startKey, this.questions.of(resolver))[0] as AnswerLink;
    const ttlSeconds = Math.max(link.ttlSeconds, ttlSecondsMin);
    const requests = requestsPerLife(ttlSeconds * 1_000, requestIntervalMs);
    const asksAtMs = firstMs + cacheAge.below(requests, this.cutover) * requestIntervalMs;
    const fetchedAtMs = asksAtMs - requests * requestIntervalMs;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    cache.clear();
    cache.store(link.key, link, ttlSeconds, fetchedAtMs);
    this.preferred.copy(resolver, inUse);
    const { other } = this;
    other.roles[resolver] = link.role;
    other.endpoints[resolver] = link.endpoint;
    other.fetchedAtMs[resolver] = fetchedAtMs;
    other.expiresAtMs[resolver] = fetchedAtMs + ttlSeconds * 1_000;
    this.usesOther[resolver] = 0;
    return asksAtMs;
  }

  /** Whether the preferred family's answer is gone at `nowMs`. */
  needsPreferred(resolver: number, nowMs: number): boolean {
    return nowMs >= (this.preferred.expiresAtMs[resolver] as number);
  }

  /** The resolver was told this for the preferred family. */
  takePreferred(resolver: number, told: Readonly<Told>): void {
    this.preferred.take(resolver, told);
  }

  /** The resolver asks for the other family, too, where that answer is gone. */
  renewOther(resolver: number, nowMs: number, view: AnswerView): void {
    if (nowMs < (this.other.expiresAtMs[resolver] as number)) return;
    const { profiles, startKey } = this.settings;
    const { resolver: keeps } = profiles[resolver] as ClientProfile;
    const cache = this.caches[resolver] as ResolverCache<AnswerLink>;
    lookUp(cache, keeps, startKey, view, nowMs, this.told, this.questions.of(resolver));
    this.other.take(resolver, this.told);
  }

  /** When the first of the two answers is gone. */
  expiresAtMs(resolver: number): number {
    const { preferred, other } = this;
    return Math.min(preferred.expiresAtMs[resolver] as number, other.expiresAtMs[resolver] as number);
  }

  /**
   * Puts into use what the request at `atMs`, of this number in the cutover, is served by: the preferred family's
   * answer, unless no connection stands there and one does at the other's.
   */
  choose(resolver: number, atMs: number, request: number): void {
    const isOther = this.isOtherFirst(resolver, atMs, request);
    this.usesOther[resolver] = Number(isOther);
    this.settings.inUse.copy(resolver, isOther ? this.other : this.preferred);
  }

  /**
   * Whether the change of an endpoint at `atMs` gives the race to the other answer from the next request on, which has
   * this number; false where every request runs it anyhow.
   */
  isTurned(resolver: number, endpoint: number, atMs: number, request: number): boolean {
    const isConcerned =
      this.preferred.endpoints[resolver] === endpoint || this.other.endpoints[resolver] === endpoint;
    if (!isConcerned || !this.isSteady(resolver)) return false;
    return this.isOtherFirst(resolver, atMs, request) !== (this.usesOther[resolver] === 1);
  }

  /** What is drawn for the answer in use: the requests to each family's address have a fate of their own. */
  drawsOf(resolver: number): ResolverDraws {
    const random = this.usesOther[resolver] === 1 ? this.random : this.settings.random;
    return random[resolver] as ResolverDraws;
  }

  /** Whether every request meets the same until an answer or an endpoint changes. */
  isSteady(resolver: number): boolean {
    const { endpoints } = this.settings;
    return (
      endpoints.meetsAlike(this.preferred.endpoints[resolver] as number) &&
      endpoints.meetsAlike(this.other.endpoints[resolver] as number)
    );
  }

  private isOtherFirst(resolver: number, atMs: number, request: number): boolean {
    const { fate } = this.settings.random[resolver] as ResolverDraws;
    if (this.connects(resolver, this.preferred, fate, atMs, request)) return false;
    const { fate: otherFate } = this.random[resolver] as ResolverDraws;
    return this.connects(resolver, this.other, otherFate, atMs, request);
  }

  private connects(
    resolver: number,
    { endpoints: led }: HeldAnswers,
    fate: Draws,
    atMs: number,
    request: number,
  ): boolean {
    const { endpoints, profiles } = this.settings;
    const { attempts } = (profiles[resolver] as ClientProfile).client;
    return isConnectedAt(endpoints, led[resolver] as number, atMs, fate, this.cutover, request, attempts);
  }
}
