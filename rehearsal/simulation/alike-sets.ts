import { type AnswerSet, answerSets, setMembers, withLost } from "../../model/answer-sets";
import type { FailoverPlan, RecordSet } from "../../model/failover-plan";

/**
 * The sets in groups whose play is the same to the byte: an A and an AAAA record beside each other that are aliases
 * to the same endpoints with the same routing and the same checks. Nothing else in a play depends on the type. The
 * groups, and the sets in each, keep their order.
 */
export function groupAlike<T extends { readonly set: AnswerSet }>(
  plan: FailoverPlan,
  sets: readonly T[],
): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  for (const each of sets) {
    const group = groups.find(([first]) => isAlike(plan, first.set, each.set));
    if (group) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

const OTHER_FAMILY: Readonly<Record<string, string>> = { A: "AAAA", AAAA: "A" };

/**
 * The set that answers the same name for the other address family and plays the same, with the same member lost;
 * undefined where the name has one family, its sets differ, or a CNAME answers both families with one record.
 */
export function twinSet(plan: FailoverPlan, set: AnswerSet): AnswerSet | undefined {
  return answerSets(plan)
    .filter(({ name, type }) => name === set.name && type === OTHER_FAMILY[set.type])
    .flatMap((other) => setMembers(other).map((lost) => withLost(other, (member) => member === lost)))
    .find((other) => other !== undefined && isAlike(plan, set, other));
}

function isAlike(plan: FailoverPlan, one: AnswerSet, other: AnswerSet): boolean {
  if (one.name !== other.name || one.routing !== other.routing) return false;
  const members = setMembers(one);
  const others = setMembers(other);
  return (
    members.length === others.length &&
    members.every((member, index) => {
      const twin = others[index];
      return twin !== undefined && isTwin(plan, member, twin);
    })
  );
}

function isTwin(plan: FailoverPlan, one: RecordSet, other: RecordSet): boolean {
  return (
    leadsOut(plan, one) &&
    leadsOut(plan, other) &&
    JSON.stringify(facts(one)) === JSON.stringify(facts(other))
  );
}

/** An alias straight to an endpoint of the plan; records of the zone behind it could differ by type. */
function leadsOut({ recordSets }: FailoverPlan, { target, endpoint }: RecordSet): boolean {
  return (
    target.kind === "alias" &&
    endpoint !== undefined &&
    !recordSets.some(({ name }) => name === target.dnsName)
  );
}

function facts({ zoneId, routing, healthCheck, target, endpoint }: RecordSet): unknown {
  return [zoneId, routing, healthCheck, target, endpoint];
}
