import { leadsToSet, leavesOf, recordsLedTo, restingMembers } from "../../model/answer-tree";
import type { RecordSet } from "../../model/failover-plan";
import type { CheckTiming } from "../../model/health-check";
import { addressesLed } from "../../model/record-addresses";
import { targetHealthBehind } from "../../model/target-health";
import { isHealthyRecord } from "./answer";
import { AnswerBook } from "./answer-book";
import type { Assumptions } from "./assumptions";
import { type Behaviour, badPart, failingPart, type Visibility, visibility } from "./behaviour";
import { isBelievedHealthy } from "./believed-health";
import type { EndpointCheck, MetricCheck, PlayedCheck, TargetGroupCheck } from "./played-check";
import type { PlayedSystem } from "./played-system";
import { behaviourFor, type Happening, type Scenario, type ScriptedBehaviour, type Side } from "./scenario";
import { zoneShare } from "./simulated-target-group";

/**
 * What the checks must make of a scenario, by arithmetic alone: `fails-over` when all of the primary's checkers
 * see the fault from `afterMs` on and nothing speaks against the others; `stays` when they see nothing of it, in
 * whatever order they turn; `open` when it depends on chance, or on what AWS calls unpredictable, or when the answers lead past the primary
 * while all is well, so that nobody has to come over.
 */
export type Outlook =
  | { readonly kind: "fails-over"; readonly afterMs: number }
  | { readonly kind: "stays" }
  | { readonly kind: "open" };

/** Whether nothing speaks against the primary while nothing is wrong: not so with an inverted check. */
export function isPrimaryHealthyAtRest(system: PlayedSystem): boolean {
  const { plan, set, checks, queryType } = system;
  const belief = beliefAtRest(checks);
  const records = [set.primary, ...leavesOf(plan, set.primary, "resting", queryType)];
  return records.every((record) => isRecordBelievedHealthy(system, record, belief));
}

/** `book` answers to the places of the scenario's resolvers. */
export function outlookOf(
  system: PlayedSystem,
  scenario: Scenario,
  assumptions: Assumptions,
  book = new AnswerBook(system),
): Outlook {
  const { checks, set, hasSides } = system;
  const views = checks.map((check, index) => viewOf(system, scenario, check, index, assumptions));
  const isOpen = !isPrimaryHealthyAtRest(system);
  const healthOf = (record: RecordSet) =>
    certainly(checks, views, (belief) => isRecordBelievedHealthy(system, record, belief));
  const leaves = (belief: number) =>
    hasSides ? !isRecordBelievedHealthy(system, set.primary, belief) : !book.leadsToPrimary(belief);
  const isLeft = certainly(checks, views, leaves);
  const areOthersHealthy = set.others.every((record) => healthOf(record) === true);
  if (isOpen || isLeft === undefined) return { kind: "open" };
  if (!isLeft && (hasSides || areOthersHealthy))
    return { kind: mayEver(checks, views, leaves) ? "open" : "stays" };
  if (!areOthersHealthy) return { kind: "open" };
  const afterMs = views.map((view) => (view.kind === "seen" ? view.afterMs : 0));
  return { kind: "fails-over", afterMs: Math.max(0, ...afterMs) };
}

/**
 * The behaviour of one side as it is played: scripted for the checks of this system, with the service's default timing
 * where none probes; and whole where a side has one address, of which no zone can take half.
 */
export function playedBehaviour(
  system: PlayedSystem,
  { endpoint, behaviour }: { readonly endpoint: Side; readonly behaviour: ScriptedBehaviour },
): Behaviour {
  const scripted = scriptedBehaviour(system, behaviour);
  return scripted.kind === "zone-lost" && hasOneAddress(system, endpoint) ? { kind: "silent" } : scripted;
}

function hasOneAddress({ plan, set }: PlayedSystem, side: Side): boolean {
  const [record, ...others] = side === "primary" ? [set.primary] : set.others;
  return record !== undefined && others.length === 0 && addressesLed(plan, record).keys.size === 1;
}

function scriptedBehaviour(system: PlayedSystem, scripted: ScriptedBehaviour): Behaviour {
  const deciding = primaryChecksOf(system).flatMap((index) => {
    const check = system.checks[index];
    return check?.kind === "calculated" ? check.children.map((child) => system.checks[child]) : [check];
  });
  const probing = deciding.find((check) => check?.kind === "endpoint" || check?.kind === "target-group");
  return behaviourFor(scripted, probing ? timingOf(probing) : DEFAULT_TIMING);
}

const DEFAULT_TIMING: CheckTiming = { type: "HTTP", requestIntervalSeconds: 30, failureThreshold: 3 };

