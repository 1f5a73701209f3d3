import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, SeriesOption } from "echarts";
import { HEALTHY_CHECKERS_PERCENT } from "../../model/health-check";
import type { Band, Server, Timeline } from "../timeline";
import type { TimelineWords } from "./timeline-svg";

/** Where things stand in the picture, in pixels. */
export const FRAME = {
  width: 960,
  height: 448,
  left: 190,
  right: 28,
  top: 124,
  bottom: 48,
  checkersHeight: 84,
  gap: 22,
};

export const INK = "#1f2328";
export const SOFT = "#59636e";
export const LINE = "#d1d9e0";
export const PAGE = "#ffffff";
export const FAULT = "#c4232f";
export const HEALED = "#1a7f37";

/** Told apart by lightness too, for print and for eyes that do not see red. */
export const SERVER_COLORS: Readonly<Record<Server | "failed", string>> = {
  primary: "#3b78e7",
  standby: "#f2a33a",
  none: "#9aa4af",
  failed: FAULT,
};

export const LANES = [
  "DNS server answers",
  "Resolver answers",
  "Client requests",
  "Cutover, failback",
] as const;
const LANE = { authoritative: 0, resolver: 1, requests: 2, waits: 3 } as const;

export function checkersTop(): number {
  return FRAME.top;
}

export function laneTop(index: number): number {
  const top = FRAME.top + FRAME.checkersHeight + FRAME.gap;
  return top + (index * (FRAME.height - FRAME.bottom - top)) / LANES.length;
}

/** Grid 0: how many checkers call the primary healthy, and the line that they must stay above. */
export function checkersSeries(timeline: Timeline, of: number, endSeconds: number): SeriesOption {
  const last = timeline.checkers.at(-1);
  const steps = timeline.checkers.map(({ atSeconds, healthy }) => [atSeconds, healthy]);
  const tail = last ? [[Math.min(timeline.toSeconds, endSeconds), last.healthy]] : [];
  return {
    type: "line",
    xAxisIndex: 0,
    yAxisIndex: 0,
    step: "end",
    symbol: "none",
    data: [...steps, ...tail],
    lineStyle: { color: SERVER_COLORS.primary, width: 2 },
    areaStyle: { color: SERVER_COLORS.primary, opacity: 0.18 },
    markLine: {
      silent: true,
      symbol: "none",
      label: { show: false },
      lineStyle: { color: SOFT, type: "dashed", width: 1 },
      data: [{ yAxis: (of * HEALTHY_CHECKERS_PERCENT) / 100 }],
    },
  };
}

/** Grid 1: who answers, lane by lane. */
export function laneSeries(timeline: Timeline, words: TimelineWords): SeriesOption[] {
  return [
    bandSeries(timeline.authoritative, LANE.authoritative),
    bandSeries(timeline.resolver, LANE.resolver),
    requestSeries(timeline),
    waitSeries(timeline, words),
  ];
}

function bandSeries(bands: readonly Band[], lane: number): SeriesOption {
  return onLanes(bands.length, (index, api) => {
    const band = bands[index];
    if (!band) return undefined;
    const [left, top] = api.coord([band.fromSeconds, lane]) as [number, number];
    const [right, bottom] = api.coord([band.toSeconds, lane + 1]) as [number, number];
    return rect(left, top + 7, right - left, bottom - top - 14, SERVER_COLORS[band.server], 2);
  });
}

/** Every slice fills the lane: the share that failed stands on top. */
function requestSeries({ requests }: Timeline): SeriesOption {
  return onLanes(requests.length, (index, api) => {
    const slice = requests[index];
    if (!slice) return undefined;
    const [left, top] = api.coord([slice.fromSeconds, LANE.requests]) as [number, number];
    const [right, bottom] = api.coord([slice.toSeconds, LANE.requests + 1]) as [number, number];
    const height = bottom - top - 14;
    const all = slice.primary + slice.standby + slice.failed;
    let y = top + 7;
    const children = (["failed", "standby", "primary"] as const).map((kind) => {
      const share = (slice[kind] / all) * height;
      const child = rect(left, y, Math.max(1, right - left - 0.6), share, SERVER_COLORS[kind], 0);
      y += share;
      return child;
    });
    return { type: "group", children: children.filter(({ shape }) => shape.height > 0) };
  });
}

