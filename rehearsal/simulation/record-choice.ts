import type { GeoLocation, RecordSet } from "../../model/failover-plan";
import { isUnknown } from "../../model/unknown";
import type { Chance } from "./chance";
import { distanceKm, HOME_PLACE, type Place, placeBeside } from "./place";

/** Whether a record set counts as healthy at this name server, right now. */
export type RecordHealth = (record: RecordSet) => boolean;

/** Route 53 answers a multivalue set with up to eight healthy records (developer guide, routing-policy). */
const MULTIVALUE_RECORDS_MAX = 8;

export type Choice =
  | { readonly kind: "chosen"; readonly records: readonly RecordSet[] }
  | { readonly kind: "outside"; readonly why: string };

/** Which of the record sets of one name and type Route 53 answers a resolver at this place with. */
export function chooseRecords(
  candidates: readonly RecordSet[],
  isHealthy: RecordHealth,
  chance: Chance,
  place: Place = HOME_PLACE,
): Choice {
  const kind = candidates[0]?.routing.kind;
  if (candidates.some(({ routing }) => routing.kind !== kind)) {
    return outside(candidates, "mixes routing policies, which Route 53 refuses");
  }
  switch (kind) {
    case undefined:
      return { kind: "chosen", records: [] };
    case "simple":
      return { kind: "chosen", records: candidates.slice(0, 1) };
    case "failover":
      return chooseFailover(candidates, isHealthy);
    case "weighted":
      return chooseWeighted(candidates, isHealthy, chance);
    case "multivalue":
      return { kind: "chosen", records: chooseMultivalue(candidates, isHealthy, chance) };
    case "latency":
      return chooseLatency(candidates, isHealthy, place);
    case "geolocation":
      return chooseGeolocation(candidates, isHealthy, place);
    case "other":
      return outside(candidates, "has a routing policy that is not played: IP-based or geoproximity");
  }
}

/**
 * Failover (API reference, ResourceRecordSet Failover): PRIMARY while it is healthy; else SECONDARY while that is
 * healthy; else PRIMARY. A record without a health check is always healthy, which `isHealthy` decides.
 */
function chooseFailover(candidates: readonly RecordSet[], isHealthy: RecordHealth): Choice {
  const ofRole = (role: "PRIMARY" | "SECONDARY") =>
    candidates.find(({ routing }) => routing.kind === "failover" && routing.role === role);
  const primary = ofRole("PRIMARY");
  const secondary = ofRole("SECONDARY");
  if (candidates.length > 2 || candidates.length !== Number(!!primary) + Number(!!secondary)) {
    return outside(candidates, "has a failover record whose role is unknown or taken twice");
  }
  const chosen = primary && (isHealthy(primary) || !secondary || !isHealthy(secondary)) ? primary : secondary;
  return { kind: "chosen", records: chosen ? [chosen] : [] };
}

/**
 * Weighted (API reference, ResourceRecordSet Weight): by share of the weights of the healthy ones; weight 0 only
 * when every nonzero one is unhealthy, or when all weights are 0, then each alike; if none is healthy, all are
 * taken as healthy.
 */
function chooseWeighted(candidates: readonly RecordSet[], isHealthy: RecordHealth, chance: Chance): Choice {
  const weighed: { record: RecordSet; weight: number }[] = [];
  for (const record of candidates) {
    if (record.routing.kind !== "weighted") continue;
    if (isUnknown(record.routing.weight)) return outside(candidates, "has a weight that is not known yet");
    weighed.push({ record, weight: record.routing.weight });
  }
  const healthy = weighed.filter(({ record }) => isHealthy(record));
  const pool = healthy.length > 0 ? healthy : weighed;
  const nonzero = pool.filter(({ weight }) => weight > 0);
  const eligible = nonzero.length > 0 ? nonzero : pool.map(({ record }) => ({ record, weight: 1 }));
  const chosen = eligible[chance.one(eligible.map(({ weight }) => weight))];
  return { kind: "chosen", records: chosen ? [chosen.record] : [] };
}

/** Multivalue: up to eight healthy ones, drawn anew for each query; if none is healthy, up to eight of all. */
function chooseMultivalue(
  candidates: readonly RecordSet[],
  isHealthy: RecordHealth,
  chance: Chance,
): RecordSet[] {
  const healthy = candidates.filter(isHealthy);
  const pool = healthy.length > 0 ? healthy : candidates;
  return chance
    .some(pool.length, MULTIVALUE_RECORDS_MAX)
    .map((index) => pool[index])
    .filter((record) => record !== undefined);
}

/**
 * Latency (developer guide, routing-policy-latency; health-checks-how-route-53-chooses-records): the record of the
 * region with the lowest latency for this resolver; where that is unhealthy the next best; where all are, as if all
 * were healthy. AWS publishes no latencies: the nearer region is taken for the faster one (`assumptions.ts`).
 */
function chooseLatency(candidates: readonly RecordSet[], isHealthy: RecordHealth, place: Place): Choice {
  const measured: { record: RecordSet; km: number }[] = [];
  for (const record of candidates) {
    if (record.routing.kind !== "latency") continue;
    const { region } = record.routing;
    if (isUnknown(region)) return outside(candidates, "has a region that is not known yet");
    const beside = placeBeside(region);
    if (!beside) return outside(candidates, `names the region ${region}, whose place is not known here`);
    measured.push({ record, km: distanceKm(place, beside) });
  }
  const nearestFirst = measured.sort((a, b) => a.km - b.km).map(({ record }) => record);
  return firstHealthy(nearestFirst, isHealthy);
}

/**
 * Geolocation (developer guide, routing-policy-geo; API reference, ResourceRecordSet HealthCheckId): the record of
 * the smallest location that the resolver stands in; where that is unhealthy the next larger one, in the end the
 * default; where all of them are, as if all were healthy. Where none applies, the answer is empty.
 */
function chooseGeolocation(candidates: readonly RecordSet[], isHealthy: RecordHealth, place: Place): Choice {
  const found: { record: RecordSet; rank: number }[] = [];
  for (const record of candidates) {
    if (record.routing.kind !== "geolocation") continue;
    const { location } = record.routing;
    if (isUnknown(location)) return outside(candidates, "has a location that is not known yet");
    const rank = rankAt(location, place);
    if (rank !== undefined) found.push({ record, rank });
  }
  const smallestFirst = found.sort((a, b) => a.rank - b.rank).map(({ record }) => record);
  return firstHealthy(smallestFirst, isHealthy);
}

/** 0 for the smallest kind of location; undefined where the place is not in it. */
function rankAt(location: GeoLocation, place: Place): number | undefined {
  switch (location.kind) {
    case "subdivision":
      return location.country === place.country && location.subdivision === place.subdivision ? 0 : undefined;
    case "country":
      return location.country === place.country ? 1 : undefined;
    case "continent":
      return location.continent === place.continent ? 2 : undefined;
    case "default":
      return 3;
  }
}

function firstHealthy(ordered: readonly RecordSet[], isHealthy: RecordHealth): Choice {
  const chosen = ordered.find(isHealthy) ?? ordered[0];
  return { kind: "chosen", records: chosen ? [chosen] : [] };
}

function outside(candidates: readonly RecordSet[], why: string): Choice {
  const name = candidates[0]?.name;
  const type = candidates[0]?.type;
  return { kind: "outside", why: `${String(name)} ${String(type)} ${why}` };
}
