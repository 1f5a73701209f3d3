import { type AnswerSet, answerSets, memberName, setMembers } from "../../../model/answer-sets";
import { leadsOn, leavesOf } from "../../../model/answer-tree";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { answerOnce, type ListAnswers } from "../../../model/list-answers";
import { isUnknown } from "../../../model/unknown";
import { recordTitle } from "../../judgement";

/** Whether clients have to be led away from a record when its endpoint fails. */
export type Standing =
  | { readonly kind: "leaves" }
  /** The property that decides it is not known yet. */
  | { readonly kind: "unknown"; readonly path: string };

const LEAVES: Standing = { kind: "leaves" };

/**
 * Tells of a record whether a bound is owed: a PRIMARY always does, whose SECONDARY may stand in another stack. In a
 * set of another routing it is every member that has a check, or leads to records that have, and, where clients are
 * spread over all of them, also the one that was left without. Undefined for records that stay, such as the members
 * of a set that no check decides.
 */
export function leavingRecords(plan: FailoverPlan): (record: RecordSet) => Standing | undefined {
  const members = new Map<RecordSet, Standing>();
  for (const set of answerSets(plan)) {
    if (set.routing !== "failover") addMembers(members, set, plan);
  }
  return (record) => {
    const { routing, name, type } = record;
    if (routing.kind === "failover") {
      if (routing.role === "SECONDARY") return undefined;
      return isUnknown(routing.role) ? { kind: "unknown", path: "failoverRoutingPolicies[0].type" } : LEAVES;
    }
    const isMember = routing.kind !== "simple" && routing.kind !== "other";
    if (isMember && hasCheck(record)) {
      if (isUnknown(name)) return { kind: "unknown", path: "name" };
      if (isUnknown(type)) return { kind: "unknown", path: "type" };
    }
    return members.get(record);
  };
}

function addMembers(members: Map<RecordSet, Standing>, set: AnswerSet, plan: FailoverPlan): void {
  const all = setMembers(set);
  if (!all.some((member) => isWatched(member, plan))) return;
  for (const member of all) {
    const standing = isWatched(member, plan) ? LEAVES : unwatchedStanding(member);
    if (standing) members.set(member, standing);
  }
}

/** A check of its own, or checks behind an alias of the zone that evaluates health. */
function isWatched(member: RecordSet, plan: FailoverPlan): boolean {
  if (hasCheck(member)) return true;
  if (!mayEvaluate(member) || !leadsOn(plan, member)) return false;
  const leaves = leavesOf(plan, member, "resting");
  return answerOnce(
    watched,
    leaves,
    "",
    () => leaves.some(hasCheck) && leaves.every((leaf) => hasCheck(leaf) || !mayEvaluate(leaf)),
  );
}

/** Whether checks decide about the leaves of a tree, which many members may share. */
const watched: ListAnswers<boolean> = new WeakMap();

function hasCheck({ healthCheck }: RecordSet): boolean {
  return healthCheck.kind !== "none";
}

function mayEvaluate({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.evaluateTargetHealth !== false;
}

/**
 * Clients are spread over weights and over several values whatever their health, so a member that cannot become
 * unhealthy keeps its share on a failed endpoint. By weight 0 and by place it may be meant as the last resort, and an
 * alias may evaluate an AWS resource, whose timing the plan does not read.
 */
function unwatchedStanding(member: RecordSet): Standing | undefined {
  const { routing } = member;
  if (mayEvaluate(member)) return undefined;
  if (routing.kind === "multivalue") return LEAVES;
  if (routing.kind !== "weighted" || routing.weight === 0) return undefined;
  return isUnknown(routing.weight) ? { kind: "unknown", path: "weightedRoutingPolicies[0].weight" } : LEAVES;
}

/** A PRIMARY says by itself which it is; other members are told by their names: `A record of x, member eu`. */
export function leavingTitle(record: RecordSet): string {
  const title = recordTitle(record);
  return record.routing.kind === "failover" ? title : `${title}, member ${memberName(record)}`;
}
