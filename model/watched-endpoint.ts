import { memberName } from "./answer-sets";
import { answeringPlaces, meet, type Places } from "./answering-places";
import { relativesOf } from "./endpoint-members";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { isElsewhere } from "./record-addresses";
import { nameKey } from "./relative-name";
import { routedRecordsAt, standingAmong } from "./routed-records";
import { selfReference } from "./self-reference";
import { parseUrn } from "./stack-resource";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/** What a check watches, as seen from a record; `probed` is the address or name that it asks. */
export type Watched =
  /** What the record leads to. */
  | { readonly kind: "own" }
  /** Another endpoint of the stack, or what another record leads to: by the URN of either. */
  | { readonly kind: "other"; readonly endpoint: string; readonly probed: string }
  /** The very name whose answers the check decides: it follows the failover, so nothing tells what it sees. */
  | { readonly kind: "itself"; readonly probed: string; readonly name: string }
  /** An address at which the record leads nobody: its failure does not show there. */
  | { readonly kind: "elsewhere"; readonly probed: string }
  /**
   * Nothing in the stack shows it: a name that may lead anywhere, the same side of the name in another zone, an
   * instance of the cluster that the record leads to, or an alarm on a metric of its own.
   */
  | { readonly kind: "untold"; readonly probed?: string }
  /** What the check probes is not known yet, and computed from nothing that would tell where it leads. */
  | { readonly kind: "unknown"; readonly urn: string; readonly path: string };

/** Longer chains of alarms on checks are taken for a loop. */
const ALARMS_MAX = 4;

/** By where the probed name or address leads; an alarm on another check watches what that one does. */
export function watchedBy(plan: FailoverPlan, check: HealthCheck, record: RecordSet, alarms = 0): Watched {
  const { type } = check;
  if (type === "CLOUDWATCH_METRIC") {
    const alarm = withUrn(plan.alarms, check.alarm);
    const next = withUrn(plan.healthChecks, alarm?.healthCheck);
    if (next && alarms < ALARMS_MAX) return watchedBy(plan, next, record, alarms + 1);
    return alarm?.balancer === undefined ? { kind: "untold" } : balancerWatched(plan, alarm.balancer, record);
  }
  const probed = check.ipAddress ?? check.fqdn;
  if (isUnknown(type) || !isEndpointCheck(type) || probed === undefined) return { kind: "untold" };
  if (isUnknown(probed)) return computedWatched(plan, check, record);
  const itself = selfReference(plan, check, record);
  if (itself) return { kind: "itself", ...itself };
  const places = answeringPlaces(plan);
  const found = places.ofName(probed);
  if (meet(found, places.ofRecord(record))) return { kind: "own" };
  const there = routedRecordsAt(plan, found);
  const standing = standingAmong(there, record);
  if (standing === "own") return { kind: "own" };
  // Nothing shows that a private and a public zone of one name lead to the same host.
  if (standing === "twin") return { kind: "untold", probed };
  const endpoint = firstEndpointAt(plan, found);
  if (endpoint && isAnothers(plan, endpoint, there.length > 0, record)) {
    return { kind: "other", endpoint: endpoint.urn, probed };
  }
  const isElse = isElsewhere(plan, probed, record);
  // Where the record leads to a name, another set may share its host; another member of its own set does not.
  const other =
    there.map((records) => records.namedAs(record)).find((each) => each !== undefined) ??
    (isElse ? there[0]?.first : undefined);
  if (other) return { kind: "other", endpoint: endpointKey(other), probed };
  return { kind: isElse ? "elsewhere" : "untold", probed };
}

/** Whether nothing shows what the check watches, now or ever, so that it is assumed. */
export function isUntold({ kind }: Pick<Watched, "kind">): boolean {
  return kind === "untold" || kind === "unknown";
}

/** By what the name or the address is computed from, before it is known. */
function computedWatched(plan: FailoverPlan, check: HealthCheck, record: RecordSet): Watched {
  const { urn, ipAddress, probedFrom = [] } = check;
  const unknown: Watched = { kind: "unknown", urn, path: isUnknown(ipAddress) ? "ipAddress" : "fqdn" };
  const [from, ...more] = probedFrom;
  if (from === undefined) return unknown;
  const named = more.length === 0 && ipAddress === undefined ? withUrn(plan.recordSets, from) : undefined;
  if (named && !isUnknown(named.name)) return watchedBy(plan, { ...check, fqdn: named.name }, record);
  const places = answeringPlaces(plan);
  const found = places.ofSources(probedFrom);
  const endpoint = firstEndpointAt(plan, found);
  if (!endpoint) return unknown;
  if (meet(found, places.ofRecord(record))) return { kind: "own" };
  const there = routedRecordsAt(plan, found);
  const standing = standingAmong(there, record);
  if (standing === "own") return { kind: "own" };
  // A name may be computed from another's and lead elsewhere all the same, so this refuses nothing.
  return isAnothers(plan, endpoint, there.length > 0, record) ? unknown : { kind: "untold" };
}

