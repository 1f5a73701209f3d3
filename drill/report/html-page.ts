import { formatUsd } from "../../model/money";
import { parseUrn } from "../../model/stack-resource";
import type { Frontier } from "../frontier";
import { type Budgets, budgetsOf } from "./budgets";
import { failedShareGroups } from "./failed-shares";
import { BASIS_NOTES, countText, groupLines, moneyText, secondsText, teardownSentence } from "./figures";
import { htmlDocument } from "./html-document";
import { costTable, figuresTable, leftList, othersTable, profilesTable, rulesTable } from "./html-tables";
import { escaped, list } from "./html-text";
import { tilesHtml } from "./html-tiles";
import { capitalized } from "./markdown";
import { costFigure } from "./plots/cost-figure";
import { failedShareFigure } from "./plots/failed-share-figure";
import { figureHtml } from "./plots/figure";
import { frontierFigure } from "./plots/frontier-figure";
import type { PlotData, ProfileSpreads } from "./plots/plot-data";
import { spreadFigure } from "./plots/spread-figure";
import { timelineFigure } from "./plots/timeline-figure";
import type { Report } from "./report";
import { ruleVerdicts } from "./rule-verdicts";
import { simulatedTimelineWords } from "./timeline-svg";
import { objectiveWords, verdictWords } from "./verdict";
import type { ReportView } from "./view";

/**
 * `report.html`: one file without scripts, fonts or addresses of its own, so that it opens offline. The verdict
 * comes first, then the numbers that matter, the plots, and the detail. The same arguments give the same text.
 */
export function htmlPage(view: ReportView, data: PlotData): string {
  const { report } = view;
  const title = `${report.system} (${report.stack}): ${report.headline}`;
  const main = `${header(view)}
${tilesHtml(report)}
<section>
<h2>Over time</h2>
${timelineHtml(view, data)}
${failedShareHtml(report)}
</section>
<section>
<h2>How long a cutover takes</h2>
${phasesHtml(report, data)}
${profilesHtml(data)}
</section>
${frontierHtml(report, data)}
<section>
<h2>What it costs</h2>
${figureHtml(costFigure(view))}
</section>
${othersHtml(report)}
<section>
<h2>Rules</h2>
${rulesHtml(view)}
</section>
<section>
<h2>Every figure</h2>
${figuresTable(view)}
<dl class="notes">${Object.entries(BASIS_NOTES)
    .map(([basis, note]) => `<div><dt>${escaped(basis)}</dt><dd>${escaped(note)}</dd></div>`)
    .join("")}</dl>
</section>
<section>
<h2>Every price</h2>
${costTable(view)}
</section>
<section>
<h2>Teardown</h2>
<p>${escaped(teardownSentence(report).replace(/^Teardown: /, ""))}</p>
${list(view.lifted.map((urn) => `Deletion protection lifted first: ${parseUrn(urn).name}`))}${leftList(report)}
</section>`;
  return htmlDocument(title, main, view.command);
}

function header(view: ReportView): string {
  const { report } = view;
  return `<header>
<p class="eyebrow">${escaped(report.system)} \u00b7 ${escaped(report.stack)}</p>
<h1 class="verdict ${headlineKind(report)}">${verdictSign(headlineKind(report))}<span>${escaped(capitalized(report.headline))}</span></h1>
<p class="lead">${escaped(leadSentence(report))}</p>
${list(view.reasons.map(capitalized), `reasons ${report.verdict}`)}
<p class="notes">${escaped(capitalized(view.scenarioTitle))}. Played on ${escaped(view.pair)} with seed ${report.seed}; ${countText(report.cutover.count)} cutovers simulated, ${report.loopback.requests === null ? "none" : "one"} played over real sockets at ${report.speed} times real time.</p>
${list([...groupLines(report), ...report.notes.map(capitalized)], "notes")}
</header>`;
}

/** Green is for an objective that a failover kept; where nothing failed over there is none to praise. */
function headlineKind({ verdict, headline }: Report): Report["verdict"] {
  return verdict === "met" && headline !== verdictWords("met") ? "not-measured" : verdict;
}

