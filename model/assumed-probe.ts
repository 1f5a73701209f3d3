import { type AnswerSet, memberName, setMembers, setWords } from "./answer-sets";
import { leavesOf } from "./answer-tree";
import { failingChildren } from "./calculated-check";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { withUrn } from "./urn-index";
import { watchedBy } from "./watched-endpoint";

/**
 * One line for each check of a set whose probes are taken to meet the endpoint of its record though nothing in the
 * stack shows that the probed name or address leads there: bound and play rest on it.
 */
export function assumedProbes(plan: FailoverPlan, set: AnswerSet): string[] {
  const records = new Set(setMembers(set).flatMap((member) => [member, ...leavesOf(plan, member, "all")]));
  const lines = [...records].flatMap((record) =>
    decidingChecks(plan, record).flatMap((check) => {
      const watched = watchedBy(plan, check, record);
      if (watched.kind !== "untold" || watched.probed === undefined) return [];
      const name = check.urn.split("::").at(-1);
      return [
        `${setWords(set)}: health check ${name} is taken to probe the endpoint of the ${memberName(record)} ` +
          `record; nothing in the stack shows that ${watched.probed} leads there`,
      ];
    }),
  );
  return [...new Set(lines)];
}

/** The record's own check, of a calculated one the children that are taken to fail with the record. */
function decidingChecks(plan: FailoverPlan, record: RecordSet): HealthCheck[] {
  if (record.healthCheck.kind !== "check") return [];
  const check = withUrn(plan.healthChecks, record.healthCheck.urn);
  if (check?.type !== "CALCULATED") return check ? [check] : [];
  return failingChildren(plan, check, record).flatMap((urn) => withUrn(plan.healthChecks, urn) ?? []);
}
