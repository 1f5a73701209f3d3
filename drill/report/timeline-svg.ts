import type { EChartsOption } from "echarts";
import { HEALTHY_CHECKERS_PERCENT } from "../../model/health-check";
import { PAIR_NAMES, type SideNames, type Timeline } from "../timeline";
import type { SimulatedTimeline } from "../timeline-simulated";
import { escaped } from "./html-text";
import { FONT_FAMILY } from "./plots/drawing";
import { darkColors, INK, LINE, PAGE, SOFT } from "./plots/palette";
import type { ProfileSpreads } from "./plots/plot-data";
import { svgPlot } from "./plots/svg-plot";
import type { Report } from "./report";
import {
  checkersSeries,
  LANES,
  laneSeries,
  lanesOf,
  laneTop,
  marksSeries,
  SERVER_COLORS,
  type TimelineFrame,
} from "./timeline-series";

export interface TimelineWords {
  /** `profile-api (dev)`. */
  readonly system: string;
  readonly scenarioTitle: string;
  readonly clientSeconds: number | null;
  readonly failbackSeconds: number | null;
  readonly boundSeconds: number | null;
  readonly objectiveSeconds: number;
  /** Of a simulated cutover: which. The loopback rehearsal where undefined. */
  readonly simulatedCutover?: number;
  /** Each has a lane below those of the rehearsal. */
  readonly profiles?: readonly ProfileSpreads[];
}

/** What is said of one simulated cutover; its profiles are those of that cutover alone. */
export function simulatedTimelineWords(
  { system, stack, bound, objectives }: Pick<Report, "system" | "stack" | "bound" | "objectives">,
  scenarioTitle: string,
  { index, clientSeconds, failbackSeconds, profiles }: SimulatedTimeline,
): TimelineWords {
  return {
    system: `${system} (${stack})`,
    scenarioTitle,
    clientSeconds,
    failbackSeconds,
    boundSeconds: bound.rtoSeconds,
    objectiveSeconds: objectives.rtoSeconds,
    simulatedCutover: index,
    profiles,
  };
}

/** The picture as a file of its own, with title and legend in it. */
const FILE_FRAME: TimelineFrame = {
  width: 960,
  height: 448,
  left: 190,
  right: 28,
  top: 124,
  bottom: 48,
  checkersHeight: 84,
  gap: 22,
  bandAbove: 7,
  bandBelow: 7,
  headroom: 0,
};

/** The picture of one rehearsal as SVG text that needs no browser, script or font to be drawn. */
export function timelineSvg(timeline: Timeline, words: TimelineWords): string {
  const option = {
    ...timelineOption(timeline, words, FILE_FRAME),
    backgroundColor: PAGE,
    title: {
      left: 20,
      top: 18,
      padding: 0,
      text: `${words.system}: ${words.scenarioTitle}`,
      subtext: subtitle(words),
      textStyle: { fontSize: 17, fontWeight: "bold" as const, color: INK },
      subtextStyle: { fontSize: 13, color: SOFT },
    },
    graphic: [...rowLabels(timeline, words, FILE_FRAME), ...legend(timeline.names, FILE_FRAME)],
  };
  return accessible(svgPlot(option, FILE_FRAME, "timeline"), description(timeline, words));
}

/** The text alternative: everything that the picture says in figures. */
export function description(timeline: Timeline, words: TimelineWords): string {
  const seconds = (value: number | null) => (value === null ? "not measured" : `${value.toFixed(1)} s`);
  const isSimulated = words.simulatedCutover !== undefined;
  // Of a simulated cutover only these requests were counted.
  const counted = isSimulated
    ? timeline.requests.filter(
        ({ fromSeconds }) => fromSeconds >= 0 && fromSeconds < (timeline.healSeconds ?? 0),
      )
    : timeline.requests;
  const failed = counted.reduce((sum, slice) => sum + slice.failed, 0);
  if (timeline.faultSeconds === null && !isSimulated) {
    const sent = counted.reduce((sum, { primary, standby }) => sum + primary + standby, failed);
    return `Timeline of ${words.system}, ${words.scenarioTitle}. No fault was played; ${failed} of ${sent} requests failed.`;
  }
  const all = counted.reduce((sum, { primary, standby }) => sum + primary + standby, failed);
  return (
    `Timeline of ${sourceText(words)}${words.system}, ${words.scenarioTitle}. ${isSimulated ? "Slowest client" : "Client"} cutover ${seconds(words.clientSeconds)} after the fault, ` +
    `bound ${seconds(words.boundSeconds)}, objective ${words.objectiveSeconds} s; ` +
    `failback ${seconds(words.failbackSeconds)} after the heal; ${failed} of ${all} requests failed${isSimulated ? " from the fault to the heal" : ""}.`
  );
}

/** `simulated cutover 0 of `, before the name of the system; nothing for the loopback rehearsal. */
function sourceText({ simulatedCutover }: TimelineWords): string {
  return simulatedCutover === undefined ? "" : `simulated cutover ${simulatedCutover} of `;
}

