import type { EChartsOption, SeriesOption } from "echarts";
import { formatUsd } from "../../../model/money";
import { escaped, table } from "../html-text";
import { custom, FONT_FAMILY, label, onGround, type PlotSize, segment } from "./drawing";
import type { Figure } from "./figure";
import { cheapestFirst, frontierOf, settingText, ttlText } from "./frontier";
import { COLORS, INK, LINE, PAGE, SOFT } from "./palette";
import type { FrontierSetting } from "./plot-data";
import { svgPlot } from "./svg-plot";

const SIZES = { wide: { width: 960, height: 440 }, narrow: { width: 360, height: 400 } };
const LEFT = 48;
const RIGHT = 20;
const TOP = 24;
const BOTTOM = 48;
/** Settings that cost the same stand side by side, at most so many pixels apart. */
const APART_MAX = 11;
/** What lies further out than so many times the data would squeeze it. */
const SQUEEZE_MAX = 2;

export interface FrontierWords {
  readonly objectiveSeconds: number;
  /** Of the whole stack, whose cost is drawn; undefined where it has none. */
  readonly stackBudgetUsd: number | undefined;
}

/** Cutover against cost over every setting that a sweep played. `settings` has at least one. */
export function frontierFigure(settings: readonly FrontierSetting[], words: FrontierWords): Figure {
  const frontier = frontierOf(settings);
  const intervals = [...new Set(settings.map(({ intervalSeconds }) => intervalSeconds))].sort(
    (a, b) => a - b,
  );
  return {
    id: "frontier",
    title: "What a faster cutover costs",
    summary: summary(settings, frontier, words),
    legend: [
      ...intervals.map((interval) => ({
        text: `p95, checked every ${interval} s`,
        color: intervalColor(interval),
        shape: isFast(interval) ? ("circle" as const) : ("diamond" as const),
      })),
      { text: "down to p50", color: SOFT, shape: "line" },
      { text: "frontier", color: INK, shape: "dashed" },
    ],
    sizes: SIZES,
    draw: (width, id) => svgPlot(option(settings, frontier, words, SIZES[width]), SIZES[width], id),
    below: `<ol class="frontier">${frontier.map((setting) => `<li>${escaped(frontierText(setting))}</li>`).join("")}</ol>`,
    table: frontierTable(settings, frontier),
  };
}

function summary(
  settings: readonly FrontierSetting[],
  frontier: readonly FrontierSetting[],
  { objectiveSeconds, stackBudgetUsd }: FrontierWords,
): string {
  const [cheapest, fastest] = [frontier[0], frontier.at(-1)];
  const current = settings.find(({ isCurrent }) => isCurrent);
  const now =
    current === undefined
      ? ""
      : ` The stack is set to ${settingText(current)}: p95 ${seconds(current.p95Seconds)} at ${formatUsd(current.monthlyUsd)}.`;
  return (
    `Of ${settings.length} settings of interval, threshold and TTL, ${frontier.length} are not beaten by another. ` +
    (cheapest && fastest
      ? `They go from p95 ${seconds(cheapest.p95Seconds)} at ${formatUsd(cheapest.monthlyUsd)} a month to ` +
        `p95 ${seconds(fastest.p95Seconds)} at ${formatUsd(fastest.monthlyUsd)}; `
      : "") +
    `the objective is under ${objectiveSeconds} s` +
    (stackBudgetUsd === undefined ? "" : `, the whole stack's budget under ${formatUsd(stackBudgetUsd)}`) +
    `.${now} ` +
    "Settings of one price stand side by side."
  );
}

function frontierText(setting: FrontierSetting): string {
  const { monthlyUsd, p50Seconds, p95Seconds, isCurrent } = setting;
  const now = isCurrent ? " (as set now)" : "";
  return `${formatUsd(monthlyUsd)} a month: p50 ${seconds(p50Seconds)}, p95 ${seconds(p95Seconds)}; ${settingText(setting)}${now}`;
}

