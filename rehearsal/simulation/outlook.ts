import type { Assumptions } from "./assumptions";
import { failingShare, type Visibility, visibility } from "./behaviour";
import { isBelievedHealthy } from "./believed-health";
import type { EndpointCheck, MetricCheck, PlayedCheck } from "./played-check";
import type { PlayedSystem } from "./played-system";
import { behaviourFor, type Scenario, type ScriptedBehaviour, type Side } from "./scenario";

/**
 * What the checks must make of a scenario, by arithmetic alone: `fails-over` when all of the primary's checkers
 * see the fault from `afterMs` on and nothing speaks against the standby; `stays` when they see nothing of it;
 * `open` when it depends on chance, or on what AWS calls unpredictable.
 */
export type Outlook =
  | { readonly kind: "fails-over"; readonly afterMs: number }
  | { readonly kind: "stays" }
  | { readonly kind: "open" };

/** Whether the primary's record is healthy while nothing is wrong: not so with an inverted check. */
export function isPrimaryHealthyAtRest({ checks, pair }: PlayedSystem): boolean {
  const index = checkIndex(checks, pair.primary.healthCheck);
  return index < 0 || isBelievedHealthy(checks, index, beliefAtRest(checks));
}

export function outlookOf(system: PlayedSystem, scenario: Scenario, assumptions: Assumptions): Outlook {
  const { checks, pair } = system;
  const views = checks.map((check, index) => viewOf(system, scenario, check, index, assumptions));
  const primary = healthAfter(checks, views, checkIndex(checks, pair.primary.healthCheck));
  if (!isPrimaryHealthyAtRest(system) || primary === "open") return { kind: "open" };
  if (primary === "healthy") return { kind: "stays" };
  const secondary = healthAfter(checks, views, checkIndex(checks, pair.secondary.healthCheck));
  if (secondary !== "healthy") return { kind: "open" };
  const afterMs = views.map((view) => (view.kind === "seen" ? view.afterMs : 0));
  return { kind: "fails-over", afterMs: Math.max(0, ...afterMs) };
}

/** The check that decides about the primary's record; the timing that flaps are measured in. */
export function primaryTiming(system: PlayedSystem): EndpointCheck | undefined {
  const index = checkIndex(system.checks, system.pair.primary.healthCheck);
  const own = system.checks[index];
  const candidates = own?.kind === "calculated" ? own.children.map((child) => system.checks[child]) : [own];
  return candidates.find((check) => check?.kind === "endpoint");
}

/** A scripted behaviour for the checks of this system; with the service's default timing where none probes. */
export function playedBehaviour(system: PlayedSystem, scripted: ScriptedBehaviour) {
  const check = primaryTiming(system);
  return behaviourFor(scripted, {
    type: check?.type ?? "HTTP",
    requestIntervalSeconds: (check?.requestIntervalMs ?? 30_000) / 1_000,
    failureThreshold: check?.failureThreshold ?? 3,
  });
}

export function endpointOf(system: PlayedSystem, side: Side): number {
  return side === "primary" ? system.primary : system.standby;
}

/** Index of the record's check; -1 where it has none. */
export function checkIndex(
  checks: readonly PlayedCheck[],
  healthCheck: PlayedSystem["pair"]["primary"]["healthCheck"],
): number {
  return healthCheck.kind === "check" ? checks.findIndex(({ urn }) => urn === healthCheck.urn) : -1;
}

/** What one check sees of the scenario, counted from the fault. */
function viewOf(
  system: PlayedSystem,
  { happenings }: Scenario,
  check: PlayedCheck,
  index: number,
  assumptions: Assumptions,
): Visibility {
  if (check.kind === "calculated" || check.disabled) return { kind: "unseen" };
  const sides = (["primary", "standby"] as const).filter(
    (side) => endpointOf(system, side) === check.endpoint,
  );
  const isDeleted = happenings.some(
    (each) =>
      each.do === "delete-check" &&
      checkIndex(system.checks, recordOf(system, each.of).healthCheck) === index,
  );
  if (isDeleted) return { kind: "partly" };
  const acts = happenings.flatMap((each) =>
    each.do === "behave" && sides.includes(each.endpoint) ? [each] : [],
  );
  const [act, ...others] = acts;
  if (!act) return { kind: "unseen" };
  if (others.length > 0) return { kind: "partly" };
  const behaviour = playedBehaviour(system, act.behaviour);
  const seen =
    check.kind === "metric"
      ? metricVisibility(check, behaviour, assumptions)
      : visibility(behaviour, { ...check, requestIntervalSeconds: check.requestIntervalMs / 1_000 });
  return seen.kind === "seen"
    ? { ...seen, afterMs: Math.max(0, seen.afterMs + act.atSeconds * 1_000) }
    : seen;
}

function metricVisibility(
  { missingData }: MetricCheck,
  behaviour: ReturnType<typeof playedBehaviour>,
  { alarmFailingShare }: Assumptions,
): Visibility {
  if (behaviour.kind === "flaps") return { kind: "partly" };
  const afterMs = behaviour.kind === "slows" ? behaviour.overSeconds * 1_000 : 0;
  const share = failingShare(behaviour, afterMs);
  const isSeen = share === undefined ? missingData === "Unhealthy" : share >= alarmFailingShare;
  return isSeen ? { kind: "seen", afterMs } : { kind: "unseen" };
}

/** Each check as it is while nothing is wrong. */
function beliefAtRest(checks: readonly PlayedCheck[]): number {
  return checks.reduce((belief, { inverted }, index) => belief | (Number(!inverted) << index), 0);
}

function healthAfter(
  checks: readonly PlayedCheck[],
  views: readonly Visibility[],
  index: number,
): "healthy" | "unhealthy" | "open" {
  if (index < 0) return "healthy";
  const flipped = (kinds: readonly Visibility["kind"][]) =>
    views.reduce(
      (belief, { kind }, check) => (kinds.includes(kind) ? belief ^ (1 << check) : belief),
      beliefAtRest(checks),
    );
  const surely = isBelievedHealthy(checks, index, flipped(["seen"]));
  const perhaps = isBelievedHealthy(checks, index, flipped(["seen", "partly"]));
  if (surely !== perhaps) return "open";
  return surely ? "healthy" : "unhealthy";
}

function recordOf({ pair }: PlayedSystem, side: Side) {
  return side === "primary" ? pair.primary : pair.secondary;
}
