import { memberName } from "./answer-sets";
import { recordsLedTo, restingMembers } from "./answer-tree";
import { continentOf } from "./continent";
import type { FailoverPlan, GeoLocation, RecordSet } from "./failover-plan";
import { answerOnce, type ListAnswers } from "./list-answers";
import type { NotKnown, Unbounded } from "./seconds";
import { keepsServing } from "./spare-members";
import { isUnknown } from "./unknown";

/** Property of a record that says where its visitors are. */
const PATH = "geolocationRoutingPolicies";
const ADD_DEFAULT = "add a default record to the set (free: a record costs nothing)";
const PAIR_BEHIND_DEFAULT =
  "make the default record an alias to a failover pair, with evaluateTargetHealth (free: the records cost nothing)";

export type WiderMembers =
  | { readonly kind: "members"; readonly members: readonly RecordSet[] }
  | Unbounded
  | NotKnown;

/**
 * Who answers the visitors of a geolocation record once it is unhealthy: "the next larger location", and in the end
 * the default; where none of them is left, the unhealthy record is answered all the same (API reference,
 * ResourceRecordSet HealthCheckId, geolocation; developer guide, health-checks-how-route-53-chooses-records).
 * @param members of its set, itself among them or not; all of them for a record of another routing.
 */
export function widerMembers(lost: RecordSet, members: readonly RecordSet[]): WiderMembers {
  const { routing } = lost;
  if (routing.kind !== "geolocation" || members.length === 0) return { kind: "members", members };
  const { location } = routing;
  const unknownAt = (record: RecordSet): NotKnown => ({ kind: "unknown", urn: record.urn, path: PATH });
  if (isUnknown(location)) return unknownAt(lost);
  const others = members.filter((member) => member !== lost);
  const standings = others.map((member) => ({ member, isWider: isWiderThan(member, location) }));
  const wider = standings.flatMap(({ member, isWider }) => (isWider === true ? [member] : []));
  if (wider.length > 0) return { kind: "members", members: wider };
  const untold = standings.find(({ isWider }) => isWider === undefined);
  if (untold) return unknownAt(untold.member);
  return {
    kind: "unbounded",
    why:
      `no other member of the set answers for ${locationWords(location)}, and Route 53 goes on answering with the ` +
      `${memberName(lost)} record there`,
    change: location.kind === "default" ? PAIR_BEHIND_DEFAULT : ADD_DEFAULT,
    path: PATH,
  };
}

const stranded: ListAnswers<Unbounded | NotKnown | undefined> = new WeakMap();

/**
 * Why visitors of a geolocation set behind an alias are left with what has failed, or without any answer, while others
 * of it are served, so that the alias never leaves it; undefined where nobody is.
 */
export function strandedMember(
  plan: FailoverPlan,
  members: readonly RecordSet[],
): Unbounded | NotKnown | undefined {
  return answerOnce(stranded, members, "", () => {
    const unanswered = withoutDefault(members);
    if (unanswered) return unanswered;
    // The set as a whole is unhealthy then, and the alias leaves it.
    if (!members.some((member) => keepsServing(plan, member))) return undefined;
    for (const member of members) {
      if (leavesAlone(plan, member)) continue;
      const wider = widerMembers(member, members);
      if (wider.kind !== "members") return wider;
      if (!wider.members.some((each) => leavesAlone(plan, each))) return keptHealthy(member);
    }
    return undefined;
  });
}

/** Whether a member stays healthy and leaves what has failed behind it. */
function leavesAlone(plan: FailoverPlan, member: RecordSet): boolean {
  return (
    member.routing.kind !== "geolocation" ||
    (member.healthCheck.kind === "none" && keepsServing(plan, member))
  );
}

function keptHealthy(member: RecordSet): Unbounded {
  return {
    kind: "unbounded",
    why:
      `every member that could answer for the ${memberName(member)} record's visitors fails as well, while another of ` +
      "its geolocation set stays healthy, so the set is never left",
    change: PAIR_BEHIND_DEFAULT,
    path: PATH,
  };
}

/** A geolocation set has no answer for visitors of whom no record says where they are (API reference, GeoLocation). */
function withoutDefault(members: readonly RecordSet[]): Unbounded | NotKnown | undefined {
  let first: RecordSet | undefined;
  for (const member of members) {
    if (member.routing.kind !== "geolocation") return undefined;
    const { location } = member.routing;
    if (isUnknown(location)) return { kind: "unknown", urn: member.urn, path: PATH };
    if (location.kind === "default") return undefined;
    first ??= member;
  }
  return (
    first && {
      kind: "unbounded",
      why: `the geolocation set of the ${memberName(first)} record has no default, so visitors elsewhere get no answer`,
      change: ADD_DEFAULT,
      path: PATH,
    }
  );
}

/**
 * The first reason, in the trees that records lead to, why some of their visitors get no answer.
 * @param which `resting`: only of who answers there while all is well.
 */
export function unansweredAmong(
  plan: FailoverPlan,
  records: readonly RecordSet[],
  which: "all" | "resting",
  depth = 0,
): Unbounded | NotKnown | undefined {
  const answers: ListAnswers<Unbounded | NotKnown | undefined> = unanswered.get(plan) ?? new WeakMap();
  unanswered.set(plan, answers);
  return answerOnce(answers, records, `${depth} ${which}`, () => {
    const asked = which === "resting" && depth > 0 ? restingMembers(records) : records;
    for (const record of asked) {
      const behind = recordsLedTo(plan, record, depth);
      if (behind.length === 0) continue;
      const found = withoutDefault(behind) ?? unansweredAmong(plan, behind, which, depth + 1);
      if (found) return found;
    }
    return undefined;
  });
}

const unanswered = new WeakMap<FailoverPlan, ListAnswers<Unbounded | NotKnown | undefined>>();

/** Whether everybody at the location is at the member's too; undefined where that is not known. */
function isWiderThan({ routing }: RecordSet, location: GeoLocation): boolean | undefined {
  if (routing.kind !== "geolocation" || location.kind === "default") return false;
  const own = routing.location;
  if (isUnknown(own)) return undefined;
  switch (own.kind) {
    case "default":
      return true;
    case "continent": {
      if (location.kind === "continent") return false;
      const continent = continentOf(location.country);
      return continent === undefined ? undefined : continent === own.continent;
    }
    case "country":
      return location.kind === "subdivision" && location.country === own.country;
    case "subdivision":
      return false;
  }
}

function locationWords(location: GeoLocation): string {
  switch (location.kind) {
    case "default":
      return "places that have no record of their own";
    case "continent":
      return `continent ${location.continent}`;
    case "country":
      return `country ${location.country}`;
    case "subdivision":
      return `subdivision ${location.subdivision} of country ${location.country}`;
  }
}