/** Of an alarm on a balancer's metric: one to which another record leads; what the record's own does is told by it. */
function balancerWatched(plan: FailoverPlan, balancer: string, record: RecordSet): Watched {
  const places = answeringPlaces(plan);
  const found = places.ofSources([balancer]);
  if (meet(found, places.ofRecord(record))) return { kind: "untold" };
  const endpoint = firstEndpointAt(plan, found);
  const there = routedRecordsAt(plan, found);
  if (!endpoint || standingAmong(there, record) !== "none") return { kind: "untold" };
  return isAnothers(plan, endpoint, there.length > 0, record)
    ? { kind: "other", endpoint: endpoint.urn, probed: parseUrn(balancer).name }
    : { kind: "untold" };
}

/**
 * Whether an endpoint that is not the record's surely stands for itself. One to which no record leads may well stand
 * behind the record's, as an origin or a target does, or look at it in its place; not in the region of another side.
 */
function isAnothers(
  plan: FailoverPlan,
  { urn, region }: Endpoint,
  isLed: boolean,
  record: RecordSet,
): boolean {
  const own = answeringPlaces(plan).ofRecord(record);
  if (meet(relativesOf(plan, urn), own)) return false;
  if (isLed) return true;
  if (region === undefined || isUnknown(region)) return false;
  const ownEndpoints = [...own].flatMap((place) => withUrn(plan.endpoints, place) ?? []);
  if (ownEndpoints.length === 0 || ownEndpoints.some((each) => mayBeIn(each, region))) return false;
  return regionsOfName(plan, record).has(region);
}

function mayBeIn({ region }: Endpoint, asked: string): boolean {
  return region === undefined || isUnknown(region) || region === asked;
}

const namedRegions = new WeakMap<FailoverPlan, Map<RecordSet["name"], Set<string>>>();

/** Where the endpoints are that the records of a name lead to. */
function regionsOfName(plan: FailoverPlan, record: RecordSet): ReadonlySet<string> {
  let index = namedRegions.get(plan);
  if (!index) {
    index = new Map();
    for (const each of plan.recordSets) {
      const region = withUrn(plan.endpoints, each.endpoint)?.region;
      if (region === undefined || isUnknown(region)) continue;
      index.set(nameKey(each), (index.get(nameKey(each)) ?? new Set()).add(region));
    }
    namedRegions.set(plan, index);
  }
  return index.get(nameKey(record)) ?? new Set();
}

/** What the check watches in the place of the record, in words; undefined where it may well be the record's own. */
export function otherWatched(plan: FailoverPlan, check: HealthCheck, record: RecordSet): string | undefined {
  const watched = watchedBy(plan, check, record);
  switch (watched.kind) {
    case "own":
    case "itself":
    case "untold":
    case "unknown":
      return undefined;
    case "elsewhere":
      return `${watched.probed}, where the ${memberName(record)} record leads nobody`;
    case "other": {
      const other =
        withUrn(plan.recordSets, watched.endpoint) ?? firstLeading(plan, nameKey(record), watched.endpoint);
      const whose = other ? `the ${memberName(other)} record's endpoint` : "another endpoint of the stack";
      return `${watched.probed}, ${whose}`;
    }
  }
}

/** The endpoint a record leads to, or the record itself where that is outside the plan. */
export function endpointKey(record: RecordSet): string {
  return record.endpoint ?? record.urn;
}

/** Lists that never change, and the places of a name: each is looked at once. */
const positions = new WeakMap<readonly Endpoint[], ReadonlyMap<string, number>>();
const endpointsAt = new WeakMap<Places, { readonly endpoint: Endpoint | undefined }>();

/** The first of the plan's endpoints that answers at one of the places. */
export function firstEndpointAt({ endpoints }: FailoverPlan, found: Places): Endpoint | undefined {
  const known = endpointsAt.get(found);
  if (known) return known.endpoint;
  let index = positions.get(endpoints);
  if (!index) {
    index = new Map([...endpoints.entries()].reverse().map(([position, { urn }]) => [urn, position]));
    positions.set(endpoints, index);
  }
  let first = endpoints.length;
  for (const place of found) first = Math.min(first, index.get(place) ?? first);
  endpointsAt.set(found, { endpoint: endpoints[first] });
  return endpoints[first];
}

/** Name and endpoint -> the first record of the name that leads there. */
const leading = new WeakMap<readonly RecordSet[], ReadonlyMap<string, RecordSet>>();

function firstLeading(
  { recordSets }: FailoverPlan,
  name: RecordSet["name"],
  endpoint: string,
): RecordSet | undefined {
  let index = leading.get(recordSets);
  if (!index) {
    const entries = recordSets.map(
      (record) => [leadingKey(nameKey(record), record.endpoint), record] as const,
    );
    index = new Map(entries.reverse());
    leading.set(recordSets, index);
  }
  return index.get(leadingKey(name, endpoint));
}

function leadingKey(name: RecordSet["name"], endpoint: string | undefined): string {
  return `${String(name)} ${endpoint ?? ""}`;
}
