import type { PriceRow } from "../price-list";
import { type PicoUsd, scaled, usdOfNumber } from "./exact-usd";
import type { PaidTier, UnreadTier } from "./offer-file";
import type { OfferEntry } from "./offer-map";

/** The price that an offer file has for a row. */
export interface OfferedPrice {
  readonly usd: PicoUsd;
  /** `2026-09-24`, of the offer file. */
  readonly date: string;
  /** Set where the file is still the current one and bears a date of more than a year ago. */
  readonly dateOf?: "reading";
  readonly source: string;
  /** Free units before the price begins, and how many tiers the product has. */
  readonly freeUnits: string;
  readonly tiers: number;
}

/** What becomes of one row. */
export type RowOutcome =
  | {
      readonly kind: "unchanged" | "changed" | "held";
      readonly row: PriceRow;
      readonly offered: OfferedPrice;
    }
  | { readonly kind: "not-found"; readonly row: PriceRow; readonly why: string }
  | { readonly kind: "ambiguous"; readonly row: PriceRow; readonly why: string }
  | { readonly kind: "absent"; readonly row: PriceRow; readonly why: string };

export interface ReadOffer {
  readonly publicationDate: string;
  readonly source: string;
}

/** A price that more than doubles or halves is more often another product than a new price. */
const FACTOR_MAX = 2n;
const DAY_MS = 86_400_000;
const CURRENT_DAYS = 365;

/**
 * The outcome for a row whose offer file was read. Of several products with one price that is taken; with
 * different ones none is.
 * @param today `2026-11-21`.
 */
export function outcomeOf(
  row: PriceRow,
  entry: OfferEntry,
  found: readonly (PaidTier | UnreadTier)[],
  { publicationDate, source }: ReadOffer,
  today: string,
): RowOutcome {
  const { unit, service } = entry;
  const unread = found.find((tier) => "unread" in tier);
  if (unread) {
    const { usagetype, unread: price } = unread;
    return { kind: "not-found", row, why: `${service} prices ${usagetype} at "${price}", which is no price` };
  }
  const tiers = found.filter((tier) => "usd" in tier);
  const inUnit = tiers.filter((tier) => unit === undefined || sameUnit(tier.unit, unit));
  const [tier] = inUnit;
  if (!tier) return { kind: "not-found", row, why: whyNotFound(entry, tiers) };
  if (inUnit.some(({ usd }) => usd !== tier.usd)) {
    return { kind: "ambiguous", row, why: `${inUnit.length} products fit: ${productList(inUnit)}` };
  }
  const usd = scaled(tier.usd, entry.times ?? 1, entry.over ?? 1);
  const { freeUnits, tiers: count } = tier;
  const offered = { usd, ...dateOf(publicationDate, today), source, freeUnits, tiers: count };
  const old = usdOfNumber(row.usd);
  if (usd === old) return { kind: "unchanged", row, offered };
  const held = usd > old * FACTOR_MAX || usd * FACTOR_MAX < old;
  return { kind: held ? "held" : "changed", row, offered };
}

/** The row as it is after a refresh; the key, region, item and unit stay. */
export function refreshedRow(row: PriceRow, { usd, date, dateOf, source }: OfferedPrice): PriceRow {
  const { key, region, item, unit } = row;
  return {
    key,
    region,
    item,
    unit,
    usd: Number(usd) / 1e12,
    source,
    date,
    ...(dateOf ? { dateOf } : {}),
    confidence: "price-list-quoted",
  };
}

/**
 * AWS publishes a service's file when something in it changes. A file that is current today and older than a year
 * gives today's price, so that the day of reading stands for it; its own date would call the price outdated forever.
 */
function dateOf(publicationDate: string, today: string): Pick<OfferedPrice, "date" | "dateOf"> {
  const date = publicationDate.slice(0, 10);
  const days = (Date.parse(today) - Date.parse(date)) / DAY_MS;
  return days > CURRENT_DAYS ? { date: today, dateOf: "reading" } : { date };
}

function whyNotFound({ service, product, unit }: OfferEntry, tiers: readonly PaidTier[]): string {
  const wanted = Object.entries(product)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  if (tiers.length === 0) return `${service} has no paid product with ${wanted}`;
  const units = [...new Set(tiers.map((tier) => tier.unit))].join(", ");
  return `${service} prices ${wanted} by ${units || "no unit"}, not by ${unit}`;
}

const PRODUCTS_SHOWN = 3;

function productList(tiers: readonly PaidTier[]): string {
  const texts = tiers.map(({ usagetype, operation, usd }) => {
    return `${usagetype}${operation === "" ? "" : ` ${operation}`} ${Number(usd) / 1e12}`;
  });
  const shown = [...new Set(texts)].slice(0, PRODUCTS_SHOWN).join("; ");
  return texts.length > PRODUCTS_SHOWN ? `${shown}; ...` : shown;
}

/** AWS writes `Hrs`, `hours` and `Hours`, `GB-Mo` and `GB-month` for the same. */
function sameUnit(a: string, b: string): boolean {
  return plainUnit(a) === plainUnit(b);
}

function plainUnit(unit: string): string {
  return unit
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/\b(hrs?|hours?)\b/, "hour")
    .replace(/\b(mo|months?)\b/, "month")
    .replace(/s$/, "");
}