/** Axes, lanes and marks, without title, legend and row labels. */
export function timelineOption(
  timeline: Timeline,
  words: TimelineWords,
  frame: TimelineFrame,
): EChartsOption {
  const from = Math.floor(timeline.fromSeconds / 10) * 10;
  const to = endOfAxis(timeline, words);
  const checkers = checkersOf(timeline);
  const lanes = LANES.length + (words.profiles?.length ?? 0);
  const time = { type: "value" as const, min: from, max: to };
  const grid = { left: frame.left, right: frame.right };
  return {
    grid: [
      { ...grid, top: frame.top, height: frame.checkersHeight },
      { ...grid, top: laneTop(frame, 0, lanes), bottom: frame.bottom },
      { ...grid, top: frame.top - frame.headroom, bottom: frame.bottom },
    ],
    xAxis: [
      { ...time, gridIndex: 0, show: false },
      {
        ...time,
        gridIndex: 1,
        name: `seconds since the ${timeline.faultSeconds === null ? "start" : "fault"} (system time)`,
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
      { gridIndex: 1, min: 0, max: lanes, inverse: true, show: false },
      { gridIndex: 2, min: 0, max: 1, show: false },
    ],
    series: [
      checkersSeries(timeline, checkers, to),
      ...laneSeries(timeline, words, frame),
      marksSeries(timeline, words, to, frame),
    ],
  };
}

export function checkersOf(timeline: Timeline): number {
  return timeline.checkers.reduce((most, { of }) => Math.max(most, of), 1);
}

function subtitle(words: TimelineWords): string {
  const figure = (name: string, value: number | null) =>
    value === null ? [] : [`${name} ${value.toFixed(1)} s`];
  return [
    ...figure("client cutover", words.clientSeconds),
    ...figure("failback", words.failbackSeconds),
    words.simulatedCutover === undefined
      ? "loopback (real DNS and HTTP on this machine)"
      : `simulated cutover ${words.simulatedCutover}, under a virtual clock`,
  ].join("  ·  ");
}

/** The objective and the bound belong into the picture unless they would squeeze the rehearsal itself. */
function endOfAxis(timeline: Timeline, words: TimelineWords): number {
  const ran = timeline.toSeconds;
  const limits = [words.boundSeconds ?? 0, words.objectiveSeconds].filter((limit) => limit <= 1.6 * ran);
  return Math.ceil((Math.max(ran, ...limits) + 5) / 10) * 10;
}

export type Graphic = Record<string, unknown>;

/** The names of the rows, in the free space to the left. */
export function rowLabels(
  timeline: Timeline,
  words: TimelineWords,
  frame: TimelineFrame,
  left = 20,
): Graphic[] {
  const profiles = words.profiles ?? [];
  const lanes = LANES.length + profiles.length;
  const text = (top: number, words: string, fill: string = INK): Graphic => ({
    type: "text",
    left,
    top,
    style: { text: words, fill, font: `13px ${FONT_FAMILY}` },
  });
  return [
    ...(timeline.faultSeconds === null
      ? [
          text(frame.top + 4, "Checkers whose"),
          text(frame.top + 22, "last probe passed"),
          text(frame.top + 42, `of ${checkersOf(timeline)}; no fault came`, SOFT),
        ]
      : words.simulatedCutover === undefined
        ? [
            text(frame.top + 4, "Checkers that see"),
            text(frame.top + 22, `the ${timeline.names.checked} healthy`),
            text(frame.top + 42, `of ${checkersOf(timeline)}; over ${HEALTHY_CHECKERS_PERCENT} %`, SOFT),
            text(frame.top + 58, "means healthy", SOFT),
          ]
        : [
            text(frame.top + 4, "Health check of"),
            text(frame.top + 22, `the ${timeline.names.checked}`),
            text(frame.top + 42, "1 healthy, 0 not", SOFT),
          ]),
    ...lanesOf(words).map((lane, index) => text(laneTop(frame, index, lanes) + 8, lane)),
    ...profiles.flatMap(({ name }, index) => {
      const top = laneTop(frame, LANES.length + index, lanes);
      return [text(top + 3, shortName(name)), text(top + 19, "simulated", SOFT)];
    }),
  ];
}

/** Longer names than this would run into the lane. */
const NAME_LENGTH_MAX = 22;

export function shortName(name: string): string {
  return name.length <= NAME_LENGTH_MAX ? name : `${name.slice(0, NAME_LENGTH_MAX - 1)}\u2026`;
}

function legend(names: SideNames, frame: TimelineFrame): Graphic[] {
  const entries = [
    [names.primary, SERVER_COLORS.primary],
    [names.standby, SERVER_COLORS.standby],
    ["failed", SERVER_COLORS.failed],
  ] as const;
  return entries.flatMap(([text, fill], index) => {
    const right = frame.right + (entries.length - 1 - index) * (names === PAIR_NAMES ? 84 : 124);
    return [
      { type: "rect", right: right + 60, top: 22, shape: { width: 12, height: 12, r: 2 }, style: { fill } },
      {
        type: "text",
        left: frame.width - right - 54,
        top: 21,
        style: { text, fill: INK, font: `13px ${FONT_FAMILY}` },
      },
    ];
  });
}

/** A name for those who cannot see the picture, and colours for those who read in the dark. */
function accessible(svg: string, text: string): string {
  const words = escaped(text);
  return svg.replace(
    /<svg [^>]*>/,
    (open) =>
      `${open.slice(0, -1)} role="img" aria-label="${words}"><title>${words}</title><style>${DARK}</style>`,
  );
}

const DARK =
  "@media (prefers-color-scheme: dark) {" +
  darkColors("", ["page", "ink", "soft", "line", "failed", "healed"]) +
  "}";
