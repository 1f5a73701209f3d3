import { formatUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import { datedText } from "../../policy/prices/price-list";
import { BASIS_NOTES, type Figure, figuresOf, moneyText, priceSources, teardownSentence } from "./figures";
import { capitalized, verdictWords } from "./markdown";
import type { Report } from "./report";
import type { ReportView } from "./view";

/** `report.html`: one file without scripts, fonts or addresses of its own, so that it opens offline. */
export function htmlReport(view: ReportView, timelineSvg: string): string {
  const { report } = view;
  const sources = priceSources(report.cost.lines);
  const title = `${report.system} (${report.stack}): ${verdictWords(report.verdict)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${text(report.system)} <small>${text(report.stack)}</small></h1>
<p class="verdict ${report.verdict}">${text(verdictWords(report.verdict))}</p>
<p>${text(capitalized(view.scenarioTitle))}. Played on ${text(view.pair)} with seed ${report.seed}; loopback at ${report.speed} times real time.</p>
${list(view.reasons)}
</header>
<figure>
<div class="picture">${inlineSvg(timelineSvg)}</div>
<figcaption>The loopback rehearsal: real DNS and HTTP on one machine, in seconds of the system's time.</figcaption>
</figure>
<section>
<h2>Figures</h2>
${table(["Figure", "Value", "Objective", "Basis"], figuresOf(report).map(figureRow))}
<dl>${Object.entries(BASIS_NOTES)
    .map(([basis, note]) => `<div><dt>${text(basis)}</dt><dd>${text(note)}</dd></div>`)
    .join("")}</dl>
</section>
<section>
<h2>Idle cost of a month</h2>
<p>Standby <strong>${moneyText(report.cost.standbyMonthlyUsd)}</strong>, whole stack <strong>${moneyText(report.cost.totalMonthlyUsd)}</strong>. A month is 730 hours with no request at all.</p>
${table(
  ["USD/month", "For", "Resource", "Region", "Standby", "Source", "As of"],
  view.costEntries.map((line) => [
    `<td class="number">${formatUsd(line.monthlyUsd)}</td>`,
    cell(line.note === undefined ? line.item : `${line.item}; ${line.note}`),
    cell(parseUrn(line.urn).name),
    `<td class="short">${text(line.region)}</td>`,
    cell(line.standby ? "yes" : ""),
    `<td><a href="#source-${sources.indexOf(line.source) + 1}">[${sources.indexOf(line.source) + 1}]</a></td>`,
    `<td class="date">${text(datedText(line))}</td>`,
  ]),
  "wider",
)}
<ol class="sources">${sources.map((source, index) => `<li id="source-${index + 1}">${text(source)}</li>`).join("")}</ol>
${list(report.cost.unpriced.map(({ urn, why }) => `No price for ${parseUrn(urn).name}: ${why}`))}
</section>
<section>
<h2>Rules</h2>
${rules(report)}
</section>
<section>
<h2>Teardown</h2>
<p>${text(teardownSentence(report))}</p>
${list(view.lifted.map((urn) => `Deletion protection lifted first: ${parseUrn(urn).name}`))}
${list(report.teardown.left.map(({ urn, monthlyUsd }) => `Left: ${parseUrn(urn).name}, ${moneyText(monthlyUsd)} a month`))}
</section>
<footer><p>Again: <code>${text(view.command)}</code></p></footer>
</main>
</body>
</html>
`;
}

function figureRow(figure: Figure): string[] {
  const state = figure.met === undefined ? "" : figure.met ? ' class="ok"' : ' class="bad"';
  return [
    cell(figure.name),
    `<td${state}>${text(figure.value)}</td>`,
    cell(figure.objective),
    cell(figure.basis),
  ];
}

function rules({ policy }: Report): string {
  if (policy.violations.length === 0)
    return `<p>${policy.rules} rules judged the stack; none is violated.</p>`;
  return table(
    ["Level", "Rule", "Resource", "Message"],
    policy.violations.map(({ level, rule, urn, message }) =>
      [level, rule, parseUrn(urn).name, message].map(cell),
    ),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[], kind?: "wider"): string {
  const headCells = head.map((title) => `<th scope="col">${text(title)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.join("")}</tr>`).join("\n");
  return `<div class="wide"><table${kind ? ` class="${kind}"` : ""}>\n<thead><tr>${headCells}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

function cell(value: string): string {
  return `<td>${text(value)}</td>`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${text(item)}</li>`).join("")}</ul>`;
}

function text(value: string): string {
  return value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The picture scales with the page; its own width and height would not let it. */
function inlineSvg(svg: string): string {
  return svg.replace(/^<\?xml[^>]*\?>\s*/, "");
}

const STYLE = `
:root { --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --page: #ffffff; --ok: #1a7f37; --bad: #cf222e; --wait: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --page: #0d1117; --ok: #3fb950; --bad: #f85149; --wait: #d29922; }
}
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0; } h1 small { color: var(--soft); font-weight: normal; }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; }
.verdict { font-weight: 600; font-size: 1.25rem; margin: .25rem 0; }
.verdict.met, .ok { color: var(--ok); } .verdict.missed, .bad { color: var(--bad); } .verdict.not-measured { color: var(--wait); }
.bad { font-weight: 600; }
figure { margin: 1.5rem 0; } .picture { overflow-x: auto; } .picture svg { width: 100%; min-width: 40rem; height: auto; display: block; }
figcaption, dl, footer { color: var(--soft); font-size: .875rem; }
dl div { display: flex; gap: .5rem; } dt { font-weight: 600; min-width: 5.5rem; } dd { margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.wider { min-width: 52rem; } .short { white-space: nowrap; } .date { min-width: 7rem; }
.sources { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; } a { color: inherit; }
code { overflow-wrap: anywhere; }
@media print {
  body { font-size: 11pt; } main { max-width: none; padding: 0; } .wide, .picture { overflow: visible; } table.wider, .picture svg { min-width: 0; }
  tr, figure { break-inside: avoid; } thead { display: table-header-group; }
}
`;
