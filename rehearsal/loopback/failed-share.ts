import type { Sample } from "../simulation/sample";

/** How wide a slice is, in system seconds. */
const SLICE_SECONDS = 10;

/** The requests that ended in one slice of time, [from, from + 10) seconds since the fault. */
export interface FailedShare {
  readonly fromSeconds: number;
  readonly requests: number;
  readonly failed: number;
}

/**
 * How the share of failed requests went over time, from the raw samples: slices of ten seconds from the first request
 * to the end of the main act. Empty where there was no fault; slices without a request are left out.
 */
export function failedShares(samples: readonly Sample[]): FailedShare[] {
  const marks = samples.flatMap((sample) => (sample.kind === "mark" ? [sample] : []));
  const fault = marks.find(({ mark }) => mark === "fault");
  if (!fault) return [];
  const end = marks.find(({ mark }) => mark === "end")?.atSeconds ?? Number.POSITIVE_INFINITY;
  const slices = new Map<number, { requests: number; failed: number }>();
  for (const sample of samples) {
    if (sample.kind !== "request" || sample.atSeconds > end) continue;
    const number = Math.floor((sample.atSeconds - fault.atSeconds) / SLICE_SECONDS);
    const slice = slices.get(number) ?? { requests: 0, failed: 0 };
    slice.requests += 1;
    if (!sample.ok) slice.failed += 1;
    slices.set(number, slice);
  }
  return [...slices]
    .sort(([a], [b]) => a - b)
    .map(([number, slice]) => ({ fromSeconds: number * SLICE_SECONDS, ...slice }));
}
