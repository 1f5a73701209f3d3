import { memberName } from "./answer-sets";
import { leadsOn, leavesOf, recordsBehind, TREE_DEPTH_MAX } from "./answer-tree";
import { childStandings } from "./calculated-check";
import { checkHealth } from "./check-health";
import { decidingChecks } from "./deciding-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { answerOnce, type ListAnswers } from "./list-answers";
import { selfReferenceText } from "./self-reference";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { isUntold, watchedBy } from "./watched-endpoint";

/**
 * Why every other member counts as unhealthy although nothing but `lost` has failed, in words that end a sentence on
 * the first of them; undefined where one serves, or where a setting that would tell is not known yet. By its own
 * check, or by the records behind an alias that evaluates them, of which all must be unhealthy.
 * @param members of a set, `lost` among them or not; a list that does not change.
 */
export function fateOfAll(
  plan: FailoverPlan,
  lost: RecordSet,
  members: readonly RecordSet[],
): { readonly why: string; readonly first: RecordSet } | undefined {
  const first = members.find((member) => member !== lost);
  if (!first) return undefined;
  for (const [key, alike] of alikeMembers(plan, members)) {
    const member = alike.find((each) => each !== lost);
    if (member && !fallsWith(plan, lost, member, key)) return undefined;
  }
  const why = fateWords(plan, lost, first, 0);
  return why === undefined ? undefined : { why, first };
}

/** Two of the members of each kind: to a lost record all of a kind are the same. */
const kinds = new WeakMap<FailoverPlan, WeakMap<readonly RecordSet[], Map<string, RecordSet[]>>>();

function alikeMembers(
  plan: FailoverPlan,
  members: readonly RecordSet[],
): ReadonlyMap<string, readonly RecordSet[]> {
  const ofPlan = kinds.get(plan) ?? new WeakMap<readonly RecordSet[], Map<string, RecordSet[]>>();
  kinds.set(plan, ofPlan);
  let found = ofPlan.get(members);
  if (!found) {
    found = new Map();
    for (const member of members) {
      const key = kindOf(plan, member);
      const alike = found.get(key);
      if (!alike) found.set(key, [member]);
      else if (alike.length < 2) alike.push(member);
    }
    ofPlan.set(members, found);
  }
  return found;
}

/** Everything of a member on which it depends with whom it falls. */
function kindOf(plan: FailoverPlan, member: RecordSet): string {
  const own = ownCheck(plan, member);
  const evaluates = member.target.kind === "alias" && member.target.evaluateTargetHealth === true;
  const behind = evaluates ? `${numberOf(recordsBehind(plan, member))}` : "-";
  if (!own) return behind;
  if (own.type === "CALCULATED") return [behind, own.urn, childStandings(plan, own, member)].join(" ");
  const { type, disabled, inverted, ipAddress, fqdn, alarm } = own;
  const { kind } = watchedBy(plan, own, member);
  const standing = kind === "own" || kind === "itself" ? kind : "";
  const said = [type, disabled, inverted, ipAddress, fqdn, alarm, subjectOf(plan, own), standing];
  return [behind, ...said.map(String)].join(" ");
}

const numbers = new WeakMap<readonly RecordSet[], number>();
let numbered = 0;

/** Lists are told apart by themselves. */
function numberOf(records: readonly RecordSet[]): number {
  const number = numbers.get(records) ?? numbered++;
  numbers.set(records, number);
  return number;
}

/** What has been found out, by what it is of; timings and settings are the plan's, which may be a copy with others. */
const known = new WeakMap<FailoverPlan, Map<string, boolean>>();

/** @param kind of the member, as `kindOf` has it. */
function fallsWith(plan: FailoverPlan, lost: RecordSet, member: RecordSet, kind: string): boolean {
  const check = ownCheck(plan, member);
  if (check?.type !== "CALCULATED" || leadsOn(plan, lost)) return falls(plan, lost, member, 0);
  const answers = known.get(plan) ?? new Map<string, boolean>();
  known.set(plan, answers);
  const own = ownCheck(plan, lost);
  const ofLost = own?.type === "CALCULATED" ? childStandings(plan, own, lost) : "";
  const key = [kind, own?.urn, ofLost, childStandings(plan, check, lost)].join(" ");
  const answer = answers.get(key) ?? falls(plan, lost, member, 0);
  answers.set(key, answer);
  return answer;
}

function ownCheck(plan: FailoverPlan, { healthCheck }: RecordSet): HealthCheck | undefined {
  return healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
}

function falls(plan: FailoverPlan, lost: RecordSet, member: RecordSet, depth: number): boolean {
  if (fallsByCheck(plan, lost, member)) return true;
  const { target } = member;
  if (target.kind !== "alias" || target.evaluateTargetHealth !== true || depth > TREE_DEPTH_MAX) return false;
  const behind = recordsBehind(plan, member);
  if (behind.length === 0) return false;
  return answerOnce(answersWith(plan, lost), behind, `${depth}`, () =>
    behind.every((next) => falls(plan, lost, next, depth + 1)),
  );
}

function fallsByCheck(plan: FailoverPlan, lost: RecordSet, member: RecordSet): boolean {
  const own = ownCheck(plan, member);
  if (!own) return false;
  const fails = (leaf: HealthCheck) =>
    watchedBy(plan, leaf, member).kind === "itself" || sharesFate(plan, leaf, lost, member);
  return checkHealth(plan, own, fails) === false;
}

/** Lost records that lead to one set, or one checked record, and have no check of their own, are lost alike. */
const withLost = new WeakMap<FailoverPlan, WeakMap<object, ListAnswers<boolean>>>();

