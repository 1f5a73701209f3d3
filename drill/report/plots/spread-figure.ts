import type { EChartsOption, SeriesOption } from "echarts";
import { countText, secondsText } from "../figures";
import { table } from "../html-text";
import type { Percentiles } from "../report";
import { custom, FONT, label, limitMarks, markSeries, onGround, type PlotSize, rect } from "./drawing";
import type { Figure, LegendEntry } from "./figure";
import { COLORS, INK, LINE, SOFT } from "./palette";
import type { PhaseSpreads } from "./plot-data";
import {
  binSecondsFor,
  binsOf,
  endSecondsOf,
  type SharePoint,
  type Spread,
  sharesOf,
  totalOf,
} from "./spread";
import { svgPlot } from "./svg-plot";

/** What the picture of a phase is told beside its spreads. */
export interface PhaseWords {
  readonly phase: "cutover" | "failback";
  /** How often it was played. */
  readonly count: number;
  readonly clientSeconds: Percentiles | null;
  readonly boundSeconds: number | null;
  readonly objectiveSeconds: number;
}

const SIZES = { wide: { width: 464, height: 450 }, narrow: { width: 360, height: 420 } };
const LEFT = 44;
const RIGHT = 12;
const TOP = 64;
/** Above each grid, for its name. */
const HEADROOM = 22;
const BOTTOM = 46;
const BETWEEN = 44;
/** Bars narrower than this are hard to tell apart. */
const BAR_WIDTH_MIN = 6;
/** A limit further out than so many times the slowest client would squeeze everything else. */
const SQUEEZE_MAX = 5;

type Stage = keyof PhaseSpreads;

const STAGES: readonly { stage: Stage; color: string; line: "solid" | "dashed" | "dotted" }[] = [
  { stage: "check", color: COLORS.purple.light, line: "dotted" },
  { stage: "authoritative", color: COLORS.teal.light, line: "dashed" },
  { stage: "client", color: INK, line: "solid" },
];

/** Histogram above, cumulative plot below, on one time axis with the limits drawn through both. */
export function spreadFigure(spreads: PhaseSpreads, words: PhaseWords): Figure {
  const color = words.phase === "cutover" ? COLORS.standby.light : COLORS.primary.light;
  return {
    id: words.phase,
    title: words.phase === "cutover" ? "Simulated cutovers" : "Simulated failbacks",
    summary: summary(spreads, words),
    legend: [
      { text: `clients per bar (${sideOf(words)})`, color },
      ...STAGES.map(
        ({ stage, color, line }): LegendEntry => ({
          text: stageName(stage, words),
          color,
          shape: line === "solid" ? "line" : line,
        }),
      ),
    ],
    sizes: SIZES,
    draw: (width, id) => svgPlot(option(spreads, words, color, SIZES[width]), SIZES[width], id),
    table: spreadTable(spreads, words),
  };
}

function sideOf({ phase }: PhaseWords): string {
  return phase === "cutover" ? "served elsewhere" : "served by the primary again";
}

function stageName(stage: Stage, { phase }: PhaseWords): string {
  if (stage === "check") return phase === "cutover" ? "check unhealthy" : "check healthy";
  return stage === "authoritative" ? "DNS answer changed" : "client served";
}

function summary({ client }: PhaseSpreads, words: PhaseWords): string {
  const { clientSeconds: of, boundSeconds, objectiveSeconds, phase } = words;
  const since = phase === "cutover" ? "the fault" : "the heal";
  const limits = `The bound is ${boundSeconds === null ? "not known" : `${boundSeconds} s`}, the objective under ${objectiveSeconds} s.`;
  const all = totalOf(client);
  const never = client.stranded === 0 ? "" : ` ${countText(client.stranded)} were never ${sideOf(words)}.`;
  if (of === null) return `No client was ${sideOf(words)}.${never} ${limits}`;
  const over = all - client.stranded;
  const whom =
    client.stranded === 0
      ? `Of ${countText(all)} resolvers in ${countText(words.count)} ${phase}s`
      : `Of the ${countText(over)} resolvers that came ${phase === "cutover" ? "over" : "back"}, ${shareOfAll(over, all)} of ${countText(all)} in ${countText(words.count)} ${phase}s`;
  return (
    `${whom}, half had their clients ` +
    `${sideOf(words)} within ${secondsText(of.p50)} of ${since}, 95 % within ${secondsText(of.p95)}, ` +
    `the slowest after ${secondsText(of.max)}.${never} ${limits}`
  );
}

