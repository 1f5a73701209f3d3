import type { MetricSource } from "../../model/alarm-metric";
import {
  CHECKERS_PER_REGION,
  type CheckTiming,
  isHealthyByConsensus,
  PROBE_LIMITS_SECONDS,
} from "../../model/health-check";
import type { ProbeObservation } from "./probe";

/** It answers 503, it accepts connections and never answers, or nothing listens. */
export type FaultKind = "http-503" | "hang" | "refuse";

/** What an endpoint does from some moment on. */
export type Behaviour =
  | { readonly kind: "serves" }
  | {
      readonly kind: FaultKind;
      /** Whether all of its region is lost with it, so that nothing there publishes a metric either. */
      readonly ofRegion?: true;
    }
  /** Response times grow evenly from nothing to `toMs` over so many seconds, and stay there. */
  | { readonly kind: "slows"; readonly toMs: number; readonly overSeconds: number }
  /** It fails for `downMs`, serves for `upMs`, and so on. */
  | { readonly kind: "flaps"; readonly as: FaultKind; readonly downMs: number; readonly upMs: number }
  /** Each request fails with this chance, on its own: half of the servers behind one address. */
  | { readonly kind: "partial"; readonly as: FaultKind; readonly share: number }
  /** This share of the addresses is gone, and who has come to one stays with it: the same fail again and again. */
  | { readonly kind: "zone-lost"; readonly share: number }
  /** Not even a connection comes about: nothing is there to answer or to refuse it. */
  | { readonly kind: "silent" }
  /** Its programs end at once, so that connections are refused; after so many seconds it is silent. */
  | { readonly kind: "stops"; readonly afterSeconds: number }
  /** The health path answers 200 while every other request gets a 503. */
  | { readonly kind: "lies" }
  /** The health path fails while every other request is served. */
  | { readonly kind: "health-fails"; readonly as: FaultKind }
  /** Probes from this share of the check's regions never arrive; clients are served. */
  | { readonly kind: "cut-off"; readonly checkerRegionsShare: number };

export const SERVES: Behaviour = { kind: "serves" };

/** A client gives a request up after this; the loopback's clients have the same patience. */
export const CLIENT_PATIENCE_MS = 5_000;

type ProbedCheck = Pick<CheckTiming, "type"> & { readonly searchString?: string };

/** Where a probe comes from, and when. */
export interface ProbeCircumstances {
  readonly roundTripMs: number;
  /** Since the endpoint began to behave so. */
  readonly elapsedMs: number;
  /** Place of the checker's region among the check's regions, in [0, 1). */
  readonly regionShare: number;
  /** A number in [0, 1) that belongs to this probe alone, or to all of a check whose one address is probed. */
  readonly chance: number;
}

/**
 * What a checker sees of an endpoint. One that hangs accepts the connection and sends nothing: HTTP checks wait
 * their response limit for it, TCP checks see nothing wrong. A refusal takes a round trip; what is cut off never comes.
 */
export function probeEndpoint(
  behaviour: Behaviour,
  check: ProbedCheck,
  { roundTripMs, elapsedMs, regionShare, chance }: ProbeCircumstances,
): ProbeObservation {
  switch (behaviour.kind) {
    case "serves":
    case "lies":
      return answered(check, roundTripMs, 0);
    case "slows":
      return answered(check, roundTripMs, latencyMs(behaviour, elapsedMs));
    case "flaps":
      return isDown(behaviour, elapsedMs)
        ? failing(behaviour.as, roundTripMs)
        : answered(check, roundTripMs, 0);
    case "partial":
      return chance < behaviour.share ? failing(behaviour.as, roundTripMs) : answered(check, roundTripMs, 0);
    case "zone-lost":
      return chance < behaviour.share ? { connectMs: "timeout" } : answered(check, roundTripMs, 0);
    case "silent":
      return { connectMs: "timeout" };
    case "stops":
      return elapsedMs < behaviour.afterSeconds * 1_000
        ? failing("refuse", roundTripMs)
        : { connectMs: "timeout" };
    case "health-fails":
      return failing(behaviour.as, roundTripMs);
    case "cut-off":
      return regionShare < behaviour.checkerRegionsShare
        ? { connectMs: "timeout" }
        : answered(check, roundTripMs, 0);
    default:
      return failing(behaviour.kind, roundTripMs);
  }
}

function answered(check: ProbedCheck, roundTripMs: number, waitMs: number): ProbeObservation {
  return {
    connectMs: roundTripMs,
    responseMs: roundTripMs + waitMs,
    status: 200,
    bodyMs: 0,
    body: check.searchString,
  };
}

function failing(kind: FaultKind, roundTripMs: number): ProbeObservation {
  switch (kind) {
    case "http-503":
      return { connectMs: roundTripMs, responseMs: roundTripMs, status: 503 };
    case "hang":
      return { connectMs: roundTripMs };
    case "refuse":
      return { connectMs: "refused", refusedMs: roundTripMs };
  }
}

