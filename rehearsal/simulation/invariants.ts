import { memberName, setMembers } from "../../model/answer-sets";
import type { FailoverRole, RecordSet } from "../../model/failover-plan";
import { isUnknown } from "../../model/unknown";
import type { DnsAnswer } from "./answer";
import { type AnswerView, simulatedAddresses } from "./answer-book";
import { expectedShares } from "./expected-shares";
import { HOME_PLACE, type Place } from "./place";
import type { PlayedSystem } from "./played-system";
import type { Side } from "./scenario";

/** What must hold in every cutover, whatever the scenario. */
export type InvariantName =
  /** No resolver uses an answer at or after its expiry. */
  | "no-answer-after-expiry"
  /** Every answer is made of the plan's records. */
  | "answer-in-plan"
  /** Failover answers follow Route 53's truth table; above all, both unhealthy answers PRIMARY. */
  | "failover-truth-table"
  /** Answers of any other set are shared by its routing among the members that are eligible. */
  | "members-by-routing"
  /** What is drawn comes out in those shares. */
  | "drawn-by-share"
  /** Somebody is always answered with: when nothing is healthy, everything counts as healthy. */
  | "fail-open"
  /** Nothing fails over while no checker can see a fault. */
  | "no-needless-failover"
  /** Failing over and back changes no record and no check, and needs no control plane. */
  | "data-plane-only"
  /** Once the bound has passed, every request goes to the side that should serve. */
  | "cutover-within-bound"
  | "failback-within-bound"
  /** Every request that was sent was either served or failed. */
  | "requests-conserved"
  /** What happens to a side's checks happens to one at least where any decides about that side. */
  | "happening-finds-check";

/** Something that must never be, seen in one cutover. */
export interface InvariantViolation {
  readonly invariant: InvariantName;
  readonly cutover: number;
  /** One line: what was seen. */
  readonly message: string;
  /** The command that plays it again. */
  readonly replay: string;
}

/** Enough to see what is wrong; more of the same would only take memory. */
export const VIOLATIONS_MAX = 100;

/** Probabilities are sums of a few fractions. */
const SHARE_TOLERANCE = 1e-9;

/** Chance alone does not go so far: six standard deviations, and a few more where a share is small. */
const DEVIATIONS_MAX = 6;
const DRAWN_SLACK = 5;

/** Collects violations of one run. */
export class InvariantWatch {
  readonly violations: InvariantViolation[] = [];
  private cutover = 0;
  private isControlPlaneLost = false;

  constructor(
    private readonly run: { readonly scenario: string; readonly seed: number; readonly resolvers: number },
  ) {}

  startCutover(cutover: number): void {
    this.cutover = cutover;
    this.isControlPlaneLost = false;
  }

  /** An answer that was stored until `expiresAtMs` served requests until `lastMs`. */
  cachedAnswerUsed(lastMs: number, fetchedAtMs: number, expiresAtMs: number): void {
    // The request that fetched it may use it whatever its TTL.
    if (lastMs < expiresAtMs || lastMs === fetchedAtMs) return;
    this.report("no-answer-after-expiry", `an answer was used ${lastMs - expiresAtMs} ms after its expiry`);
  }

  /** A request went to a side of the pair when the phase's deadline, in ms since its start, was `deadlineMs`. */
  requestSent(
    phase: "cutover" | "failback",
    sentMs: number,
    deadlineMs: number,
    to: FailoverRole | undefined,
  ): void {
    const expected: FailoverRole = phase === "cutover" ? "SECONDARY" : "PRIMARY";
    if (sentMs < deadlineMs || to === expected) return;
    const got = to ?? "nowhere";
    this.report(
      `${phase}-within-bound`,
      `${sentMs / 1_000} s in, a request went to ${got}; the bound is ${deadlineMs / 1_000} s`,
    );
  }

  /** A request went to what was lost; after the deadline, in ms since the fault, none may. */
  ledToLost(sentMs: number, deadlineMs: number): void {
    if (sentMs < deadlineMs) return;
    const at = `${sentMs / 1_000} s in, a request went to what was lost`;
    this.report("cutover-within-bound", `${at}; the bound is ${deadlineMs / 1_000} s`);
  }

  /** A resolver asked after the heal; after the deadline a healthy primary is answered again where it ever is. */
  askedAfterHeal(askedMs: number, deadlineMs: number, isPrimaryBack: boolean): void {
    if (askedMs < deadlineMs || isPrimaryBack) return;
    const at = `${askedMs / 1_000} s in, the healed member was not answered again`;
    this.report("failback-within-bound", `${at}; the bound is ${deadlineMs / 1_000} s`);
  }

