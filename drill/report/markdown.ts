import { setWords } from "../../model/answer-sets";
import { formatUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import { datedText } from "../../policy/prices/price-list";
import { failedShareLine } from "./failed-shares";
import {
  BASIS_NOTES,
  countText,
  figuresOf,
  groupLines,
  kindsLine,
  moneyText,
  priceSources,
  standbyText,
  teardownSentence,
} from "./figures";
import type { Report } from "./report";
import type { ReportView } from "./view";

/** `report.md`: the terminal's content with every cost line, for a pull request or a wiki. */
export function markdownReport(view: ReportView): string {
  const { report } = view;
  const sources = priceSources(report.cost.lines);
  return [
    `# ${escaped(`${report.system} (${report.stack}): ${report.headline}`)}`,
    "",
    `${escaped(capitalized(view.scenarioTitle))}. Played on ${escaped(view.pair)} with seed ${report.seed}; loopback at ` +
      `${report.speed} times real time. Again: \`${view.command}\``,
    "",
    ...(view.reasons.length > 0 ? [...view.reasons.map((reason) => `- ${escaped(reason)}`), ""] : []),
    ...(view.timeline === "none"
      ? []
      : [
          `![Timeline of ${view.timeline === "loopback" ? "the loopback rehearsal" : "simulated cutover 0"}](timeline.svg)`,
          "",
        ]),
    "## Figures",
    "",
    ...table(
      ["Figure", "Value", "Objective", "Basis"],
      figuresOf(report).map((figure) => [
        figure.name,
        figure.met === false ? `**${figure.value}**` : figure.value,
        figure.objective,
        figure.basis,
      ]),
    ),
    "",
    ...Object.entries(BASIS_NOTES).map(([basis, note]) => `- *${basis}*: ${note}`),
    "",
    ...failedShareSection(report),
    ...othersSection(report),
    ...(report.notes.length > 0
      ? [...report.notes.map((note) => `- ${escaped(capitalized(note))}`), ""]
      : []),
    "## Idle cost of a month",
    "",
    `Standby ${standbyText(report.cost)}, whole stack ${moneyText(report.cost.totalMonthlyUsd)}. ` +
      "A month is 730 hours with no request at all.",
    "",
    ...table(
      ["USD/month", "For", "Resource", "Region", "Standby", "Source", "As of"],
      view.costEntries.map((line) => [
        formatUsd(line.monthlyUsd),
        line.note === undefined ? line.item : `${line.item}; ${line.note}`,
        parseUrn(line.urn).name,
        line.region,
        line.standby ? "yes" : "",
        `[${sources.indexOf(line.source) + 1}]`,
        datedText(line),
      ]),
    ),
    "",
    "Sources:",
    "",
    ...sources.map((source, index) => `${index + 1}. ${escaped(source)}`),
    ...report.cost.unpriced.map(
      ({ urn, why }) => `\nNo price for ${escaped(parseUrn(urn).name)}: ${escaped(why)}`,
    ),
    "",
    "## Rules",
    "",
    ...rules(report),
    "",
    "## Teardown",
    "",
    teardownSentence(report),
    ...view.lifted.map((urn) => `\nDeletion protection lifted first: ${escaped(parseUrn(urn).name)}.`),
    ...report.teardown.left.map(
      ({ urn, monthlyUsd }) => `\nLeft: ${escaped(parseUrn(urn).name)}, ${moneyText(monthlyUsd)} a month.`,
    ),
    "",
  ].join("\n");
}

/** A sentence's first letter; a name with dots or colons in it stays as it is written. */
export function capitalized(text: string): string {
  if (/^\S*[.:]\S/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function failedShareSection(report: Report): string[] {
  return [kindsLine(report), failedShareLine(report), ...groupLines(report)].flatMap((line) =>
    line === undefined ? [] : [escaped(line).replace(/^\*/, "\\*"), ""],
  );
}

function othersSection({ others }: Report): string[] {
  if (others.length === 0) return [];
  return [
    "## What else fails over",
    "",
    ...table(
      ["Name", "Routing", "Bound", "Simulated client cutover"],
      others.map((other) => [
        setWords(other),
        other.routing,
        other.boundSeconds === null ? "" : `${other.boundSeconds} s`,
        otherText(other),
      ]),
    ),
    "",
  ];
}

/** `p50 61.4 s, p95 88.5 s, slowest 94.9 s`, nobody, or why not. */
export function otherText({ clientSeconds, count, why }: Report["others"][number]): string {
  if (why !== null) return `not rehearsed: ${why}`;
  const of = `${countText(count)} cutovers, not played over sockets`;
  if (clientSeconds === null) return `nobody came over (${of})`;
  const [p50, p95, max] = [clientSeconds.p50, clientSeconds.p95, clientSeconds.max].map((s) => s.toFixed(1));
  return `p50 ${p50} s, p95 ${p95} s, slowest ${max} s (${of})`;
}

function rules({ policy }: Report): string[] {
  if (policy.violations.length === 0) return [`${policy.rules} rules judged the stack; none is violated.`];
  return table(
    ["Level", "Rule", "Resource", "Message"],
    policy.violations.map(({ level, rule, urn, message }) => [level, rule, parseUrn(urn).name, message]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)];
}

/** Keeps a text in its cell and out of Markdown's own signs. */
function escaped(text: string): string {
  return text
    .replace(/\r?\n/g, " ")
    .replace(/[|<>]/g, (sign) => ({ "|": "\\|", "<": "&lt;", ">": "&gt;" })[sign] ?? "");
}
