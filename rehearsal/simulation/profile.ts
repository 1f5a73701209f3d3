import { clampsTtl } from "./profiles/clamps-ttl";
import { compliant } from "./profiles/compliant";
import { happyEyeballs } from "./profiles/happy-eyeballs";
import { jvm30s } from "./profiles/jvm-30s";
import { jvmForEver } from "./profiles/jvm-for-ever";
import { keptConnection } from "./profiles/kept-connection";
import { retries } from "./profiles/retries";
import { servesStale } from "./profiles/serves-stale";

/** What a client keeps beside its resolver's cache. */
export type ClientHold =
  /**
   * It asks its resolver before every request; with `racesFamilies` for both address families, and connects to the
   * other one's answer where no connection stands at the preferred one's (RFC 8305).
   */
  | { readonly kind: "nothing"; readonly racesFamilies?: boolean }
  /** It keeps an address for so long, whatever the TTL. */
  | { readonly kind: "address"; readonly seconds: number | "for-ever" }
  /** It keeps its connection while that works, at most for so long; new ones follow its resolver. */
  | { readonly kind: "connection"; readonly secondsMax: number };

/** A kind of resolver with the kind of clients behind it. */
export interface ClientProfile {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Where the behaviour is documented. */
  readonly source: string;
  readonly resolver: {
    /** Shorter TTLs are taken for this one. */
    readonly ttlSecondsMin: number;
    /** An expired answer is given once more for so long while a fresh one is fetched; 0 for never. */
    readonly staleAnswerSeconds: number;
  };
  readonly client: {
    readonly holds: ClientHold;
    /** A request is tried so many times before it counts as failed. */
    readonly attempts: number;
  };
}

/** A profile and how many clients have it, compared with the weights beside it. */
export interface ProfileShare {
  readonly profile: ClientProfile;
  readonly weight: number;
}

const PROFILES: readonly ClientProfile[] = [
  compliant,
  clampsTtl,
  servesStale,
  jvm30s,
  jvmForEver,
  keptConnection,
  happyEyeballs,
  retries,
];

export const COMPLIANT_ONLY: readonly ProfileShare[] = [{ profile: compliant, weight: 1 }];

export function profileByName(name: string): ClientProfile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}

/** Every name, the compliant one first. */
export function profileNames(): string[] {
  return PROFILES.map(({ name }) => name);
}

/** Whether the recovery bound holds for it: no answer is used at or after its expiry. */
export function honoursTtl({ resolver, client }: ClientProfile): boolean {
  return resolver.ttlSecondsMin === 0 && resolver.staleAnswerSeconds === 0 && client.holds.kind === "nothing";
}

/** Whether it asks for both address families where a name has both, and races connections to them. */
export function racesFamilies({ client }: ClientProfile): boolean {
  return client.holds.kind === "nothing" && client.holds.racesFamilies === true;
}

/** How long a client keeps what it has, in ms; undefined where its resolver decides. */
export function holdMs(holds: ClientHold): number | undefined {
  switch (holds.kind) {
    case "nothing":
      return undefined;
    case "address":
      return holds.seconds === "for-ever" ? Number.POSITIVE_INFINITY : holds.seconds * 1_000;
    case "connection":
      return holds.secondsMax * 1_000;
  }
}

/**
 * How much later than a compliant client one of this profile can be, in ms. Connections and addresses that are kept
 * for hours are not waited for.
 */
export function longestDelayMs({ resolver, client }: ClientProfile): number {
  const { holds } = client;
  const heldSeconds = holds.kind === "address" && holds.seconds !== "for-ever" ? holds.seconds : 0;
  return (resolver.ttlSecondsMin + resolver.staleAnswerSeconds + heldSeconds) * 1_000;
}

/**
 * How many of `resolvers` each share gets: in proportion to the weights, the remainder to the largest fractions, so
 * that the numbers add up. No chance is involved.
 * @throws RangeError where no weight is above 0 or one is below.
 */
export function apportion(shares: readonly ProfileShare[], resolvers: number): number[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0) || shares.some(({ weight }) => !(weight >= 0))) {
    throw new RangeError(
      `the weights of the client profiles add up to ${total}; they must be 0 or more, and one more`,
    );
  }
  const exact = shares.map(({ weight }) => (weight / total) * resolvers);
  const counts = exact.map(Math.floor);
  const byFraction = exact
    .map((count, index) => ({ index, fraction: count - Math.floor(count) }))
    .sort((a, b) => b.fraction - a.fraction || a.index - b.index);
  let left = resolvers - counts.reduce((sum, count) => sum + count, 0);
  for (const { index } of byFraction) {
    if (left-- <= 0) break;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
