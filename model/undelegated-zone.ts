import { type AnswerSet, setWords } from "./answer-sets";
import { isInZone, normalizeDnsName } from "./dns-name";
import type { FailoverPlan, HostedZone } from "./failover-plan";
import { isUnknown } from "./unknown";

interface NamedZone {
  readonly urn: string;
  readonly name: string;
}

/**
 * One line where a set's zone lies below another of the stack that has no NS record for it: to resolvers the zone above
 * answers for its names then (developer guide, "Routing traffic for subdomains"). What is not known yet may be that
 * record.
 */
export function undelegatedZone(plan: FailoverPlan, set: AnswerSet): string[] {
  const zones = plan.zones.flatMap(named);
  const own = zones.find(({ urn }) => urn === set.primary.zone);
  if (!own) return [];
  const above = zones
    .filter(({ name }) => name !== own.name && isInZone(own.name, name))
    .sort((a, b) => b.name.length - a.name.length)
    .at(0);
  if (!above || plan.recordSets.some((record) => mayDelegate(record, own, above))) return [];
  return [
    `${setWords(set)}: the stack has no NS record that delegates ${own.name} from ${above.name}; resolvers reach the ` +
      "zone only where that record exists elsewhere",
  ];
}

/** An NS record of the zone above, of the zone's name or of one between the two. */
function mayDelegate(
  { name, type, zone }: FailoverPlan["recordSets"][number],
  own: NamedZone,
  above: NamedZone,
): boolean {
  if ((!isUnknown(type) && type !== "NS") || (!isUnknown(zone) && zone !== above.urn)) return false;
  return isUnknown(name) || (name !== above.name && isInZone(own.name, name));
}

function named({ urn, name, isPrivate }: HostedZone): NamedZone[] {
  return isUnknown(name) || isPrivate ? [] : [{ urn, name: normalizeDnsName(name) }];
}
