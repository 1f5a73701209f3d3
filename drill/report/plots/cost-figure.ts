import type { EChartsOption, SeriesOption } from "echarts";
import { formatUsd } from "../../../model/money";
import { parseUrn } from "../../../model/stack-resource";
import { budgetsOf } from "../budgets";
import { moneyText } from "../figures";
import { table } from "../html-text";
import type { ReportView } from "../view";
import { custom, FONT_FAMILY, label, type PlotSize, rect, segment } from "./drawing";
import type { Figure } from "./figure";
import { COLORS, INK, LINE, SOFT } from "./palette";
import { svgPlot } from "./svg-plot";

/** Lines beyond this many are one bar; the page's cost table has each of them. */
const BARS_MAX = 12;
const BOLD = `600 12px ${FONT_FAMILY}`;

interface CostBar {
  readonly item: string;
  readonly resource: string;
  readonly standbyUsd: number;
  readonly restUsd: number;
}

/** Where things stand, in pixels. Names stand beside their bars, or above them on a narrow screen. */
interface CostFrame {
  readonly width: number;
  readonly rowHeight: number;
  readonly barTop: number;
  readonly barLeft: number;
  /** Free space behind the longest bar, for its amount. */
  readonly amountWidth: number;
  readonly itemLength: number;
  /** Where the resource's name stands; undefined where there is no room for it. */
  readonly resourceLeft?: number;
}

const BAR_HEIGHT = 16;
const FRAMES: Readonly<Record<"wide" | "narrow", CostFrame>> = {
  wide: {
    width: 960,
    rowHeight: 26,
    barTop: 5,
    barLeft: 500,
    amountWidth: 64,
    itemLength: 46,
    resourceLeft: 310,
  },
  narrow: { width: 360, rowHeight: 44, barTop: 20, barLeft: 0, amountWidth: 64, itemLength: 54 },
};
const RESOURCE_LENGTH = 27;
const TOP = 22;
const GAP = 44;

/** The idle standby and the whole stack against their budgets, then what costs how much, dearest first. */
export function costFigure(view: ReportView): Figure {
  const bars = costBars(view);
  const sizes = { wide: size(FRAMES.wide, bars.length), narrow: size(FRAMES.narrow, bars.length) };
  const { cost } = view.report;
  const budgets = budgetsOf(view.report.objectives);
  const free = view.costEntries.filter(({ monthlyUsd }) => monthlyUsd === 0).length;
  return {
    id: "cost",
    title: "Idle cost of a month against the budget",
    summary:
      `The idle standby costs ${moneyText(cost.standbyMonthlyUsd)} a month at list price${budgetText(budgets.standbyUsd)}; ` +
      `the whole stack costs ${moneyText(cost.totalMonthlyUsd)}${budgetText(budgets.stackUsd)}. ` +
      `A month is 730 hours with no request at all.${free === 0 ? "" : ` ${free} more lines cost nothing while idle.`}`,
    legend: [
      { text: "standby and failover wiring", color: COLORS.standby.light },
      { text: "the rest of the stack", color: COLORS.primary.light },
    ],
    sizes,
    draw: (width, id) => svgPlot(option(view, bars, FRAMES[width], sizes[width]), sizes[width], id),
    table: table(
      "Cost of each bar",
      [
        { title: "For" },
        { title: "Resource" },
        { title: "USD a month", kind: "number" },
        { title: "Standby" },
      ],
      bars.map(({ item, resource, standbyUsd, restUsd }) => [
        item,
        resource,
        formatUsd(standbyUsd + restUsd),
        restUsd === 0 ? "yes" : standbyUsd === 0 ? "no" : `${formatUsd(standbyUsd)} of it`,
      ]),
    ),
  };
}

function budgetText(budget: number | undefined): string {
  return budget === undefined ? "" : `, its budget is under ${formatUsd(budget)}`;
}

function costBars({ costEntries }: ReportView): CostBar[] {
  const dear = costEntries.filter(({ monthlyUsd }) => monthlyUsd > 0);
  const sum = (entries: typeof dear) => entries.reduce((usd, { monthlyUsd }) => usd + monthlyUsd, 0);
  const smaller = dear.slice(BARS_MAX);
  return [
    ...dear.slice(0, BARS_MAX).map(({ item, urn, monthlyUsd, standby }) => ({
      item,
      resource: parseUrn(urn).name,
      standbyUsd: standby ? monthlyUsd : 0,
      restUsd: standby ? 0 : monthlyUsd,
    })),
    ...(smaller.length === 0
      ? []
      : [
          {
            item: `${smaller.length} smaller lines together`,
            resource: "",
            standbyUsd: sum(smaller.filter(({ standby }) => standby)),
            restUsd: sum(smaller.filter(({ standby }) => !standby)),
          },
        ]),
  ];
}

function size(frame: CostFrame, bars: number): PlotSize {
  return { width: frame.width, height: TOP + 2 * frame.rowHeight + GAP + bars * frame.rowHeight + 4 };
}

