import type { PhaseTimes } from "./phase-times";
import type { ProfileBlock } from "./profile-block";

/** Seconds since the fault or the heal; null for what did not happen or takes no part. */
type Seconds = number | null;

/**
 * One simulated cutover with its failback, raw: each figure of a simulation is a quantile over all the numbers that
 * its cutovers have under that name, nulls left out.
 */
export interface SimulatedSample {
  readonly basis: "simulated";
  readonly kind: "cutover";
  /** From 0. Everything random in it is drawn at this position of the streams that the seed names. */
  readonly index: number;
  readonly seed: number;
  /** When the primary failed and when it was healed, in seconds since the cutover's own beginning. */
  readonly faultAtSeconds: number;
  readonly healAtSeconds: number;
  /** One authoritative entry per name server and one client entry per resolver, each in an order that stays. */
  readonly cutover: {
    readonly unhealthySeconds: Seconds;
    readonly authoritativeSeconds: readonly Seconds[];
    readonly clientSeconds: readonly Seconds[];
  };
  /** A name server or resolver that never came over has null here: it cannot come back. */
  readonly failback: {
    readonly healthySeconds: Seconds;
    readonly authoritativeSeconds: readonly Seconds[];
    readonly clientSeconds: readonly Seconds[];
  };
  /**
   * Whose places in `clientSeconds` these are, from the first on. Left out where every client is compliant, which
   * is what a scenario without a mix has.
   */
  readonly profiles?: readonly { readonly name: string; readonly resolvers: number }[];
  /** Left out where the scenario does nothing to the replication. */
  readonly replication?: { readonly lostSeconds: Seconds; readonly behindSeconds: Seconds };
}

interface SampleExtras {
  readonly blocks?: readonly ProfileBlock[];
  readonly replication?: { readonly lostMs: number; readonly behindMs: number };
}

export function simulatedSample(
  index: number,
  seed: number,
  { cutover, failback }: { readonly cutover: PhaseTimes; readonly failback: PhaseTimes },
  { blocks, replication }: SampleExtras = {},
): SimulatedSample {
  return {
    basis: "simulated",
    kind: "cutover",
    index,
    seed,
    faultAtSeconds: cutover.startMs / 1_000,
    healAtSeconds: failback.startMs / 1_000,
    cutover: {
      unhealthySeconds: seconds(cutover.checkMs),
      authoritativeSeconds: Array.from(cutover.authoritativeMs, seconds),
      clientSeconds: Array.from(cutover.clientMs, seconds),
    },
    failback: {
      healthySeconds: seconds(failback.checkMs),
      authoritativeSeconds: Array.from(failback.authoritativeMs, seconds),
      clientSeconds: Array.from(failback.clientMs, seconds),
    },
    ...(blocks && {
      profiles: blocks.map(({ profile, count }) => ({ name: profile.name, resolvers: count })),
    }),
    ...(replication && {
      replication: { lostSeconds: seconds(replication.lostMs), behindSeconds: seconds(replication.behindMs) },
    }),
  };
}

function seconds(ms: number): Seconds {
  return ms < 0 ? null : ms / 1_000;
}
