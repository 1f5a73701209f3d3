import type { FailoverPlan, RecordSet } from "./failover-plan";
import { mayBeCalled } from "./relative-name";
import { isUnknown } from "./unknown";

/** Names under it are AWS's own, which no zone of a stack has. */
const AWS_NAME = /\.(amazonaws\.com(\.cn)?|cloudfront\.net|awsglobalaccelerator\.com)$/;

/**
 * The plan with a full name for every record of a zone whose name is not told. What the checks probe and the endpoints
 * answer for tells the zone's name where all of it agrees; else it is one that nobody has (RFC 2606). Such names are
 * for a rehearsal only: to a rule they stay unknown.
 */
export function withTakenNames(plan: FailoverPlan): FailoverPlan {
  if (!plan.recordSets.some(isRelative)) return plan;
  const hostNames = hostNamesOf(plan);
  const zones = new Map<RecordSet["zone"], string>();
  const zoneNameOf = (record: RecordSet): string => {
    const known = zones.get(record.zone);
    if (known !== undefined) return known;
    const beside = plan.recordSets.filter((each) => isRelative(each) && each.zone === record.zone);
    const made = agreedZone(beside, hostNames) ?? inventedZone(record, zones.size + 1);
    zones.set(record.zone, made);
    return made;
  };
  const recordSets = plan.recordSets.map((record) => {
    const { relativeName } = record;
    if (!isRelative(record) || relativeName === undefined) return record;
    const zone = zoneNameOf(record);
    return { ...record, name: relativeName === "" ? zone : `${relativeName}.${zone}` };
  });
  return { ...plan, recordSets };
}

function isRelative({ name, relativeName }: RecordSet): boolean {
  return isUnknown(name) && relativeName !== undefined;
}

function hostNamesOf({ recordSets, healthChecks, endpoints }: FailoverPlan): string[] {
  const names = [
    ...healthChecks.map(({ fqdn }) => fqdn),
    ...endpoints.flatMap(({ hostNames }) => hostNames),
    ...recordSets.map(({ name }) => name),
  ];
  return [...new Set(names)].filter(
    (name): name is string => typeof name === "string" && !AWS_NAME.test(name),
  );
}

/** What is left of the host names that go on where the records' names end; undefined where they disagree. */
function agreedZone(records: readonly RecordSet[], hostNames: readonly string[]): string | undefined {
  const rests = records.flatMap((record) => {
    const { relativeName = "" } = record;
    const longer = relativeName === "" ? [] : hostNames.filter((each) => mayBeCalled(record, each));
    return longer.map((each) => each.slice(relativeName.length + 1));
  });
  const [first, ...others] = new Set(rests);
  return others.length > 0 ? undefined : first;
}

/** @param number tells zones apart that are not known themselves. */
function inventedZone({ zone }: RecordSet, number: number): string {
  const words = isUnknown(zone) ? `zone-${number}` : (zone.split("::").at(-1) ?? zone);
  return `${words.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}.invalid`;
}
