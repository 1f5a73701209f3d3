/**
 * How many requests after the one that fetched an answer the answer is no longer there: the first of a grid of
 * requests that finds an answer with a life of `lifeMs` gone; at least 1, since only the next request can ask again.
 */
export function requestsPerLife(lifeMs: number, requestIntervalMs: number): number {
  return Math.ceil(Math.max(1, lifeMs) / requestIntervalMs);
}
