import { OUTCOME_SECONDS } from "../../../rehearsal/simulation/request-outcomes";
import { PAIR_NAMES, type Timeline } from "../../timeline";
import { table } from "../html-text";
import {
  LANES,
  lanesOf,
  laneTop,
  SERVER_COLORS,
  standbyShares,
  type TimelineFrame,
} from "../timeline-series";
import {
  checkersOf,
  description,
  type Graphic,
  rowLabels,
  shortName,
  type TimelineWords,
  timelineOption,
} from "../timeline-svg";
import { FONT, onGround } from "./drawing";
import type { Figure } from "./figure";
import { INK } from "./palette";
import { svgPlot } from "./svg-plot";

const WIDE_LANE_HEIGHT = 42;
const NARROW_LANE_HEIGHT = 50;

/** The rehearsal over time, with a lane for each profile that was simulated. */
export function timelineFigure(timeline: Timeline, words: TimelineWords): Figure {
  const lanes = LANES.length + (words.profiles?.length ?? 0);
  const wide = wideFrame(lanes);
  const narrow = narrowFrame(lanes);
  const { names } = timeline;
  const isSimulated = words.simulatedCutover !== undefined;
  return {
    id: "timeline",
    title: isSimulated
      ? `Timeline of simulated cutover ${words.simulatedCutover}`
      : "Timeline of the loopback rehearsal",
    summary:
      description(timeline, words) +
      (isSimulated
        ? ` Nothing was played over real sockets; this is simulated cutover ${words.simulatedCutover} alone: its check, the answer of its first name server, and when each client first ${names === PAIR_NAMES ? "changed sides" : "was over"}. Requests are drawn in stretches of ${OUTCOME_SECONDS} s; from the fault to the heal the failed ones are counted.`
        : lanes > LANES.length
          ? " Lanes of resolver profiles are simulated: they show the share of resolvers that each side serves, set at this rehearsal's fault and heal."
          : ""),
    legend: [
      { text: names.primary, color: SERVER_COLORS.primary },
      { text: names.standby, color: SERVER_COLORS.standby },
      { text: "failed", color: SERVER_COLORS.failed },
      { text: "no answer that leads to either", color: SERVER_COLORS.none },
    ],
    sizes: { wide, narrow },
    draw: (width, id) => {
      const frame = width === "wide" ? wide : narrow;
      const graphic =
        width === "wide" ? rowLabels(timeline, words, frame, 0) : laneNames(timeline, words, frame);
      return svgPlot({ ...timelineOption(timeline, words, frame), graphic }, frame, id);
    },
    table: timelineTable(timeline, words),
  };
}

function wideFrame(lanes: number): TimelineFrame {
  const frame = { width: 960, left: 170, right: 12, top: 62, bottom: 48, checkersHeight: 84, gap: 20 };
  const height = frame.top + frame.checkersHeight + frame.gap + lanes * WIDE_LANE_HEIGHT + frame.bottom;
  return { ...frame, height, bandAbove: 7, bandBelow: 7, headroom: 0 };
}

function narrowFrame(lanes: number): TimelineFrame {
  const frame = { width: 360, left: 24, right: 6, top: 82, bottom: 46, checkersHeight: 70, gap: 12 };
  const height = frame.top + frame.checkersHeight + frame.gap + lanes * NARROW_LANE_HEIGHT + frame.bottom;
  return { ...frame, height, bandAbove: 20, bandBelow: 4, headroom: 20 };
}