function option(
  settings: readonly FrontierSetting[],
  frontier: readonly FrontierSetting[],
  words: FrontierWords,
  size: PlotSize,
): EChartsOption {
  const slowest = Math.max(...settings.map(({ p95Seconds }) => p95Seconds), 1);
  const showsObjective = words.objectiveSeconds <= SQUEEZE_MAX * slowest;
  const cost = costAxis(settings, words);
  const line = {
    axisLine: { lineStyle: { color: LINE } },
    axisTick: { lineStyle: { color: LINE } },
    nameTextStyle: { color: SOFT, fontSize: 12 },
    splitLine: { lineStyle: { color: LINE } },
  };
  return {
    grid: { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM },
    xAxis: {
      type: "value",
      ...cost,
      ...line,
      splitLine: { show: false },
      name: "USD a month",
      nameLocation: "middle",
      nameGap: 28,
      axisLabel: {
        color: SOFT,
        fontSize: 12,
        hideOverlap: true,
        showMaxLabel: false,
        formatter: (usd: number) => formatUsd(usd),
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: niceTop(Math.max(slowest, showsObjective ? words.objectiveSeconds : 0)),
      ...line,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: SOFT, fontSize: 12, formatter: "{value} s" },
    },
    series: [
      ...(showsObjective ? [objectiveSeries(words.objectiveSeconds, size)] : []),
      ...((words.stackBudgetUsd ?? Infinity) <= cost.max
        ? [budgetSeries(words.stackBudgetUsd as number)]
        : []),
      frontierLine(frontier, cost.max),
      settingSeries(settings, frontier, size),
    ],
  };
}

/** The costs with room at both ends; the budget too unless it would squeeze them. */
function costAxis(settings: readonly FrontierSetting[], { stackBudgetUsd = Infinity }: FrontierWords) {
  const costs = settings.map(({ monthlyUsd }) => monthlyUsd);
  const most = Math.max(...costs);
  const shown = stackBudgetUsd <= SQUEEZE_MAX * most ? [...costs, stackBudgetUsd] : costs;
  const [from, to] = [Math.min(...shown), Math.max(...shown)];
  const room = Math.max((to - from) * 0.1, 0.25);
  return { min: Math.max(0, Math.floor((from - room) * 4) / 4), max: Math.ceil((to + room) * 4) / 4 };
}

function niceTop(value: number): number {
  const step = value > 400 ? 100 : value > 100 ? 50 : 20;
  return Math.ceil((value * 1.03) / step) * step;
}

function objectiveSeries(objectiveSeconds: number, size: PlotSize): SeriesOption {
  return custom(0, 1, (_, api) => {
    const [, y] = api.coord([0, objectiveSeconds]) as [number, number];
    const right = size.width - RIGHT;
    return {
      type: "group",
      children: [
        segment(LEFT, y, right, y, INK, 1, true),
        onGround(label(right, y - 4, `objective ${objectiveSeconds} s`, INK, "right", "bottom")),
      ],
    };
  });
}

function budgetSeries(budgetUsd: number): SeriesOption {
  return custom(0, 1, (_, api) => {
    const [x, bottom] = api.coord([budgetUsd, 0]) as [number, number];
    return {
      type: "group",
      children: [
        segment(x, TOP, x, bottom, INK, 1, true),
        onGround(label(x - 5, bottom - 4, `budget ${formatUsd(budgetUsd)}`, INK, "right", "bottom")),
      ],
    };
  });
}

function frontierLine(frontier: readonly FrontierSetting[], endUsd: number): SeriesOption {
  const last = frontier.at(-1);
  const points = frontier.map(({ monthlyUsd, p95Seconds }) => [monthlyUsd, p95Seconds]);
  return {
    type: "line",
    step: "end",
    symbol: "none",
    silent: true,
    data: last ? [...points, [endUsd, last.p95Seconds]] : [],
    lineStyle: { color: INK, width: 1.25, type: [5, 4] },
  };
}

