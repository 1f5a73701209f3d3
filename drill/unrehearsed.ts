import { type AnswerSet, answerSets, memberName, setMembers, setWords } from "../model/answer-sets";
import { assumedProbes } from "../model/assumed-probe";
import { recordDetectionSeconds } from "../model/detection";
import type { FailoverPlan, RecordSet, Routing } from "../model/failover-plan";
import { parseUrn, type StackResource } from "../model/stack-resource";
import { takenNotes } from "../model/taken-addresses";
import { hasUnreadTargetHealth, TARGET_HEALTH_NOT_MODELLED } from "../model/target-health";
import { undelegatedZone } from "../model/undelegated-zone";
import { isUnknown } from "../model/unknown";
import { unprobedAddresses } from "../model/unprobed-addresses";
import { unreadFailovers } from "../model/unread-failover";

/** Records of one name and type that would fail over, or are meant to, and cannot be rehearsed. */
export interface Unrehearsed {
  readonly name: string;
  readonly type: string;
  readonly routing: Routing["kind"];
  /** One line: what stands in the way. */
  readonly why: string;
}

export interface LeftOut {
  readonly unrehearsed: readonly Unrehearsed[];
  /**
   * One line each: records with a routing policy among which no health decides, so that nothing of them can fail
   * over; and sets that are played without something that AWS would act on.
   */
  readonly notes: readonly string[];
}

/**
 * Names every record with a routing policy that is in none of the plan's answer sets, with why, and every resource that
 * keeps failover records which the plan does not have.
 * @param resources what the plan was read from.
 */
export function leftOutOf(plan: FailoverPlan, resources: readonly StackResource[]): LeftOut {
  const played = new Set(answerSets(plan).flatMap(setMembers));
  const groups = new Map<string, RecordSet[]>();
  for (const record of plan.recordSets) {
    if (record.routing.kind === "simple" || played.has(record)) continue;
    const key = isUnknown(record.name) || isUnknown(record.type) ? record.urn : keyOf(record);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const unrehearsed: Unrehearsed[] = [];
  const notes: string[] = [];
  for (const [, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = members;
    if (!first) continue;
    const { urn, routing } = first;
    const name = isUnknown(first.name) ? urn : first.name;
    const type = isUnknown(first.type) ? "record" : first.type;
    const why = obstacle(plan, members);
    if (why !== undefined) unrehearsed.push({ name, type, routing: routing.kind, why });
    else notes.push(`${name} ${type}: ${withoutHealth(routing, members.length)}`);
  }
  const assumed = answerSets(plan).flatMap((set) => [
    ...takenNotes(plan, set),
    ...assumedProbes(plan, set),
    ...unprobedAddresses(plan, set),
    ...unchecked(plan, set),
    ...undelegatedZone(plan, set),
  ]);
  return {
    unrehearsed: [...unrehearsed, ...unread(resources)],
    notes: [...notes, ...notModelled(plan), ...assumed],
  };
}

/** Called as their resources are, since the records' names stand within those. */
function unread(resources: readonly StackResource[]): Unrehearsed[] {
  return unreadFailovers(resources).map(({ resource: { urn, type }, path, isCertain }) => ({
    name: parseUrn(urn).name,
    type: type.split(":").at(-1) ?? type,
    routing: "failover",
    why: isCertain
      ? `it keeps failover records where nothing here reads them; declare each of them as an aws.route53.Record`
      : `whether it keeps failover records is not known before the update: ${path}`,
  }));
}

function notModelled(plan: FailoverPlan): string[] {
  return answerSets(plan).flatMap((set) => {
    const members = setMembers(set).filter((member) => hasUnreadTargetHealth(plan, member));
    if (members.length === 0) return [];
    const names = members.map(memberName).join(", ");
    return [`${setWords(set)} (${names}): ${TARGET_HEALTH_NOT_MODELLED}`];
  });
}

function keyOf({ name, type, routing }: RecordSet): string {
  return `${String(name)} ${String(type)} ${routing.kind}`;
}

/** Undefined where no health decides, so that there is nothing to rehearse. */
function obstacle(plan: FailoverPlan, members: readonly RecordSet[]): string | undefined {
  const unknown = members.find(({ name, type }) => isUnknown(name) || isUnknown(type));
  if (unknown) {
    const path = isUnknown(unknown.name) ? "name" : "type";
    return `its ${path} is not known before the update`;
  }
  const [{ routing } = { routing: undefined }] = members;
  if (routing?.kind === "failover") return failoverObstacle(plan, members);
  return routing?.kind === "other" ? `${routing.policy} routing is not played` : undefined;
}

/** A complete pair is played, so what is left is a half, a record too many, or one that tells no role yet. */
function failoverObstacle(plan: FailoverPlan, members: readonly RecordSet[]): string {
  const [first] = members;
  const named = plan.recordSets.filter(
    (record) => record.routing.kind === "failover" && first && keyOf(record) === keyOf(first),
  );
  const roles = named.map(({ routing }) => (routing.kind === "failover" ? routing.role : undefined));
  if (roles.some(isUnknown)) return "the role of one of its records is not known before the update";
  const [primaries, secondaries] = (["PRIMARY", "SECONDARY"] as const).map(
    (role) => roles.filter((each) => each === role).length,
  );
  if (secondaries === 0) return "it has a PRIMARY and no SECONDARY, so nothing takes over";
  if (primaries === 0) return "it has a SECONDARY and no PRIMARY, so nothing can fail over";
  return `it has ${primaries} PRIMARY and ${secondaries} SECONDARY records; Route 53 takes one of each`;
}

/** Members that are answered with whatever becomes of them, beside others that fail over. */
function unchecked(plan: FailoverPlan, set: AnswerSet): string[] {
  if (set.routing === "failover") return [];
  const kept = setMembers(set).filter((member) => {
    const { healthCheck, routing } = member;
    if (healthCheck.kind !== "none" || (routing.kind === "weighted" && routing.weight === 0)) return false;
    return recordDetectionSeconds(plan, member, "cutover").kind === "unbounded";
  });
  if (kept.length === 0) return [];
  const names = kept.map(memberName).join(", ");
  return [`${setWords(set)} (${names}): without a health check; whom it answers never fail over`];
}

function withoutHealth({ kind }: Routing, members: number): string {
  return members === 1
    ? `the only record of its ${kind} set; nothing takes over`
    : `${members} ${kind} records without a health check; nothing of them fails over`;
}

/** The same words of a stack that is settled, such as an export: what is not known there, as an encrypted value, stays so. */
export function settledWords(words: string): string {
  return words
    .replaceAll("is not known before the update", "is not known, and nothing here will tell it")
    .replaceAll("are not known before the update", "are not known, and nothing here will tell them");
}
