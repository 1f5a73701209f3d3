import type { RecordSet } from "../../../model/failover-plan";
import type { RecordGroup } from "../../../model/record-groups";
import { parseUrn } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { ALLOWED, type FailoverMember } from "./side";

/** What is wrong with the records of a set whatever its halves: roles, company and set identifiers. */
export function judgeMembers(
  group: RecordGroup,
  members: readonly FailoverMember[],
  phase: Phase,
): Judgement[] {
  return [...judgeRoles(members, phase), ...judgeMixed(group), ...judgeIdentifiers(group, phase)];
}

function judgeRoles(members: readonly FailoverMember[], phase: Phase): Judgement[] {
  const path = "failoverRoutingPolicies[0].type";
  const first = new Map<string, RecordSet>();
  return members.flatMap(({ record, role }): Judgement[] => {
    const { urn } = record;
    if (isUnknown(role)) return [unknown(urn, path, recordTitle(record), phase)];
    if (role === "wrong") {
      const got = record.routing.kind === "failover" ? String(record.routing.role) : "";
      const what = `${kindOf(record)} has the failover type "${got}"`;
      return [fail(urn, path, `${what}; allowed: PRIMARY or SECONDARY; set it to one of the two`)];
    }
    const before = first.get(role);
    if (before === undefined) {
      first.set(role, record);
      return [];
    }
    const what = `${recordTitle(record)} is there twice, as "${nameOf(record)}" and as "${nameOf(before)}"`;
    return [fail(urn, path, `${what}; ${ALLOWED}; make one of them the other half, or delete it`)];
  });
}

/** Route 53 keeps failover records and others of one name and type apart (API reference, Failover). */
function judgeMixed({ records }: RecordGroup): Judgement[] {
  return records.flatMap((record) => {
    const { routing, urn } = record;
    if (routing.kind === "failover") return [];
    const routed = routing.kind === "other" ? routing.policy : routing.kind;
    return [
      fail(
        urn,
        "failoverRoutingPolicies",
        `${kindOf(record)} has ${routed} routing beside failover records of its name and type, which Route 53 ` +
          `refuses; ${ALLOWED}, and no other; give it a name of its own and lead a failover alias there, or delete it`,
      ),
    ];
  });
}

function judgeIdentifiers({ records }: RecordGroup, phase: Phase): Judgement[] {
  const path = "setIdentifier";
  const taken = new Set(records.map(({ setIdentifier }) => setIdentifier));
  const first = new Map<string, RecordSet>();
  return records.flatMap((record): Judgement[] => {
    const { urn, setIdentifier: own } = record;
    const title = recordTitle(record);
    if (isUnknown(own)) return [unknown(urn, path, title, phase)];
    if (own === undefined || own === "") {
      // A record of another routing is already refused for that.
      if (record.routing.kind !== "failover") return [];
      const what = `${title} has no setIdentifier, by which Route 53 tells the records of a set apart`;
      return [
        fail(urn, path, `${what}; allowed: a text of its own; set it to "${suggested(record, taken)}"`),
      ];
    }
    const before = first.get(own);
    if (before === undefined) {
      first.set(own, record);
      return [];
    }
    return [
      fail(
        urn,
        path,
        `${title} has the setIdentifier "${own}" of ${recordTitle(before)}; allowed: a text of its own; ` +
          `set it to "${suggested(record, taken)}" (free; replaces the record)`,
      ),
    ];
  });
}

/** The role in lower case, unless the set has that identifier already. */
function suggested(record: RecordSet, taken: ReadonlySet<RecordSet["setIdentifier"]>): string {
  const { routing } = record;
  const role = routing.kind === "failover" && !isUnknown(routing.role) ? routing.role : nameOf(record);
  const plain = role.toLowerCase();
  return taken.has(plain) ? `${plain}-${nameOf(record)}` : plain;
}

function kindOf({ type, name }: RecordSet): string {
  return `${String(type)} record of ${String(name)}`;
}

function nameOf({ urn }: RecordSet): string {
  return parseUrn(urn).name;
}