function answersWith(plan: FailoverPlan, lost: RecordSet): ListAnswers<boolean> {
  const ofPlan = withLost.get(plan) ?? new WeakMap<object, ListAnswers<boolean>>();
  withLost.set(plan, ofPlan);
  const isOne = lost.healthCheck.kind === "none" && leadsOn(plan, lost);
  const key = isOne ? leavesOf(plan, lost, "resting") : lost;
  const answers = ofPlan.get(key) ?? new WeakMap();
  ofPlan.set(key, answers);
  return answers;
}

/** Of one that falls: by its check, or by the first record behind it. */
function fateWords(
  plan: FailoverPlan,
  lost: RecordSet,
  member: RecordSet,
  depth: number,
): string | undefined {
  const own = ownCheck(plan, member);
  if (own && fallsByCheck(plan, lost, member)) return fateText(plan, own, lost, member);
  const [next] = recordsBehind(plan, member);
  return next && depth <= TREE_DEPTH_MAX ? fateWords(plan, lost, next, depth + 1) : undefined;
}

/**
 * Whether a check that is not calculated shows the failure of what `lost` leads to in the place of what `member` leads
 * to: it watches that, or what the checks of `lost` are taken to watch.
 */
export function sharesFate(
  plan: FailoverPlan,
  check: HealthCheck,
  lost: RecordSet,
  member: RecordSet,
): boolean {
  if (watchedBy(plan, check, member).kind === "own") return false;
  const { isOwn, isUntold } = shownAt(plan, check, leavesOf(plan, lost, "resting"));
  return isOwn || (isUntold && subjectsOf(plan, lost).has(subjectOf(plan, check)));
}

/** What a check is to the ends of a tree, which many records may lead to. */
interface Shown {
  /** Whether it watches one of them, or what the checks of one are taken to watch. */
  readonly isOwn: boolean;
  readonly isUntold: boolean;
}

const shown = new WeakMap<FailoverPlan, ListAnswers<Shown>>();

function shownAt(plan: FailoverPlan, check: HealthCheck, leaves: readonly RecordSet[]): Shown {
  const ofPlan = shown.get(plan) ?? new WeakMap();
  shown.set(plan, ofPlan);
  return answerOnce(ofPlan, leaves, check.urn, () => {
    const standings = leaves.map((leaf) => ({ leaf, kind: watchedBy(plan, check, leaf).kind }));
    const untold = standings.filter(isUntold);
    const subject = subjectOf(plan, check);
    return {
      isOwn:
        standings.some(({ kind }) => kind === "own") ||
        untold.some(({ leaf }) => subjectsOf(plan, leaf).has(subject)),
      isUntold: untold.length > 0,
    };
  });
}

/** What checks ask, by the list of those that decide: the same for each of thousands of records beside it. */
const subjects = new WeakMap<FailoverPlan, WeakMap<object, ReadonlySet<string>>>();

function subjectsOf(plan: FailoverPlan, record: RecordSet): ReadonlySet<string> {
  const ofPlan = subjects.get(plan) ?? new WeakMap<object, ReadonlySet<string>>();
  subjects.set(plan, ofPlan);
  const own = ownCheck(plan, record);
  const checks = decidingChecks(plan, record);
  const key = own?.type === "CALCULATED" ? checks : (own ?? record);
  const found = ofPlan.get(key) ?? new Set(checks.map((check) => subjectOf(plan, check)));
  ofPlan.set(key, found);
  return found;
}

/** `the SECONDARY's health check probes 192.0.2.1, the PRIMARY's endpoint, so it fails with it`. */
function fateText(plan: FailoverPlan, check: HealthCheck, lost: RecordSet, member: RecordSet): string {
  const of = `the ${memberName(member)} record's health check`;
  const { healthCheck } = lost;
  if (healthCheck.kind === "check" && healthCheck.urn === check.urn) {
    return `${of} is that of the ${memberName(lost)} record, so both turn together`;
  }
  const isParent = check.type === "CALCULATED";
  const children = isParent
    ? check.children.flatMap((urn) => withUrn(plan.healthChecks, urn) ?? [])
    : [check];
  const itself = children.map((each) => watchedBy(plan, each, member)).find(({ kind }) => kind === "itself");
  if (itself?.kind === "itself") {
    return `${of} probes ${selfReferenceText(itself)}, so it follows the failover`;
  }
  const tied = children.find((each) => each.inverted === false && sharesFate(plan, each, lost, member));
  if (!tied || check.inverted !== false)
    return `${of} stays unhealthy while that record's endpoint is well, so it is not answered with`;
  const through = isParent ? "has a child that " : "";
  const probed = tied.ipAddress ?? tied.fqdn;
  const asks =
    probed === undefined || isUnknown(probed)
      ? `follows what the ${memberName(lost)} record's does`
      : `probes ${probed}, the ${memberName(lost)} record's endpoint`;
  return `${of} ${through}${asks}, so it fails with that`;
}

/** Longer chains of alarms on checks are taken for a loop. */
const ALARMS_MAX = 4;

/** What a check asks, or the alarm that it follows; itself where that is not known. */
function subjectOf(plan: FailoverPlan, check: HealthCheck, alarms = 0): string {
  const { type, urn, alarm, ipAddress, fqdn, port, resourcePath } = check;
  if (isUnknown(type)) return urn;
  if (!isEndpointCheck(type)) {
    const next = withUrn(plan.healthChecks, withUrn(plan.alarms, alarm)?.healthCheck);
    return next && alarms < ALARMS_MAX ? subjectOf(plan, next, alarms + 1) : (alarm ?? urn);
  }
  const probed = ipAddress ?? fqdn;
  if (probed === undefined || isUnknown(probed)) return urn;
  return `${probed} ${String(port)} ${String(resourcePath)}`;
}