  /** The answers of a server with this belief about the checks to resolvers of a place, seen for the first time. */
  answerMade(system: PlayedSystem, belief: number, view: AnswerView, place: Place = HOME_PLACE): void {
    for (const answer of new Set([view.answer, ...view.ways.map((way) => way.answer)])) {
      const stranger = strangeRecord(system, answer);
      if (stranger !== undefined) this.report("answer-in-plan", stranger);
    }
    const { set } = system;
    const healthy = setMembers(set).map((member) => isRecordHealthy(system, member, belief));
    const shares = expectedShares(set, healthy, place);
    const isEmpty = view.answer.records.length === 0;
    // Behind a member, a geolocation set without a default has answers for some places only.
    if (isEmpty && system.hasUnanswered) return;
    if (isEmpty && shares.some((share) => share > 0)) {
      this.report(
        "fail-open",
        `the answer is empty (${view.answer.rcode}) with belief ${belief.toString(2)}`,
      );
    }
    if (set.routing !== "failover") {
      this.sharesAnswered(system, view, shares);
      return;
    }
    const expected = expectedRole(healthy[0] as boolean, healthy[1] as boolean);
    if (view.role === expected) return;
    this.report("failover-truth-table", `the answer is ${view.role ?? "neither side"}, not ${expected}`);
  }

  private sharesAnswered(
    { set, hasUnanswered }: PlayedSystem,
    view: AnswerView,
    expected: readonly number[],
  ): void {
    // Whom a member would have led to no answer is missing from its share.
    const unanswered = hasUnanswered
      ? view.ways.reduce((sum, way) => sum + (way.answer.records.length === 0 ? way.probability : 0), 0)
      : 0;
    for (const [index, member] of setMembers(set).entries()) {
      const share = view.ways
        .filter(({ answer }) => answer.recordSet === member.urn)
        .reduce((sum, { probability }) => sum + probability, 0);
      const missing = (expected[index] as number) - share;
      if (missing > -SHARE_TOLERANCE && missing < unanswered + SHARE_TOLERANCE) continue;
      const got = `${memberName(member)} has ${percent(share)} of the answers`;
      this.report("members-by-routing", `${got}, not ${percent(expected[index] as number)}`);
    }
  }

  /** What was drawn of a view's answers in all cutovers. */
  answersDrawn({ ways, drawn }: AnswerView): void {
    const count = drawn.reduce((sum, times) => sum + times, 0);
    for (const [index, { probability, answer }] of ways.entries()) {
      const times = drawn[index] as number;
      const deviation = Math.sqrt(count * probability * (1 - probability));
      if (Math.abs(times - count * probability) <= DEVIATIONS_MAX * deviation + DRAWN_SLACK) continue;
      const got = `${answer.recordSet} was drawn ${times} times of ${count}`;
      this.report("drawn-by-share", `${got}; its share is ${percent(probability)}`);
    }
  }

  /** A name server answers with the standby though the primary's checks see nothing wrong. */
  failedOverNeedlessly(server: number): void {
    this.report("no-needless-failover", `name server ${server + 1} left a primary that no checker saw fail`);
  }

  /** What the scenario says of the control plane, whatever the play makes of it. */
  controlPlaneIs(state: "lost" | "back"): void {
    this.isControlPlaneLost = state === "lost";
  }

  /** A record or a check was changed. */
  changed(what: string): void {
    if (this.isControlPlaneLost) this.report("data-plane-only", `${what} while the control plane is gone`);
  }

  /** Something had to be changed while nothing can be. */
  controlPlaneNeeded(what: string): void {
    this.report("data-plane-only", `${what}, which needs a control plane that is gone`);
  }

  /** The plan before the play and after it, written out. */
  planPlayed(before: string, after: string): void {
    if (before !== after)
      this.report("data-plane-only", "records or checks changed while the failure was played");
  }

  /** So many checks of a side has something happened to. */
  checksFound(system: PlayedSystem, side: Side, count: number): void {
    if (count > 0) return;
    const { primary, others } = system.set;
    for (const record of side === "primary" ? [primary] : others) {
      const missed = decidingCheck(system, record, 0);
      if (missed !== undefined)
        this.report(
          "happening-finds-check",
          `nothing happened to ${missed}, which decides about the ${side}`,
        );
    }
  }

