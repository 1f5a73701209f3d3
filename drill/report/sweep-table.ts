import type { SetRouting } from "../../model/answer-sets";
import { formatUsd } from "../../model/money";
import { queryPriceText } from "../../policy/prices/route53-price";
import type { RankedSetting, SweepOptions } from "../sweep";
import type { Budgets } from "./budgets";
import { countText, moneyText } from "./figures";
import { wrap } from "./terminal";

export interface SweepWords extends SweepOptions {
  /** `profiles.example.com A`. */
  readonly pair: string;
  /** How Route 53 chooses among its members, by which queries are priced. */
  readonly routing: SetRouting;
  readonly objectiveSeconds: number;
  readonly budgets: Budgets;
}

const WIDTHS = [8, 6, 6, 7, 9, 10, 10, 10, 10];

/** The sweep for a terminal of 80 columns: one line each, cheapest first, then what the columns mean. */
export function sweepTable(ranked: readonly RankedSetting[], words: SweepWords): string {
  const headings = ["records", "every", "fails", "TTL", "bound", "p50", "p95", "standby", "total"];
  const lines = ranked.map(({ swept, shown, frontier }) => {
    const { records, intervalSeconds, failureThreshold, ttlSeconds, cutoverSeconds } = swept;
    const mark = `${frontier === undefined ? "" : frontier}${swept.isCurrent ? "*" : ""}`;
    return line(mark, [
      records,
      `${intervalSeconds} s`,
      `${failureThreshold}`,
      `${ttlSeconds} s`,
      boundText(swept.bound, words.objectiveSeconds),
      cutoverSeconds ? `${cutoverSeconds.p50.toFixed(1)} s` : "-",
      cutoverSeconds ? `${cutoverSeconds.p95.toFixed(1)} s` : "-",
      swept.standbyMonthlyUsd === null ? "unknown" : moneyText(swept.standbyMonthlyUsd),
      shown ? formatUsd(shown.monthlyUsd) : "unknown",
    ]);
  });
  return `${[line("", headings), ...lines, "", ...sweepNotes(words).flatMap((note) => wrap(note, "  ", 0))].join("\n")}\n`;
}

function line(mark: string, cells: readonly string[]): string {
  const shown = cells.map((cell, column) => {
    const width = WIDTHS[column] ?? 0;
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
  return `${mark.padStart(3)} ${shown.join("")}`.trimEnd();
}

function boundText(bound: RankedSetting["swept"]["bound"], objectiveSeconds: number): string {
  if (bound.kind !== "bound") return "none";
  return `${bound.rtoSeconds} s${bound.rtoSeconds < objectiveSeconds ? "" : "!"}`;
}

/** What the columns mean and what they leave out, one note per entry. */
export function sweepNotes(words: SweepWords): string[] {
  const { cutovers, resolvers, seed, scenario, objectiveSeconds, budgets, routing } = words;
  const budget = (usd: number | undefined) => (usd === undefined ? "" : `, budget ${formatUsd(usd)}`);
  return [
    "Numbered: the frontier, which no other setting beats in cost and p95 together; *: the stack as it is set now; " +
      `!: the worst case by arithmetic is not under the objective of ${objectiveSeconds} s.`,
    `p50, p95: from the fault to the first request that the standby serves (${scenario.name}, ${countText(cutovers)} ` +
      `cutovers x ${countText(resolvers)} resolvers each, seed ${seed}).`,
    `standby: USD a month with no visitor${budget(budgets.standbyUsd)}. total: the whole stack${budget(budgets.stackUsd)}, with no ` +
      `visitor, probes of the health check included, and the DNS queries that ${countText(resolvers)} resolvers cause when ` +
      `each asks again whenever its TTL is over. Queries to an alias of an AWS resource are free; those to other records, ` +
      `and to an alias of a record of the zone, cost ${queryPriceText(routing)} per million with ${routing} routing.`,
    "A low threshold costs nothing here and has its own price: with 1 a failure that lasts no " +
      "longer than one interval is failed over, and back.",
  ];
}
