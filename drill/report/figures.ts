import { formatUsd } from "../../model/money";
import { budgetsOf } from "./budgets";
import { failingOnEnd } from "./failed-shares";
import type { ClientShare, CostLine, GroupFigures, LeftResource, Percentiles, Report } from "./report";
import { refusalsOf } from "./verdict";
import { isAbsorbed, isLeftOut, slowestOver } from "./visitor-groups";

export type FigureBasis = "bound" | "simulated" | "loopback" | "list price" | "rules";

/** One line of the table that every written form of a report shows: no number without its basis. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** Empty where the figure has no objective. */
  readonly objective: string;
  readonly basis: FigureBasis;
  /** Undefined where there is no objective, or no value to hold against it. */
  readonly met?: boolean;
}

export const NOT_MEASURED = "not measured";
/** What was played for and did not come. */
const NEVER = "never";
const NOBODY_OVER = "nobody over";

/** What each basis means, in the order in which the table uses them. */
export const BASIS_NOTES: Readonly<Record<FigureBasis, string>> = {
  bound: "arithmetic worst case, from the stack's own settings",
  simulated: "checkers, DNS servers, resolvers and clients under a virtual clock",
  loopback: "real DNS and HTTP on this machine, in seconds of the system's time",
  "list price": "AWS list price; its source and date stand with each line",
  rules: "the policy pack, over every resource of the stack",
};

export function figuresOf(report: Report): Figure[] {
  return [
    ...boundFigures(report),
    ...simulatedFigures(report),
    ...loopbackFigures(report),
    ...costFigures(report),
    ...policyFigures(report),
  ];
}

function boundFigures({ bound, objectives }: Report): Figure[] {
  const basis = "bound";
  return [
    { name: "Detection, at most", value: secondsText(bound.detectionSeconds), objective: "", basis },
    {
      name: "Recovery, at most",
      value: secondsText(bound.rtoSeconds),
      basis,
      ...underSeconds(objectives.rtoSeconds, bound.rtoSeconds),
    },
  ];
}

function simulatedFigures({ cutover, failback, replication, objectives }: Report): Figure[] {
  const basis = "simulated";
  const absent = cutover.count > 0 ? NEVER : NOT_MEASURED;
  const middle = (name: string, of: Percentiles | null, none = absent): Figure => ({
    name: `${name}, p50 / p95`,
    value: of === null ? none : `${of.p50.toFixed(1)} / ${of.p95.toFixed(1)} s`,
    objective: "",
    basis,
  });
  const { compliant, otherKinds = [] } = cutover;
  const slowest = (compliant ?? cutover).clientSeconds?.max ?? null;
  return [
    middle("Check unhealthy", cutover.unhealthySeconds),
    middle("DNS answer changed", cutover.authoritativeSeconds),
    // Whoever never came over has no time; then the figure says of whom it is.
    middle(
      cutover.stranded && cutover.clientSeconds ? "Cutover of those over" : "Client cutover",
      cutover.clientSeconds,
    ),
    {
      name: `Client cutover, slowest of ${countText(cutover.count)}${compliant ? "*" : ""}`,
      value: slowest === null ? absent : secondsText(slowest),
      basis,
      ...underSeconds(objectives.rtoSeconds, slowest),
      ...(absent === NEVER && slowest === null && isUnserved(cutover) && { met: false }),
    },
    ...otherKinds.map(
      (kind): Figure => ({
        name: `${kind.name}, slowest / never`,
        value: `${kindSeconds(kind)} / ${countText(kind.stranded)}`,
        objective: "",
        basis,
      }),
    ),
    middle(failback.stranded ? "Failback of those back" : "Client failback", failback.clientSeconds),
    ...[cutover, failback].flatMap((phase, index) => behindFigures(phase, index === 0 ? "over" : "back")),
    ...(replication === undefined
      ? []
      : [
          middle("Age of lost writes", replication.lostSeconds, NOBODY_OVER),
          middle("Primary behind", replication.behindSeconds, NOBODY_OVER),
        ]),
  ];
}

