import { memberName } from "./answer-sets";
import { leavesOf } from "./answer-tree";
import { continentOf } from "./continent";
import type { FailoverPlan, GeoLocation, RecordSet } from "./failover-plan";
import type { NotKnown, Unbounded } from "./seconds";
import { isUnknown } from "./unknown";

/** Property of a record that says where its visitors are. */
const PATH = "geolocationRoutingPolicies";

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
export function widerMembers(
  plan: FailoverPlan,
  lost: RecordSet,
  members: readonly RecordSet[],
): WiderMembers {
  const { routing } = lost;
  if (routing.kind !== "geolocation" || members.length === 0 || hasSpare(plan, lost)) {
    return { kind: "members", members };
  }
  const { location } = routing;
  const unknownAt = (record: RecordSet): NotKnown => ({ kind: "unknown", urn: record.urn, path: PATH });
  if (isUnknown(location)) return unknownAt(lost);
  const others = members.filter((member) => member !== lost);
  const standings = others.map((member) => ({ member, isWider: isWiderThan(member, location) }));
  const wider = standings.flatMap(({ member, isWider }) => (isWider === true ? [member] : []));
  if (wider.length > 0) return { kind: "members", members: wider };
  const untold = standings.find(({ isWider }) => isWider === undefined);
  if (untold) return unknownAt(untold.member);
  const isDefault = location.kind === "default";
  return {
    kind: "unbounded",
    why:
      `no other member of the set answers for ${locationWords(location)}, and Route 53 goes on answering with the ` +
      `${memberName(lost)} record there`,
    change: isDefault
      ? "make the default record an alias to a failover pair, with evaluateTargetHealth (free: the records cost nothing)"
      : "add a default record to the set (free: a record costs nothing)",
    path: PATH,
  };
}

/** Whether others serve behind the record itself once those are lost that do while all is well. */
function hasSpare(plan: FailoverPlan, record: RecordSet): boolean {
  return leavesOf(plan, record, "all").length > leavesOf(plan, record, "resting").length;
}

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