function option(spreads: PhaseSpreads, words: PhaseWords, color: string, size: PlotSize): EChartsOption {
  const to = axisEnd(spreads, words);
  const plotWidth = size.width - LEFT - RIGHT;
  const plotHeight = (size.height - TOP - BOTTOM - BETWEEN) / 2;
  const grid = { left: LEFT, right: RIGHT };
  const time = { type: "value" as const, min: 0, max: to };
  const binSeconds = binSecondsFor(to, plotWidth / BAR_WIDTH_MIN);
  const bins = binsOf(spreads.client, binSeconds);
  const tallest = bins.reduce((most, { share }) => Math.max(most, share), 0) * 100;
  const percent = {
    type: "value" as const,
    min: 0,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: SOFT, fontSize: 12, formatter: "{value} %" },
    splitLine: { lineStyle: { color: LINE } },
  };
  const labels = {
    axisLine: { lineStyle: { color: LINE } },
    axisTick: { lineStyle: { color: LINE } },
    splitLine: { show: false },
  };
  const since = `seconds since the ${words.phase === "cutover" ? "fault" : "heal"}`;
  return {
    grid: [
      { ...grid, top: TOP, height: plotHeight },
      { ...grid, bottom: BOTTOM, height: plotHeight },
      { ...grid, top: TOP - HEADROOM, bottom: BOTTOM },
    ],
    xAxis: [
      { ...time, ...labels, gridIndex: 0, axisLabel: { show: false } },
      {
        ...time,
        ...labels,
        gridIndex: 1,
        name: since,
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: { color: SOFT, fontSize: 12 },
        axisLabel: { color: SOFT, fontSize: 12, showMaxLabel: false },
      },
      { ...time, gridIndex: 2, show: false },
    ],
    yAxis: [
      { ...percent, gridIndex: 0, max: niceCeiling(tallest), interval: niceCeiling(tallest) / 2 },
      { ...percent, gridIndex: 1, max: 100, interval: 25 },
      { type: "value", gridIndex: 2, min: 0, max: 1, show: false },
    ],
    graphic: [
      heading(TOP - HEADROOM + 1, `share of clients per ${binSeconds} s`),
      heading(TOP + plotHeight + BETWEEN - HEADROOM + 1, shareHeading(spreads.client, words)),
    ],
    series: [
      barSeries(bins, color),
      ...STAGES.map(({ stage, color, line }) => shareSeries(spreads[stage], color, line, to)),
      quantileSeries(words.clientSeconds, spreads.client),
      markSeries(2, limitMarks(words.boundSeconds, words.objectiveSeconds, 0, to), to, size.width - RIGHT),
    ],
  };
}

/** Names the percentiles of all clients that the line never reaches. */
function shareHeading(client: Spread, { clientSeconds }: PhaseWords): string {
  const { unreached } = quantileMarks(clientSeconds, client);
  const never = unreached.length === 0 ? "" : `; ${unreached.join(" and ")} of all not reached`;
  return `share that is over by then${never}`;
}

function heading(top: number, text: string): Record<string, unknown> {
  return onGround({ type: "text", left: LEFT, top, z: 10, style: { text, fill: SOFT, font: FONT } });
}

/** The bound and the objective belong into the picture unless they would squeeze the clients. */
function axisEnd({ client, authoritative, check }: PhaseSpreads, words: PhaseWords): number {
  const slowest = Math.max(...[client, authoritative, check].map(endSecondsOf), 1);
  const limits = [words.boundSeconds ?? 0, words.objectiveSeconds];
  const shown = limits.filter((limit) => slowest === 1 || limit <= SQUEEZE_MAX * slowest);
  const longest = Math.max(slowest, ...shown) * 1.04;
  const step = longest > 1_000 ? 100 : longest > 100 ? 20 : 5;
  return Math.ceil(longest / step) * step;
}

