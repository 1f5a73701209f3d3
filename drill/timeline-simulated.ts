import type { SetRouting } from "../model/answer-sets";
import { OUTCOME_SECONDS, type OutcomeShare } from "../rehearsal/simulation/request-outcomes";
import type { SimulatedSample } from "../rehearsal/simulation/simulated-sample";
import type { ProfileSpreads } from "./report/plots/plot-data";
import { type Band, MEMBER_NAMES, PAIR_NAMES, type RequestSlice, type Timeline } from "./timeline";

/** One simulated cutover that was played alone, so that everything in it is its own. */
export interface SinglePlay {
  readonly sample: SimulatedSample;
  readonly failedShare: readonly OutcomeShare[];
  readonly profiles: readonly ProfileSpreads[];
  /** Of the set; members of any but a failover pair serve side by side. `failover` unless given. */
  readonly routing?: SetRouting;
}

/** Who is not over yet may be led to any member, the lost one among them. */
const SIMULATED_MEMBER_NAMES = { ...MEMBER_NAMES, primary: "all members" };

/** A picture of one simulated cutover, with what its words need. */
export interface SimulatedTimeline {
  readonly timeline: Timeline;
  /** Which cutover, from 0. */
  readonly index: number;
  readonly profiles: readonly ProfileSpreads[];
  /** The slowest that came over and back; null where nobody did. */
  readonly clientSeconds: number | null;
  readonly failbackSeconds: number | null;
}

/** Shown before the fault and after the last event. */
const MARGIN_SECONDS = 20;

type Seconds = number | null;

/**
 * The timeline of one simulated cutover, in seconds since its fault: the check as a whole (1 of 1
 * healthy), the answer of the first name server, the clients of the first resolver, and what became of the requests
 * of each stretch. A sample knows first times only: what changes again before the heal is not in it.
 */
export function simulatedTimeline({
  sample,
  failedShare,
  profiles,
  routing = "failover",
}: SinglePlay): SimulatedTimeline {
  const { cutover, failback } = sample;
  const heal = round(sample.healAtSeconds - sample.faultAtSeconds);
  const clientSeconds = slowest(cutover.clientSeconds);
  const failbackSeconds = slowest(failback.clientSeconds);
  const backAfter = slowest([failback.healthySeconds, ...failback.authoritativeSeconds, failbackSeconds]);
  const span = {
    fromSeconds: 0 - Math.min(MARGIN_SECONDS, sample.faultAtSeconds),
    toSeconds: round(heal + (backAfter ?? 0) + MARGIN_SECONDS),
  };
  const bands = (over: Seconds | undefined, back: Seconds | undefined) =>
    bandsOf(span, over ?? null, over === null ? null : addSeconds(heal, back));
  return {
    timeline: {
      names: routing === "failover" ? PAIR_NAMES : SIMULATED_MEMBER_NAMES,
      ...span,
      faultSeconds: 0,
      healSeconds: heal,
      checkers: [
        { atSeconds: span.fromSeconds, healthy: 1, of: 1 },
        ...stepAt(cutover.unhealthySeconds, 0),
        ...stepAt(cutover.unhealthySeconds === null ? null : addSeconds(heal, failback.healthySeconds), 1),
      ],
      authoritative: bands(cutover.authoritativeSeconds[0], failback.authoritativeSeconds[0]),
      resolver: bands(cutover.clientSeconds[0], failback.clientSeconds[0]),
      requests: slicesOf(sample, failedShare, heal, span),
    },
    index: sample.index,
    profiles,
    clientSeconds,
    failbackSeconds,
  };
}

function stepAt(atSeconds: Seconds, healthy: 0 | 1): Timeline["checkers"] {
  return atSeconds === null ? [] : [{ atSeconds, healthy, of: 1 }];
}

function bandsOf(
  { fromSeconds, toSeconds }: { fromSeconds: number; toSeconds: number },
  over: Seconds,
  back: Seconds,
): Band[] {
  if (over === null) return [{ fromSeconds, toSeconds, server: "primary" }];
  const away = { fromSeconds: over, toSeconds: back ?? toSeconds, server: "standby" } as const;
  return [
    { fromSeconds, toSeconds: over, server: "primary" },
    away,
    ...(back === null ? [] : [{ fromSeconds: back, toSeconds, server: "primary" } as const]),
  ];
}

/** Stretches of `OUTCOME_SECONDS`: what failed is counted, who served the rest follows from who was over by then. */
function slicesOf(
  { cutover, failback }: SimulatedSample,
  failedShare: readonly OutcomeShare[],
  heal: number,
  { fromSeconds, toSeconds }: { fromSeconds: number; toSeconds: number },
): RequestSlice[] {
  const sent = failedShare[0]?.sent;
  if (sent === undefined) return [];
  const resolvers = Math.max(1, cutover.clientSeconds.length);
  const shareWithStandby = (atSeconds: number) =>
    cutover.clientSeconds.filter((over, resolver) => {
      if (over === null || over > atSeconds) return false;
      const back = addSeconds(heal, failback.clientSeconds[resolver]);
      return back === null || back > atSeconds;
    }).length / resolvers;
  const slice = (from: number, to: number, all: number, failed: number): RequestSlice => {
    const standby = Math.min(all - failed, Math.round(all * shareWithStandby((from + to) / 2)));
    return { fromSeconds: from, toSeconds: to, failed, standby, primary: all - failed - standby };
  };
  const during = failedShare.map((share) =>
    slice(share.atSeconds, Math.min(heal, share.atSeconds + OUTCOME_SECONDS), share.sent, share.failed),
  );
  const after: RequestSlice[] = [];
  for (let at = heal; at < toSeconds; at += OUTCOME_SECONDS)
    after.push(slice(round(at), Math.min(toSeconds, round(at + OUTCOME_SECONDS)), sent, 0));
  return [slice(fromSeconds, 0, sent, 0), ...during, ...after];
}

function slowest(seconds: readonly Seconds[]): Seconds {
  return seconds.reduce((most, each) => (each === null ? most : Math.max(most ?? 0, each)), null);
}

function addSeconds(to: number, seconds: Seconds | undefined): Seconds {
  return seconds === null || seconds === undefined ? null : round(to + seconds);
}

/** To the millisecond, which is the clock's resolution. */
function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