function waitSeries(timeline: Timeline, words: TimelineWords): SeriesOption {
  const waits = [
    { from: timeline.faultSeconds, seconds: words.clientSeconds, name: "cutover" },
    { from: timeline.healSeconds, seconds: words.failbackSeconds, name: "failback" },
  ].flatMap(({ from, seconds, name }) =>
    from === null || seconds === null ? [] : [{ from, seconds, name }],
  );
  return onLanes(waits.length, (index, api) => {
    const wait = waits[index];
    if (!wait) return undefined;
    const [left, top] = api.coord([wait.from, LANE.waits]) as [number, number];
    const [right] = api.coord([wait.from + wait.seconds, LANE.waits]) as [number, number];
    const y = top + 16;
    return {
      type: "group",
      children: [
        segment(left, y, right, y, INK, 1.5),
        segment(left, y - 5, left, y + 5, INK, 1.5),
        segment(right, y - 5, right, y + 5, INK, 1.5),
        label((left + right) / 2, y + 5, `${wait.name} ${wait.seconds.toFixed(1)} s`, INK, "center", "top"),
      ],
    };
  });
}

/** Grid 2 lies over both others: fault and heal, and the limits that a cutover is held against. */
export function marksSeries(timeline: Timeline, words: TimelineWords, endSeconds: number): SeriesOption {
  const { faultSeconds: fault, healSeconds: heal } = timeline;
  const { boundSeconds: bound, objectiveSeconds: objective } = words;
  const marks = [
    ...(fault === null ? [] : [{ at: fault, text: "fault", color: FAULT, dashed: false, tier: 0 }]),
    ...(heal === null ? [] : [{ at: heal, text: "heal", color: HEALED, dashed: false, tier: 0 }]),
    ...(bound === null ? [] : [{ at: bound, text: `bound ${bound} s`, color: SOFT, dashed: true, tier: 1 }]),
    { at: objective, text: `objective ${objective} s`, color: INK, dashed: true, tier: 2 },
  ];
  return custom(2, marks.length, (index, api) => {
    const mark = marks[index];
    if (!mark) return undefined;
    const [x, top] = api.coord([mark.at, 1]) as [number, number];
    const [, bottom] = api.coord([mark.at, 0]) as [number, number];
    const labelY = top - 6 - mark.tier * 16;
    const edge = FRAME.width - FRAME.right;
    // A limit beyond the picture is named at its edge: the rehearsal is over long before.
    if (mark.at > endSeconds)
      return label(edge, labelY + 2, `${mark.text} \u2192`, mark.color, "right", "bottom");
    const isLeft = x > edge - 90;
    return {
      type: "group",
      children: [
        segment(x, labelY, x, bottom, mark.color, mark.dashed ? 1 : 1.5, mark.dashed),
        label(isLeft ? x - 4 : x + 4, labelY + 2, mark.text, mark.color, isLeft ? "right" : "left", "bottom"),
      ],
    };
  });
}

type Render = (index: number, api: CustomSeriesRenderItemAPI) => CustomSeriesRenderItemReturn;

function onLanes(count: number, render: Render): SeriesOption {
  return custom(1, count, render);
}

function custom(grid: number, count: number, render: Render): SeriesOption {
  return {
    type: "custom",
    coordinateSystem: "cartesian2d",
    xAxisIndex: grid,
    yAxisIndex: grid,
    silent: true,
    data: Array.from({ length: count }, (_, index) => [index, 0]),
    renderItem: (params, api) => render(params.dataIndex, api),
  };
}

function rect(x: number, y: number, width: number, height: number, fill: string, r: number) {
  return { type: "rect" as const, shape: { x, y, width, height, r }, style: { fill } };
}

function segment(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  lineWidth: number,
  dashed = false,
) {
  return {
    type: "line" as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth, ...(dashed ? { lineDash: [4, 4] } : {}) },
  };
}

function label(
  x: number,
  y: number,
  text: string,
  fill: string,
  align: "left" | "center" | "right",
  verticalAlign: "top" | "bottom",
) {
  const font = "12px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
  return { type: "text" as const, x, y, style: { text, fill, align, verticalAlign, font } };
}
