import { BASIS_NOTES, type Figure, type FigureBasis, figuresOf, NOT_MEASURED } from "./figures";
import { escaped } from "./html-text";
import type { Report } from "./report";

/** A number that matters: which figure it is, how a reader calls it, and how much of its objective it uses. */
interface Tile {
  readonly name: string;
  readonly basis: FigureBasis;
  /** The figure's name begins so. */
  readonly figure: string;
  readonly used?: (report: Report) => readonly [value: number | null, limit: number];
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
    used: ({ cutover, objectives }) => [cutover.clientSeconds?.max ?? null, objectives.rtoSeconds],
  },
  {
    name: "Cutover over real sockets",
    basis: "loopback",
    figure: "Client cutover",
    used: ({ loopback, objectives }) => [loopback.clientSeconds, objectives.rtoSeconds],
  },
  {
    name: "Idle standby, a month",
    basis: "list price",
    figure: "Standby",
    used: ({ cost, objectives }) => [cost.standbyMonthlyUsd, objectives.standbyMonthlyUsd],
  },
  { name: "Acknowledged writes lost", basis: "loopback", figure: "Acknowledged writes lost" },
  { name: "Mandatory violations", basis: "rules", figure: "Mandatory violations" },
];

/** The numbers that a reader looks for first, each with its objective and its basis. */
export function tilesHtml(report: Report): string {
  const figures = figuresOf(report);
  const tiles = TILES.flatMap((tile) => {
    const figure = figures.find(({ basis, name }) => basis === tile.basis && name.startsWith(tile.figure));
    return figure === undefined ? [] : [tileHtml(tile, figure, report)];
  });
  return `<dl class="tiles">${tiles.join("\n")}</dl>`;
}

function tileHtml(tile: Tile, figure: Figure, report: Report): string {
  const kind = figure.value === NOT_MEASURED ? " none" : figure.met === false ? " bad" : "";
  const state = figure.met === undefined ? "" : figure.met ? "ok" : "bad";
  const mark = { ok: "\u2713 ", bad: "\u2717 ", "": "" }[state];
  const of = figure.name.startsWith("Mandatory") ? `, ${report.policy.rules} rules` : "";
  return (
    `<div class="tile"><dt>${escaped(tile.name)}</dt>` +
    `<dd class="value${kind}">${escaped(figure.value)}</dd>${meter(tile, report)}` +
    (figure.objective === ""
      ? ""
      : `<dd class="${state}">${mark}objective ${escaped(figure.objective)}</dd>`) +
    `<dd class="basis" title="${escaped(BASIS_NOTES[figure.basis])}">${escaped(figure.basis + of)}</dd></div>`
  );
}

/** How much of the objective is used up; it says nothing that the words beside it do not. */
function meter({ used }: Tile, report: Report): string {
  const [value, limit] = used?.(report) ?? [null, 0];
  if (value === null) return "";
  const isOver = value >= limit;
  const percent = isOver ? 100 : Math.max(1, Math.round((value / limit) * 100));
  return `<dd class="meter${isOver ? " bad" : ""}" aria-hidden="true"><span style="width:${percent}%"></span></dd>`;
}
