import { leavesOf } from "./answer-tree";
import type { FailoverPlan, FailoverRole, RecordSet } from "./failover-plan";
import { withUrn } from "./urn-index";

/** The resources that the records of a failover lead to, by URN: endpoints, what they consist of, their functions and members. */
export interface RecordMembers {
  readonly primary: ReadonlySet<string>;
  /** Only the SECONDARY's: what serves both names stands on neither side by its records. */
  readonly secondary: ReadonlySet<string>;
  /** Only the PRIMARY's. */
  readonly primaryOnly: ReadonlySet<string>;
}

export function recordMembers(plan: FailoverPlan): RecordMembers {
  const primary = membersBehind(plan, "PRIMARY");
  const secondary = membersBehind(plan, "SECONDARY");
  return {
    primary,
    secondary: new Set([...secondary].filter((urn) => !primary.has(urn))),
    primaryOnly: new Set([...primary].filter((urn) => !secondary.has(urn))),
  };
}

/** Each list of records, and each endpoint, is looked at once, however many names lead there. */
function membersBehind(plan: FailoverPlan, role: FailoverRole): ReadonlySet<string> {
  const named = plan.recordSets.filter(({ routing }) => routing.kind === "failover" && routing.role === role);
  const lists = new Set<readonly RecordSet[]>(named.map((record) => leavesOf(plan, record, "all")));
  const endpoints = new Set([...lists].flatMap((leaves) => leaves.map(({ endpoint }) => endpoint)));
  return new Set(
    [...endpoints].flatMap((urn) => {
      const found = withUrn(plan.endpoints, urn);
      return found ? [...found.sources, ...found.functions, ...(found.members ?? [])] : [];
    }),
  );
}