/** What else the stack has that can fail over. */
function othersHtml({ others }: Report): string {
  if (others.length === 0) return "";
  return `<section>\n<h2>What else fails over</h2>\n${othersTable(others)}\n</section>`;
}

/** What was found, in one sentence that stands without the plots. */
function leadSentence({ bound, cutover, others, cost, objectives }: Report): string {
  const { compliant, over, stranded = 0 } = cutover;
  const judged = compliant ?? cutover;
  const slowest = judged.clientSeconds?.max ?? null;
  const who = compliant ? "simulated client that honours the TTL" : "simulated client";
  const all = stranded > 0 && over !== undefined ? ` of ${countText(over + stranded)}` : "";
  const found =
    cutover.count === 0
      ? "No cutover was simulated"
      : slowest === null
        ? `No ${who}${all} was served elsewhere`
        : judged.stranded
          ? `The ${countText(judged.over ?? 0)} of ${countText((judged.over ?? 0) + judged.stranded)} simulated clients that came over were served elsewhere within ${secondsText(slowest)} of the fault`
          : `Every ${who} was served elsewhere within ${secondsText(slowest)} of the fault`;
  const limit = bound.rtoSeconds === null ? "is not known" : `is ${bound.rtoSeconds} s`;
  const left = others.filter(({ why }) => why !== null).length;
  const sets = others.length + (cutover.count === 0 ? 0 : 1);
  const beside =
    left === 0 ? "" : `; ${left} of ${sets} sets of answers ${left === 1 ? "was" : "were"} not rehearsed`;
  return (
    `${found}${beside}; the worst case by arithmetic ${limit}, and ${objectiveWords(objectives.rtoSeconds)}. ` +
    costSentence(cost, budgetsOf(objectives))
  );
}

/** What is held against the tightest budget. */
function costSentence(cost: Report["cost"], { standbyUsd, stackUsd }: Budgets): string {
  return standbyUsd === undefined && stackUsd !== undefined
    ? `The whole idle stack costs ${moneyText(cost.totalMonthlyUsd)} a month of a budget of ${formatUsd(stackUsd)}.`
    : `The idle standby costs ${moneyText(cost.standbyMonthlyUsd)} a month of a budget of ${formatUsd(standbyUsd ?? 0)}.`;
}

/** A sign that differs in shape, not in colour alone. */
function verdictSign(verdict: Report["verdict"]): string {
  const shape = {
    met: '<path d="M10 18.5l5.5 5.5L26 13" fill="none" stroke="var(--page)" stroke-width="3.5"/>',
    missed: '<path d="M12 12l12 12M24 12L12 24" fill="none" stroke="var(--page)" stroke-width="3.5"/>',
    "not-measured": '<path d="M10 18h16" fill="none" stroke="var(--page)" stroke-width="3.5"/>',
  }[verdict];
  return `<svg viewBox="0 0 36 36" aria-hidden="true"><circle cx="18" cy="18" r="18" fill="currentColor"/>${shape}</svg>`;
}

/** Not drawn where no request failed: an empty plot says less than the figures. */
function failedShareHtml(report: Report): string {
  const { cutover, loopback, bound, objectives } = report;
  const simulated = cutover.failedShare ?? [];
  const played = loopback.failedShare ?? [];
  if (![...simulated, ...played].some(({ failed }) => failed > 0)) return "";
  return figureHtml(
    failedShareFigure({
      simulated,
      loopback: played,
      boundSeconds: bound.rtoSeconds,
      objectiveSeconds: objectives.rtoSeconds,
      groups: failedShareGroups(report),
    }),
  );
}

function timelineHtml({ report, scenarioTitle }: ReportView, data: PlotData): string {
  if (data.timeline === undefined || data.timeline.authoritative.length === 0)
    return simulatedTimelineHtml({ report, scenarioTitle }, data);
  return figureHtml(
    timelineFigure(data.timeline, {
      system: `${report.system} (${report.stack})`,
      scenarioTitle,
      clientSeconds: report.loopback.clientSeconds,
      failbackSeconds: report.loopback.failbackSeconds,
      boundSeconds: report.bound.rtoSeconds,
      objectiveSeconds: report.objectives.rtoSeconds,
      profiles: data.profiles ?? compliantProfile(report, data),
    }),
  );
}

