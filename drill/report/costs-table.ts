import { formatUsd, toUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import { DEFAULT_ASSUMPTIONS } from "../../policy/prices/assumptions";
import type { CostReport } from "../../policy/prices/idle-cost";
import { zonePriceText } from "../../policy/prices/route53-price";
import { type SaidCost, saidCost } from "../seeds/cost-claims";
import type { Seed } from "../seeds/seed";
import { costFigures, dearestFirst } from "./cost-lines";
import { moneyText } from "./figures";
import { TERMINAL_COLUMNS, wrap } from "./terminal";

/** What one system costs idle, beside what its seed says. */
export interface ComparedCost {
  readonly system: string;
  readonly stack: string;
  readonly seed: string;
  readonly claim: SaidCost;
  /** Null where a resource has no known price. */
  readonly idleMonthlyUsd: number | null;
  readonly standbyMonthlyUsd: number | null;
  /** Null of a stack that costs nothing. */
  readonly dearest: { readonly item: string; readonly resource: string; readonly monthlyUsd: number } | null;
  /** What the idle cost is made of, dearest first. */
  readonly items: readonly CostItem[];
  readonly verdict: string;
  /** First and last day of the prices used; null of a stack without cost lines. */
  readonly prices: { readonly from: string; readonly to: string } | null;
  /** One line for every resource without a price. */
  readonly unpriced: readonly string[];
}

/** Cost lines for the same thing, taken together. */
export interface CostItem {
  readonly item: string;
  readonly count: number;
  readonly monthlyUsd: number;
}

export function compareCost(
  { seed, stack }: { readonly seed: Pick<Seed, "number" | "system" | "cost">; readonly stack: string },
  cost: CostReport,
): ComparedCost {
  const claim = saidCost(seed);
  const { totalMonthlyUsd, standbyMonthlyUsd, unpriced } = costFigures(cost);
  const [dearest] = dearestFirst(cost.lines).filter(({ monthlyMicroUsd }) => monthlyMicroUsd > 0);
  const days = cost.lines.map(({ asOf }) => asOf.replace(/ .*$/, "")).sort();
  const [from, to] = [days[0], days.at(-1)];
  return {
    system: seed.system,
    stack,
    seed: seed.number,
    claim,
    idleMonthlyUsd: totalMonthlyUsd,
    standbyMonthlyUsd,
    dearest: dearest
      ? {
          item: dearest.item,
          resource: parseUrn(dearest.urn).name,
          monthlyUsd: toUsd(dearest.monthlyMicroUsd),
        }
      : null,
    items: costItems(cost.lines),
    verdict: claimedVerdict(claim, totalMonthlyUsd, standbyMonthlyUsd),
    prices: from === undefined || to === undefined ? null : { from, to },
    unpriced: unpriced.map(({ urn, why }) => `${parseUrn(urn).name}: ${why}`),
  };
}

function costItems(lines: CostReport["lines"]): CostItem[] {
  const items = new Map<string, { count: number; microUsd: number }>();
  for (const { item, monthlyMicroUsd } of lines) {
    const { count, microUsd } = items.get(item) ?? { count: 0, microUsd: 0 };
    items.set(item, { count: count + 1, microUsd: microUsd + monthlyMicroUsd });
  }
  return [...items.entries()]
    .filter(([, { microUsd }]) => microUsd > 0)
    .sort(([a, { microUsd: aUsd }], [b, { microUsd: bUsd }]) => bUsd - aUsd || (a < b ? -1 : 1))
    .map(([item, { count, microUsd }]) => ({ item, count, monthlyUsd: toUsd(microUsd) }));
}

/** Amounts that read alike are alike. */
const CENT = 0.01;

function claimedVerdict(claim: SaidCost, totalUsd: number | null, standbyUsd: number | null): string {
  if (claim.kind === "no-amount") return "no amount";
  const usd = claim.of === "stack" ? totalUsd : standbyUsd;
  if (usd === null) return "not known";
  const over = usd - claim.monthlyUsd;
  if (claim.kind === "under") return over < 0 ? "holds" : "does not hold";
  if (Math.abs(over) < CENT / 2) return "holds";
  return `${formatUsd(Math.abs(over))} ${over > 0 ? "above" : "below"}`;
}

/** Columns with the space after each; the last ends at the terminal's. */
const WIDTHS = [18, 5, 14, 8, 9, 15, 11];
const RIGHT = [3, 4];
const HEADINGS = ["System", "Seed", "Seed says", "Idle", "Standby", "Dearest line", "Verdict"];

/** The systems for a terminal of 80 columns, then what the figures mean and what the documents leave out. */
export function costsTable(compared: readonly ComparedCost[]): string {
  const rows = compared.map(
    ({ system, seed, claim, idleMonthlyUsd, standbyMonthlyUsd, dearest, verdict }) => [
      system,
      seed,
      claimText(claim),
      moneyText(idleMonthlyUsd),
      moneyText(standbyMonthlyUsd),
      dearest ? `${formatUsd(dearest.monthlyUsd)} ${dearest.item}` : "nothing",
      verdict,
    ],
  );
  return `${[...[HEADINGS, ...rows].flatMap(rowLines), "", ...costNotes(compared).flatMap((note) => wrap(note, "  ", 0))].join("\n")}\n`;
}

function claimText(claim: SaidCost): string {
  switch (claim.kind) {
    case "amount":
      return formatUsd(claim.monthlyUsd);
    case "under":
      return `${claim.of} under ${formatUsd(claim.monthlyUsd)}`;
    case "no-amount":
      return claim.short;
  }
}

function rowLines(cells: readonly string[]): string[] {
  const wrapped = cells.map((cell, column) => wrap(cell, "", 0, (WIDTHS[column] ?? TERMINAL_COLUMNS) - 1));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, column) => {
        const [text, width] = [lines[line] ?? "", (WIDTHS[column] ?? 0) - 1];
        return RIGHT.includes(column) ? text.padStart(width) : text.padEnd(width);
      })
      .join(" ")
      .trimEnd(),
  );
}

