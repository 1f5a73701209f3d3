import { advise } from "../judgement";
import type { CostLine } from "../prices/idle-cost";
import { agedPrices, PRICE_DAYS_MAX } from "../prices/price-age";
import type { Judgement } from "../rule";

/**
 * One advisory where prices are older than a year; none where the day is not told. The first rule that prices a
 * stack gives it for all lines of the stack.
 */
export function agedPriceAdvice(
  urn: string,
  lines: readonly CostLine[],
  asOf: string | undefined,
): Judgement[] {
  const aged = asOf === undefined ? undefined : agedPrices(lines, asOf);
  if (!aged) return [];
  const { item, asOf: date } = aged.oldest;
  const of = `${aged.lines} of ${lines.length} cost ${lines.length === 1 ? "line" : "lines"}`;
  const use = aged.lines === 1 ? "uses" : "use";
  return [
    advise(
      urn,
      "",
      `${of} ${use} a price that is older than a year, the oldest of ${date}: ${item}; ` +
        `allowed: ${PRICE_DAYS_MAX} days before ${asOf}; read the current price list: npm run prices:refresh`,
    ),
  ];
}
