import { stream } from "../simulation/random";
import type { PlainScenario } from "../simulation/scenario";
import { REQUEST_TIMEOUT_SECONDS } from "./client";
import { type Departures, departuresOf } from "./departure";
import type { Play } from "./play";
import type { FaultPlace } from "./rehearsed-app";
import type { Stage, Visitors } from "./stage";
import type { Emit, SystemClock } from "./system-clock";

/** Added to the model's bound before a cutover or a failback counts as not measured, in system seconds. */
export const MARGIN_SECONDS = 30;
/** How long the others, and later the primary again, are watched once they serve, in system seconds. */
const OBSERVE_SECONDS = 10;
const SETTLE_ATTEMPTS = 3;
/** A machine that is busy with something else gets so much longer to be well. */
const BUSY_REAL_SECONDS = 10;
const LOOK_EVERY_REAL_MS = 4;

export interface Performance {
  readonly play: Play;
  readonly seed: number;
  readonly scenario: PlainScenario;
  readonly clock: SystemClock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** Starts to watch answers and requests for the member of a set that is lost. */
  readonly watch: (departures: Departures) => void;
}

/** Times are system seconds; null is "not measured". */
export interface ActTimes {
  readonly authoritativeSeconds: number | null;
  readonly clientSeconds: number | null;
  readonly failbackSeconds: number | null;
  /** Whether DNS named members although all were down; undefined where that was not looked for. */
  readonly isAllNamed?: boolean;
}

/** What became of the requests between the fault and the heal, of all visitors. */
export interface Outage {
  readonly requests: number;
  readonly failed: number;
}

export interface Act {
  /** What fails; the primary's endpoint unless given. */
  readonly place?: FaultPlace;
  /** Is called when the fault begins. */
  readonly atFault?: () => void;
  /** Looks at what the outage has left, while it lasts. */
  readonly beforeHeal?: () => Promise<void>;
}

/** Nothing was played, and one line why. */
export interface Unsettled {
  readonly unsettled: string;
}

/** One act: settle, fault, cutover, heal, failback. */
export async function playAct(
  stage: Stage,
  visitors: Visitors,
  performance: Performance,
  { place, atFault, beforeHeal }: Act,
): Promise<(ActTimes & { readonly outage: Outage }) | Unsettled> {
  const { play, scenario, clock, signal, emit } = performance;
  const { crowd } = visitors;
  const unsettled = await settle(stage, performance, place?.name);
  if (unsettled !== undefined) return { unsettled };
  const isPair = play.set.routing === "failover";
  atFault?.();
  const { requests, failed } = crowd;
  const faultSeconds = emit({
    kind: "mark",
    mark: "fault",
    detail: scenario.fault.kind,
    ...(isPair || place?.expectation === "absorbed" ? {} : { member: play.primary.urn }),
    ...(place ? { place: place.name } : {}),
  });
  const watched =
    place?.expectation === "all-named"
      ? watchAllDown(stage, visitors, performance, place.named ?? [])
      : isPair
        ? watchPair(visitors, performance, faultSeconds)
        : watchSet(performance, faultSeconds);
  await stage.inject(place);
  await until(performance, watched.isOver, limitSecondsOf(play, place, watched.extraSeconds));
  await clock.sleep(OBSERVE_SECONDS * 1_000, signal);
  const times = watched.times();
  await beforeHeal?.();

  const outage = { requests: crowd.requests - requests, failed: crowd.failed - failed };
  const healSeconds = emit({ kind: "mark", mark: "heal", ...(place ? { place: place.name } : {}) });
  crowd.served.lookFor(play.primary.urn, healSeconds);
  await stage.heal(place);
  // Every group comes back, not only the one that the times are of.
  const isBack = () => crowd.served.afterSeconds !== null && (!isPair || crowd.areLedTo(play.primary.urn));
  await until(performance, isBack, play.boundSeconds + MARGIN_SECONDS);
  await clock.sleep(OBSERVE_SECONDS * 1_000, signal);
  return { ...times, failbackSeconds: crowd.served.afterSeconds, outage };
}

/** Where DNS is to stay as it is, it has had its time to change when the bound without the caches is over. */
function limitSecondsOf(play: Play, place: FaultPlace | undefined, extraSeconds: number): number {
  if (place?.expectation === "absorbed") return play.boundSeconds - play.ttlSeconds;
  return play.boundSeconds + MARGIN_SECONDS + extraSeconds;
}

interface Watched {
  readonly isOver: () => boolean;
  /** Beyond the bound, until it is sure that it is over. */
  readonly extraSeconds: number;
  readonly times: () => Omit<ActTimes, "failbackSeconds">;
}

