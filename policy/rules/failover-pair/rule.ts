import type { RecordSet } from "../../../model/failover-plan";
import { type RecordGroup, recordGroups } from "../../../model/record-groups";
import { advise, notApplicable, pass, recordTitle, stackUrn, unknown } from "../../judgement";
import type { JudgedStack, Judgement, Rule } from "../../rule";
import { judgeCnames } from "./cname-company";
import { judgeHalves } from "./half";
import { judgeMembers } from "./member";
import { note } from "./note";
import { judgePolicies } from "./policies";
import { type FailoverMember, failoverMembers } from "./side";
import { judgeTargets } from "./target";
import { judgeUnread } from "./unread-records";

export interface FailoverPairSettings {
  /** Names whose other half is in another stack. */
  readonly halvesElsewhere: readonly string[];
}

export const failoverPair: Rule<FailoverPairSettings> = {
  id: "failover-pair",
  title: "Every failover record is one half of a whole pair: one PRIMARY, one SECONDARY, one name and type",
  level: "mandatory",
  settings: {
    halvesElsewhere: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^[A-Za-z0-9*_-]+(\\.[A-Za-z0-9_-]+)*\\.?$" },
      description: "Full record names of which this stack holds one half and another stack the other.",
    },
  },
  note,
  judge: (stack, settings) => {
    const { groups, loose } = recordGroups(stack.plan);
    const members = groups.map((group) => ({ group, members: failoverMembers(group) }));
    const sets = members.filter((set) => set.members.length > 0);
    const looseFailover = loose.filter(({ record }) => record.routing.kind === "failover");
    const unread = judgeUnread(stack.resources, stack.phase);
    if (sets.length === 0 && looseFailover.length === 0 && unread.length === 0) {
      return [notApplicable(stackUrn(stack.resources), "the stack has no failover record")];
    }
    const halves = judgeHalves({
      sets,
      loose: looseFailover,
      elsewhere: settings.halvesElsewhere,
      phase: stack.phase,
    });
    return [
      ...sets.flatMap((set) => judgeSet(set.group, set.members, stack, halves)),
      ...looseFailover.flatMap(({ record, path }) => [
        unknown(record.urn, path, recordTitle(record), stack.phase),
        ...judgePolicies(record, stack.joins, stack.phase),
      ]),
      ...judgeCnames(groups, sets),
      ...unfollowed(groups, sets),
      ...unread,
    ];
  },
};

/** One judgement on a whole pair, or every finding about its records. */
function judgeSet(
  group: RecordGroup,
  members: readonly FailoverMember[],
  { joins, phase, plan }: JudgedStack,
  halves: ReadonlyMap<string, Judgement>,
): Judgement[] {
  const policies = members.flatMap(({ record }) => judgePolicies(record, joins, phase));
  const half = members.flatMap(({ record }) => halves.get(record.urn) ?? []);
  const findings = [
    ...judgeMembers(group, members, phase),
    ...half,
    ...policies,
    ...judgeTargets(members, plan),
  ];
  const primary = members.find(({ role }) => role === "PRIMARY") ?? members[0];
  if (findings.length > 0 || primary === undefined) return findings;
  const { name, type } = group;
  return [
    pass(
      primary.record.urn,
      "failoverRoutingPolicies[0].type",
      `the ${type} records of ${name} are one PRIMARY and one SECONDARY`,
    ),
  ];
}

const ADDRESS_TYPES: readonly string[] = ["A", "AAAA"];

/** Address records beside a failover pair of the other address family: their clients never fail over. */
function unfollowed(
  groups: readonly RecordGroup[],
  sets: readonly { readonly group: RecordGroup }[],
): Judgement[] {
  const address = ({ type }: RecordGroup): boolean => ADDRESS_TYPES.includes(type);
  const failing = new Map(
    sets.filter(({ group }) => address(group)).map(({ group }) => [`${group.zone} ${group.name}`, group]),
  );
  const own = new Set(sets.map(({ group }) => group));
  return groups.filter(address).flatMap((group) => {
    const beside = failing.get(`${group.zone} ${group.name}`);
    const [record] = group.records;
    if (own.has(group) || beside === undefined || record === undefined) return [];
    return [unfollowedAdvice(record, beside)];
  });
}

function unfollowedAdvice(record: RecordSet, beside: RecordGroup): Judgement {
  return advise(
    record.urn,
    "failoverRoutingPolicies",
    `${recordTitle(record)} has no failover routing beside the ${beside.type} records that have, so its clients stay ` +
      `with one side; allowed: one PRIMARY and one SECONDARY of both types; give it the routing of the ` +
      `${beside.type} records, or delete it (a record costs nothing while idle)`,
  );
}
