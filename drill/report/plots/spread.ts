import type { Distribution } from "../../../rehearsal/simulation/distribution";

/** How many took how long, in whole seconds: small enough to travel with a report, fine enough to draw. */
export interface Spread {
  /** Ascending: so many took at least this many seconds, and less than one second more. */
  readonly counts: readonly (readonly [second: number, count: number])[];
  /** How many never came over. They are part of the whole: a share of 100 % is then never reached. */
  readonly stranded: number;
}

/** A duration on a boundary belongs to the second that it begins: 60.000 s is counted under 60. */
export function spreadOf(distribution: Pick<Distribution, "counts">, stranded = 0): Spread {
  const counts: [number, number][] = [];
  for (const [milliseconds, count] of distribution.counts()) {
    const second = Math.floor(milliseconds / 1_000);
    const last = counts.at(-1);
    if (last?.[0] === second) last[1] += count;
    else counts.push([second, count]);
  }
  return { counts, stranded };
}

export function totalOf({ counts, stranded }: Spread): number {
  return counts.reduce((sum, [, count]) => sum + count, stranded);
}

/** The last second in which anybody came over, from its end; 0 where nobody did. */
export function endSecondsOf({ counts }: Spread): number {
  const last = counts.at(-1);
  return last === undefined ? 0 : last[0] + 1;
}

export interface SpreadBin {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly count: number;
  /** Of everybody, the stranded included. */
  readonly share: number;
}

/** Bins of whole `binSeconds` from 0, empty ones left out. */
export function binsOf(spread: Spread, binSeconds: number): SpreadBin[] {
  const total = totalOf(spread);
  const bins = new Map<number, number>();
  for (const [second, count] of spread.counts) {
    const bin = Math.floor(second / binSeconds);
    bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  return [...bins].map(([bin, count]) => ({
    fromSeconds: bin * binSeconds,
    toSeconds: (bin + 1) * binSeconds,
    count,
    share: count / total,
  }));
}

export interface SharePoint {
  readonly atSeconds: number;
  readonly share: number;
}

/** Which share was over before each moment, from the moment before the first was; exact at whole seconds. */
export function sharesOf(spread: Spread): SharePoint[] {
  const total = totalOf(spread);
  const points: SharePoint[] = [];
  let below = 0;
  for (const [second, count] of spread.counts) {
    if (points.at(-1)?.atSeconds !== second) points.push({ atSeconds: second, share: below / total });
    below += count;
    points.push({ atSeconds: second + 1, share: below / total });
  }
  return points;
}

/** Which share was over before this moment, on the straight line between whole seconds. */
export function shareBefore(points: readonly SharePoint[], atSeconds: number): number {
  const after = points.findIndex((point) => point.atSeconds >= atSeconds);
  if (after === -1) return points.at(-1)?.share ?? 0;
  const right = points[after] as SharePoint;
  const left = points[after - 1];
  if (left === undefined) return right.share;
  const part = (atSeconds - left.atSeconds) / (right.atSeconds - left.atSeconds);
  return left.share + part * (right.share - left.share);
}

/** The narrowest of the usual widths of which `longestSeconds` takes no more than `binsMax`. */
export function binSecondsFor(longestSeconds: number, binsMax: number): number {
  const widths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600];
  return widths.find((width) => longestSeconds / width <= binsMax) ?? Math.ceil(longestSeconds / binsMax);
}
