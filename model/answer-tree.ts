import { normalizeDnsName } from "./dns-name";
import { type FailoverPlan, type RecordSet, recordsBeside } from "./failover-plan";
import { answerOnce, type ListAnswers } from "./list-answers";
import { isUnknown } from "./unknown";

/** Indexes of lists that never change, each made when it is first asked. */
const indexes = new WeakMap<readonly RecordSet[], ReadonlyMap<string, readonly RecordSet[]>>();

/** Deeper trees of records, and longer chains of names, than this are taken for a loop. */
export const TREE_DEPTH_MAX = 8;

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
  if (record.endpoint !== undefined) return false;
  return isSetAmong(plan, recordsBehind(plan, record, type), type, TREE_DEPTH_MAX);
}

const setsAmong: ListAnswers<boolean> = new WeakMap();

function isSetAmong(
  plan: Pick<FailoverPlan, "recordSets">,
  records: readonly RecordSet[],
  type: string | undefined,
  depthLeft: number,
): boolean {
  if (records.length === 0) return false;
  return answerOnce(setsAmong, records, `${depthLeft} ${type ?? ""}`, () => {
    return records.some(
      (next) =>
        next.routing.kind !== "simple" ||
        (next.endpoint === undefined &&
          depthLeft > 0 &&
          isSetAmong(plan, recordsBehind(plan, next, type), type, depthLeft - 1)),
    );
  });
}

/**
 * Whether an alias takes over the health of a simple record with a check: it evaluates its target, and so does every
 * alias between them (developer guide, dns-failover-complex-configs). A CNAME evaluates nothing. One that may is
 * taken to.
 */
export function evaluatesCheck(plan: Pick<FailoverPlan, "recordSets">, record: RecordSet): boolean {
  return mayEvaluate(record) && isCheckAmong(plan, recordsBehind(plan, record), TREE_DEPTH_MAX);
}

function mayEvaluate({ target }: RecordSet): boolean {
  return target.kind === "alias" && target.evaluateTargetHealth !== false;
}

const checksAmong: ListAnswers<boolean> = new WeakMap();

function isCheckAmong(
  plan: Pick<FailoverPlan, "recordSets">,
  records: readonly RecordSet[],
  depthLeft: number,
): boolean {
  if (records.length === 0) return false;
  return answerOnce(checksAmong, records, `${depthLeft}`, () =>
    records.some(
      (next) =>
        next.routing.kind === "simple" &&
        (next.healthCheck.kind !== "none" ||
          (depthLeft > 0 &&
            mayEvaluate(next) &&
            isCheckAmong(plan, recordsBehind(plan, next), depthLeft - 1))),
    ),
  );
}

/**
 * The record, and the simple ones whose health it takes over with all their checks; a set behind them is judged by
 * itself.
 */
export function recordsAsked(plan: Pick<FailoverPlan, "recordSets">, record: RecordSet): RecordSet[] {
  const asked = [record];
  // The list grows while it is walked, and a record enters it once.
  for (const each of asked) {
    if (!evaluatesCheck(plan, each)) continue;
    const simple = recordsBehind(plan, each).filter(({ routing }) => routing.kind === "simple");
    for (const next of simple) if (!asked.includes(next)) asked.push(next);
  }
  return asked;
}

/** Whether what answers for a record, and decides about it, stands behind it: a set, or a record whose check counts. */
export function leadsOn(plan: Pick<FailoverPlan, "recordSets">, record: RecordSet, type?: string): boolean {
  return leadsToSet(plan, record, type) || evaluatesCheck(plan, record);
}

/** The records behind one at this depth of a tree, where what answers for it stands there; else none. */
export function recordsLedTo(
  plan: Pick<FailoverPlan, "recordSets">,
  record: RecordSet,
  depth: number,
  type?: string,
): readonly RecordSet[] {
  return depth > TREE_DEPTH_MAX || !leadsOn(plan, record, type) ? [] : recordsBehind(plan, record, type);
}

const leavesAmong: ListAnswers<readonly RecordSet[]> = new WeakMap();

/**
 * The records at the ends of a record's tree: itself, unless it leads to records of the plan among which Route 53
 * chooses, or to one whose health it takes over. `which` says whether to count only those that answer while all are
 * healthy. Records that lead to one list get one and the same array.
 */
export function leavesOf(
  plan: Pick<FailoverPlan, "recordSets">,
  record: RecordSet,
  which: "all" | "resting",
  type?: string,
): readonly RecordSet[] {
  return leavesBehind(plan, record, which, type, TREE_DEPTH_MAX);
}

function leavesBehind(
  plan: Pick<FailoverPlan, "recordSets">,
  record: RecordSet,
  which: "all" | "resting",
  type: string | undefined,
  depthLeft: number,
): readonly RecordSet[] {
  if (!leadsOn(plan, record, type)) return [record];
  if (depthLeft === 0) return [];
  const behind = recordsBehind(plan, record, type);
  return answerOnce(leavesAmong, behind, `${depthLeft} ${which} ${type ?? ""}`, () => {
    const members = which === "all" ? behind : restingMembers(behind);
    const parts = new Set(members.map((next) => leavesBehind(plan, next, which, type, depthLeft - 1)));
    const [only] = parts;
    return parts.size === 1 && only ? only : [...new Set([...parts].flat())];
  });
}