/** On a narrow screen every row is named above its band, on ground that keeps the marks' lines off the words. */
function laneNames(timeline: Timeline, words: TimelineWords, frame: TimelineFrame): Graphic[] {
  const profiles = words.profiles ?? [];
  const lanes = LANES.length + profiles.length;
  const name = (top: number, text: string): Graphic =>
    onGround({ type: "text", left: frame.left, top, z: 10, style: { text, fill: INK, font: FONT } });
  return [
    name(
      frame.top - 17,
      timeline.faultSeconds === null
        ? `Checkers whose last probe passed, of ${checkersOf(timeline)}; no fault came`
        : words.simulatedCutover === undefined
          ? `Checkers that see the ${timeline.names.checked} healthy, of ${checkersOf(timeline)}`
          : `Health check of the ${timeline.names.checked}, 1 for healthy`,
    ),
    ...lanesOf(words).map((lane, index) => name(laneTop(frame, index, lanes) + 4, lane)),
    ...profiles.map((profile, index) =>
      name(laneTop(frame, LANES.length + index, lanes) + 4, `${shortName(profile.name)}, simulated`),
    ),
  ];
}

/** Every change, in the order of time. */
function timelineTable(timeline: Timeline, words: TimelineWords): string {
  const names = { ...timeline.names, none: "none" };
  const events = [
    ...(timeline.faultSeconds === null ? [] : [{ at: timeline.faultSeconds, what: "fault" }]),
    ...(timeline.healSeconds === null ? [] : [{ at: timeline.healSeconds, what: "heal" }]),
    ...timeline.checkers
      .filter(({ healthy }, index, all) => healthy !== all[index - 1]?.healthy)
      .map(({ atSeconds, healthy, of }) => ({
        at: atSeconds,
        what:
          timeline.faultSeconds === null
            ? `the last probe of ${healthy} of ${of} checkers passed`
            : words.simulatedCutover === undefined
              ? `${healthy} of ${of} checkers see the ${names.checked} healthy`
              : `the health check is ${healthy === 0 ? "un" : ""}healthy`,
      })),
    ...timeline.authoritative.map(({ fromSeconds, server }) => ({
      at: fromSeconds,
      what: `DNS server answers: ${names[server]}`,
    })),
    ...timeline.resolver.map(({ fromSeconds, server }) => ({
      at: fromSeconds,
      what: `${words.simulatedCutover === undefined ? "resolver answers" : "clients of the first resolver"}: ${names[server]}`,
    })),
    ...requestChanges(timeline),
    ...(words.profiles ?? []).flatMap((profile) => profileSteps(timeline, profile)),
  ];
  const rows = events
    .map((event, order) => ({ ...event, order }))
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ at, what }) => [at.toFixed(1), what]);
  return table(
    "Every change of the timeline",
    [{ title: "Seconds", kind: "number" }, { title: "What changed" }],
    rows,
  );
}

function requestChanges({ requests, names }: Timeline): { at: number; what: string }[] {
  const outcome = ({ primary, standby, failed }: Timeline["requests"][number]) =>
    [
      ...(failed > 0 ? ["fail"] : []),
      ...(primary > 0 ? [`are served by the ${names.primary}`] : []),
      ...(standby > 0 ? [`are served by the ${names.standby}`] : []),
    ].join(" or ");
  return requests
    .filter((slice, index) => {
      const before = requests[index - 1];
      return before === undefined || outcome(before) !== outcome(slice);
    })
    .map((slice) => ({ at: slice.fromSeconds, what: `requests ${outcome(slice)}` }));
}

/** The moments at which a quarter, a half, three quarters and all have changed sides. */
function profileSteps(
  timeline: Timeline,
  profile: NonNullable<TimelineWords["profiles"]>[number],
): { at: number; what: string }[] {
  const shares = standbyShares(timeline, profile);
  const steps: { at: number; what: string }[] = [];
  let quarter = 0;
  for (const { atSeconds, share } of shares) {
    const now = share > quarter / 4 ? Math.floor(share * 4 + 1e-9) : Math.ceil(share * 4 - 1e-9);
    if (now === quarter) continue;
    quarter = now;
    const of = `${profile.name}, simulated`;
    steps.push({
      at: atSeconds,
      what: `${of}: ${quarter * 25} % of its resolvers are with the ${timeline.names.standby}`,
    });
  }
  return steps;
}