function option(
  view: ReportView,
  bars: readonly CostBar[],
  frame: CostFrame,
  whole: PlotSize,
): EChartsOption {
  const { standbyUsd, stackUsd } = budgetsOf(view.report.objectives);
  // In the order of the sums.
  const budgets = [standbyUsd, stackUsd];
  const sums = sumsOf(view);
  const most = Math.max(
    ...budgets.map((usd) => usd ?? 0),
    ...sums.map(({ standbyUsd, restUsd }) => standbyUsd + restUsd),
    0.01,
  );
  const dearest = Math.max(...bars.map(({ standbyUsd, restUsd }) => standbyUsd + restUsd), 0.01);
  const grid = { left: frame.barLeft, right: frame.amountWidth };
  const second = TOP + 2 * frame.rowHeight + GAP;
  const axis = { type: "value" as const, show: false, min: 0 };
  return {
    grid: [
      { ...grid, top: TOP, height: 2 * frame.rowHeight },
      { ...grid, top: second, height: bars.length * frame.rowHeight },
    ],
    xAxis: [
      { ...axis, gridIndex: 0, max: most },
      { ...axis, gridIndex: 1, max: dearest },
    ],
    yAxis: [
      { ...axis, gridIndex: 0, max: 2, inverse: true },
      { ...axis, gridIndex: 1, max: bars.length, inverse: true },
    ],
    graphic: [
      {
        type: "text",
        left: 0,
        top: second - 22,
        style: {
          text: bars.length === 0 ? "" : "Dearest first, on a scale of its own",
          fill: SOFT,
          font: BOLD,
        },
      },
    ],
    series: [barSeries(0, sums, frame), budgetSeries(budgets, frame, whole), barSeries(1, bars, frame)],
  };
}

function sumsOf({ costEntries, report }: ReportView): CostBar[] {
  const part = report.cost.unpriced.length === 0 ? "" : ", as far as it is priced";
  const sum = (isStandby: boolean) =>
    costEntries.reduce((usd, { standby, monthlyUsd }) => (standby === isStandby ? usd + monthlyUsd : usd), 0);
  return [
    { item: `Standby${part}`, resource: "", standbyUsd: sum(true), restUsd: 0 },
    { item: `Whole stack${part}`, resource: "", standbyUsd: sum(true), restUsd: sum(false) },
  ];
}

function barSeries(grid: number, bars: readonly CostBar[], frame: CostFrame): SeriesOption {
  return custom(grid, bars.length, (index, api) => {
    const bar = bars[index];
    if (!bar) return undefined;
    const [left, rowTop] = api.coord([0, index]) as [number, number];
    const [middle] = api.coord([bar.standbyUsd, index]) as [number, number];
    const [right] = api.coord([bar.standbyUsd + bar.restUsd, index]) as [number, number];
    const y = rowTop + frame.barTop;
    const nameY = frame.barLeft === 0 ? rowTop + 10 : y + BAR_HEIGHT / 2;
    return {
      type: "group",
      children: [
        label(0, nameY, shortened(bar.item, frame.itemLength), INK),
        ...(frame.resourceLeft === undefined || bar.resource === ""
          ? []
          : [label(frame.resourceLeft, nameY, shortened(bar.resource, RESOURCE_LENGTH), SOFT)]),
        ...(bar.standbyUsd > 0
          ? [rect(left, y, Math.max(1, middle - left), BAR_HEIGHT, COLORS.standby.light)]
          : []),
        ...(bar.restUsd > 0
          ? [rect(middle, y, Math.max(1, right - middle), BAR_HEIGHT, COLORS.primary.light)]
          : []),
        label(
          Math.max(right, left + 1) + 6,
          y + BAR_HEIGHT / 2,
          formatUsd(bar.standbyUsd + bar.restUsd),
          INK,
          "left",
          "middle",
          BOLD,
        ),
      ],
    };
  });
}

/** The line of each budget crosses the row of its own sum and no other. */
function budgetSeries(
  budgetsUsd: readonly (number | undefined)[],
  frame: CostFrame,
  whole: PlotSize,
): SeriesOption {
  return custom(0, budgetsUsd.length, (row, api) => {
    const budgetUsd = budgetsUsd[row];
    if (budgetUsd === undefined) return undefined;
    const [x, top] = api.coord([budgetUsd, row]) as [number, number];
    const [left] = api.coord([0, row]) as [number, number];
    const y = top + frame.barTop;
    // The first has room above, the last below.
    const labelY = row === 0 ? top - 10 : y + BAR_HEIGHT + 12;
    const isLeft = x > whole.width - frame.amountWidth - 60;
    return {
      type: "group",
      children: [
        segment(left, y + BAR_HEIGHT + 1.5, x, y + BAR_HEIGHT + 1.5, LINE, 1),
        segment(x, top - 2, x, y + BAR_HEIGHT + 4, INK, 1.5, true),
        label(isLeft ? x : x - 4, labelY, `budget ${formatUsd(budgetUsd)}`, INK, isLeft ? "right" : "left"),
      ],
    };
  });
}

function shortened(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax - 1)}\u2026`;
}
