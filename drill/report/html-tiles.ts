import { budgetsOf } from "./budgets";
import {
  BASIS_NOTES,
  countText,
  type Figure,
  type FigureBasis,
  figuresOf,
  NOT_MEASURED,
  otherKindsText,
} from "./figures";
import { escaped } from "./html-text";
import type { Report } from "./report";
import { isLeftOut, slowestOver } from "./visitor-groups";

/** A number that matters: which figure it is, how a reader calls it, and how much of its objective it uses. */
interface Tile {
  readonly name: string;
  readonly basis: FigureBasis;
  /** The figure's name begins so. */
  readonly figure: string;
  /** Always unless given. */
  readonly isShown?: (report: Report) => boolean;
  readonly used?: (report: Report) => readonly [value: number | null, limit: number | undefined];
  /** What the figure leaves out. */
  readonly beside?: (report: Report) => string;
}

const TILES: readonly Tile[] = [
  {
    name: "Recovery, worst case",
    basis: "bound",
    figure: "Recovery",
    used: ({ bound, objectives }) => [bound.rtoSeconds, objectives.rtoSeconds],
  },
  {
    name: "Slowest simulated cutover",
    basis: "simulated",
    figure: "Client cutover, slowest",
    used: ({ cutover, objectives }) => [
      (cutover.compliant ?? cutover).clientSeconds?.max ?? null,
      objectives.rtoSeconds,
    ],
    beside: ({ cutover }) => besideSlowest(cutover),
  },
  {
    name: "Cutover over real sockets",
    basis: "loopback",
    figure: "Client cutover",
    used: ({ loopback, objectives }) => [slowestOver(loopback).seconds, objectives.rtoSeconds],
    beside: ({ loopback }) => besidePlayed(loopback),
  },
  {
    name: "Idle standby, a month",
    basis: "list price",
    figure: "Standby",
    used: ({ cost, objectives }) => [cost.standbyMonthlyUsd, budgetsOf(objectives).standbyUsd],
  },
  {
    name: "Whole stack, idle, a month",
    basis: "list price",
    figure: "Whole stack",
    isShown: ({ objectives }) => budgetsOf(objectives).stackUsd !== undefined,
    used: ({ cost, objectives }) => [cost.totalMonthlyUsd, budgetsOf(objectives).stackUsd],
  },
  { name: "Acknowledged writes lost", basis: "loopback", figure: "Acknowledged writes lost" },
  { name: "Age of the writes lost, p50 / p95", basis: "simulated", figure: "Age of lost writes" },
  { name: "Primary behind at failback, p50 / p95", basis: "simulated", figure: "Primary behind" },
  { name: "Mandatory violations", basis: "rules", figure: "Mandatory violations" },
];

/** The numbers that a reader looks for first, each with its objective and its basis. */
export function tilesHtml(report: Report): string {
  const figures = figuresOf(report);
  const tiles = TILES.filter(({ isShown }) => isShown?.(report) ?? true).flatMap((tile) => {
    const figure = figures.find(({ basis, name }) => basis === tile.basis && name.startsWith(tile.figure));
    return figure === undefined ? [] : [tileHtml(tile, figure, report)];
  });
  return `<dl class="tiles">${tiles.join("\n")}</dl>`;
}

/** Who never came over, and what became of the clients that are told and not judged. */
function besideSlowest(cutover: Report["cutover"]): string {
  const { stranded } = cutover.compliant ?? cutover;
  return [
    ...(cutover.compliant ? ["clients that honour the TTL"] : []),
    ...(stranded ? [`${countText(stranded)} never over`] : []),
    ...(cutover.compliant ? [`others: ${otherKindsText(cutover)}`] : []),
  ].join("; ");
}

/** Whose cutover it is, where several groups of visitors came, and who is not covered. */
function besidePlayed(loopback: Report["loopback"]): string {
  const { group: slowest } = slowestOver(loopback);
  if (slowest === null) return "";
  const others = (loopback.groups ?? []).filter(({ group }) => group !== slowest);
  return [
    `of ${slowest}`,
    ...others.map(
      (figures) =>
        `${figures.group}${isLeftOut(figures) ? " (not covered)" : ""}: ` +
        `${countText(figures.failed)} of ${countText(figures.requests)} failed`,
    ),
  ].join("; ");
}

function tileHtml(tile: Tile, figure: Figure, report: Report): string {
  const kind = figure.value === NOT_MEASURED ? " none" : figure.met === false ? " bad" : "";
  const state = figure.met === undefined ? "" : figure.met ? "ok" : "bad";
  const mark = { ok: "\u2713 ", bad: "\u2717 ", "": "" }[state];
  const beside = tile.beside?.(report) ?? "";
  const of = figure.name.startsWith("Mandatory") ? `, ${report.policy.rules} rules` : "";
  return (
    `<div class="tile"><dt>${escaped(tile.name)}</dt>` +
    `<dd class="value${kind}">${escaped(figure.value)}</dd>${meter(tile, report)}` +
    (figure.objective === ""
      ? ""
      : `<dd class="${state}">${mark}objective ${escaped(figure.objective)}</dd>`) +
    (beside === "" ? "" : `<dd>${escaped(beside)}</dd>`) +
    `<dd class="basis" title="${escaped(BASIS_NOTES[figure.basis])}">${escaped(figure.basis + of)}</dd></div>`
  );
}

/** How much of the objective is used up; it says nothing that the words beside it do not. */
function meter({ used }: Tile, report: Report): string {
  const [value, limit] = used?.(report) ?? [null, undefined];
  if (value === null || limit === undefined) return "";
  const isOver = value >= limit;
  const percent = isOver ? 100 : Math.max(1, Math.round((value / limit) * 100));
  return `<dd class="meter${isOver ? " bad" : ""}" aria-hidden="true"><span style="width:${percent}%"></span></dd>`;
}
