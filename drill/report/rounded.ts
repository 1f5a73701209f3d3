import type { Percentiles } from "./report";

export function percentiles(summary: Percentiles | undefined): Percentiles | null {
  if (!summary) return null;
  const { p5, p50, p95, p99, max } = summary;
  return { p5: seconds(p5), p50: seconds(p50), p95: seconds(p95), p99: seconds(p99), max: seconds(max) };
}

export function milliseconds(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : seconds(value);
}

/** To the millisecond, which is the clocks' resolution. */
export function seconds(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
