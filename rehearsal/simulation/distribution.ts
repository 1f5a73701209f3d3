/** Seconds. Nearest-rank quantiles: each is one of the samples, to the millisecond. */
export interface DistributionSummary {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const BUCKETS_PER_PAGE = 1_024;

/**
 * Durations counted in buckets of one millisecond. Its memory follows the milliseconds that occur, not how often
 * they do, so a million samples take no more than a thousand.
 */
export class Distribution {
  private readonly pages: (Uint32Array | undefined)[] = [];
  private samples = 0;

  /** How many samples there are. */
  get count(): number {
    return this.samples;
  }

  /** Adds a duration in seconds. */
  add(seconds: number): void {
    this.addMs(Math.round(seconds * 1_000));
  }

  /** Adds a duration in whole milliseconds, `times` times over. */
  addMs(milliseconds: number, times = 1): void {
    if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
      throw new RangeError(`a duration is ${milliseconds} ms; it must be a whole number from 0`);
    }
    const page = Math.floor(milliseconds / BUCKETS_PER_PAGE);
    const counts = this.pages[page] ?? new Uint32Array(BUCKETS_PER_PAGE);
    this.pages[page] = counts;
    const bucket = milliseconds % BUCKETS_PER_PAGE;
    counts[bucket] = (counts[bucket] ?? 0) + times;
    this.samples += times;
  }

  /** Undefined without a sample: nothing was measured, which is not 0. */
  summary(): DistributionSummary | undefined {
    if (this.samples === 0) return undefined;
    const shares = [0.05, 0.5, 0.95, 0.99, 1];
    const [p5, p50, p95, p99, max] = this.quantiles(shares) as [number, number, number, number, number];
    return { p5, p50, p95, p99, max };
  }

  /** The smallest samples that at least these shares of all are not above; `shares` ascend in (0, 1]. */
  quantiles(shares: readonly number[]): number[] {
    const found: number[] = [];
    let below = 0;
    for (const [milliseconds, count] of this.counts()) {
      below += count;
      while (found.length < shares.length && below >= this.rank(shares[found.length] ?? 1)) {
        found.push(milliseconds / 1_000);
      }
    }
    return found;
  }

  /** Every duration in ms that occurred, ascending, with how often. */
  *counts(): Generator<readonly [milliseconds: number, count: number]> {
    for (const [page, counts] of this.pages.entries()) {
      if (!counts) continue;
      for (const [bucket, count] of counts.entries()) {
        if (count > 0) yield [page * BUCKETS_PER_PAGE + bucket, count];
      }
    }
  }

  private rank(share: number): number {
    return Math.max(1, Math.ceil(share * this.samples));
  }
}
