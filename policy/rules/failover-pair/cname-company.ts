import type { RecordGroup } from "../../../model/record-groups";
import { fail, recordTitle } from "../../judgement";
import type { Judgement } from "../../rule";
import type { FailoverSet } from "./side";

const PAIR = 2;

/**
 * A CNAME beside records of another type and its own name, one of which fail over: Route 53 refuses it, as DNS does
 * (RFC 1034, 3.6.2). Halves of two types are judged as such.
 */
export function judgeCnames(groups: readonly RecordGroup[], sets: readonly FailoverSet[]): Judgement[] {
  const failing = new Map(sets.map((set) => [set.group, set]));
  const byName = new Map<string, RecordGroup[]>();
  for (const group of groups) {
    const key = `${group.zone} ${group.name}`;
    const list = byName.get(key);
    if (list) list.push(group);
    else byName.set(key, [group]);
  }
  return [...byName.values()].flatMap((there) => {
    const cname = there.find(({ type }) => type === "CNAME");
    if (cname === undefined || there.length === 1) return [];
    const others = there.filter((group) => group !== cname);
    if (failing.has(cname)) return others.flatMap((other) => refused(other, cname, failing));
    const pair = others.find((other) => failing.has(other));
    return pair === undefined ? [] : refused(cname, pair, failing);
  });
}

function refused(
  group: RecordGroup,
  kept: RecordGroup,
  failing: ReadonlyMap<RecordGroup, FailoverSet>,
): Judgement[] {
  const own = failing.get(group);
  const isHalf = (set: FailoverSet | undefined) => set !== undefined && set.members.length < PAIR;
  if (own !== undefined && (isHalf(own) || isHalf(failing.get(kept)))) return [];
  return group.records.map((record) =>
    fail(
      record.urn,
      "type",
      `${recordTitle(record)} stands beside ${kept.type} records of its name that fail over, and Route 53 refuses a ` +
        `CNAME beside another type; allowed: ${kept.type} records alone; delete it, or give it a name of its own ` +
        "(a record costs nothing while idle)",
    ),
  );
}