/** Who stayed behind, of how many; of a set that several serve also whom it never concerned. */
function behindFigures(
  { over, stranded, untouched }: Report["cutover"] | Report["failback"],
  where: "over" | "back",
): Figure[] {
  if (!stranded && !untouched) return [];
  const never = stranded ?? 0;
  const figure = (name: string, value: string): Figure => ({
    name,
    value,
    objective: "",
    basis: "simulated",
  });
  return [
    figure(
      `Clients never ${where}`,
      over === undefined ? countText(never) : `${countText(never)} of ${countText(over + never)}`,
    ),
    ...(untouched
      ? [figure(`Clients not concerned${where === "back" ? ", back" : ""}`, countText(untouched))]
      : []),
  ];
}

/** `327.5 s`, or a dash where nobody of this kind came over. */
function kindSeconds({ clientSeconds }: ClientShare): string {
  return clientSeconds === null ? "-" : secondsText(clientSeconds.max);
}

/** `jvm-for-ever 46.6 s, 300 never; ...`: the kinds of clients that are not judged, each with what became of it. */
export function otherKindsText({ otherKinds = [] }: Report["cutover"]): string {
  return otherKinds
    .map((kind) => {
      const slowest = kind.clientSeconds === null ? [] : [kindSeconds(kind)];
      const never = kind.stranded > 0 ? [`${countText(kind.stranded)} never`] : [];
      return `${kind.name} ${[...slowest, ...never].join(", ")}`;
    })
    .join("; ");
}

/** One line under the figures that have a star; undefined where every client is of one kind. */
export function kindsLine({ cutover }: Report): string | undefined {
  if (cutover.compliant === undefined) return undefined;
  return (
    "* of the clients that honour the TTL, which the objective is for; the others, slowest and never over: " +
    `${otherKindsText(cutover)}.`
  );
}

/** What the loss of a further place is to come to. */
const EXPECTED = { cutover: "cutover", absorbed: "none fails", "all-named": "all named" } as const;

function loopbackFigures({ loopback, objectives }: Report): Figure[] {
  const basis = "loopback";
  const { requests, failed, lostWrites, replicationLagMs: lag, groups = [] } = loopback;
  const over = slowestOver(loopback);
  const of = over.group === null ? "" : `, ${over.group}`;
  const first = groups[0] === undefined ? "" : `, ${groups[0].group}`;
  const shares =
    requests === null || failed === null ? null : `${countText(failed)} of ${countText(requests)}`;
  const none = requests === null ? null : "nothing replicated";
  const lags = lag === null ? none : `${Math.round(lag.p50)} / ${Math.round(lag.max)} ms`;
  const plain = (name: string, value: string | null): Figure => ({
    name,
    value: value ?? NOT_MEASURED,
    objective: "",
    basis,
  });
  const isPlayed = requests !== null && requests > 0 && failed !== null;
  const time = (seconds: number | null) => (isPlayed && seconds === null ? NEVER : secondsText(seconds));
  return [
    plain("DNS answer changed", time(loopback.authoritativeSeconds)),
    {
      name: `Client cutover${of}`,
      value: time(over.seconds),
      basis,
      ...underSeconds(objectives.rtoSeconds, over.seconds),
      ...(isPlayed && over.seconds === null && failed > 0 && !isAbsorbed(loopback) && { met: false }),
    },
    // Whoever never left is served by the primary after the heal as before it.
    plain(`Client failback${first}`, time(loopback.clientSeconds === null ? null : loopback.failbackSeconds)),
    ...(groups.length === 0 ? [plain("Requests failed", shares)] : groups.map(groupFigure)),
    plain("Acknowledged writes lost", lostWrites === null ? null : countText(lostWrites)),
    plain("Replication lag, p50 / max", lags),
    ...(loopback.places ?? []).map(
      ({ place, expectation, asExpected, requests: sent, failed: lost }): Figure => ({
        name: `Failed while ${place} lost`,
        value: `${countText(lost)} of ${countText(sent)}`,
        objective: EXPECTED[expectation],
        basis,
        met: asExpected,
      }),
    ),
  ];
}

/** Whether requests failed until the heal, so that nobody coming over is no good news. */
function isUnserved({ failedShare = [] }: Report["cutover"]): boolean {
  return failingOnEnd(failedShare).isUntilHeal;
}

function groupFigure(figures: GroupFigures): Figure {
  const { group, requests, failed } = figures;
  return {
    name: `Failed, ${group}`,
    value: `${countText(failed)} of ${countText(requests)}`,
    objective: isLeftOut(figures) ? "not covered" : "",
    basis: "loopback",
  };
}

