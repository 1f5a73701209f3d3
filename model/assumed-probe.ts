import { type AnswerSet, memberName, setMembers, setWords } from "./answer-sets";
import { leavesOf } from "./answer-tree";
import { sharesFate } from "./common-fate";
import { decidingChecks } from "./deciding-check";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import { watchedBy } from "./watched-endpoint";

/**
 * One line for each check of a set whose probes are taken to meet the endpoint of its record though nothing in the
 * stack shows that the probed name or address leads there: bound and play rest on it.
 */
export function assumedProbes(plan: FailoverPlan, set: AnswerSet): string[] {
  const withLeaves = (member: RecordSet) => [member, ...leavesOf(plan, member, "all")];
  const records = new Set(setMembers(set).flatMap(withLeaves));
  const ofPrimary = new Set(withLeaves(set.primary));
  const lines = [...records].flatMap((record) =>
    decidingChecks(plan, record).flatMap((check) => {
      const watched = watchedBy(plan, check, record);
      if (watched.kind !== "untold" || watched.probed === undefined) return [];
      // What it shares with the check of the primary is said of that one.
      if (!ofPrimary.has(record) && sharesFate(plan, check, set.primary, record)) return [];
      const name = check.urn.split("::").at(-1);
      return [
        `${setWords(set)}: health check ${name} is taken to probe the endpoint of the ${memberName(record)} ` +
          `record; nothing in the stack shows that ${watched.probed} leads there`,
      ];
    }),
  );
  return [...new Set(lines)];
}
