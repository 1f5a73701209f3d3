import { formatUsd, toUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import type { CostLine } from "../prices/idle-cost";
import { LineNotes } from "../prices/line-notes";
import { datedText } from "../prices/price-list";

const LEVERS_SHOWN = 2;
const NAMES_SHOWN = 3;

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
 * told. One change to several lines is told once, with all that it saves and of which resources. One of an untold
 * saving counts as its amount, above which it cannot be. Where the dearest line has no lever, leaving it out is one.
 */
export function dearestLevers(lines: readonly CostLine[]): string {
  const sorted = dearestFirst(lines);
  const alike = new Map<string, CostLine[]>();
  for (const line of sorted) {
    if (line.lever === undefined) continue;
    const of = alike.get(line.lever);
    if (of) of.push(line);
    else alike.set(line.lever, [line]);
  }
  if (alike.size === 0) return "leave out the dearest of these";
  const groups = [...alike.values()];
  const [dearest] = sorted;
  if (dearest && dearest.lever === undefined) groups.unshift([dearest]);
  return groups
    .sort((a, b) => mostMicroUsd(b) - mostMicroUsd(a))
    .slice(0, LEVERS_SHOWN)
    .map((of) => leverText(of, lines))
    .join("; ");
}

/** The most that one change to all of these lines can save. */
function mostMicroUsd(of: readonly CostLine[]): number {
  return of.reduce(
    (sum, { leverSavesMicroUsd, monthlyMicroUsd }) => sum + (leverSavesMicroUsd ?? monthlyMicroUsd),
    0,
  );
}

function leverText(of: readonly CostLine[], lines: readonly CostLine[]): string {
  const lever = of[0]?.lever;
  const saving = `(up to -${formatUsd(toUsd(mostMicroUsd(of)))} a month)`;
  if (lever === undefined) return `${namedText(of)}: leave it out ${saving}`;
  const isTold = of.every(({ leverSavesMicroUsd }) => leverSavesMicroUsd !== undefined);
  const text = `${subjectText(of, lines)}: ${lever}`;
  return isTold ? `${text} ${saving}` : text;
}

/** Of an item that the table has once it tells the resource; of others the lever does. */
function subjectText(of: readonly CostLine[], lines: readonly CostLine[]): string {
  const [{ item } = { item: "" }] = of;
  const isOnce = of.length === 1 && lines.filter((line) => line.item === item).length === 1;
  return isOnce ? item : namedText(of);
}

/** The dearest item and whose it is: `public IPv4 address (one, two)`, or how many they are. */
function namedText(of: readonly CostLine[]): string {
  const [item = "", ...others] = new Set(of.map((line) => line.item));
  const what = others.length === 0 ? item : `${item} and ${others.length} more`;
  const names = [...new Set(of.map(({ urn }) => urn))].map((urn) => parseUrn(urn).name);
  return `${what} (${names.length > NAMES_SHOWN ? `${names.length} resources` : names.join(", ")})`;
}