/** One line for each group of visitors, where there are several: what it met, and why it may not be covered. */
export function groupLines({ loopback }: Report): string[] {
  return (loopback.groups ?? []).map((figures) => {
    const { group, notCovered, requests, failed, cutoverSeconds, failbackSeconds } = figures;
    const again =
      failed === 0
        ? "nobody was left unserved"
        : cutoverSeconds !== null
          ? `served by others ${secondsText(cutoverSeconds)} after the fault`
          : failbackSeconds !== null
            ? "not served by others; served again only after the heal"
            : "not served by others, nor by the primary after the heal";
    const why = isLeftOut(figures) ? `; not covered: ${notCovered}` : "";
    return `Loopback, ${group}: ${countText(failed)} of ${countText(requests)} requests failed; ${again}${why}.`;
  });
}

function costFigures({ cost, objectives, teardown }: Report): Figure[] {
  const basis = "list price";
  const { standbyMonthlyUsd: standby, totalMonthlyUsd: total } = cost;
  const budgets = budgetsOf(objectives);
  const left = teardown.created === null ? null : leftMonthlyUsd(teardown.left);
  return [
    {
      name: "Standby, idle, a month",
      value: standbyText(cost),
      basis,
      ...underUsd(budgets.standbyUsd, standby),
    },
    {
      name: "Whole stack, idle, a month",
      value: moneyText(total),
      basis,
      ...underUsd(budgets.stackUsd, total),
    },
    {
      name: "Billing after teardown, a month",
      value: teardown.created === null ? NOT_MEASURED : moneyText(left),
      objective: formatUsd(0),
      basis,
      met: teardown.created === null ? undefined : left === 0,
    },
  ];
}

function policyFigures({ policy }: Report): Figure[] {
  const mandatory = refusalsOf(policy.violations).length;
  const advisory = policy.violations.length - mandatory;
  return [
    {
      name: `Mandatory violations, ${policy.rules} rules`,
      value: advisory === 0 ? `${mandatory}` : `${mandatory} (${advisory} advisory)`,
      objective: "0",
      basis: "rules",
      met: mandatory === 0,
    },
  ];
}

function underSeconds(limit: number, value: number | null): Pick<Figure, "objective" | "met"> {
  return { objective: `under ${limit} s`, met: value === null ? undefined : value < limit };
}

function underUsd(limit: number | undefined, value: number | null): Pick<Figure, "objective" | "met"> {
  if (limit === undefined) return { objective: "" };
  return { objective: `under ${formatUsd(limit)}`, met: value === null ? undefined : value < limit };
}

/** What the resources that a teardown left cost a month; null when one of them has no price. */
function leftMonthlyUsd(left: readonly LeftResource[]): number | null {
  return left.reduce<number | null>(
    (sum, { monthlyUsd }) => (sum === null || monthlyUsd === null ? null : sum + monthlyUsd),
    0,
  );
}

/** One sentence on the teardown, with the figure that a reader looks for. */
export function teardownSentence({ teardown }: Report): string {
  if (teardown.created === null) return `Teardown: ${NOT_MEASURED}.`;
  const left = moneyText(leftMonthlyUsd(teardown.left));
  return (
    `Teardown: ${teardown.deleted} of ${teardown.created} resources deleted, ${teardown.left.length} left; ` +
    `what is left bills ${left} a month.`
  );
}

/** The distinct price sources in the order of the lines; a line cites one by its place, from 1. */
export function priceSources(lines: readonly CostLine[]): string[] {
  return [...new Set(lines.map(({ source }) => source))];
}

export function secondsText(value: number | null): string {
  return value === null ? NOT_MEASURED : `${Number.isInteger(value) ? value : value.toFixed(1)} s`;
}

export function moneyText(usd: number | null): string {
  return usd === null ? "not known" : formatUsd(usd);
}

/** What the standby costs; `none` where there is no standby to cost anything. */
export function standbyText({ noStandby, standbyMonthlyUsd }: Report["cost"]): string {
  return noStandby ? "none" : moneyText(standbyMonthlyUsd);
}

/** `1234` -> `1,234`, whatever the machine's language. */
export function countText(value: number): string {
  return value.toLocaleString("en-US");
}