/** Nothing was played over real sockets; one simulated cutover stands in, where its samples can be drawn. */
function simulatedTimelineHtml(
  { report, scenarioTitle }: Pick<ReportView, "report" | "scenarioTitle">,
  { simulatedTimeline: of }: PlotData,
): string {
  if (of === undefined) {
    const why =
      report.cutover.count > 0 ? " Single simulated cutovers are in samples.ndjson, beside this page." : "";
    return `<p>No rehearsal was played over real sockets.${why}</p>`;
  }
  return figureHtml(timelineFigure(of.timeline, simulatedTimelineWords(report, scenarioTitle, of)));
}

/** Without profiles every simulated resolver honours the TTL, so that all of them together are that profile. */
function compliantProfile(report: Report, { cutover, failback }: PlotData): ProfileSpreads[] {
  if (cutover === undefined) return [];
  return [
    {
      name: "compliant resolvers",
      source: "RFC 1035: an answer is kept for its TTL and no longer",
      cutover: { spread: cutover.client, seconds: report.cutover.clientSeconds },
      ...(failback ? { failback: { spread: failback.client, seconds: report.failback.clientSeconds } } : {}),
    },
  ];
}

function phasesHtml(report: Report, { cutover, failback }: PlotData): string {
  if (cutover === undefined)
    return `<p>${report.cutover.count === 0 ? "No cutover was simulated." : "Every simulated cutover is in samples.ndjson, beside this page."}</p>`;
  const limits = {
    boundSeconds: report.bound.rtoSeconds,
    objectiveSeconds: report.objectives.rtoSeconds,
  };
  const words = (phase: "cutover" | "failback") => ({
    ...limits,
    phase,
    count: report[phase].count,
    clientSeconds: report[phase].clientSeconds,
  });
  const figures = [
    spreadFigure(cutover, words("cutover")),
    ...(failback ? [spreadFigure(failback, words("failback"))] : []),
  ];
  return `<div class="pair">${figures.map(figureHtml).join("\n")}</div>`;
}

function profilesHtml({ profiles }: PlotData): string {
  // One kind of client is what the plots above show.
  if (profiles === undefined || profiles.length < 2) return "";
  return `<h3>Who comes over when</h3>\n${profilesTable(profiles)}`;
}

function frontierHtml({ objectives, seed }: Report, { frontier }: PlotData): string {
  if (frontier === undefined) return "";
  const words = { objectiveSeconds: objectives.rtoSeconds, stackBudgetUsd: objectives.stackMonthlyUsd };
  const shown =
    frontier.kind === "absent"
      ? `<p>${escaped(capitalized(frontier.why))}.</p>`
      : `${figureHtml(frontierFigure(frontier.settings, words))}\n<p class="notes">${escaped(playedSettings(frontier, seed))}</p>`;
  return `<section>\n<h2>What other settings would do</h2>\n${shown}\n</section>`;
}

function playedSettings(
  { scenario, cutovers, resolvers }: Extract<Frontier, { kind: "swept" }>,
  seed: number,
): string {
  return (
    `Each setting: ${scenario}, ${countText(cutovers)} cutovers x ${countText(resolvers)} resolvers with seed ${seed}, the records ` +
    "written as they are now, the whole stack priced with no visitor and with the DNS queries that so many " +
    "resolvers cause. warm-standby sweep plays more of each, and the other kind of records too."
  );
}

function rulesHtml({ report, findings }: ReportView): string {
  const { policy } = report;
  const violated = policy.violations.length;
  const said = `${policy.rules} rules judged the stack; ${violated === 0 ? "none is violated" : violated === 1 ? "1 violation" : `${violated} violations`}.`;
  if (findings.length === 0) return `<p>${said}</p>`;
  // The rules are there since the stack was judged; a page that is not written does not need them.
  const { ruleById } = require("../../policy/rules/registry") as typeof import("../../policy/rules/registry");
  return `<p>${said}</p>\n${rulesTable(ruleVerdicts(findings, (rule) => ruleById(rule)?.title))}`;
}
