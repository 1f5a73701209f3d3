import { advise } from "../judgement";
import { dependsOnSupportDates, SUPPORT_DATES_AS_OF } from "../prices/formulas/extended-support";
import type { CostLine } from "../prices/idle-cost";
import { agedPrices, isAged, PRICE_DAYS_MAX } from "../prices/price-age";
import type { Judgement } from "../rule";

/**
 * One advisory where prices are older than a year, and one where the dates of standard support are, on which prices
 * depend; none where the day is not told. The first rule that prices a stack gives them for all lines of the stack.
 */
export function agedPriceAdvice(
  urn: string,
  lines: readonly CostLine[],
  asOf: string | undefined,
): Judgement[] {
  if (asOf === undefined) return [];
  return [...agedPriceOf(urn, lines, asOf), ...agedSupportDates(urn, lines, asOf)];
}

function agedPriceOf(urn: string, lines: readonly CostLine[], asOf: string): Judgement[] {
  const aged = agedPrices(lines, asOf);
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

/** A version that left standard support since then is priced as if it had not. */
function agedSupportDates(urn: string, lines: readonly CostLine[], asOf: string): Judgement[] {
  const first = lines.find(({ type }) => dependsOnSupportDates(type));
  if (!first || !isAged(SUPPORT_DATES_AS_OF, asOf)) return [];
  return [
    advise(
      urn,
      "",
      `the dates on which versions leave standard support are of ${SUPPORT_DATES_AS_OF}, and prices depend on them: ` +
        `${first.item}; allowed: ${PRICE_DAYS_MAX} days before ${asOf}; compare the version with the calendar of AWS, ` +
        "or use a newer warm-standby",
    ),
  ];
}