/** The first answer that leads to the standby, and the first request that it served. */
function watchPair({ crowd, monitor }: Visitors, { play }: Performance, faultSeconds: number): Watched {
  const standby = play.others[0]?.urn ?? "";
  crowd.served.lookFor(standby, faultSeconds);
  monitor.answered.lookFor(standby, faultSeconds);
  return {
    // Whose cache still leads to the primary would be served there at the heal, and be taken for a failback.
    isOver: () => crowd.served.afterSeconds !== null && crowd.areLedTo(standby),
    extraSeconds: 0,
    times: () => ({
      authoritativeSeconds: monitor.answered.afterSeconds,
      clientSeconds: crowd.served.afterSeconds,
    }),
  };
}

/** The first answer after which the member is never named again, and the first request after which it is left alone. */
function watchSet({ play, clock, watch }: Performance, faultSeconds: number): Watched {
  const departures = departuresOf(play.primary.urn, faultSeconds);
  watch(departures);
  const { answers, requests } = departures;
  const cachedSeconds = play.ttlSeconds + REQUEST_TIMEOUT_SECONDS;
  const isOver = () => {
    const nowSeconds = clock.nowSeconds();
    return answers.isFinal(nowSeconds) && answers.quietSeconds(nowSeconds) >= cachedSeconds;
  };
  return {
    isOver,
    extraSeconds: cachedSeconds,
    times: () =>
      answers.isFinal(clock.nowSeconds())
        ? { authoritativeSeconds: answers.afterSeconds, clientSeconds: requests.afterSeconds }
        : { authoritativeSeconds: null, clientSeconds: null },
  };
}

/** One name alone could be an answer from before; two show that weights go on deciding. */
const NAMED_MEMBERS = 2;

/** The answers once every check has failed: members must go on being named, one after the other. */
function watchAllDown(
  stage: Stage,
  { monitor }: Visitors,
  { clock }: Performance,
  members: readonly string[],
): Watched {
  const wanted = members.slice(0, NAMED_MEMBERS);
  let looking = -1;
  const isOver = () => {
    if (looking < 0 && !stage.isAllDown) return false;
    if (looking < 0 || monitor.answered.afterSeconds !== null) {
      looking += 1;
      const next = wanted[looking];
      if (next !== undefined) monitor.answered.lookFor(next, clock.nowSeconds());
    }
    return looking >= wanted.length;
  };
  return {
    isOver,
    extraSeconds: 0,
    times: () => ({
      authoritativeSeconds: null,
      clientSeconds: null,
      isAllNamed: wanted.length > 0 && looking >= wanted.length,
    }),
  };
}

/**
 * Waits until all is well, and then for a part of an interval: the fault is to meet the checkers anywhere in their
 * rounds. Where something has gone wrong meanwhile, both begin anew, a few times. A new check counts as healthy
 * before anybody has looked, so all is well only when its checkers have seen the primary well.
 * @returns why it never came to that.
 */
async function settle(
  stage: Stage,
  performance: Performance,
  place: string | undefined,
): Promise<string | undefined> {
  const { play, seed, clock, signal } = performance;
  const intervalSeconds = Math.max(0, ...play.checks.map((check) => check.intervalSeconds));
  const random = stream(seed, place === undefined ? "loopback/fault" : `loopback/fault/${place}`);
  for (let attempt = 1; attempt <= SETTLE_ATTEMPTS; attempt++) {
    const isReady = () => stage.isAtRest && stage.doubt === undefined;
    const isSoonReady =
      (await until(performance, isReady, intervalSeconds + MARGIN_SECONDS)) ||
      (stage.isLate && (await until(performance, isReady, BUSY_REAL_SECONDS * clock.speed)));
    if (!isSoonReady) break;
    await clock.sleep(random.uniform() * intervalSeconds * 1_000, signal);
    if (stage.isAtRest) return undefined;
  }
  const why = stage.doubt;
  if (why === undefined) return "the primary did not serve steadily, so nothing could fail over";
  return stage.isLate ? `${why}; ${slowerWords(clock.speed)}` : why;
}

/** `a second is 100 ms of this machine at --speed 10; where it is busy, a lower speed gives it more`. */
export function slowerWords(speed: number): string {
  const ms = Math.round(1_000 / speed);
  return `a second is ${ms} ms of this machine at --speed ${speed}; where it is busy, a lower speed gives it more`;
}

/** Waits until `isDone`, at most `limitSeconds` of system time, and says whether it came to that. */
export async function until(
  { clock, signal }: Pick<Performance, "clock" | "signal">,
  isDone: () => boolean,
  limitSeconds: number,
): Promise<boolean> {
  const deadlineMs = clock.nowMs() + limitSeconds * 1_000;
  while (!isDone()) {
    if (clock.nowMs() >= deadlineMs) return false;
    await clock.sleep(LOOK_EVERY_REAL_MS * clock.speed, signal);
  }
  return true;
}
