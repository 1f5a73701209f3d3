import { normalizeDnsName } from "./dns-name";
import { type FailoverPlan, type RecordSet, recordsBeside } from "./failover-plan";
import { isUnknown } from "./unknown";

/** Indexes of lists that never change, each made when it is first asked. */
const indexes = new WeakMap<readonly RecordSet[], ReadonlyMap<string, readonly RecordSet[]>>();

/** Longer chains of names than this are taken for a loop. */
const DEPTH_MAX = 8;

/** The record sets of one name and type, in every zone. */
export function recordsNamed(
  { recordSets }: Pick<FailoverPlan, "recordSets">,
  name: string,
  type: string,
): readonly RecordSet[] {
  let index = indexes.get(recordSets);
  if (!index) {
    const made = new Map<string, RecordSet[]>();
    for (const record of recordSets) {
      if (isUnknown(record.name) || isUnknown(record.type)) continue;
      const key = `${record.name} ${record.type}`;
      const list = made.get(key);
      if (list) list.push(record);
      else made.set(key, [record]);
    }
    index = made;
    indexes.set(recordSets, index);
  }
  return index.get(`${name} ${type}`) ?? [];
}

/**
 * The record sets of the plan that a record leads to: those of an alias target, or of a CNAME's value; none where it
 * leads outside. `addressType` is what is asked for behind a CNAME.
 */
export function recordsBehind(
  plan: Pick<FailoverPlan, "recordSets">,
  from: RecordSet,
  addressType = "A",
): readonly RecordSet[] {
  const { type, target } = from;
  if (target.kind === "alias") {
    if (isUnknown(target.dnsName) || isUnknown(type)) return [];
    return recordsBeside(recordsNamed(plan, normalizeDnsName(target.dnsName), type), from);
  }
  const [value] = type !== "CNAME" || isUnknown(target.values) ? [] : target.values;
  if (value === undefined) return [];
  const name = normalizeDnsName(value);
  const ofType = recordsBeside(recordsNamed(plan, name, addressType), from);
  return ofType.length > 0 ? ofType : recordsBeside(recordsNamed(plan, name, "CNAME"), from);
}

/** Those of a set that are answered with while all are healthy: PRIMARY, the weights above 0, else all. */
export function restingMembers(members: readonly RecordSet[]): readonly RecordSet[] {
  const resting = members.filter(({ routing }) => {
    if (routing.kind === "failover") return routing.role === "PRIMARY";
    return routing.kind !== "weighted" || routing.weight !== 0;
  });
  return resting.length > 0 ? resting : members;
}

/** Whether a record leads, through however many names, to records among which Route 53 chooses. */
export function leadsToSet(
  plan: Pick<FailoverPlan, "recordSets">,
  record: RecordSet,
  type?: string,
): boolean {
  return isSetBehind(plan, record, type, 0);
}

function isSetBehind(
  plan: Pick<FailoverPlan, "recordSets">,
  record: RecordSet,
  type: string | undefined,
  depth: number,
): boolean {
  if (record.endpoint !== undefined || depth > DEPTH_MAX) return false;
  return recordsBehind(plan, record, type).some(
    (next) => next.routing.kind !== "simple" || isSetBehind(plan, next, type, depth + 1),
  );
}

/**
 * The records at the ends of a record's tree: itself, unless it leads to records of the plan among which Route 53
 * chooses. `which` says whether to count only those that answer while all are healthy.
 */
export function leavesOf(
  plan: Pick<FailoverPlan, "recordSets">,
  record: RecordSet,
  which: "all" | "resting",
  type?: string,
): RecordSet[] {
  const leaves = new Set<RecordSet>();
  const visit = (each: RecordSet, depth: number): void => {
    if (depth > DEPTH_MAX) return;
    if (!leadsToSet(plan, each, type)) {
      leaves.add(each);
      return;
    }
    const next = recordsBehind(plan, each, type);
    for (const member of which === "all" ? next : restingMembers(next)) visit(member, depth + 1);
  };
  visit(record, 0);
  return [...leaves];
}
