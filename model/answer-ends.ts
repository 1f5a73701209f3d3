import { recordsBehind, restingMembers } from "./answer-tree";
import type { FailoverPlan, RecordSet } from "./failover-plan";

/**
 * The records whose TTLs the answers of these have: each itself or, of an alias to records of the zone, those at the
 * ends of its tree (API reference, ResourceRecordSet TTL). `which` says whether to follow only who answers while all
 * are healthy.
 */
export function answerEnds(
  plan: FailoverPlan,
  records: readonly RecordSet[],
  which: "all" | "resting",
): RecordSet[] {
  const walked = new Set(records);
  const ends: RecordSet[] = [];
  // The set grows while it is walked, and a record enters it once.
  for (const each of walked) {
    const behind = each.target.kind === "alias" ? recordsBehind(plan, each) : [];
    if (behind.length === 0) ends.push(each);
    for (const next of which === "all" ? behind : restingMembers(behind)) walked.add(next);
  }
  return ends;
}
