import type { FailoverRole, RecordSet } from "../../../model/failover-plan";
import type { RecordGroup } from "../../../model/record-groups";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";

export const ALLOWED = "allowed: one PRIMARY and one SECONDARY of the same name, type and zone";

/** A failover record of a set; `wrong` is a role that Route 53 does not have. */
export interface FailoverMember {
  readonly record: RecordSet;
  readonly role: MaybeUnknown<FailoverRole> | "wrong";
}

/** A set in which at least one record has failover routing. */
export interface FailoverSet {
  readonly group: RecordGroup;
  readonly members: readonly FailoverMember[];
}

export function failoverMembers(group: RecordGroup): FailoverMember[] {
  return group.records.flatMap((record) => {
    if (record.routing.kind !== "failover") return [];
    const { role } = record.routing;
    return [{ record, role: isUnknown(role) || role === "PRIMARY" || role === "SECONDARY" ? role : "wrong" }];
  });
}

export function otherRole(role: FailoverRole): FailoverRole {
  return role === "PRIMARY" ? "SECONDARY" : "PRIMARY";
}
