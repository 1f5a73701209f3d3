import { recordsLedTo, restingMembers } from "./answer-tree";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import { answerOnce, type ListAnswers } from "./list-answers";

const spared: ListAnswers<boolean> = new WeakMap();

/**
 * Whether somebody is left behind a record once all are lost that serve there while all is well: a SECONDARY, or a
 * member of weight 0. Such a tree stays healthy, and leaves what has failed by itself.
 */
export function keepsServing(plan: FailoverPlan, record: RecordSet, depth = 0): boolean {
  const behind = recordsLedTo(plan, record, depth);
  if (behind.length === 0) return false;
  return answerOnce(spared, behind, `${depth}`, () => {
    const resting = restingMembers(behind);
    return resting.length < behind.length || resting.some((next) => keepsServing(plan, next, depth + 1));
  });
}
