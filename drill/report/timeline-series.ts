import type { CustomSeriesRenderItemReturn, SeriesOption } from "echarts";
import { HEALTHY_CHECKERS_PERCENT } from "../../model/health-check";
import type { Band, RequestSlice, Server, Timeline } from "../timeline";
import {
  area,
  custom,
  FAULT,
  HEALED,
  label,
  limitMarks,
  markSeries,
  type PlotSize,
  rect,
  segment,
  type TimeMark,
} from "./plots/drawing";
import { COLORS, INK, SOFT } from "./plots/palette";
import { shareBefore, sharesOf } from "./plots/spread";
import type { TimelineWords } from "./timeline-svg";

/** Where things stand in the picture, in pixels. */
export interface TimelineFrame extends PlotSize {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly checkersHeight: number;
  readonly gap: number;
  /** Free space above and below a lane's band; a lane that is named inside needs more above. */
  readonly bandAbove: number;
  readonly bandBelow: number;
  /** Free space between the names of the marks and the checkers, for a name of theirs. */
  readonly headroom: number;
}

/** Told apart by lightness too, for print and for eyes that do not see red. */
export const SERVER_COLORS: Readonly<Record<Server | "failed", string>> = {
  primary: COLORS.primary.light,
  standby: COLORS.standby.light,
  none: COLORS.none.light,
  failed: COLORS.failed.light,
};

/** The lanes that every timeline has; those of profiles stand below. */
export const LANES = [
  "DNS server answers",
  "Resolver answers",
  "Client requests",
  "Cutover, failback",
] as const;

/** Their names; of a simulated cutover the second one shows clients, as a sample does not hold their answers. */
export function lanesOf({ simulatedCutover }: TimelineWords): readonly string[] {
  return simulatedCutover === undefined
    ? LANES
    : LANES.map((lane, index) => (index === LANE.resolver ? "First resolver's clients" : lane));
}

const LANE = { authoritative: 0, resolver: 1, requests: 2, waits: 3 } as const;

export function laneTop(frame: TimelineFrame, index: number, lanes: number): number {
  const top = frame.top + frame.checkersHeight + frame.gap;
  return top + (index * (frame.height - frame.bottom - top)) / lanes;
}