/** How a check probes. */
function timingOf(check: EndpointCheck | TargetGroupCheck): CheckTiming {
  const { type } = check;
  return check.kind === "endpoint"
    ? {
        type,
        requestIntervalSeconds: check.requestIntervalMs / 1_000,
        failureThreshold: check.failureThreshold,
      }
    : { type, requestIntervalSeconds: check.intervalMs / 1_000, failureThreshold: check.unhealthyThreshold };
}

/** Indexes of the endpoints that fail with a side. */
export function endpointsOf(system: PlayedSystem, side: Side): readonly number[] {
  return side === "primary" ? system.primary : system.standby;
}

/**
 * The checks that decide about the primary: its own and its target groups, with those of the one record whose health
 * it takes over, else those of what it leads to; none where nothing does.
 */
export function primaryChecksOf({ plan, set, checks, queryType }: PlayedSystem): readonly number[] {
  const found: number[] = [];
  const isOne = !leadsToSet(plan, set.primary, queryType);
  for (const record of [set.primary, ...leavesOf(plan, set.primary, "resting", queryType)]) {
    if (!isOne && found.length > 0) break;
    const targets = targetHealthBehind(plan, record);
    const groups = targets.kind === "groups" ? targets.groups.map(({ urn }) => urn) : [];
    const own = checkIndex(checks, record.healthCheck);
    const indexes = [own, ...groups.map((group) => checks.findIndex(({ urn }) => urn === group))];
    found.push(...indexes.filter((index) => index >= 0));
  }
  return [...new Set(found)];
}

/**
 * Whether the answers lead past the primary while nothing is wrong, as with an inverted check or a threshold that is
 * never reached: its clients are over before it fails.
 */
export function isAwayAtRest({ checks, hasSides }: PlayedSystem, book: AnswerBook): boolean {
  const belief = beliefAtRest(checks);
  return hasSides ? book.view(belief).role === "SECONDARY" : !book.leadsToPrimary(belief);
}

/** Indexes of the checks of a side's records, each once: a record's own, else those of the records that it rests on. */
export function checksOf(system: PlayedSystem, side: Side): number[] {
  const { plan, checks, queryType } = system;
  const visit = (record: RecordSet, depth: number): number[] => {
    const own = checkIndex(checks, record.healthCheck);
    if (own >= 0) return [own];
    const behind = restingMembers(recordsLedTo(plan, record, depth, queryType));
    return behind.flatMap((next) => visit(next, depth + 1));
  };
  return [...new Set(recordsOf(system, side).flatMap((record) => visit(record, 0)))];
}

/** Index of the record's check; -1 where it has none. */
function checkIndex(
  checks: readonly PlayedCheck[],
  healthCheck: PlayedSystem["set"]["primary"]["healthCheck"],
): number {
  return healthCheck.kind === "check" ? checks.findIndex(({ urn }) => urn === healthCheck.urn) : -1;
}

/** What a scenario does to checks that the side's records do not have, one line each: it changes nothing there. */
export function idleHappenings(system: PlayedSystem, scenario: Scenario): string[] {
  const sides = happeningsFor(system, scenario).flatMap((each) =>
    "of" in each && checksOf(system, each.of).length === 0 ? [each.of] : [],
  );
  return [...new Set(sides)].map(
    (side) => `${scenario.name} has nothing to do to a health check here: the ${side}'s records have none`,
  );
}

/** What happens to this system: the loss of a region does not concern a primary that is in none. */
export function happeningsFor(
  { plan, set }: PlayedSystem,
  { happenings, place }: Scenario,
): readonly Happening[] {
  const isGlobal = plan.endpoints.some(
    ({ urn, kind }) => urn === set.primary.endpoint && kind === "cloudfront",
  );
  if (place === undefined || !isGlobal) return happenings;
  return happenings.filter((each) => each.do !== "behave" || each.endpoint !== "primary");
}

/** What one check sees of the scenario, counted from the fault. */
function viewOf(
  system: PlayedSystem,
  scenario: Scenario,
  check: PlayedCheck,
  index: number,
  assumptions: Assumptions,
): Visibility {
  const happenings = happeningsFor(system, scenario);
  const isInverted = happenings.some(
    (each) => each.do === "invert-check" && checksOf(system, each.of).includes(index),
  );
  if (isInverted) return { kind: "seen", afterMs: 0 };
  const isDeleted = happenings.some(
    (each) => each.do === "delete-check" && checksOf(system, each.of).includes(index),
  );
  if (isDeleted) return { kind: "partly" };
  if (check.kind === "calculated" || check.disabled) return { kind: "unseen" };
  // Nothing tells what it watches, so nothing tells what the opposite of that is.
  if (check.inverted && system.endpoints[check.endpoint] === check.urn) return { kind: "partly" };
  const sides = (["primary", "standby"] as const).filter((side) =>
    endpointsOf(system, side).includes(check.endpoint),
  );
  const acts = happenings.flatMap((each) =>
    each.do === "behave" && sides.includes(each.endpoint) ? [each] : [],
  );
  const [act, ...others] = acts;
  if (!act) return { kind: "unseen" };
  if (others.length > 0) return { kind: "partly" };
  const behaviour = playedBehaviour(system, act);
  const seen = seenBy(check, behaviour, assumptions);
  return seen.kind === "seen"
    ? { ...seen, afterMs: Math.max(0, seen.afterMs + act.atSeconds * 1_000) }
    : seen;
}