/** 1, 2, 4, 6, 8 or 10 times a power of ten, so that half of it is a round number too. */
function niceCeiling(value: number): number {
  if (value <= 0) return 100;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

function barSeries(bins: ReturnType<typeof binsOf>, color: string): SeriesOption {
  return custom(0, bins.length, (index, api) => {
    const bin = bins[index];
    if (!bin) return undefined;
    const [left, top] = api.coord([bin.fromSeconds, bin.share * 100]) as [number, number];
    const [right, bottom] = api.coord([bin.toSeconds, 0]) as [number, number];
    return rect(left + 0.5, top, Math.max(1, right - left - 1), bottom - top, color);
  });
}

function shareSeries(
  spread: Spread,
  color: string,
  type: "solid" | "dashed" | "dotted",
  to: number,
): SeriesOption {
  const points = sharesOf(spread);
  const last = points.at(-1);
  const whole: SharePoint[] = last
    ? [{ atSeconds: 0, share: 0 }, ...points, { atSeconds: to, share: last.share }]
    : [];
  return {
    type: "line",
    xAxisIndex: 1,
    yAxisIndex: 1,
    symbol: "none",
    silent: true,
    data: whole.map(({ atSeconds, share }) => [atSeconds, share * 100]),
    lineStyle: { color, width: type === "solid" ? 2.25 : 2, type },
    itemStyle: { color },
  };
}

/** A share between none and all is never told as one of them. */
function shareOfAll(part: number, all: number): string {
  const percent = (100 * part) / all;
  return percent < 1 ? "less than 1 %" : `${Math.min(99, Math.round(percent))} %`;
}

/** Where the line of all clients, the stranded included, reaches a share; undefined where it never does. */
export function reachedSeconds(spread: Spread, share: number): number | undefined {
  const points = sharesOf(spread);
  const right = points.findIndex((point) => point.share >= share - 1e-9);
  const after = points[right];
  const before = points[right - 1];
  if (after === undefined) return undefined;
  if (before === undefined || after.share === before.share) return after.atSeconds;
  const part = (share - before.share) / (after.share - before.share);
  return before.atSeconds + part * (after.atSeconds - before.atSeconds);
}

/** The shares that are marked on the clients' line: half of all clients, and nearly all of them. */
export function quantileMarks(of: Percentiles | null, spread: Spread) {
  if (of === null) return { reached: [], unreached: [] };
  const all = [
    { name: "p50", share: 0.5, exact: of.p50 },
    { name: "p95", share: 0.95, exact: of.p95 },
  ].map(({ name, share, exact }) => {
    const seconds = reachedSeconds(spread, share);
    // With nobody stranded the percentiles of those that came over are those of all.
    return { name, share, seconds, told: spread.stranded === 0 ? exact : seconds };
  });
  return {
    reached: all.flatMap(({ name, share, seconds, told }) =>
      seconds === undefined || told === undefined ? [] : [{ name, share, seconds, told }],
    ),
    unreached: all.flatMap(({ name, seconds }) => (seconds === undefined ? [name] : [])),
  };
}

function quantileSeries(of: Percentiles | null, spread: Spread): SeriesOption {
  const marks = quantileMarks(of, spread).reached;
  return custom(1, marks.length, (index, api) => {
    const mark = marks[index];
    if (!mark) return undefined;
    const [x, y] = api.coord([mark.seconds, mark.share * 100]) as [number, number];
    return {
      type: "group",
      children: [
        { type: "circle", shape: { cx: x, cy: y, r: 3.5 }, style: { fill: INK } },
        onGround(label(x + 8, y + (index === 1 ? 10 : 0), `${mark.name} ${secondsText(mark.told)}`, INK)),
      ],
    };
  });
}

/** Ten steps of the cumulative plot for each stage, and the clients of each bar. */
function spreadTable(spreads: PhaseSpreads, words: PhaseWords): string {
  const to = axisEnd(spreads, words);
  const width = binSecondsFor(endSecondsOf(spreads.client), 24);
  const bins = binsOf(spreads.client, width);
  const total = totalOf(spreads.client);
  let over = 0;
  const rows = bins.map(({ fromSeconds, toSeconds, count }) => {
    over += count;
    return [
      `${fromSeconds} to ${toSeconds}`,
      countText(count),
      `${((count / total) * 100).toFixed(1)} %`,
      `${((over / total) * 100).toFixed(1)} %`,
      ...(["check", "authoritative"] as const).map((stage) => shareText(spreads[stage], toSeconds)),
    ];
  });
  const never = spreads.client.stranded;
  return table(
    `${words.phase === "cutover" ? "Cutovers" : "Failbacks"} by the time that they took, up to ${to} s`,
    [
      { title: "Seconds" },
      { title: "Clients", kind: "number" },
      { title: "Share", kind: "number" },
      { title: "Share by then", kind: "number" },
      { title: `${stageName("check", words)} by then`, kind: "number" },
      { title: `${stageName("authoritative", words)} by then`, kind: "number" },
    ],
    never === 0
      ? rows
      : [...rows, ["never", countText(never), `${((never / total) * 100).toFixed(1)} %`, "", "", ""]],
  );
}

function shareText(spread: Spread, bySeconds: number): string {
  const total = totalOf(spread);
  if (total === 0) return "not measured";
  const over = spread.counts.reduce((sum, [second, count]) => (second < bySeconds ? sum + count : sum), 0);
  return `${((over / total) * 100).toFixed(1)} %`;
}
