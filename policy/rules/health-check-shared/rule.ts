import { CheckTrees } from "../../../model/check-tree";
import { recordGroups } from "../../../model/record-groups";
import { notApplicable, recordTitle, stackUrn, unknown } from "../../judgement";
import type { Rule } from "../../rule";
import { judgeAttachments } from "./attachment";
import { FollowedChecks } from "./followed-checks";
import { judgeMembers } from "./members";
import { note } from "./note";
import { judgeSides } from "./sides";

export interface HealthCheckSharedSettings {
  /** Pulumi names, or ids, of checks that may be shared. */
  readonly sharedOnPurpose: readonly string[];
}

export const healthCheckShared: Rule<HealthCheckSharedSettings> = {
  id: "health-check-shared",
  title: "The sides of a failover, and different targets of a set, each have a health check of their own",
  level: "mandatory",
  settings: {
    sharedOnPurpose: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^.+$" },
      description:
        "Pulumi names of health checks (or ids, where another stack has them) that may stand on several sides.",
    },
  },
  note,
  judge: (stack, { sharedOnPurpose }) => {
    const { joins } = stack;
    const followed = new FollowedChecks(new CheckTrees(stack.plan, joins), new Set(sharedOnPurpose));
    const { groups, loose } = recordGroups(stack.plan);
    const unplaced = loose.filter(
      ({ record }) => record.routing.kind !== "simple" && record.healthCheck.kind !== "none",
    );
    const judged = [
      ...judgeSides(groups, followed, stack.phase),
      ...judgeMembers(groups, followed, joins, stack.phase),
      ...unplaced.map(({ record, path }) => unknown(record.urn, path, recordTitle(record), stack.phase)),
      ...judgeAttachments(stack, joins),
    ];
    if (judged.length > 0) return judged;
    const why = "the stack has no set of records with a health check";
    return [notApplicable(stackUrn(stack.resources), why)];
  },
};
