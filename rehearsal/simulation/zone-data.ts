import { isInZone, normalizeDnsName } from "../../model/dns-name";
import type { FailoverPlan, RecordSet } from "../../model/failover-plan";
import { isUnknown } from "../../model/unknown";

/** What the answers are made of. */
export interface ServedZone {
  readonly plan: FailoverPlan;
  /**
   * Addresses behind an alias target: of the endpoint with this URN, or, where a record leads outside the plan,
   * of the record's own URN. Empty where the target has none of this type.
   */
  readonly addressesOf: (endpointUrn: string, type: "A" | "AAAA") => readonly string[];
}

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  readonly data: string;
}

/** The TTL that Route 53 gives the SOA record of a new zone (developer guide, SOA-NSrecords). */
const SOA_TTL_SECONDS = 900;
/** Its last field: how long a "does not exist" may be kept, if the SOA's own TTL is not shorter (RFC 2308). */
const SOA_MINIMUM_SECONDS = 86_400;
/** A negative answer is cached for the smaller of the two (RFC 2308 section 3). */
export const NEGATIVE_TTL_SECONDS = Math.min(SOA_TTL_SECONDS, SOA_MINIMUM_SECONDS);

const NS_TTL_SECONDS = 172_800;

/** Route 53 gives every zone four name servers, one in each of four top-level domains. */
const NAME_SERVERS: readonly string[] = [
  "ns-0.awsdns-00.com",
  "ns-512.awsdns-00.net",
  "ns-1024.awsdns-00.org",
  "ns-1536.awsdns-00.co.uk",
];

/** A plan arranged for looking names up. */
export interface ZoneIndex {
  readonly zones: readonly string[];
  /** Record sets by their name; those whose name is unknown are nowhere. */
  readonly byName: ReadonlyMap<string, readonly RecordSet[]>;
  /** Every name that exists: it has records, or a name below it has (RFC 8020). */
  readonly names: ReadonlySet<string>;
}

const indexes = new WeakMap<FailoverPlan, ZoneIndex>();

/** The plan's index, made once: a plan never changes. */
export function zoneIndex(plan: FailoverPlan): ZoneIndex {
  const known = indexes.get(plan);
  if (known) return known;
  const byName = new Map<string, RecordSet[]>();
  for (const record of plan.recordSets) {
    if (isUnknown(record.name)) continue;
    byName.set(record.name, [...(byName.get(record.name) ?? []), record]);
  }
  const index = { zones: zoneNames(plan), byName, names: existingNames(byName.keys()) };
  indexes.set(plan, index);
  return index;
}

function existingNames(names: Iterable<string>): Set<string> {
  const existing = new Set<string>();
  for (const name of names) {
    const labels = name.split(".");
    for (let from = 0; from < labels.length; from++) existing.add(labels.slice(from).join("."));
  }
  return existing;
}

/**
 * The zones that the plan's records live in. A zone that the program looks up is not among the stack's
 * resources; then the longest name above all of its records stands for it.
 */
function zoneNames(plan: FailoverPlan): string[] {
  const named = plan.zones.flatMap(({ name }) => (isUnknown(name) ? [] : [normalizeDnsName(name)]));
  const homeless = new Map<unknown, string[]>();
  for (const { name, zoneId } of plan.recordSets) {
    if (isUnknown(name) || named.some((zone) => isInZone(name, zone))) continue;
    homeless.set(zoneId, [...(homeless.get(zoneId) ?? []), name]);
  }
  return [...named, ...[...homeless.values()].flatMap(commonParent)];
}

/** The zone that a name belongs to: the most specific one. */
export function zoneOf(zones: readonly string[], name: string): string | undefined {
  return zones
    .filter((zone) => isInZone(name, zone))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

/**
 * The record sets that a name is answered from: its own, or those of the wildcard below its closest ancestor that
 * exists (RFC 4592 section 3.3.1; developer guide, DomainNameFormat, "Using an asterisk"). A name that exists, even
 * only because a name below it does, is never answered from a wildcard.
 */
export function recordsAt({ byName, names }: ZoneIndex, zone: string, name: string): readonly RecordSet[] {
  const own = byName.get(name);
  if (own || names.has(name)) return own ?? [];
  for (let above = parentOf(name); above !== undefined && isInZone(above, zone); above = parentOf(above)) {
    if (above === zone || names.has(above)) return byName.get(`*.${above}`) ?? [];
  }
  return [];
}

function parentOf(name: string): string | undefined {
  const dot = name.indexOf(".");
  return dot < 0 ? undefined : name.slice(dot + 1);
}

/** The records that Route 53 makes itself at the top of a zone. */
export function apexRecords(zone: string, type: string): DnsRecord[] {
  if (type === "SOA") return [soaRecord(zone)];
  if (type !== "NS") return [];
  return NAME_SERVERS.map((data) => ({ name: zone, type, ttlSeconds: NS_TTL_SECONDS, data }));
}

/** The SOA record of a zone, with the field values of a new Route 53 zone. */
export function soaRecord(zone: string): DnsRecord {
  return {
    name: zone,
    type: "SOA",
    ttlSeconds: SOA_TTL_SECONDS,
    data: `${NAME_SERVERS[0]} awsdns-hostmaster.amazon.com 1 7200 900 1209600 ${SOA_MINIMUM_SECONDS}`,
  };
}

function commonParent(names: readonly string[]): string[] {
  const [first, ...rest] = names.map((name) => name.split(".").reverse());
  if (!first) return [];
  const shared = first.filter((label, depth) =>
    rest.every((labels) => first.slice(0, depth).every((l, i) => labels[i] === l) && labels[depth] === label),
  );
  return shared.length >= 2 ? [shared.reverse().join(".")] : [];
}
