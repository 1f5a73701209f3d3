import { type Draws, draws } from "./random";

/** What is drawn for one resolver and its clients, anew in every cutover, each from a stream of its own. */
export interface ResolverDraws {
  readonly requestPhase: Draws;
  readonly cacheAge: Draws;
  /** Age of the answer that a resolver has beside what its client keeps. */
  readonly sharedAge: Draws;
  readonly nameServer: Draws;
  /** Where the resolver stands, and what its name server draws for each of its questions. */
  readonly place: Draws;
  readonly answer: Draws;
  /** What a request meets where that is left to chance. */
  readonly fate: Draws;
}

export function resolverDraws(seed: number, resolver: number): ResolverDraws {
  const drawn = (what: string) => draws(seed, `resolver/${resolver + 1}/${what}`);
  return {
    requestPhase: drawn("request-phase"),
    cacheAge: drawn("cache-age"),
    sharedAge: drawn("shared-cache-age"),
    nameServer: drawn("name-server"),
    place: drawn("place"),
    answer: drawn("answer"),
    fate: drawn("request-fate"),
  };
}

/**
 * The same resolver for the second answer of a client that asks for both address families: what concerns that answer
 * is drawn from streams of its own, so that the first one's draws are those of a client that asks for one family.
 */
export function otherFamilyDraws(own: ResolverDraws, seed: number, resolver: number): ResolverDraws {
  const drawn = (what: string) => draws(seed, `resolver/${resolver + 1}/other-family/${what}`);
  return {
    ...own,
    cacheAge: drawn("cache-age"),
    answer: drawn("answer"),
    fate: drawn("request-fate"),
  };
}
