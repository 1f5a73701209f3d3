import type { Distribution } from "../../rehearsal/simulation/distribution";
import type { Claim } from "./seed";

/**
 * `likely`: as most cutovers go; `lucky`: it happens, to few; `cautious`: nearly all are faster; `not reproducible`:
 * less than `SEEN_SHARE` of the samples are like that.
 */
export type ClaimVerdict = "likely" | "lucky" | "cautious" | "not reproducible";

/**
 * What fewer samples than this show is as good as never seen. Whether a run of some thousands holds a single one like
 * it is chance, and another seed or a round trip more would turn a verdict over that rested on it.
 */
export const SEEN_SHARE = 0.001;
/** What is neither among the fastest nor among the slowest twentieth is likely. */
const TAIL_SHARE = 0.05;
/** "About" is also true where the median is within so much of the number, to either side. */
const ABOUT_SHARE = 0.1;

/** Share of the samples that are not above `seconds`, in [0, 1]: the percentile of the number. */
export function shareWithin(samples: Pick<Distribution, "counts" | "count">, seconds: number): number {
  let below = 0;
  for (const [milliseconds, count] of samples.counts()) {
    if (milliseconds > seconds * 1_000) break;
    below += count;
  }
  return below / samples.count;
}

/** @throws RangeError without samples: nothing can be said then. */
export function claimVerdict(
  { kind, seconds }: Pick<Claim, "kind" | "seconds">,
  samples: Pick<Distribution, "counts" | "count">,
): ClaimVerdict {
  if (samples.count === 0) throw new RangeError("a claim cannot be judged without samples");
  const share = shareWithin(samples, seconds);
  if (kind === "within") {
    if (share >= 1 - TAIL_SHARE) return "likely";
    return share >= SEEN_SHARE ? "lucky" : "not reproducible";
  }
  const margin = kind === "about" ? ABOUT_SHARE * seconds : 0;
  const [reached, passed] = [shareWithin(samples, seconds + margin), shareWithin(samples, seconds - margin)];
  const isNearMedian = kind === "about" && reached >= 0.5 && passed <= 0.5;
  if (isNearMedian || (share >= TAIL_SHARE && share <= 1 - TAIL_SHARE)) return "likely";
  if (reached < SEEN_SHARE) return "not reproducible";
  if (share < TAIL_SHARE) return "lucky";
  // Slower than the slowest is said by a number that claims to have happened; by a round one it is caution.
  return kind === "took" && share > 1 - SEEN_SHARE ? "not reproducible" : "cautious";
}