/** Grid 0: how many checkers call the primary healthy, and the line that they must stay above. */
export function checkersSeries(timeline: Timeline, of: number, endSeconds: number): SeriesOption {
  const last = timeline.checkers.at(-1);
  const steps = timeline.checkers
    .filter(({ healthy }, index, all) => healthy !== all[index - 1]?.healthy)
    .map(({ atSeconds, healthy }) => [atSeconds, healthy]);
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
export function laneSeries(timeline: Timeline, words: TimelineWords, frame: TimelineFrame): SeriesOption[] {
  const profiles = words.profiles ?? [];
  return [
    bandSeries(timeline.authoritative, LANE.authoritative, frame),
    bandSeries(timeline.resolver, LANE.resolver, frame),
    requestSeries(runsOf(timeline.requests), frame),
    waitSeries(timeline, words, frame),
    ...profiles.map((_, index) => profileSeries(timeline, words, index, frame)),
  ];
}

function bandSeries(bands: readonly Band[], lane: number, frame: TimelineFrame): SeriesOption {
  return custom(1, bands.length, (index, api) => {
    const band = bands[index];
    if (!band) return undefined;
    const [left, top] = api.coord([band.fromSeconds, lane]) as [number, number];
    const [right, bottom] = api.coord([band.toSeconds, lane + 1]) as [number, number];
    const height = bottom - top - frame.bandAbove - frame.bandBelow;
    return rect(left, top + frame.bandAbove, right - left, height, SERVER_COLORS[band.server], 2);
  });
}

/** Slices of one outcome that touch are drawn as one. */
function runsOf(slices: readonly RequestSlice[]): RequestSlice[] {
  const runs: RequestSlice[] = [];
  const outcome = ({ primary, standby, failed }: RequestSlice) =>
    [primary > 0, standby > 0, failed > 0].filter(Boolean).length > 1
      ? undefined
      : primary > 0
        ? "primary"
        : standby > 0
          ? "standby"
          : "failed";
  for (const slice of slices) {
    const last = runs.at(-1);
    const joins =
      last !== undefined &&
      last.toSeconds >= slice.fromSeconds &&
      outcome(last) !== undefined &&
      outcome(last) === outcome(slice);
    if (joins) runs[runs.length - 1] = { ...last, toSeconds: slice.toSeconds };
    else runs.push(slice);
  }
  return runs;
}

/** Every slice fills the lane: the share that failed stands on top. */
function requestSeries(requests: readonly RequestSlice[], frame: TimelineFrame): SeriesOption {
  return custom(1, requests.length, (index, api) => {
    const slice = requests[index];
    if (!slice) return undefined;
    const [left, top] = api.coord([slice.fromSeconds, LANE.requests]) as [number, number];
    const [right, bottom] = api.coord([slice.toSeconds, LANE.requests + 1]) as [number, number];
    const height = bottom - top - frame.bandAbove - frame.bandBelow;
    const all = slice.primary + slice.standby + slice.failed;
    let y = top + frame.bandAbove;
    const children = (["failed", "standby", "primary"] as const).map((kind) => {
      const share = (slice[kind] / all) * height;
      const child = rect(left, y, Math.max(1, right - left), share, SERVER_COLORS[kind]);
      y += share;
      return child;
    });
    return { type: "group", children: children.filter(({ shape }) => shape.height > 0) };
  });
}

function waitSeries(timeline: Timeline, words: TimelineWords, frame: TimelineFrame): SeriesOption {
  const waits = [
    { from: timeline.faultSeconds, seconds: words.clientSeconds, name: "cutover" },
    { from: timeline.healSeconds, seconds: words.failbackSeconds, name: "failback" },
  ].flatMap(({ from, seconds, name }) =>
    from === null || seconds === null ? [] : [{ from, seconds, name }],
  );
  return custom(1, waits.length, (index, api): CustomSeriesRenderItemReturn => {
    const wait = waits[index];
    if (!wait) return undefined;
    const [left, top] = api.coord([wait.from, LANE.waits]) as [number, number];
    const [right] = api.coord([wait.from + wait.seconds, LANE.waits]) as [number, number];
    const y = top + frame.bandAbove + 7;
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

/**
 * A profile's lane: below the line, the share of its resolvers whose clients the standby serves. The simulated times
 * are set at the fault and the heal of this rehearsal; who was not over by the heal stays with the primary.
 */
function profileSeries(
  timeline: Timeline,
  words: TimelineWords,
  index: number,
  frame: TimelineFrame,
): SeriesOption {
  const profile = words.profiles?.[index];
  const lane = LANES.length + index;
  return custom(1, profile && timeline.faultSeconds !== null ? 1 : 0, (_, api) => {
    if (!profile) return undefined;
    const from = timeline.authoritative[0]?.fromSeconds ?? timeline.fromSeconds;
    const [left, top] = api.coord([from, lane]) as [number, number];
    const [right, bottom] = api.coord([timeline.toSeconds, lane + 1]) as [number, number];
    const y = top + frame.bandAbove;
    const height = bottom - frame.bandBelow - y;
    const line = standbyShares(timeline, profile).map(({ atSeconds, share }): [number, number] => [
      (api.coord([atSeconds, lane]) as [number, number])[0],
      y + height * (1 - share),
    ]);
    const first = line[0]?.[0] ?? left;
    const last = line.at(-1)?.[0] ?? left;
    return {
      type: "group",
      children: [
        rect(left, y, right - left, height, SERVER_COLORS.primary),
        area([[first, y + height], ...line, [last, y + height]], SERVER_COLORS.standby),
      ],
    };
  });
}

/** Whom the standby serves, second by second from the fault. */
export function standbyShares(
  { faultSeconds, healSeconds, toSeconds }: Timeline,
  profile: NonNullable<TimelineWords["profiles"]>[number],
): { readonly atSeconds: number; readonly share: number }[] {
  if (faultSeconds === null) return [];
  const over = sharesOf(profile.cutover.spread);
  const back = profile.failback ? sharesOf(profile.failback.spread) : [];
  const heal = healSeconds ?? toSeconds;
  const shares: { atSeconds: number; share: number }[] = [];
  const note = (atSeconds: number) => {
    const gone = atSeconds > heal ? shareBefore(back, atSeconds - heal) : 0;
    shares.push({
      atSeconds,
      share: shareBefore(over, Math.min(atSeconds, heal) - faultSeconds) * (1 - gone),
    });
  };
  for (let at = faultSeconds; at < toSeconds; at++) note(at);
  note(toSeconds);
  return shares;
}

/** Grid 2 lies over both others: fault and heal, and the limits that a cutover is held against. */
export function marksSeries(
  timeline: Timeline,
  words: TimelineWords,
  endSeconds: number,
  frame: TimelineFrame,
): SeriesOption {
  const { faultSeconds: fault, healSeconds: heal } = timeline;
  const event = (atSeconds: number | null, text: string, color: string): TimeMark[] =>
    atSeconds === null ? [] : [{ atSeconds, text, color, dashed: false, tier: 0 }];
  const marks = [
    ...event(fault, "fault", FAULT),
    ...event(heal, "heal", HEALED),
    ...limitMarks(words.boundSeconds, words.objectiveSeconds, 1, endSeconds),
  ];
  return markSeries(2, marks, endSeconds, frame.width - frame.right);
}
