import { normalizeDnsName } from "../../../model/dns-name";
import type { RecordSet } from "../../../model/failover-plan";
import type { RecordGroup } from "../../../model/record-groups";
import type { StackJoins } from "../../../model/stack-joins";
import { parseUrn } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "../../../model/unknown";
import { fail, pass, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { type FollowedCheck, type FollowedChecks, followsText, unknownChecks } from "./followed-checks";
import { ownCheckPrice } from "./sides";

/** The members of weighted, multivalue and other sets: different targets, different checks. */
export function judgeMembers(
  groups: readonly RecordGroup[],
  followed: FollowedChecks,
  joins: StackJoins,
  phase: Phase,
): Judgement[] {
  return groups.flatMap((group) => {
    const members = group.records.filter(
      ({ routing, healthCheck }) =>
        routing.kind !== "simple" && routing.kind !== "failover" && healthCheck.kind !== "none",
    );
    const [first] = members;
    if (first === undefined || members.length < 2) return [];
    const findings = judgeSet(members, followed, joins, phase);
    if (findings.length > 0) return findings;
    const what = `the ${group.type} records of ${group.name} have a health check for each target`;
    return [pass(first.urn, "healthCheckId", what)];
  });
}

interface User {
  readonly record: RecordSet;
  readonly target: MaybeUnknown<string>;
}

function judgeSet(
  members: readonly RecordSet[],
  followed: FollowedChecks,
  joins: StackJoins,
  phase: Phase,
): Judgement[] {
  const users = new Map<string, User>();
  return members.flatMap((record): Judgement[] => {
    const target = targetKey(record, joins);
    const own = followed.of(record);
    let finding: Judgement | undefined;
    for (const check of own.checks) {
      const before = users.get(check.key);
      if (before === undefined) users.set(check.key, { record, target });
      else if (isUnknown(before.target) || isUnknown(target)) {
        const nameless = isUnknown(target) ? record : before.record;
        finding ??= unknown(nameless.urn, targetPath(nameless), recordTitle(nameless), phase);
      } else if (before.target !== target) {
        // A refusal says more than a doubt about another check of the same record.
        if (finding?.verdict !== "fail") finding = refuse(record, check, before.record);
      }
    }
    return [...(finding ? [finding] : []), ...unknownChecks(record, own, phase)];
  });
}

/** What the record answers with, for telling targets apart; before names are known, what they are computed from. */
function targetKey(record: RecordSet, joins: StackJoins): MaybeUnknown<string> {
  const { target, endpoint } = record;
  if (endpoint !== undefined) return endpoint;
  if (target.kind === "alias" && !isUnknown(target.dnsName)) return target.dnsName;
  if (target.kind === "values" && !isUnknown(target.values)) {
    return target.values.map(normalizeDnsName).sort().join(" ");
  }
  const sources = joins.byUrn.get(record.urn)?.propertyDependencies[
    target.kind === "alias" ? "aliases" : "records"
  ];
  return sources === undefined || sources.length === 0 ? UNKNOWN : [...sources].sort().join(" ");
}

function targetPath({ target }: RecordSet): string {
  return target.kind === "alias" ? "aliases[0].name" : "records";
}

function refuse(record: RecordSet, check: FollowedCheck, before: RecordSet): Judgement {
  return fail(
    record.urn,
    "healthCheckId",
    `${recordTitle(record)} ("${parseUrn(record.urn).name}") ${followsText(check)}, as "${parseUrn(before.urn).name}" ` +
      "does for another target, so the two leave the answers together; allowed: one check for each target; give it " +
      `a check of its own host name ${ownCheckPrice()}`,
  );
}