/** So many things of each system are named. */
const ITEMS_SHOWN = 4;

function itemsText(items: readonly CostItem[]): string {
  const named = items.slice(0, ITEMS_SHOWN);
  const rest = items.slice(ITEMS_SHOWN).reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0);
  const texts = named.map(
    ({ item, count, monthlyUsd }) => `${formatUsd(monthlyUsd)} ${count === 1 ? "" : `${count} x `}${item}`,
  );
  if (items.length === 0) return "nothing bills while idle";
  return [...texts, ...(rest > 0 ? [`${formatUsd(rest)} for the rest`] : [])].join("; ");
}

function costNotes(compared: readonly ComparedCost[]): string[] {
  const days = compared.flatMap(({ prices }) => (prices ? [prices.from, prices.to] : [])).sort();
  const { bucketGb, tableGb, logGroupGb } = DEFAULT_ASSUMPTIONS;
  return [
    `Idle: the whole stack for a month of 730 hours without a visitor, probes of its checks included, at AWS list prices${days.length > 0 ? ` of ${days[0]} to ${days.at(-1)}` : ""}; no free tier is counted on. Standby: the resources of the standby, the copies of data kept there, and the health checks and alarms of the failover; probes are billed where they arrive, so those of the primary are in Idle only. check --stack NAME shows every line with its source.`,
    `Assumed: ${bucketGb} GB in each bucket, ${tableGb} GB in each table, ${logGroupGb} GB in each log group. A hosted zone that is found and not created is not in the figures; it costs ${zonePriceText()}.`,
    ...compared.map(({ system, items }) => `${system}: ${itemsText(items)}.`),
    ...compared.map(
      ({ seed, claim: { says, note } }) => `${seed} says: ${says}.${note === undefined ? "" : ` ${note}`}`,
    ),
    ...compared.flatMap(({ system, unpriced }) =>
      unpriced.map((line) => `No price in ${system} for ${line}.`),
    ),
  ];
}
