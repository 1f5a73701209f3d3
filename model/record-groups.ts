import type { FailoverPlan, RecordSet } from "./failover-plan";
import { at, isPresent } from "./property";
import { nameKey, toldName } from "./relative-name";
import type { StackJoins } from "./stack-joins";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "./unknown";

const ZONE = "aws:route53/zone:Zone";

/** The records of one zone, name and type, which Route 53 answers as one set. */
export interface RecordGroup {
  /** The zone's URN where it is one of the stack's, its id where it is not: public and private zones differ. */
  readonly zone: string;
  /** As far as it is told: where the zone's name is not, what the records are called below it. */
  readonly name: string;
  readonly type: string;
  readonly records: readonly RecordSet[];
}

/** A record that belongs to some set, and nothing tells yet to which. */
export interface LooseRecord {
  readonly record: RecordSet;
  /** The first property that is not known. */
  readonly path: "zoneId" | "name" | "type";
  readonly zone: MaybeUnknown<string>;
}

export interface RecordGroups {
  readonly groups: readonly RecordGroup[];
  readonly loose: readonly LooseRecord[];
}

/** Sorts the plan's records into sets, in the order in which the first of each appears. */
export function recordGroups(plan: FailoverPlan): RecordGroups {
  const groups = new Map<string, RecordGroup & { records: RecordSet[] }>();
  const loose: LooseRecord[] = [];
  for (const record of plan.recordSets) {
    const { zone, type } = record;
    const name = toldName(record);
    const ownKey = nameKey(record);
    if (isUnknown(zone)) loose.push({ record, path: "zoneId", zone });
    else if (isUnknown(name) || isUnknown(ownKey)) loose.push({ record, path: "name", zone });
    else if (isUnknown(type)) loose.push({ record, path: "type", zone });
    else {
      const key = `${zone} ${ownKey} ${type}`;
      const group = groups.get(key);
      if (group) group.records.push(record);
      else groups.set(key, { zone, name, type, records: [record] });
    }
  }
  return { groups: [...groups.values()], loose };
}

/** URN of the record's zone where the stack has it, else the zone's id; joined by dependency before it exists. */
export function zoneOfRecord(
  { urn, zoneId }: Pick<RecordSet, "urn" | "zoneId">,
  joins: StackJoins,
): MaybeUnknown<string> {
  const resource = joins.byUrn.get(urn);
  if (!resource) return zoneId;
  // AWS's own answers carry a prefix that the provider accepts as well.
  const id = isUnknown(zoneId) ? zoneId : zoneId.replace(/^\/?hostedzone\//, "");
  const { found, outside } = joins.references(resource, "zoneId", ZONE, id);
  const all = [...found.map((zone) => zone.urn), ...outside];
  return all.length === 1 ? (all[0] ?? UNKNOWN) : UNKNOWN;
}

/**
 * Whether a zone answers inside VPCs only, where Route 53's health checkers never ask. A zone of another stack
 * is taken for public.
 */
export function isPrivateZone(zone: MaybeUnknown<string>, joins: StackJoins): boolean {
  const vpcs = isUnknown(zone) ? undefined : at(joins.byUrn.get(zone)?.properties, "vpcs");
  return Array.isArray(vpcs) ? vpcs.length > 0 : isPresent(vpcs) && !isUnknown(vpcs);
}