function seenBy(
  check: Exclude<PlayedCheck, { kind: "calculated" }>,
  behaviour: Behaviour,
  assumptions: Assumptions,
): Visibility {
  switch (check.kind) {
    case "metric":
      return metricVisibility(check, behaviour, assumptions);
    case "endpoint":
      return visibility(behaviour, { ...timingOf(check), regions: check.regions });
    case "target-group": {
      const responseLimitMs = check.timeoutMs;
      if (behaviour.kind === "zone-lost") {
        const { balancerNodes } = assumptions;
        // The node in the last zone finds healthy targets there as long as the zone is not lost.
        const isWhole = zoneShare(balancerNodes - 1, balancerNodes) < behaviour.share;
        return isWhole ? { kind: "seen", afterMs: 0 } : { kind: "unseen" };
      }
      return visibility(behaviour, { ...timingOf(check), regions: undefined, responseLimitMs });
    }
  }
}

function metricVisibility(
  { missingData, source, needsAll }: MetricCheck,
  behaviour: Behaviour,
  { alarmFailingShare }: Assumptions,
): Visibility {
  if (behaviour.kind === "flaps") return { kind: "partly" };
  const afterMs = behaviour.kind === "slows" ? behaviour.overSeconds * 1_000 : 0;
  const part = failingPart(behaviour, afterMs, source);
  const least = badPart({ source, needsAll }, alarmFailingShare);
  const isSeen = part === undefined ? missingData === "Unhealthy" : part >= least;
  return isSeen ? { kind: "seen", afterMs } : { kind: "unseen" };
}

/** Each check as it is while nothing is wrong. */
function beliefAtRest(checks: readonly PlayedCheck[]): number {
  return checks.reduce(
    (belief, { kind, inverted }, index) => belief | (Number(kind !== "calculated" && !inverted) << index),
    0,
  );
}

/**
 * What holds whether the checks that see the scenario in part turn or not, and before an inverted one turns healthy by
 * it; undefined where it depends on that.
 */
function certainly(
  checks: readonly PlayedCheck[],
  views: readonly Visibility[],
  holds: (belief: number) => boolean,
): boolean | undefined {
  const flipped = (kinds: readonly Visibility["kind"][], turns: (check: PlayedCheck) => boolean) =>
    views.reduce(
      (belief, { kind }, index) =>
        kinds.includes(kind) && turns(checks[index] as PlayedCheck) ? belief ^ (1 << index) : belief,
      beliefAtRest(checks),
    );
  const ends = ([["seen"], ["seen", "partly"]] as const).flatMap((kinds) => [
    holds(flipped(kinds, () => true)),
    holds(flipped(kinds, ({ inverted }) => !inverted)),
  ]);
  return ends.every((end) => end === ends[0]) ? ends[0] : undefined;
}

/** So many checks may turn in any order; of more, nothing is claimed. */
const ORDERED_MAX = 8;

/** Whether something may hold on the way, while some of the checks that see the scenario have turned and others not. */
function mayEver(
  checks: readonly PlayedCheck[],
  views: readonly Visibility[],
  holds: (belief: number) => boolean,
): boolean {
  const turning = views.flatMap(({ kind }, index) => (kind === "unseen" ? [] : [index]));
  if (turning.length > ORDERED_MAX) return true;
  let beliefs = [beliefAtRest(checks)];
  for (const index of turning) beliefs = beliefs.flatMap((belief) => [belief, belief ^ (1 << index)]);
  return beliefs.some(holds);
}

/** As the name servers judge it, an alias by the records behind it. */
function isRecordBelievedHealthy({ plan, checks }: PlayedSystem, record: RecordSet, belief: number): boolean {
  return isHealthyRecord(plan, record, (urn) => {
    const index = checks.findIndex((check) => check.urn === urn);
    return index < 0 || isBelievedHealthy(checks, index, belief);
  });
}

function recordsOf({ set }: PlayedSystem, side: Side): readonly RecordSet[] {
  return side === "primary" ? [set.primary] : set.others;
}
