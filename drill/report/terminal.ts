import Table from "cli-table3";
import { createColors } from "picocolors";
import { setWords } from "../../model/answer-sets";
import { formatUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import { LineNotes } from "../../policy/prices/line-notes";
import { datedText } from "../../policy/prices/price-list";
import { failedShareLine } from "./failed-shares";
import {
  BASIS_NOTES,
  type Figure,
  figuresOf,
  groupLines,
  kindsLine,
  moneyText,
  priceSources,
  standbyText,
  teardownSentence,
} from "./figures";
import { otherText } from "./markdown";
import type { CostFigures, PolicyFigures, Report } from "./report";
import { firstLine, refusalsOf, verdictWords } from "./verdict";
import type { CostEntry, ReportView } from "./view";
import { visible } from "./visible-text";

/** Every line fits a terminal of this many columns. */
export const TERMINAL_COLUMNS = 80;

/** Cost lines beyond this many stand in the written report and in --json only. */
const COST_LINES_MAX = 12;
/** Violations beyond this many too; advice gives way first. */
const VIOLATIONS_MAX = 40;
/** And resources of one type without a price beyond this many. */
const UNPRICED_OF_TYPE_MAX = 20;
const ITEM_COLUMNS = 23;
const NAME_COLUMNS = 19;
const SOURCE_COLUMNS = 14;

type Colors = ReturnType<typeof createColors>;

export interface TerminalOptions {
  readonly color: boolean;
}

/** The whole report as a terminal shows it; the last line is the verdict. */
export function terminalReport(view: ReportView, options: TerminalOptions): string {
  const colors = createColors(options.color);
  const { report } = view;
  const title = `${report.system} (${report.stack}): ${view.scenarioTitle}`;
  return [
    ...wrap(title).map((line) => colors.bold(line)),
    ...wrap(`${view.pair}; seed ${report.seed}, loopback at ${report.speed} x real time`).map((line) =>
      colors.dim(line),
    ),
    "",
    figureTable(figuresOf(report), colors),
    "",
    ...basisLegend(figuresOf(report), colors),
    "",
    ...failedShareSection(report),
    ...othersSection(report, colors),
    ...costSection(report.cost, view.costEntries, colors),
    "",
    ...violationSection(report.policy, colors),
    ...wrap(teardownSentence(report)),
    ...view.lifted.flatMap((urn) => wrap(`deletion protection lifted first: ${parseUrn(urn).name}`, "  ")),
    "",
    ...verdictSection(report, view.reasons, colors),
    "",
  ].join("\n");
}

/** The table of `warm-standby check`: cost and rules, without a rehearsal. */
export function terminalCheck(
  check: { title: string; cost: CostFigures; costEntries: readonly CostEntry[]; policy: PolicyFigures },
  options: TerminalOptions,
): string {
  const colors = createColors(options.color);
  return [
    colors.bold(visible(check.title)),
    "",
    ...costSection(check.cost, check.costEntries, colors),
    "",
    ...violationSection(check.policy, colors),
    "",
  ].join("\n");
}

function figureTable(figures: readonly Figure[], colors: Colors): string {
  const table = plainTable(["Figure", "Value", "Objective", "Basis"], [35, 19, 14, 12], colors);
  for (const figure of figures) {
    const cells = [visible(figure.name), coloredValue(figure, colors), figure.objective];
    table.push([...cells, colors.dim(figure.basis)]);
  }
  return trimmed(table);
}

function coloredValue({ value, met }: Figure, colors: Colors): string {
  return met === undefined ? value : met ? colors.green(value) : colors.red(`${value} !`);
}

function basisLegend(figures: readonly Figure[], colors: Colors): string[] {
  const used = [...new Set(figures.map(({ basis }) => basis))];
  return used.flatMap((basis) => wrap(`${basis}: ${BASIS_NOTES[basis]}`).map((line) => colors.dim(line)));
}

function failedShareSection(report: Report): string[] {
  return [kindsLine(report), failedShareLine(report), ...groupLines(report)].flatMap((line) =>
    line === undefined ? [] : [...wrap(line, "  ", 0), ""],
  );
}

function othersSection({ others, notes }: Report, colors: Colors): string[] {
  const told = [
    ...(others.length > 0 ? [colors.bold("What else fails over")] : []),
    ...others.flatMap((other) => {
      const bound = other.boundSeconds === null ? "" : ` at most ${other.boundSeconds} s,`;
      return wrap(`${setWords(other)}:${bound} ${otherText(other)}`, "  ");
    }),
    ...notes.flatMap((note) => wrap(`Note: ${note}`, "  ", 0)),
  ];
  return told.length > 0 ? [...told, ""] : [];
}

function costSection(cost: CostFigures, entries: readonly CostEntry[], colors: Colors): string[] {
  const dear = entries.filter(({ monthlyUsd }) => monthlyUsd > 0);
  const shown = dear.slice(0, COST_LINES_MAX);
  const sources = priceSources(shown);
  // What an amount of the settings stands for is told with the others of its type.
  const notes = new LineNotes(shown.filter(({ confidence }) => confidence !== "declared"));
  const table = plainTable(
    ["USD/month", "For", "Resource", "Region", "Source, date"],
    [10, ITEM_COLUMNS + 1, NAME_COLUMNS + 1, 11, SOURCE_COLUMNS + 1],
    colors,
  );
  for (const entry of shown) {
    const source = `[${sources.indexOf(entry.source) + 1}] ${datedText(entry, " ")}`;
    const of = notes.marked(entry, entry.standby ? `${entry.item} (standby)` : entry.item);
    table.push([
      { content: formatUsd(entry.monthlyUsd), hAlign: "right" },
      cellText(of, ITEM_COLUMNS),
      cellText(parseUrn(entry.urn).name, NAME_COLUMNS),
      visible(entry.region),
      cellText(source, SOURCE_COLUMNS),
    ]);
  }
  const more = dear.length - shown.length;
  const free = entries.length - dear.length;
  return [
    colors.bold("Idle cost of a month, dearest first"),
    ...(shown.length > 0 ? [trimmed(table)] : []),
    ...(more > 0 ? wrap(`and ${more} smaller lines, which --json shows too`) : []),
    ...(free > 0 ? wrap(`${free} more lines cost nothing while idle`) : []),
    ...wrap(`Standby ${standbyText(cost)}, whole stack ${moneyText(cost.totalMonthlyUsd)} a month.`),
    ...unpricedLines(cost).map(colors.red),
    ...declaredLines(cost),
    ...sources.flatMap((source, index) => wrap(`[${index + 1}] ${source}`, "    ", 0)).map(colors.dim),
    ...notes.footnotes.flatMap((note) => wrap(note, "    ", 0)).map(colors.dim),
  ];
}

/** What has no price, type by type in the order of the stack. */
function unpricedLines({ unpriced }: CostFigures): string[] {
  return linesByType(
    unpriced,
    ({ urn, why }) => `no price for ${parseUrn(urn).name}: ${why}`,
    "without a price",
  );
}

/** What has no price and was let in all the same, with what it counts for. */
function declaredLines({ declared = [] }: CostFigures): string[] {
  return linesByType(
    declared,
    ({ urn, monthlyUsd, why }) =>
      `allowMonthlyUsd counts ${formatUsd(monthlyUsd)} a month for ${parseUrn(urn).name}: ${why}`,
    "with an amount of allowMonthlyUsd",
  );
}

function linesByType<Entry extends { readonly type: string }>(
  all: readonly Entry[],
  text: (entry: Entry) => string,
  what: string,
): string[] {
  const byType = new Map<string, Entry[]>();
  for (const entry of all) {
    const list = byType.get(entry.type);
    if (list) list.push(entry);
    else byType.set(entry.type, [entry]);
  }
  return [...byType].flatMap(([type, entries]) => {
    const more = entries.length - UNPRICED_OF_TYPE_MAX;
    return [
      ...entries.slice(0, UNPRICED_OF_TYPE_MAX).flatMap((entry) => wrap(text(entry))),
      ...(more > 0 ? wrap(`and ${more} more of ${type} ${what}, which --json shows`) : []),
    ];
  });
}

function violationSection(policy: PolicyFigures, colors: Colors): string[] {
  const { rules, violations } = policy;
  if (violations.length === 0) return [`Rules: ${rules} judged, none violated.`];
  const refusals = refusalsOf(violations);
  const advice = violations.filter(({ level }) => level !== "mandatory");
  const shown = [...refusals, ...advice].slice(0, VIOLATIONS_MAX);
  const more = violations.length - shown.length;
  const violated = new Set(violations.map(({ rule }) => rule)).size;
  const places = violations.length > violated ? `, in ${violations.length} places` : "";
  return [
    `Rules: ${rules} judged, ${violated} violated${places}.`,
    ...shown.flatMap(({ rule, level, urn, message }) => {
      const paint = level === "mandatory" ? colors.red : colors.yellow;
      const { name } = parseUrn(urn);
      const of = name === "" ? "" : ` (${name})`;
      return wrap(`${level} ${rule}${of}: ${firstLine(message)}`, "  ").map(paint);
    }),
    ...(more > 0 ? [`  and ${more} more, which --json shows too`] : []),
  ];
}

function verdictSection({ verdict, headline }: Report, reasons: readonly string[], colors: Colors): string[] {
  const isMet = headline === verdictWords("met");
  const paint = isMet ? colors.green : verdict === "missed" ? colors.red : colors.yellow;
  return [
    ...reasons.flatMap((reason) => wrap(`- ${reason}`, "  ", 0)),
    ...wrap(`Verdict: ${headline}`, "  ", 0).map((line) => paint(colors.bold(line))),
  ];
}

/** A table without a frame; `widths` count the space after each column. */
function plainTable(head: string[], widths: number[], colors: Colors): Table.Table {
  const none = Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"].map(
      (edge) => [edge, ""],
    ),
  );
  const table = new Table({
    chars: {
      ...none,
      left: "",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 1 },
    colWidths: widths,
  });
  table.push(head.map((title) => colors.bold(title)));
  return table;
}

