import { type AnswerSet, setMembers } from "../../model/answer-sets";
import type { GeoLocation, RecordSet } from "../../model/failover-plan";
import { distanceKm, type Place, placeBeside } from "./place";

/**
 * The share of the answers to a resolver at this place that each member of a set must have, in the order of the
 * members, by Route 53's rules. Written down apart from the code that answers, for the invariants; all 0 where the
 * answer must be empty. Of multivalue answers the first counts, which is what a client uses.
 */
export function expectedShares(set: AnswerSet, healthy: readonly boolean[], place: Place): number[] {
  const members = setMembers(set);
  const isAnyHealthy = healthy.includes(true);
  const counts = members.map((_, index) => !isAnyHealthy || healthy[index] === true);
  switch (set.routing) {
    case "failover":
      return healthy[0] || !healthy[1] ? [1, 0] : [0, 1];
    case "weighted": {
      const weights = members.map((member, index) => (counts[index] ? weightOf(member) : 0));
      return weights.some((weight) => weight > 0) ? shares(weights) : shares(counts.map(Number));
    }
    case "multivalue":
      return shares(counts.map(Number));
    case "latency":
      return onlyFirst(members.map((member, index) => (counts[index] ? kmTo(member, place) : undefined)));
    case "geolocation": {
      const sizes = members.map((member) => sizeAround(member, place));
      const isSomeHealthy = sizes.some((size, index) => size !== undefined && healthy[index] === true);
      return onlyFirst(sizes.map((size, index) => (isSomeHealthy && !healthy[index] ? undefined : size)));
    }
  }
}

function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Everything to the smallest number, the first of equals. */
function onlyFirst(sizes: readonly (number | undefined)[]): number[] {
  const known = sizes.filter((size) => size !== undefined);
  const smallest = sizes.indexOf(Math.min(...known));
  return sizes.map((_, index) => Number(index === smallest));
}

function weightOf({ routing }: RecordSet): number {
  return routing.kind === "weighted" && typeof routing.weight === "number" ? routing.weight : 0;
}

function kmTo({ routing }: RecordSet, place: Place): number | undefined {
  const region = routing.kind === "latency" && typeof routing.region === "string" ? routing.region : "";
  const beside = placeBeside(region);
  return beside && distanceKm(place, beside);
}

/** 1 for a state, 2 for a country, 3 for a continent, 4 for everywhere; undefined where the place is outside. */
function sizeAround({ routing }: RecordSet, place: Place): number | undefined {
  if (routing.kind !== "geolocation" || typeof routing.location !== "object") return undefined;
  const location: GeoLocation = routing.location;
  if (location.kind === "default") return 4;
  if (location.kind === "continent") return location.continent === place.continent ? 3 : undefined;
  if (location.country !== place.country) return undefined;
  if (location.kind === "country") return 2;
  return location.subdivision === place.subdivision ? 1 : undefined;
}
