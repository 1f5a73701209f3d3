import { changeText, formatExactUsd, usdOfNumber } from "./exact-usd";
import type { RowOutcome } from "./row-outcome";

type Priced = Extract<RowOutcome, { offered: unknown }>;

const KINDS = ["unchanged", "changed", "held", "not-found", "ambiguous", "absent"] as const;

/** How many rows came out how. */
export function outcomeCounts(outcomes: readonly RowOutcome[]): Readonly<Record<RowOutcome["kind"], number>> {
  const counts = { unchanged: 0, changed: 0, held: 0, "not-found": 0, ambiguous: 0, absent: 0 };
  for (const { kind } of outcomes) counts[kind] += 1;
  return counts;
}

/** The diff for a reader: each price that changes, each row that has none, and the counts. */
export function refreshReport(outcomes: readonly RowOutcome[]): string {
  const of = (kind: RowOutcome["kind"]) => outcomes.filter((outcome) => outcome.kind === kind);
  const lines = [
    ...section("changed", of("changed").map(priceLine)),
    ...section(
      "held: more than twice or less than half of what it was; the product may be another one; lever: --large",
      of("held").map(priceLine),
    ),
    ...section("ambiguous: left as they are; lever: policy/prices/offers.json", whyLines(of("ambiguous"))),
    ...section("not found: left as they are; lever: policy/prices/offers.json", whyLines(of("not-found"))),
    ...section("not in an offer file, as far as is known", whyLines(of("absent"))),
    ...section("not the first tier, as that is free", outcomes.flatMap(tierLine)),
    countLine(outcomes),
  ];
  return `${lines.join("\n")}\n`;
}

function countLine(outcomes: readonly RowOutcome[]): string {
  const counts = outcomeCounts(outcomes);
  const words: Record<RowOutcome["kind"], string> = {
    unchanged: "unchanged",
    changed: "changed",
    held: "held",
    "not-found": "not found",
    ambiguous: "ambiguous",
    absent: "not in an offer file",
  };
  return `${outcomes.length} rows: ${KINDS.map((kind) => `${counts[kind]} ${words[kind]}`).join(", ")}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""];
}

/** `vpc/nat-gateway us-east-1: 0.045 -> 0.05 (+11.1 %) a hour, 2024-07-01 -> 2026-09-24`. */
function priceLine(outcome: RowOutcome): string {
  const { row, offered } = outcome as Priced;
  const from = usdOfNumber(row.usd);
  const prices = `${formatExactUsd(from)} -> ${formatExactUsd(offered.usd)} USD`;
  const read = offered.dateOf ? " (read)" : "";
  return (
    `${row.key} ${row.region}: ${prices} per ${row.unit} (${changeText(from, offered.usd) ?? "from nothing"}), ` +
    `${row.date} -> ${offered.date}${read}${tierText(outcome)}`
  );
}

function tierText(outcome: RowOutcome): string {
  const { tiers } = (outcome as Priced).offered;
  return tiers > 1 ? `, first paid tier of ${tiers}` : "";
}

function tierLine(outcome: RowOutcome): string[] {
  if (!("offered" in outcome) || Number(outcome.offered.freeUnits) === 0) return [];
  const { row, offered } = outcome;
  return [`${row.key} ${row.region}: the price of each unit above ${offered.freeUnits}`];
}

const ROWS_SHOWN = 3;

/** The reasons, each once, with the rows that it is the reason of. */
function whyLines(outcomes: readonly RowOutcome[]): string[] {
  const rows = new Map<string, string[]>();
  for (const outcome of outcomes) {
    if ("offered" in outcome) continue;
    const { key, region } = outcome.row;
    rows.set(outcome.why, [...(rows.get(outcome.why) ?? []), `${key} ${region}`]);
  }
  return [...rows].map(([why, names]) => {
    const more = names.length > ROWS_SHOWN ? ` and ${names.length - ROWS_SHOWN} more` : "";
    return `${why}: ${names.slice(0, ROWS_SHOWN).join(", ")}${more}`;
  });
}