  requestsCounted(sent: number, served: number, failed: number): void {
    if (sent === served + failed) return;
    this.report("requests-conserved", `${sent} requests sent, ${served} served and ${failed} failed`);
  }

  private report(invariant: InvariantName, message: string): void {
    if (this.violations.length >= VIOLATIONS_MAX) return;
    const { scenario, seed, resolvers } = this.run;
    const replay =
      `warm-standby rehearse --scenario ${scenario} --seed ${seed} --cutovers ${this.cutover + 1} ` +
      `--resolvers ${resolvers}`;
    this.violations.push({ invariant, cutover: this.cutover, message, replay });
  }
}

/** Route 53's truth table, written down apart from the code that answers. */
export function expectedRole(isPrimaryHealthy: boolean, isSecondaryHealthy: boolean): FailoverRole {
  return !isPrimaryHealthy && isSecondaryHealthy ? "SECONDARY" : "PRIMARY";
}

/** Longer chains of aliases than this are taken for a loop. */
const ALIASES_MAX = 8;

/**
 * A check of the record, or of those that its alias leads to while all is well; by itself again, not by the tree's.
 * That of a simple record counts where all above evaluate it (`isAsked`).
 */
function decidingCheck(
  system: PlayedSystem,
  record: RecordSet,
  depth: number,
  isAsked = true,
): string | undefined {
  const { healthCheck, target, routing, type } = record;
  const isPassedOver =
    depth > 0 &&
    (routing.kind === "weighted"
      ? routing.weight === 0
      : routing.kind === "failover" && routing.role !== "PRIMARY");
  if (depth > ALIASES_MAX || isPassedOver) return undefined;
  if (healthCheck.kind === "check" && isAsked) return healthCheck.urn;
  if (target.kind !== "alias") return undefined;
  const evaluates = isAsked && target.evaluateTargetHealth === true;
  const members = system.plan.recordSets.filter((each) => each.name === target.dnsName && each.type === type);
  for (const member of members) {
    const found = decidingCheck(system, member, depth + 1, evaluates || member.routing.kind !== "simple");
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Written apart from the code that answers, too: by the records' own checks, and for aliases in the zone below. */
function isRecordHealthy(system: PlayedSystem, record: RecordSet, belief: number, depth = 0): boolean {
  const { healthCheck, target } = record;
  if (healthCheck.kind === "check" && !isCheckHealthy(system, healthCheck.urn, belief)) return false;
  if (target.kind !== "alias" || target.evaluateTargetHealth !== true || depth > ALIASES_MAX) return true;
  const members = system.plan.recordSets.filter(
    ({ name, type }) => name === target.dnsName && type === record.type,
  );
  if (members.length > 0) return members.some((member) => isRecordHealthy(system, member, belief, depth + 1));
  const groups = system.plan.endpoints.find(({ urn }) => urn === record.endpoint)?.targetGroups ?? [];
  return isUnknown(groups) || groups.every(({ urn }) => isCheckHealthy(system, urn, belief));
}

function isCheckHealthy({ checks }: PlayedSystem, urn: string, belief: number): boolean {
  const index = checks.findIndex((check) => check.urn === urn);
  const check = checks[index];
  if (!check) return true;
  if (check.kind !== "calculated") return ((belief >> index) & 1) === 1;
  const healthy = check.children.filter((child) => ((belief >> child) & 1) === 1).length;
  const isSwitched = ((belief >> index) & 1) === 1;
  return (check.disabled || healthy >= check.healthThreshold) !== (check.inverted !== isSwitched);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function strangeRecord(system: PlayedSystem, answer: DnsAnswer): string | undefined {
  const { recordSets } = system.plan;
  const source = recordSets.find(({ urn }) => urn === answer.recordSet);
  if (answer.records.length > 0 && (!source || source.name !== system.set.name)) {
    return `${system.set.name} is answered from ${answer.recordSet ?? "no record set"}`;
  }
  const values = recordSets.flatMap(({ target }) =>
    target.kind === "values" && !isUnknown(target.values) ? target.values : [],
  );
  const addresses = system.endpoints.flatMap((urn) => [
    ...simulatedAddresses(system, urn, "A"),
    ...simulatedAddresses(system, urn, "AAAA"),
  ]);
  const stranger = answer.records.find(({ data }) => !values.includes(data) && !addresses.includes(data));
  return stranger && `${stranger.name} ${stranger.type} is answered with ${stranger.data}`;
}