/** A table without the padding at the ends of its lines, which colour codes would otherwise carry to column 80. */
function trimmed(table: Table.Table): string {
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A cell's text in lines that fit it; the table's own wrapping counts colour codes as letters. */
function cellText(text: string, columns: number): string {
  return wrap(text, "", 0, columns).join("\n");
}

/** Names break behind a hyphen and addresses behind a slash, where they have one. */
function pieces(word: string, columns: number): string[] {
  if (word.length <= columns) return [word];
  const cut = Math.max(word.lastIndexOf("-", columns - 1), word.lastIndexOf("/", columns - 1)) + 1 || columns;
  return [word.slice(0, cut), ...pieces(word.slice(cut), columns)];
}

/** Shows a text harmlessly and breaks it at spaces, and inside a word only where it would not fit a line of its own. */
export function wrap(
  text: string,
  indent = "",
  firstIndent: number = indent.length,
  columns = TERMINAL_COLUMNS,
): string[] {
  const lines: string[] = [];
  let line = " ".repeat(firstIndent);
  let empty = true;
  for (const word of visible(text).split(" ")) {
    for (const [index, piece] of pieces(word, columns - indent.length).entries()) {
      if (!empty && (index > 0 || line.length + 1 + piece.length > columns)) {
        lines.push(line);
        line = indent;
        empty = true;
      }
      line += empty ? piece : ` ${piece}`;
      empty = false;
    }
  }
  return [...lines, line];
}
