import { asWritten } from "../../../model/as-written";
import type { RecordSet } from "../../../model/failover-plan";
import { isPresent, listAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { fail, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";

/** What a record can have beside failover routing; the provider and Route 53 take one of all these. */
const OTHER_POLICIES = [
  "cidrRoutingPolicy",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "latencyRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
  "weightedRoutingPolicies",
] as const;

/** A failover record that has a second routing policy. */
export function judgePolicies(record: RecordSet, joins: StackJoins, phase: Phase): Judgement[] {
  const resource = joins.byUrn.get(record.urn);
  if (resource === undefined) return [];
  const { properties } = asWritten(resource);
  const title = recordTitle(record);
  return OTHER_POLICIES.flatMap((policy): Judgement[] => {
    const given = isGiven(properties[policy]);
    if (isUnknown(given)) return [unknown(record.urn, policy, title, phase)];
    if (!given) return [];
    return [
      fail(
        record.urn,
        policy,
        `${title} has ${policy} as well as failoverRoutingPolicies, and Route 53 refuses a record with two; allowed: ` +
          `failoverRoutingPolicies alone; remove ${policy}, or lead a record of that routing to this name by an alias ` +
          `(a record costs nothing while idle)`,
      ),
    ];
  });
}

/** An empty list and `false` are no policy. */
function isGiven(value: PropertyValue): MaybeUnknown<boolean> {
  if (isUnknown(value)) return UNKNOWN;
  if (value === false || value === "false") return false;
  const list = listAt(value);
  return Array.isArray(list) ? list.length > 0 : isPresent(value);
}
