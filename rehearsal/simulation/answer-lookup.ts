import type { FailoverRole } from "../../model/failover-plan";
import type { AnswerLink, AnswerView } from "./answer-book";
import type { ClientProfile } from "./profile";
import type { ResolverCache } from "./resolver-cache";

/** Longer chains of names than this are given up, as in the name server. */
const CHAIN_LENGTH_MAX = 9;

/** What a resolver told its clients, and how long they may use it. */
export interface Told {
  role: FailoverRole | undefined;
  /** Index of the endpoint; -1 for an answer without an address. */
  endpoint: number;
  /** When its newest step was fetched, in this lookup; -Infinity where all came from the cache. */
  fetchedAtMs: number;
  expiresAtMs: number;
}

/**
 * A resolver answers its client: from its cache, step by step along the chain, where a step lives; else from its
 * name server, keeping each step for its own TTL, or the minimum of its profile. One that serves stale data tells
 * an expired step once more and fetches the fresh one for the next question (RFC 8767). Writes into `told`, which
 * is reused, since a simulation asks some million times.
 */
export function lookUp(
  cache: ResolverCache<AnswerLink>,
  { ttlSecondsMin, staleAnswerSeconds }: ClientProfile["resolver"],
  startKey: string,
  view: AnswerView,
  nowMs: number,
  told: Told,
  draw?: () => number,
): void {
  let key = startKey;
  told.fetchedAtMs = Number.NEGATIVE_INFINITY;
  told.expiresAtMs = Number.POSITIVE_INFINITY;
  for (let step = 0; step < CHAIN_LENGTH_MAX; step++) {
    let link = cache.lookup(key, nowMs);
    let expiresAtMs: number;
    if (link !== undefined) expiresAtMs = cache.expiresAtMs(key) ?? nowMs;
    else {
      const stale = staleAnswerSeconds > 0 ? cache.peek(key) : undefined;
      const links = view.linksOf(key, draw);
      told.fetchedAtMs = nowMs;
      for (const fresh of links) {
        cache.store(fresh.key, fresh, Math.max(fresh.ttlSeconds, ttlSecondsMin), nowMs);
      }
      link = stale ?? (links[0] as AnswerLink);
      expiresAtMs = stale ? nowMs + staleAnswerSeconds * 1_000 : (cache.expiresAtMs(key) ?? nowMs);
    }
    told.expiresAtMs = Math.min(told.expiresAtMs, expiresAtMs);
    if (step === 0) told.role = link.role;
    told.endpoint = link.endpoint;
    if (link.next === undefined) return;
    key = link.next;
  }
}