/** Each setting is a dot at p95 with a stem down to p50; those of the frontier carry their number in the list. */
function settingSeries(
  settings: readonly FrontierSetting[],
  frontier: readonly FrontierSetting[],
  size: PlotSize,
): SeriesOption {
  const ordered = cheapestFirst(settings);
  const rest = ordered.filter((setting) => !frontier.includes(setting));
  const shown = [...rest, ...frontier];
  const besides = offsets(ordered, size);
  return custom(0, shown.length, (index, api) => {
    const setting = shown[index];
    if (!setting) return undefined;
    const offset = besides.get(setting) ?? 0;
    const number = frontier.indexOf(setting) + 1;
    const [atX, y] = api.coord([setting.monthlyUsd, setting.p95Seconds]) as [number, number];
    const [, foot] = api.coord([setting.monthlyUsd, setting.p50Seconds]) as [number, number];
    const x = atX + (number > 0 ? 0 : offset);
    const fill = intervalColor(setting.intervalSeconds);
    const r = number > 0 ? 9 : 4;
    return {
      type: "group",
      children: [
        {
          ...segment(x, y, x, foot, fill, number > 0 ? 2 : 1),
          style: { stroke: fill, lineWidth: number > 0 ? 2 : 1, opacity: number > 0 ? 1 : 0.5 },
        },
        dot(x, y, r, fill, isFast(setting.intervalSeconds), number > 0 ? 1 : 0.65),
        ...(setting.isCurrent
          ? [ring(x, y, r + 3.5), onGround(label(x + r + 8, y, "now", INK, "left", "middle", BOLD))]
          : []),
        ...(number > 0 ? [label(x, y + 0.5, `${number}`, PAGE, "center", "middle", BOLD)] : []),
      ],
    };
  });
}

const BOLD = `600 11px ${FONT_FAMILY}`;

function dot(x: number, y: number, r: number, fill: string, round: boolean, opacity: number) {
  if (round) return { type: "circle" as const, shape: { cx: x, cy: y, r }, style: { fill, opacity } };
  const points: [number, number][] = [
    [x, y - r * 1.2],
    [x + r * 1.2, y],
    [x, y + r * 1.2],
    [x - r * 1.2, y],
  ];
  return { type: "polygon" as const, shape: { points }, style: { fill, opacity } };
}

function ring(x: number, y: number, r: number) {
  return {
    type: "circle" as const,
    shape: { cx: x, cy: y, r },
    style: { fill: "none", stroke: INK, lineWidth: 1.5 },
  };
}

/** How far to the side each setting stands, so that those of one cost do not cover each other. */
function offsets(ordered: readonly FrontierSetting[], size: PlotSize): Map<FrontierSetting, number> {
  const columns = new Map<number, FrontierSetting[]>();
  for (const setting of ordered) {
    const cents = Math.round(setting.monthlyUsd * 100);
    columns.set(cents, [...(columns.get(cents) ?? []), setting]);
  }
  const room = (size.width - LEFT - RIGHT) / (columns.size + 1);
  const found = new Map<FrontierSetting, number>();
  for (const column of columns.values()) {
    const apart = Math.min(APART_MAX, room / column.length);
    for (const [place, setting] of column.entries())
      found.set(setting, apart * (place - (column.length - 1) / 2));
  }
  return found;
}

function isFast(intervalSeconds: number): boolean {
  return intervalSeconds <= 10;
}

function intervalColor(intervalSeconds: number): string {
  return isFast(intervalSeconds) ? COLORS.teal.light : COLORS.purple.light;
}

function seconds(value: number): string {
  return `${Number.isInteger(value) ? value : value.toFixed(1)} s`;
}

function frontierTable(settings: readonly FrontierSetting[], frontier: readonly FrontierSetting[]): string {
  return table(
    "Every setting of the sweep, cheapest first",
    [
      { title: "USD a month", kind: "number" },
      { title: "Interval", kind: "number" },
      { title: "Failures", kind: "number" },
      { title: "TTL", kind: "number" },
      { title: "p50", kind: "number" },
      { title: "p95", kind: "number" },
      { title: "" },
    ],
    cheapestFirst(settings).map((setting) => [
      formatUsd(setting.monthlyUsd),
      `${setting.intervalSeconds} s`,
      `${setting.failureThreshold}`,
      ttlText(setting),
      seconds(setting.p50Seconds),
      seconds(setting.p95Seconds),
      [
        ...(frontier.includes(setting) ? [`frontier ${frontier.indexOf(setting) + 1}`] : []),
        ...(setting.isCurrent ? ["as set now"] : []),
      ].join(", "),
    ]),
  );
}
