import { setWords } from "../../model/answer-sets";
import { formatUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import { datedText } from "../../policy/prices/price-list";
import { countText, type Figure, figuresOf, moneyText, priceSources } from "./figures";
import { type Cell, type Column, escaped, list, table } from "./html-text";
import type { ProfileSpreads } from "./plots/plot-data";
import { totalOf } from "./plots/spread";
import type { Report } from "./report";
import { type RuleVerdict, VERDICT_WORDS } from "./rule-verdicts";
import type { ReportView } from "./view";

/** Every figure with its objective and its basis; a price's basis says of when the prices are. */
export function figuresTable({ report, costEntries }: ReportView): string {
  const dates = costEntries.map(({ asOf }) => asOf.replace(/ .*/, "")).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const listed = first === undefined ? "" : first === last ? ` of ${first}` : ` of ${first} to ${last}`;
  return table(
    "Every figure of the report",
    [
      { title: "Figure", kind: "main" },
      { title: "Value", kind: "number" },
      { title: "Objective", kind: "number" },
      { title: "Basis" },
    ],
    figuresOf(report).map((figure) => [
      figure.name,
      valueCell(figure),
      figure.objective,
      figure.basis === "list price" ? figure.basis + listed : figure.basis,
    ]),
    "figures",
  );
}

function valueCell({ value, met }: Figure): Cell {
  if (met === undefined) return value;
  const [kind, mark, heard] = met ? ["ok", "\u2713", "met"] : ["bad", "\u2717", "missed"];
  return {
    html: `${escaped(value)} <span class="${kind}" role="img" aria-label="${heard}">${mark}</span>`,
  };
}

/** Every rule's level, verdict and message; violations first. */
export function rulesTable(verdicts: readonly RuleVerdict[]): string {
  return table(
    "Every rule's verdict, violations first",
    [{ title: "Rule", kind: "main" }, { title: "Verdict" }, { title: "Message" }],
    verdicts.map((of) => [
      { html: `<code>${escaped(of.rule)}</code><span class="sub">${escaped(of.level)}</span>` },
      { html: `<span class="badge ${of.verdict}">${escaped(VERDICT_WORDS[of.verdict])}</span>` },
      { html: messages(of) },
    ]),
    "rules",
  );
}

/** Passing messages beyond this many say the same again. */
const PASSES_SHOWN = 2;

function messages({ verdict, findings, title }: RuleVerdict): string {
  const isSound = verdict === "pass" || verdict === "notApplicable";
  const shown = isSound ? findings.slice(0, PASSES_SHOWN) : findings;
  const more = findings.length - shown.length;
  const items = [
    ...shown.map(({ message, urn }) => `<li>${messageHtml(message, isSound ? "" : parseUrn(urn).name)}</li>`),
    ...(more > 0 ? [`<li class="soft">and ${more} more</li>`] : []),
  ];
  const holds = title === "" ? "" : `<span class="sub">${escaped(title)}</span>`;
  return `<ul class="messages">${items.join("")}</ul>${holds}`;
}

/** A rule may lay its evidence out in lines below its message; they stand in columns of their own. */
function messageHtml(message: string, resource: string): string {
  const [first = "", ...evidence] = message.split("\n");
  const of = resource === "" ? "" : `<code>${escaped(resource)}</code>: `;
  const below =
    evidence.length === 0
      ? ""
      : `<details><summary>evidence</summary><pre>${escaped(evidence.join("\n"))}</pre></details>`;
  return `${of}${escaped(first)}${below}`;
}

/** Every cost line, dearest first, with the source and the day of its price. */
export function costTable({ report, costEntries }: ReportView): string {
  const sources = priceSources(costEntries);
  const shown = table(
    "Every cost line, dearest first",
    [
      { title: "USD a month", kind: "number" },
      { title: "For", kind: "main" },
      { title: "Side" },
      { title: "Price of" },
    ],
    costEntries.map((line) => {
      const number = sources.indexOf(line.source) + 1;
      const place = `${parseUrn(line.urn).name}, ${line.region}`;
      const note = line.note === undefined ? "" : `; ${line.note}`;
      return [
        formatUsd(line.monthlyUsd),
        { html: `${escaped(line.item + note)}<span class="sub">${escaped(place)}</span>` },
        line.standby ? "standby" : "",
        { html: `${escaped(datedText(line))} <a href="#source-${number}">[${number}]</a>` },
      ];
    }),
    "prices",
  );
  const cited = sources.map((source, index) => `<li id="source-${index + 1}">${escaped(source)}</li>`);
  return (
    shown +
    list(report.cost.unpriced.map(({ urn, why }) => `No price for ${parseUrn(urn).name}: ${why}`)) +
    `<ol class="sources">${cited.join("")}</ol>`
  );
}

const SPREAD_COLUMNS: readonly Column[] = ["p50, s", "p95, s", "Slowest, s"].map((title) => ({
  title,
  kind: "number",
}));

/** What each profile of resolvers and clients took; who never came over is told, not left out. */
export function profilesTable(profiles: readonly ProfileSpreads[]): string {
  const seconds = (value: number | undefined) => (value === undefined ? "never" : value.toFixed(1));
  return table(
    "Simulated cutover of each resolver and client profile",
    [{ title: "Profile", kind: "main" }, ...SPREAD_COLUMNS, { title: "Never", kind: "number" }],
    profiles.map(({ name, source, cutover: { seconds: of, spread } }) => [
      { html: `${escaped(name)}<span class="sub">${escaped(source)}</span>` },
      seconds(of?.p50),
      seconds(of?.p95),
      seconds(of?.max),
      `${((spread.stranded / Math.max(1, totalOf(spread))) * 100).toFixed(1)} %`,
    ]),
  );
}

/** The sets of answers beside the one whose figures the report shows: simulated, or named with what hinders. */
export function othersTable(others: Report["others"]): string {
  const seconds = (value: number | null | undefined) => (value == null ? "-" : value.toFixed(1));
  return table(
    "Other sets of answers of the stack, simulated and not played over sockets, or not rehearsed",
    [{ title: "Name", kind: "main" }, { title: "Bound, s", kind: "number" }, ...SPREAD_COLUMNS],
    others.map(({ name, type, zone, routing, boundSeconds, count, clientSeconds, why }) => [
      {
        html:
          `${escaped(setWords({ name, type, zone }))}<span class="sub">` +
          `${escaped(why === null ? `${routing}; ${countText(count)} cutovers simulated, none played over sockets` : `${routing}; not rehearsed: ${why}`)}</span>`,
      },
      boundSeconds === null ? "-" : `${boundSeconds}`,
      seconds(clientSeconds?.p50),
      seconds(clientSeconds?.p95),
      seconds(clientSeconds?.max),
    ]),
  );
}

export function leftList(report: Report): string {
  return list(
    report.teardown.left.map(
      ({ urn, monthlyUsd }) => `Left: ${parseUrn(urn).name}, ${moneyText(monthlyUsd)} a month`,
    ),
  );
}
