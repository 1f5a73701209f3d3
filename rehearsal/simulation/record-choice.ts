import type { RecordSet } from "../../model/failover-plan";
import { isUnknown } from "../../model/unknown";
import type { RandomStream } from "./random";

/** Whether a record set counts as healthy at this name server, right now. */
export type RecordHealth = (record: RecordSet) => boolean;

/** Route 53 answers a multivalue set with up to eight healthy records (developer guide, routing-policy). */
const MULTIVALUE_RECORDS_MAX = 8;

export type Choice =
  | { readonly kind: "chosen"; readonly records: readonly RecordSet[] }
  | { readonly kind: "outside"; readonly why: string };

/** Which of the record sets of one name and type Route 53 answers with. */
export function chooseRecords(
  candidates: readonly RecordSet[],
  isHealthy: RecordHealth,
  random: RandomStream,
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
      return chooseWeighted(candidates, isHealthy, random);
    case "multivalue":
      return { kind: "chosen", records: chooseMultivalue(candidates, isHealthy, random) };
    case "other":
      return outside(candidates, "uses a routing policy that depends on where the resolver stands");
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
function chooseWeighted(
  candidates: readonly RecordSet[],
  isHealthy: RecordHealth,
  random: RandomStream,
): Choice {
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
  const total = eligible.reduce((sum, { weight }) => sum + weight, 0);
  let point = random.uniform() * total;
  const chosen = eligible.find(({ weight }) => {
    point -= weight;
    return point < 0;
  });
  return { kind: "chosen", records: [(chosen ?? eligible.at(-1))?.record].filter((r) => r !== undefined) };
}

/** Multivalue: up to eight healthy ones, drawn anew for each query; if none is healthy, up to eight of all. */
function chooseMultivalue(
  candidates: readonly RecordSet[],
  isHealthy: RecordHealth,
  random: RandomStream,
): RecordSet[] {
  const healthy = candidates.filter(isHealthy);
  const left = [...(healthy.length > 0 ? healthy : candidates)];
  const chosen: RecordSet[] = [];
  while (left.length > 0 && chosen.length < MULTIVALUE_RECORDS_MAX) {
    chosen.push(...left.splice(random.below(left.length), 1));
  }
  return chosen;
}

function outside(candidates: readonly RecordSet[], why: string): Choice {
  const name = candidates[0]?.name;
  const type = candidates[0]?.type;
  return { kind: "outside", why: `${String(name)} ${String(type)} ${why}` };
}
