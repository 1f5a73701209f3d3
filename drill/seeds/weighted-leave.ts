import { Distribution } from "../../rehearsal/simulation/distribution";
import { type Draws, draws } from "../../rehearsal/simulation/random";

export interface WeightedSet {
  /** Share of the answers that lead to the failing member while it counts as healthy, in (0, 1). */
  readonly weightShare: number;
  readonly ttlSeconds: number;
  readonly resolvers: number;
  readonly seed: number;
}

/** Requests are counted from the fault for so long. */
export const COUNTED_SECONDS = 90;

/**
 * Resolvers in front of a weighted set, of which one member fails. Each asks one name server whenever its TTL is over
 * and gets the failing member by weight until that server has withdrawn it, from then on never.
 */
export class WeightedLeave {
  /** From the fault until a resolver's last answer with the failing member is over. */
  readonly leftSeconds = new Distribution();
  private failedSeconds = 0;
  private countedSeconds = 0;

  private readonly drawn: readonly { readonly phase: Draws; readonly member: Draws }[];

  constructor(private readonly set: WeightedSet) {
    this.drawn = Array.from({ length: set.resolvers }, (_, resolver) => {
      const name = `weighted/resolver/${resolver + 1}`;
      return { phase: draws(set.seed, `${name}/phase`), member: draws(set.seed, `${name}/member`) };
    });
  }

  /** Share of the requests in the first `COUNTED_SECONDS` that the failing member was asked for. */
  get failedShare(): number {
    return this.failedSeconds / this.countedSeconds;
  }

  /** One cutover: when each name server withdrew the member, in seconds since the fault. */
  add(cutover: number, withdrawnSeconds: readonly number[]): void {
    const { ttlSeconds, weightShare } = this.set;
    for (const [resolver, { phase, member }] of this.drawn.entries()) {
      const withdrawn = withdrawnSeconds[resolver % withdrawnSeconds.length] as number;
      const firstAsk = phase.uniform(cutover) * ttlSeconds;
      let left = 0;
      for (let round = 0, at = firstAsk - ttlSeconds; at < withdrawn; round++, at += ttlSeconds) {
        if (member.uniform(cutover, round) >= weightShare) continue;
        left = at + ttlSeconds;
        this.failedSeconds += Math.max(0, Math.min(left, COUNTED_SECONDS) - Math.max(at, 0));
      }
      this.countedSeconds += COUNTED_SECONDS;
      // Who was never sent to the failing member after the fault has nothing to leave.
      if (left > 0) this.leftSeconds.add(left);
    }
  }
}
