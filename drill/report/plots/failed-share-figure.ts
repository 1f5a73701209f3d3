import type { EChartsOption, SeriesOption } from "echarts";
import type { FailedShare } from "../../../rehearsal/loopback/failed-share";
import { OUTCOME_SECONDS, type OutcomeShare } from "../../../rehearsal/simulation/request-outcomes";
import { type FailedShareGroups, failedSharesText } from "../failed-shares";
import { countText } from "../figures";
import { table } from "../html-text";
import { FONT, limitMarks, markSeries, onGround, type PlotSize } from "./drawing";
import type { Figure } from "./figure";
import { COLORS, LINE, SOFT } from "./palette";
import { svgPlot } from "./svg-plot";

export interface FailedShareWords {
  /** Of the simulation; empty where there was none. */
  readonly simulated: readonly OutcomeShare[];
  /** Of the rehearsal over real sockets; empty where none was played, or its set has one answer at a time. */
  readonly loopback: readonly FailedShare[];
  readonly boundSeconds: number | null;
  readonly objectiveSeconds: number;
  /** Left out where all visitors are alike. */
  readonly groups?: FailedShareGroups;
}

const SIZES = { wide: { width: 960, height: 300 }, narrow: { width: 360, height: 290 } };
const LEFT = 48;
const RIGHT = 12;
const TOP = 64;
const HEADROOM = 22;
const BOTTOM = 46;
/** A limit further out than so many times the last failure would squeeze everything else. */
const SQUEEZE_MAX = 2;

const SIMULATED = COLORS.failed.light;
const LOOPBACK = COLORS.purple.light;

/** The share of requests that failed, stretch by stretch since the fault: how a set loses a member shows here. */
export function failedShareFigure(words: FailedShareWords): Figure {
  const { simulated, loopback, groups } = words;
  const whose = groups?.covered === undefined ? "" : `, ${groups.covered}`;
  const played = hasOthers(groups) ? ", all visitors" : "";
  return {
    id: "failed-share",
    title: "Share of requests that failed",
    summary: summary(words),
    legend: [
      ...(simulated.length > 0
        ? [{ text: `simulated${whose}`, color: SIMULATED, shape: "line" as const }]
        : []),
      ...(loopback.length > 0
        ? [{ text: `over real sockets${played}`, color: LOOPBACK, shape: "dashed" as const }]
        : []),
    ],
    sizes: SIZES,
    draw: (width, id) => svgPlot(option(words, SIZES[width]), SIZES[width], id),
    table: sharesTable(words),
  };
}

function summary({ simulated, loopback, groups }: FailedShareWords): string {
  const whose = groups?.covered === undefined ? "" : ` for ${groups.covered}`;
  const all = hasOthers(groups) ? " for all visitors together" : "";
  return [
    ...(simulated.length > 0 ? [`Simulated${whose}: ${failedSharesText(simulated)}.`] : []),
    ...(loopback.length > 0 ? [`Over real sockets${all}: ${failedSharesText(sinceFault(loopback))}.`] : []),
    ...(groups && hasOthers(groups) && simulated.length > 0
      ? [`Not simulated: ${groups.left.join("; ")}.`]
      : []),
  ].join(" ");
}

function hasOthers(groups: FailedShareGroups | undefined): boolean {
  return groups !== undefined && groups.left.length > 0;
}

/** The slices of loopback from the fault on, as the simulation writes them. */
function sinceFault(loopback: readonly FailedShare[]): OutcomeShare[] {
  return loopback
    .filter(({ fromSeconds }) => fromSeconds >= 0)
    .map(({ fromSeconds, requests, failed }) => ({ atSeconds: fromSeconds, sent: requests, failed }));
}

function option(words: FailedShareWords, size: PlotSize): EChartsOption {
  const to = axisEnd(words);
  const hidden = { type: "value" as const, min: 0, show: false };
  const label = { color: SOFT, fontSize: 12 };
  return {
    grid: [
      { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM },
      { left: LEFT, right: RIGHT, top: TOP - HEADROOM, bottom: BOTTOM },
    ],
    xAxis: [
      {
        type: "value",
        min: 0,
        max: to,
        gridIndex: 0,
        name: "seconds since the fault",
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: label,
        axisLabel: { ...label, showMaxLabel: false },
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { lineStyle: { color: LINE } },
        splitLine: { show: false },
      },
      { ...hidden, gridIndex: 1, max: to },
    ],
    yAxis: [
      {
        type: "value",
        min: 0,
        max: 100,
        interval: 25,
        gridIndex: 0,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...label, formatter: "{value} %" },
        splitLine: { lineStyle: { color: LINE } },
      },
      { ...hidden, gridIndex: 1, max: 1 },
    ],
    graphic: [
      onGround({
        type: "text",
        left: LEFT,
        top: TOP - HEADROOM + 1,
        z: 10,
        style: { text: "of the requests of each stretch", fill: SOFT, font: FONT },
      }),
    ],
    series: [
      stepSeries(words.simulated, OUTCOME_SECONDS, SIMULATED, "solid", to),
      stepSeries(sinceFault(words.loopback), 0, LOOPBACK, "dashed", to),
      markSeries(1, limitMarks(words.boundSeconds, words.objectiveSeconds, 0, to), to, size.width - RIGHT),
    ],
  };
}

/** A stretch holds its share to its end; the last of them ends after `lastSeconds`. */
function stepSeries(
  shares: readonly OutcomeShare[],
  lastSeconds: number,
  color: string,
  type: "solid" | "dashed",
  to: number,
): SeriesOption {
  const points = shares
    .filter(({ atSeconds }) => atSeconds <= to)
    .map(({ atSeconds, failed, sent }): [number, number] => [atSeconds, (100 * failed) / sent]);
  const last = points.at(-1);
  return {
    type: "line",
    xAxisIndex: 0,
    yAxisIndex: 0,
    step: "end",
    symbol: "none",
    silent: true,
    data: last ? [...points, [Math.min(to, last[0] + lastSeconds), last[1]]] : [],
    lineStyle: { color, width: type === "solid" ? 2.25 : 2, type },
    itemStyle: { color },
  };
}

/** Up to a while after the last failure; the limits belong into the picture unless they would squeeze it. */
function axisEnd({ simulated, loopback, boundSeconds, objectiveSeconds }: FailedShareWords): number {
  const lasts = [simulated, sinceFault(loopback)].map(
    (shares) => (shares.findLast(({ failed }) => failed > 0)?.atSeconds ?? 0) + OUTCOME_SECONDS,
  );
  const last = Math.max(...lasts);
  const limits = [boundSeconds ?? 0, objectiveSeconds].filter((limit) => limit <= SQUEEZE_MAX * last);
  return Math.ceil((Math.max(last * 1.1, ...limits) + 5) / 10) * 10;
}

function sharesTable({ simulated, loopback }: FailedShareWords): string {
  const rows = (basis: string, shares: readonly OutcomeShare[]) =>
    shares.map(({ atSeconds, failed, sent }) => [
      `${atSeconds}`,
      basis,
      countText(sent),
      countText(failed),
      `${((100 * failed) / sent).toFixed(1)} %`,
    ]);
  return table(
    "Requests and how many of them failed, by seconds since the fault",
    [
      { title: "From second", kind: "number" },
      { title: "Basis" },
      { title: "Requests", kind: "number" },
      { title: "Failed", kind: "number" },
      { title: "Share", kind: "number" },
    ],
    [...rows("simulated", simulated), ...rows("loopback", sinceFault(loopback))],
  );
}
