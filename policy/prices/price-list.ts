import { MICRO_USD_PER_USD, type MicroUsd, microUsd } from "../../model/money";
import { ROWS } from "./rows";

/** How sure a price is; `assumed-equal-to-us-east-1` is that region's figure carried over to us-west-2. */
export type Confidence =
  | "price-list-quoted"
  | "machine-generated"
  | "golden-file"
  | "page-quoted"
  | "fixture"
  | "secondary"
  | "assumed-equal-to-us-east-1"
  | "from-memory";

/** One list price: what one `unit` costs in one region, or everywhere where the region is `global`. */
export interface PriceRow {
  readonly key: string;
  readonly region: string;
  readonly item: string;
  readonly unit: string;
  readonly usd: number;
  readonly source: string;
  /** `2026-09-19` or `2026-05`. */
  readonly date: string;
  /** Where the source bears no date, the date is the day on which it was read. */
  readonly dateOf?: "reading";
  readonly confidence: Confidence;
}

/** Prices by key and region. A missing row stays missing: no other region's price stands in for it. */
export class PriceList {
  private readonly byKey = new Map<string, PriceRow>();
  private readonly keys: ReadonlySet<string>;

  constructor(readonly rows: readonly PriceRow[]) {
    for (const row of rows) this.byKey.set(`${row.key} ${row.region}`, row);
    this.keys = new Set(rows.map(({ key }) => key));
  }

  /** @param region code of the region that the metered thing is in; globally priced keys ignore it. */
  find(key: string, region: string | undefined): PriceRow | undefined {
    return this.byKey.get(`${key} global`) ?? this.byKey.get(`${key} ${region}`);
  }

  /** Whether the key has a price in any region, which tells a missing size from a missing region. */
  has(key: string): boolean {
    return this.keys.has(key);
  }

  isGlobal(key: string): boolean {
    return this.byKey.has(`${key} global`);
  }
}

export const PRICES = new PriceList(ROWS);

/** Units that are priced by the thousand or more: `1M`, `1M queries`, `10k`. */
const MULTIPLES: Readonly<Record<string, number>> = { "1M": 1_000_000, "10k": 10_000, "1k": 1000 };

/** What `quantity` single units cost, in whole micro-dollars. */
export function amountOf(row: PriceRow, quantity: number): MicroUsd {
  return microUsd(usdOf(row, quantity));
}

/** Whether a quantity from a program is one at all: not below zero, and small enough to be held exactly. */
export function isAmount(row: PriceRow, quantity: number): boolean {
  return quantity >= 0 && Number.isSafeInteger(Math.round(usdOf(row, quantity) * MICRO_USD_PER_USD));
}

function usdOf(row: PriceRow, quantity: number): number {
  return (row.usd * quantity) / (MULTIPLES[row.unit.split(" ")[0] ?? ""] ?? 1);
}

/** Figures from memory may refuse a stack; they never let one pass. */
export function isFromMemory({ confidence }: { readonly confidence: string }): boolean {
  return confidence === "from-memory";
}

/** Confidences that a reader should see beside the figure; the others come from AWS's own lists and pages. */
const DOUBTFUL: readonly string[] = [
  "fixture",
  "secondary",
  "assumed-equal-to-us-east-1",
  "from-memory",
  "declared",
];

/**
 * The day of a price and, where it was not quoted from AWS, how sure it is: `2026-05, secondary`. Every list of
 * cost lines prints this.
 */
export function datedText(
  line: { readonly asOf: string; readonly confidence: string },
  separator = ", ",
): string {
  return DOUBTFUL.includes(line.confidence) ? `${line.asOf}${separator}${line.confidence}` : line.asOf;
}

/** The day that stands behind the price, with a word where it is the day of reading. */
export function asOf(row: PriceRow): string {
  return row.dateOf === "reading" ? `${row.date} (read)` : row.date;
}
