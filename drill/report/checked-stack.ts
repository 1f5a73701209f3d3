import { parseUrn } from "../../model/stack-resource";
import type { Finding, PolicyReport } from "../../policy/evaluate";

/** What `warm-standby check` found, as the formats for other tools need it. */
export interface CheckedStack {
  readonly system: string;
  readonly stack: string;
  /** The file that was judged: a path relative to the repository with `/`, or a whole URI. */
  readonly artifact: string;
  readonly policy: PolicyReport;
  /** What the source does not tell of the stack, one line each. */
  readonly notes: readonly string[];
}

export type Severity = "error" | "warning" | "note";

/** What is objected to, refusals first; unknown is never a pass. */
export function objections({ findings }: PolicyReport): readonly Finding[] {
  const objected = findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  const weight = { error: 0, warning: 1, note: 2 };
  return objected.toSorted((a, b) => weight[severityOf(a)] - weight[severityOf(b)]);
}

/** What refuses is an error, advice a warning, and what the update will judge again a note. */
export function severityOf({ level, verdict }: Finding): Severity {
  if (level === "mandatory") return "error";
  return verdict === "unknown" ? "note" : "warning";
}

/** `failover-ttl (failover-primary)`, or the rule alone where it judges the stack as a whole. */
export function titleOf({ rule, urn }: Finding): string {
  const { name } = parseUrn(urn);
  return name === "" ? rule : `${rule} (${name})`;
}
