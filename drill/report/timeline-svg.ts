import type { EChartsOption } from "echarts";
import type { Timeline } from "../timeline";
import {
  checkersSeries,
  checkersTop,
  FAULT,
  FRAME,
  HEALED,
  INK,
  LANES,
  LINE,
  laneSeries,
  laneTop,
  marksSeries,
  PAGE,
  SERVER_COLORS,
  SOFT,
} from "./timeline-series";

export interface TimelineWords {
  /** `profile-api (dev)`. */
  readonly system: string;
  readonly scenarioTitle: string;
  readonly clientSeconds: number | null;
  readonly failbackSeconds: number | null;
  readonly boundSeconds: number | null;
  readonly objectiveSeconds: number;
}

/** The picture of one rehearsal as SVG text that needs no browser, script or font to be drawn. */
export function timelineSvg(timeline: Timeline, words: TimelineWords): string {
  // Loading the plotting library takes longer than drawing, so nothing else waits for it.
  const echarts = require("echarts") as typeof import("echarts");
  const chart = echarts.init(null, null, {
    renderer: "svg",
    ssr: true,
    width: FRAME.width,
    height: FRAME.height,
  });
  try {
    chart.setOption(option(timeline, words));
    return accessible(bare(chart.renderToSVGString()), description(timeline, words));
  } finally {
    chart.dispose();
  }
}

/** The text alternative: everything that the picture says in figures. */
export function description(timeline: Timeline, words: TimelineWords): string {
  const seconds = (value: number | null) => (value === null ? "not measured" : `${value.toFixed(1)} s`);
  const failed = timeline.requests.reduce((sum, slice) => sum + slice.failed, 0);
  const all = timeline.requests.reduce((sum, { primary, standby }) => sum + primary + standby, failed);
  return (
    `Timeline of ${words.system}, ${words.scenarioTitle}. Client cutover ${seconds(words.clientSeconds)} after the fault, ` +
    `bound ${seconds(words.boundSeconds)}, objective ${words.objectiveSeconds} s; ` +
    `failback ${seconds(words.failbackSeconds)} after the heal; ${failed} of ${all} requests failed.`
  );
}

function option(timeline: Timeline, words: TimelineWords): EChartsOption {
  const from = Math.floor(timeline.fromSeconds / 10) * 10;
  const to = endOfAxis(timeline, words);
  const checkers = timeline.checkers.reduce((most, { of }) => Math.max(most, of), 1);
  const time = { type: "value" as const, min: from, max: to };
  const grid = { left: FRAME.left, right: FRAME.right };
  return {
    animation: false,
    backgroundColor: PAGE,
    textStyle: { fontFamily: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif", color: INK },
    title: {
      left: 20,
      top: 18,
      padding: 0,
      text: `${words.system}: ${words.scenarioTitle}`,
      subtext: subtitle(words),
      textStyle: { fontSize: 17, fontWeight: "bold", color: INK },
      subtextStyle: { fontSize: 13, color: SOFT },
    },
    grid: [
      { ...grid, top: checkersTop(), height: FRAME.checkersHeight },
      { ...grid, top: laneTop(0), bottom: FRAME.bottom },
      { ...grid, top: checkersTop(), bottom: FRAME.bottom },
    ],
    xAxis: [
      { ...time, gridIndex: 0, show: false },
      {
        ...time,
        gridIndex: 1,
        name: "seconds since the fault (system time)",
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: { color: SOFT, fontSize: 12 },
        splitLine: { show: false },
        axisLine: { onZero: false, lineStyle: { color: LINE } },
        axisLabel: { color: SOFT, fontSize: 12, showMaxLabel: false },
        axisTick: { lineStyle: { color: LINE } },
      },
      { ...time, gridIndex: 2, show: false },
    ],
    yAxis: [
      {
        gridIndex: 0,
        min: 0,
        max: checkers,
        interval: checkers / 2,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: SOFT, fontSize: 12 },
        splitLine: { lineStyle: { color: LINE } },
      },
      { gridIndex: 1, min: 0, max: LANES.length, inverse: true, show: false },
      { gridIndex: 2, min: 0, max: 1, show: false },
    ],
    graphic: [...rowLabels(checkers), ...legend()],
    series: [
      checkersSeries(timeline, checkers, to),
      ...laneSeries(timeline, words),
      marksSeries(timeline, words, to),
    ],
  };
}

function subtitle(words: TimelineWords): string {
  const figure = (name: string, value: number | null) =>
    value === null ? [] : [`${name} ${value.toFixed(1)} s`];
  return [
    ...figure("client cutover", words.clientSeconds),
    ...figure("failback", words.failbackSeconds),
    "loopback (real DNS and HTTP on this machine)",
  ].join("  ·  ");
}

/** The objective and the bound belong into the picture unless they would squeeze the rehearsal itself. */
function endOfAxis(timeline: Timeline, words: TimelineWords): number {
  const ran = timeline.toSeconds;
  const limits = [words.boundSeconds ?? 0, words.objectiveSeconds].filter((limit) => limit <= 1.6 * ran);
  return Math.ceil((Math.max(ran, ...limits) + 5) / 10) * 10;
}

type Graphic = Record<string, unknown>;

function rowLabels(checkers: number): Graphic[] {
  const label = (top: number, text: string, fill = INK): Graphic => ({
    type: "text",
    left: 20,
    top,
    style: { text, fill, font: "13px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" },
  });
  return [
    label(checkersTop() + 4, "Checkers that see"),
    label(checkersTop() + 22, "the primary healthy"),
    label(checkersTop() + 42, `of ${checkers}; over 18 %`, SOFT),
    label(checkersTop() + 58, "means healthy", SOFT),
    ...LANES.map((lane, index) => label(laneTop(index) + 8, lane)),
  ];
}

function legend(): Graphic[] {
  const entries = [
    ["primary", SERVER_COLORS.primary],
    ["standby", SERVER_COLORS.standby],
    ["failed", SERVER_COLORS.failed],
  ] as const;
  return entries.flatMap(([text, fill], index) => {
    const right = FRAME.right + (entries.length - 1 - index) * 84;
    return [
      { type: "rect", right: right + 60, top: 22, shape: { width: 12, height: 12, r: 2 }, style: { fill } },
      {
        type: "text",
        left: FRAME.width - right - 54,
        top: 21,
        style: { text, fill: INK, font: "13px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" },
      },
    ];
  });
}

/** Without the hooks for scripts and hovering, whose names count the charts drawn so far. */
function bare(svg: string): string {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>\s*/g, "")
    .replace(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
    .replace(/zr\d+-/g, "timeline-");
}

/** A name for those who cannot see the picture, and colours for those who read in the dark. */
function accessible(svg: string, text: string): string {
  const words = text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return svg.replace(
    /<svg [^>]*>/,
    (open) =>
      `${open.slice(0, -1)} role="img" aria-label="${words}"><title>${words}</title><style>${DARK}</style>`,
  );
}

const DARK =
  "@media (prefers-color-scheme: dark) {" +
  [
    [PAGE, "#0d1117"],
    [INK, "#e6edf3"],
    [SOFT, "#9198a1"],
    [LINE, "#3d444d"],
    [FAULT, "#f85149"],
    [HEALED, "#3fb950"],
  ]
    .map(([light, dark]) => `[fill="${light}"] { fill: ${dark} } [stroke="${light}"] { stroke: ${dark} }`)
    .join(" ") +
  "}";
