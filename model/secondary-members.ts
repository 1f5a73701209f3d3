import type { FailoverPlan, FailoverRole } from "./failover-plan";

/** The resources that the records of a failover lead to, by URN: endpoints, what they consist of, their functions. */
export interface RecordMembers {
  readonly primary: ReadonlySet<string>;
  /** Only the SECONDARY's: what serves both names stands on neither side by its records. */
  readonly secondary: ReadonlySet<string>;
}

export function recordMembers(plan: FailoverPlan): RecordMembers {
  const endpoints = new Map(plan.endpoints.map((endpoint) => [endpoint.urn, endpoint]));
  const behind = (role: FailoverRole) =>
    plan.recordSets.flatMap(({ routing, endpoint }) => {
      const found = endpoints.get(endpoint ?? "");
      return found && routing.kind === "failover" && routing.role === role
        ? [...found.sources, ...found.functions]
        : [];
    });
  const primary = new Set(behind("PRIMARY"));
  return { primary, secondary: new Set(behind("SECONDARY").filter((urn) => !primary.has(urn))) };
}
