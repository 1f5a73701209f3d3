import { formatUsd, toUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import type { CostLine } from "../prices/idle-cost";
import { LineNotes } from "../prices/line-notes";
import { datedText } from "../prices/price-list";

const LEVERS_SHOWN = 2;

/** Dearest first; lines of one amount in the order of the resources. */
function dearestFirst(lines: readonly CostLine[]): CostLine[] {
  return [...lines].sort((a, b) => b.monthlyMicroUsd - a.monthlyMicroUsd);
}

/**
 * Every line: amount, what it is, of which resource, where, and the day of its price; below them what is assumed of
 * lines with a mark.
 */
export function costTable(lines: readonly CostLine[]): string {
  const sorted = dearestFirst(lines);
  const notes = new LineNotes(sorted);
  const rows = sorted.map((line) => [
    formatUsd(toUsd(line.monthlyMicroUsd)),
    notes.marked(line, line.item),
    parseUrn(line.urn).name,
    line.region,
    datedText(line),
  ]);
  const header = ["a month", "item", "resource", "region", "price of"];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const text = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [...[header, ...rows].map(text), ...notes.footnotes].map((row) => `  ${row}`).join("\n");
}

/**
 * What to change at the lines that can be changed, those that save most first, and what it saves where that can be
 * told. One of an untold saving counts as its amount, above which it cannot be.
 */
export function dearestLevers(lines: readonly CostLine[]): string {
  const mostOf = ({ leverSavesMicroUsd, monthlyMicroUsd }: CostLine) => leverSavesMicroUsd ?? monthlyMicroUsd;
  const levers = dearestFirst(lines)
    .filter(({ lever }) => lever !== undefined)
    .sort((a, b) => mostOf(b) - mostOf(a))
    .slice(0, LEVERS_SHOWN)
    .map(({ item, lever, leverSavesMicroUsd: saved }) =>
      saved === undefined
        ? `${item}: ${lever}`
        : `${item}: ${lever} (up to -${formatUsd(toUsd(saved))} a month)`,
    );
  return levers.length > 0 ? levers.join("; ") : "leave out the dearest of these";
}
