import type { CostLine } from "./idle-cost";

/** A list price holds for a year; then it is worth another look. */
export const PRICE_DAYS_MAX = 365;

const DAY_MS = 86_400_000;

/** The lines whose price is older than `PRICE_DAYS_MAX` on a day, and the oldest of them. */
export interface AgedPrices {
  readonly lines: number;
  readonly oldest: CostLine;
}

/**
 * Undefined where no price is that old. Amounts declared in the settings have no date and no age.
 * @param asOf the day to judge on, `2026-11-21`.
 */
export function agedPrices(lines: readonly CostLine[], asOf: string): AgedPrices | undefined {
  const day = Date.parse(asOf);
  const aged = lines
    .map((line) => ({ line, days: (day - dayOf(line)) / DAY_MS }))
    .filter(({ days }) => days > PRICE_DAYS_MAX);
  const [first] = aged;
  if (!first) return undefined;
  const oldest = aged.reduce((a, b) => (b.days > a.days ? b : a), first);
  return { lines: aged.length, oldest: oldest.line };
}

/** Whether what was so on a day, `2026-11-22`, is worth another look on `asOf`. */
export function isAged(date: string, asOf: string): boolean {
  return (Date.parse(asOf) - Date.parse(date)) / DAY_MS > PRICE_DAYS_MAX;
}

/** A price of which only the month is known counts from the month's first day: no age is understated. */
function dayOf({ asOf }: CostLine): number {
  const date = /^\d{4}-\d{2}(?:-\d{2})?/.exec(asOf)?.[0];
  return date === undefined ? Number.NaN : Date.parse(date);
}
