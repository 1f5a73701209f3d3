import type { Bound } from "../../model/recovery-bound";
import { checksOf, isPrimaryHealthyAtRest, type Outlook, playedBehaviour } from "./outlook";
import type { PlayedCheck } from "./played-check";
import type { PlayedSystem } from "./played-system";
import { longestDelayMs } from "./profile";
import { clientsOf, type Happening, type Scenario } from "./scenario";

/** How long the parts of a cutover may take; all in ms. */
export interface CutoverLimits {
  /** The longest round of any check, or of the clients' requests. */
  readonly roundMs: number;
  /** What the scenario needs before its fault. */
  readonly leadMs: number;
  /** From the fault or the heal until no compliant request may go to the wrong side; infinite without a promise. */
  readonly cutoverDeadlineMs: number;
  readonly failbackDeadlineMs: number;
  /** From the fault or the heal until the phase is given up. */
  readonly phaseMsMax: number;
  /** From the fault until the heal at least, so that what comes again and again does. */
  readonly outageMsMin: number;
}

/** So many times does what flaps go down and up again before it is healed. */
const FLAPS_PLAYED = 2;

/** How long a phase is watched when the arithmetic knows no bound for it. */
const UNBOUNDED_PHASE_MS = 600_000;
/** A phase with a bound is watched for twice as long: whoever is late is seen, and the play ends. */
const PATIENCE = 2;

/**
 * The bound of the model counts from the moment at which the checks can see the fault. It is promised for a fault
 * that they all see, and for a failback wherever a healthy primary is answered with. Where somebody deletes a check of
 * the primary's, a slower one may be left to decide, and nothing is promised; nor to visitors who may get no answer.
 */
export function cutoverLimits(system: PlayedSystem, scenario: Scenario, outlook: Outlook): CutoverLimits {
  const { bound, failbackBound, checks, hasUnanswered } = system;
  const boundMs = msOf(bound);
  const failbackMs = msOf(failbackBound);
  const isPromised = outlook.kind === "fails-over" && !hasUnanswered && !isCheckLost(system, scenario);
  const seenAfterMs = outlook.kind === "fails-over" ? outlook.afterMs : 0;
  const lateMs = Math.max(...clientsOf(scenario).map(({ profile }) => longestDelayMs(profile)));
  const longestMs = Math.max(boundMs + seenAfterMs, failbackMs);
  const watchedMs = Number.isFinite(longestMs) ? PATIENCE * longestMs : UNBOUNDED_PHASE_MS;
  return {
    roundMs: Math.max(scenario.traffic.requestIntervalMs, ...checks.map(roundMs)),
    leadMs: Math.max(0, ...scenario.happenings.map(({ atSeconds }) => -atSeconds * 1_000)),
    cutoverDeadlineMs: isPromised ? boundMs + seenAfterMs : Number.POSITIVE_INFINITY,
    failbackDeadlineMs:
      isPrimaryHealthyAtRest(system) && !hasUnanswered ? failbackMs : Number.POSITIVE_INFINITY,
    phaseMsMax: lateMs + watchedMs,
    outageMsMin: Math.max(0, ...scenario.happenings.map((happening) => flappingMs(system, happening))),
  };
}

function isCheckLost(system: PlayedSystem, { happenings }: Scenario): boolean {
  return happenings.some(
    (each) => each.do === "delete-check" && each.of === "primary" && checksOf(system, each.of).length > 0,
  );
}

function flappingMs(system: PlayedSystem, happening: Happening): number {
  if (happening.do !== "behave") return 0;
  const behaviour = playedBehaviour(system, happening);
  if (behaviour.kind !== "flaps") return 0;
  return happening.atSeconds * 1_000 + FLAPS_PLAYED * (behaviour.downMs + behaviour.upMs);
}

function msOf(bound: Bound): number {
  return bound.kind === "bound" ? bound.rtoSeconds * 1_000 : Number.POSITIVE_INFINITY;
}

/** The time in which a check finds something out once; a calculated one has no rhythm of its own. */
function roundMs(check: PlayedCheck): number {
  switch (check.kind) {
    case "endpoint":
      return check.requestIntervalMs;
    case "target-group":
      return check.intervalMs;
    case "metric":
      return check.periodMs;
    case "calculated":
      return 0;
  }
}