/** Whether a client's request is served; `chance` in [0, 1) is of `chanceOf`. */
export function servesRequest(behaviour: Behaviour, elapsedMs: number, chance: number): boolean {
  switch (behaviour.kind) {
    case "serves":
    case "cut-off":
    case "health-fails":
      return true;
    case "slows":
      return latencyMs(behaviour, elapsedMs) <= CLIENT_PATIENCE_MS;
    case "flaps":
      return !isDown(behaviour, elapsedMs);
    case "partial":
    case "zone-lost":
      return chance >= behaviour.share;
    default:
      return false;
  }
}

/** Whether every request meets the same, whenever it comes. */
export function isSteady({ kind }: Behaviour): boolean {
  return kind !== "slows" && kind !== "flaps" && kind !== "partial" && kind !== "zone-lost";
}

/** For how long from `elapsedMs` on every request meets the same; 0 where each has to be asked by itself. */
export function alikeForMs(behaviour: Behaviour, elapsedMs: number): number {
  if (behaviour.kind !== "flaps") return 0;
  const { downMs, upMs } = behaviour;
  const inPeriodMs = elapsedMs % (downMs + upMs);
  return (inPeriodMs < downMs ? downMs : downMs + upMs) - inPeriodMs;
}

/** Whose number decides what a request meets: that of each attempt, of whoever makes it, or nobody's. */
export function chanceOf({ kind }: Behaviour): "attempt" | "sender" | "none" {
  return kind === "partial" ? "attempt" : kind === "zone-lost" ? "sender" : "none";
}

/**
 * Whether a new connection comes about; `chance` as for the request. An error answer comes over one that stands, and so
 * does the silence of what hangs: it accepts, and the handshake is all that a race of connections waits for
 * (RFC 8305 section 5).
 */
export function takesConnection(behaviour: Behaviour, elapsedMs: number, chance: number): boolean {
  switch (behaviour.kind) {
    case "refuse":
    case "silent":
    case "stops":
      return false;
    case "zone-lost":
      return chance >= behaviour.share;
    case "flaps":
    case "partial":
      return behaviour.as !== "refuse" || servesRequest(behaviour, elapsedMs, chance);
    default:
      return true;
  }
}

/** Whether a connection that a client has open survives: an error answer does not close it, silence does. */
export function keepsConnections(behaviour: Behaviour, elapsedMs: number): boolean {
  switch (behaviour.kind) {
    case "hang":
    case "refuse":
    case "silent":
    case "stops":
    // Half of them do; the others ask once more and come to the same answer.
    case "zone-lost":
      return false;
    case "slows":
      return latencyMs(behaviour, elapsedMs) <= CLIENT_PATIENCE_MS;
    case "flaps":
      return behaviour.as === "http-503" || !isDown(behaviour, elapsedMs);
    default:
      return true;
  }
}

/** The kinds of failures that metrics tell apart. */
type Failure = FaultKind | "health-path" | "silence";

/**
 * What fails at a moment, and of how many requests that arrive. Slow answers are answers, and what is on its way to a
 * lost zone never arrives: nothing counts either as failed.
 */
function failingNow(
  behaviour: Behaviour,
  elapsedMs: number,
): { readonly failure: Failure; readonly share: number } | undefined {
  switch (behaviour.kind) {
    case "serves":
    case "slows":
    case "zone-lost":
    case "cut-off":
      return undefined;
    case "flaps":
      return isDown(behaviour, elapsedMs) ? { failure: behaviour.as, share: 1 } : undefined;
    case "partial":
      return { failure: behaviour.as, share: behaviour.share };
    case "silent":
      return { failure: "silence", share: 1 };
    case "stops":
      return elapsedMs < behaviour.afterSeconds * 1_000
        ? { failure: "refuse", share: 1 }
        : { failure: "silence", share: 1 };
    case "lies":
      return { failure: "http-503", share: 1 };
    case "health-fails":
      return { failure: "health-path", share: 1 };
    default:
      return { failure: behaviour.kind, share: 1 };
  }
}

/** Which failures each kind of metric counts among its requests (ALB user guide, CloudWatch metrics). */
const COUNTED: Readonly<Record<Exclude<MetricSource, "targets">, readonly Failure[]>> = {
  requests: ["http-503", "hang"],
  "target-answers": ["http-503"],
  "balancer-answers": ["hang", "refuse", "silence"],
  "target-connections": ["refuse", "silence"],
};

/**
 * The part of a metric's source that fails. Undefined where no data comes: a lost region publishes nothing, and an
 * error rate of no requests is no number. A balancer stands before targets that refuse, and answers for them. Checks
 * of targets go on and see a health path, unless the region is lost as a whole.
 */
