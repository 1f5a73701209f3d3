import { normalizeDnsName } from "./dns-name";
import { relativesOf } from "./endpoint-members";
import type { Endpoint, FailoverPlan, RecordSet } from "./failover-plan";
import { nameKey } from "./relative-name";
import { isUnknown } from "./unknown";

type Ends = Pick<FailoverPlan, "endpoints" | "recordSets">;

/** Kinds that have several names, each of which other machines may answer: writer and reader, the nodes of a cache. */
const MANY_NAMED: readonly Endpoint["kind"][] = ["database", "cache", "broker"];

/**
 * A plan in which one thing is one endpoint. To an instance of a cluster that no set of records leads to, checks and
 * simple records lead as they do to the cluster, which is lost with it or is not: nothing of the stack tells. So it is
 * a name of the one relative that a set leads to. Where that may be several, or where members of one set lead to
 * several names of one endpoint, which need not fail together, none of it is read: it is what is outside the stack.
 */
export function withFoldedEndpoints(ends: Ends): Ends {
  const routed = ends.recordSets.filter(
    ({ routing, endpoint }) => routing.kind !== "simple" && endpoint !== undefined,
  );
  const led = new Set(routed.map(({ endpoint }) => endpoint));
  const split = splitEndpoints(routed);
  const unread = new Set<string>();
  const folded = new Map<string, Endpoint[]>();
  const into = new Map<string, string>();
  for (const endpoint of ends.endpoints) {
    const { urn, kind } = endpoint;
    if (led.has(urn)) {
      if (split.has(urn) && MANY_NAMED.includes(kind)) unread.add(urn);
      continue;
    }
    const near = [...relativesOf(ends, urn)].filter((relative) => led.has(relative));
    const [only] = near;
    if (only === undefined) continue;
    if (near.length > 1 || split.has(only)) {
      unread.add(urn);
      continue;
    }
    into.set(urn, only);
    folded.set(only, [...(folded.get(only) ?? []), endpoint]);
  }
  if (unread.size === 0 && into.size === 0) return ends;
  return {
    endpoints: ends.endpoints
      .filter(({ urn }) => !unread.has(urn) && !into.has(urn))
      .map((endpoint) => joined(endpoint, folded.get(endpoint.urn) ?? [])),
    recordSets: ends.recordSets.map((record) => {
      const { endpoint } = record;
      if (endpoint === undefined) return record;
      if (unread.has(endpoint)) return { ...record, endpoint: undefined };
      const other = into.get(endpoint);
      return other === undefined ? record : { ...record, endpoint: other };
    }),
  };
}

/** Endpoints to which members of one set lead by different names, or by names that are not known yet. */
function splitEndpoints(routed: readonly RecordSet[]): ReadonlySet<string | undefined> {
  const first = new Map<string, string>();
  const split = new Set<string | undefined>();
  for (const record of routed) {
    const { endpoint, type } = record;
    const key = `${String(nameKey(record))} ${String(type)} ${String(endpoint)}`;
    const target = targetText(record);
    if ((first.get(key) ?? target) !== target) split.add(endpoint);
    first.set(key, target);
  }
  return split;
}

function targetText({ urn, target }: RecordSet): string {
  if (target.kind === "alias") return isUnknown(target.dnsName) ? urn : normalizeDnsName(target.dnsName);
  return isUnknown(target.values) ? urn : target.values.map(normalizeDnsName).join(" ");
}

function joined(endpoint: Endpoint, others: readonly Endpoint[]): Endpoint {
  if (others.length === 0) return endpoint;
  const all = [endpoint, ...others];
  return {
    ...endpoint,
    hostNames: unique(all.flatMap(({ hostNames }) => hostNames)),
    dnsTargets: unique(all.flatMap(({ dnsTargets }) => dnsTargets)),
    sources: unique(all.flatMap(({ sources }) => sources)),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