export function failingPart(
  behaviour: Behaviour,
  elapsedMs: number,
  source: MetricSource,
): number | undefined {
  if (behaviour.kind === "silent" || ("ofRegion" in behaviour && behaviour.ofRegion)) return undefined;
  if (source === "targets") {
    // A check of a target gives an answer up after as long as a client does, unless it is set otherwise.
    if (behaviour.kind === "slows") return servesRequest(behaviour, elapsedMs, 0) ? 0 : 1;
    if (behaviour.kind === "zone-lost") return behaviour.share;
    return behaviour.kind === "lies" ? 0 : (failingNow(behaviour, elapsedMs)?.share ?? 0);
  }
  const failing = failingNow(behaviour, elapsedMs);
  if (failing === undefined) return 0;
  const { failure, share } = failing;
  if (COUNTED[source].includes(failure)) return share;
  // Whoever finds nobody there sends no request that could be counted; a balancer stands before its targets.
  const isUnasked = source === "requests" && (failure === "silence" || failure === "refuse");
  return isUnasked && share === 1 ? undefined : 0;
}

/** The least part of failures by which a data point is bad. */
export function badPart(
  { source, needsAll }: { readonly source: MetricSource; readonly needsAll: boolean },
  alarmFailingShare: number,
): number {
  return source === "targets" && needsAll ? 1 : alarmFailingShare;
}

/** What a check can see: nothing, some probes only, or from `afterMs` on a failure by every checker that counts. */
export type Visibility =
  | { readonly kind: "unseen" }
  | { readonly kind: "partly" }
  | { readonly kind: "seen"; readonly afterMs: number };

const UNSEEN: Visibility = { kind: "unseen" };
const PARTLY: Visibility = { kind: "partly" };

/**
 * How much of a behaviour a check with these settings sees. Pure arithmetic, apart from the play.
 * @param check.regions of its checkers; undefined for one that no partition cuts off.
 * @param check.responseLimitMs until an answer is too late; that of Route 53's checkers unless given.
 */
export function visibility(
  behaviour: Behaviour,
  check: CheckTiming & {
    readonly regions: readonly string[] | undefined;
    readonly responseLimitMs?: number;
  },
): Visibility {
  const sees = (kind: FaultKind) => check.type !== "TCP" || kind === "refuse";
  const limitMs = check.responseLimitMs ?? PROBE_LIMITS_SECONDS.httpResponse * 1_000;
  switch (behaviour.kind) {
    case "serves":
    case "lies":
      return UNSEEN;
    case "slows":
      if (check.type === "TCP" || behaviour.toMs === 0) return UNSEEN;
      // Up to a round trip below the limit it depends on the checker's distance.
      if (behaviour.toMs <= limitMs) return behaviour.toMs <= limitMs / 2 ? UNSEEN : PARTLY;
      return { kind: "seen", afterMs: Math.ceil((behaviour.overSeconds * 1_000 * limitMs) / behaviour.toMs) };
    case "flaps": {
      // So many probes in a row do not fit into so short a failure.
      const isTooShort =
        behaviour.downMs <= (check.failureThreshold - 1) * check.requestIntervalSeconds * 1_000;
      return !sees(behaviour.as) || isTooShort ? UNSEEN : PARTLY;
    }
    case "partial":
      return sees(behaviour.as) && behaviour.share > 0 ? PARTLY : UNSEEN;
    case "zone-lost":
      return behaviour.share > 0 ? PARTLY : UNSEEN;
    case "silent":
    case "stops":
      return { kind: "seen", afterMs: 0 };
    case "health-fails":
      return sees(behaviour.as) ? { kind: "seen", afterMs: 0 } : UNSEEN;
    case "cut-off": {
      if (!check.regions) return UNSEEN;
      const lost = regionsCutOff(behaviour.checkerRegionsShare, check.regions.length);
      const left = (check.regions.length - lost) * CHECKERS_PER_REGION;
      const isHealthy = isHealthyByConsensus(left, check.regions.length * CHECKERS_PER_REGION);
      return isHealthy ? UNSEEN : { kind: "seen", afterMs: 0 };
    }
    default:
      return sees(behaviour.kind) ? { kind: "seen", afterMs: 0 } : UNSEEN;
  }
}

/** Regions at places 0/n, 1/n, ... below `share`. */
function regionsCutOff(share: number, regions: number): number {
  return Array.from({ length: regions }, (_, place) => place / regions).filter((at) => at < share).length;
}

function latencyMs({ toMs, overSeconds }: Extract<Behaviour, { kind: "slows" }>, elapsedMs: number): number {
  return overSeconds === 0 ? toMs : Math.round(toMs * Math.min(1, elapsedMs / (overSeconds * 1_000)));
}

/** Down in [0, downMs) of every period. */
function isDown({ downMs, upMs }: Extract<Behaviour, { kind: "flaps" }>, elapsedMs: number): boolean {
  return elapsedMs % (downMs + upMs) < downMs;
}
