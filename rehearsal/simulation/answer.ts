import { evaluatesCheck } from "../../model/answer-tree";
import { normalizeDnsName } from "../../model/dns-name";
import type { FailoverPlan, RecordSet } from "../../model/failover-plan";
import { ALIAS_TTL_SECONDS } from "../../model/recovery-bound";
import { targetHealthOf } from "../../model/target-health";
import { isUnknown } from "../../model/unknown";
import { type Chance, chanceOf } from "./chance";
import { type Delegation, delegationOf } from "./delegation";
import { HOME_PLACE, type Place } from "./place";
import type { RandomStream } from "./random";
import { chooseRecords } from "./record-choice";
import {
  apexRecords,
  type DnsRecord,
  recordsAt,
  type ServedZone,
  soaRecord,
  type ZoneIndex,
  zoneIndex,
  zoneOf,
} from "./zone-data";

export type { DnsRecord, ServedZone } from "./zone-data";

export interface DnsAnswer {
  /** REFUSED: the name is in none of the zones, or its routing is not simulated; then `why` says so. */
  readonly rcode: "NOERROR" | "NXDOMAIN" | "REFUSED";
  readonly records: readonly DnsRecord[];
  /** URN of the record set that the queried name's answer was taken from. */
  readonly recordSet?: string;
  /** URN of the plan's endpoint that the answer leads to. */
  readonly endpoint?: string;
  /**
   * URN of what answers behind the records among which was chosen, or behind an alias that takes over a record's
   * health: an endpoint of the plan, or the record itself where it leads outside.
   */
  readonly leaf?: string;
  /**
   * The SOA record of the zone where the answer is negative: NXDOMAIN, or NOERROR without a record of the type
   * asked for. A chain of CNAMEs that ends so is negative too: it has records, and the SOA of the zone it ends in.
   * The NS records of the delegation where the answer is a referral.
   */
  readonly authority: readonly DnsRecord[];
  /** Given where the name was delegated to other name servers: what is known of their addresses. */
  readonly referral?: { readonly glue: readonly DnsRecord[] };
  readonly why?: string;
}

/** Longer chains of CNAMEs and aliases than this are taken for a loop. */
const CHAIN_LENGTH_MAX = 8;

interface Query {
  readonly name: string;
  readonly type: string;
}

/** What is believed of the plan's records. */
interface Health {
  readonly plan: FailoverPlan;
  readonly index: ZoneIndex;
  readonly isHealthy: (healthCheck: string) => boolean;
}

interface Lookup extends Health {
  readonly zone: ServedZone;
  readonly chance: Chance;
  readonly place: Place;
}

/** There is nothing to answer with, and `zone` says so. */
interface Negative {
  readonly kind: "no-data" | "no-name";
  readonly zone: string | undefined;
}

type Found =
  | {
      readonly kind: "records";
      readonly records: readonly DnsRecord[];
      readonly recordSet?: string;
      readonly endpoint?: string;
      readonly leaf?: string;
      /** Whether the records were chosen among several, here or further down. */
      readonly isChosen?: boolean;
      /** How the chain of CNAMEs ends, where it ends in nothing. */
      readonly end?: Negative;
    }
  | Negative
  | { readonly kind: "referral"; readonly servers: readonly DnsRecord[]; readonly glue: readonly DnsRecord[] }
  | { readonly kind: "refused"; readonly why: string };

/**
 * What a Route 53 name server answers. `isHealthy` is asked with the URN of a health check, or with the id of
 * one outside the plan, and tells what that server believes at the moment; `random` decides where weights do, and
 * `place`, where the resolver stands, where latency or location do. CNAMEs are followed while the plan can, as
 * Route 53 does within a zone.
 */
export function answerQuery(
  zone: ServedZone,
  query: Query,
  isHealthy: (healthCheck: string) => boolean,
  random: RandomStream,
  place: Place = HOME_PLACE,
): DnsAnswer {
  return answerByChance(zone, query, isHealthy, chanceOf(random), place);
}

/** The same for who draws in another way. */
export function answerByChance(
  zone: ServedZone,
  query: Query,
  isHealthy: (healthCheck: string) => boolean,
  chance: Chance,
  place: Place,
): DnsAnswer {
  const { plan } = zone;
  const lookup: Lookup = { zone, plan, index: zoneIndex(plan), isHealthy, chance, place };
  const name = normalizeDnsName(query.name);
  const type = query.type.toUpperCase();
  const found = find(lookup, { name, type }, 0);
  switch (found.kind) {
    case "records":
      return {
        rcode: found.end?.kind === "no-name" ? "NXDOMAIN" : "NOERROR",
        records: found.records,
        recordSet: found.recordSet,
        endpoint: found.endpoint,
        leaf: found.leaf,
        authority: soaOf(found.end),
      };
    case "no-data":
      return { rcode: "NOERROR", records: [], authority: soaOf(found) };
    case "no-name":
      return { rcode: "NXDOMAIN", records: [], authority: soaOf(found) };
    case "referral":
      return { rcode: "NOERROR", records: [], authority: found.servers, referral: { glue: found.glue } };
    case "refused":
      return { rcode: "REFUSED", records: [], authority: [], why: found.why };
  }
}

function soaOf(negative: Negative | undefined): DnsRecord[] {
  return negative?.zone === undefined ? [] : [soaRecord(negative.zone)];
}

function find(lookup: Lookup, query: Query, depth: number): Found {
  if (depth > CHAIN_LENGTH_MAX)
    return refused(`${query.name} leads through more than ${CHAIN_LENGTH_MAX} names`);
  const { zones, names } = lookup.index;
  const home = zoneOf(zones, query.name);
  if (home === undefined) return findOutside(lookup, query);
  const delegation = delegationOf(lookup.index, home, query.name);
  // Of the delegated name itself the zone above answers DS, which is its own data (RFC 4035 section 3.1.4.1).
  if (delegation && !(query.type === "DS" && query.name === delegation.name)) return referTo(delegation);
  const named = recordsAt(lookup.index, home, query.name);
  const ofType = named.filter((record) => record.type === query.type);
  if (ofType.length > 0) return answerFrom(lookup, query, ofType, depth);
  const canonical = named.filter((record) => record.type === "CNAME");
  if (canonical.length > 0) return followCname(lookup, query, canonical, depth);
  if (query.name === home) {
    const apex = apexRecords(home, query.type);
    return apex.length > 0 ? { kind: "records", records: apex } : { kind: "no-data", zone: home };
  }
  const exists = named.length > 0 || names.has(query.name);
  return { kind: exists ? "no-data" : "no-name", zone: home };
}

function referTo({ name, servers, glue }: Delegation): Found {
  return servers
    ? { kind: "referral", servers, glue }
    : refused(`the name servers that ${name} is delegated to are not known yet`);
}

/** Names of AWS that the plan's records lead to are answered too, since nobody else here can. */
function findOutside(lookup: Lookup, query: Query): Found {
  const endpoint = lookup.zone.plan.endpoints.find(({ dnsTargets }) => dnsTargets.includes(query.name));
  if (!endpoint) return refused(`${query.name} is in none of the zones`);
  return addressRecords(lookup, query, endpoint.urn, { endpoint: endpoint.urn, leaf: endpoint.urn });
}

function answerFrom(lookup: Lookup, query: Query, candidates: readonly RecordSet[], depth: number): Found {
  const unknown = candidates.find(({ healthCheck }) => healthCheck.kind === "unknown");
  if (unknown && unknown.routing.kind !== "simple")
    return refused(`the health check of ${unknown.urn} is not known yet`);
  const choice = chooseRecords(
    candidates,
    (record) => isRecordHealthy(lookup, record, depth),
    lookup.chance,
    lookup.place,
  );
  if (choice.kind === "outside") return refused(choice.why);
  const [first] = choice.records;
  if (!first) return noData(lookup, query);
  const isChosen = first.routing.kind !== "simple";
  if (first.target.kind === "alias") {
    const found = followAlias(lookup, query, first, depth);
    return found.kind === "records" ? { ...found, isChosen: isChosen || found.isChosen } : found;
  }
  const records: DnsRecord[] = [];
  for (const { target, urn } of choice.records) {
    if (target.kind !== "values") return refused(`${urn} is an alias in a set of several answers`);
    const { ttlSeconds, values } = target;
    if (isUnknown(ttlSeconds) || isUnknown(values))
      return refused(`${urn} has values that are not known yet`);
    if (ttlSeconds === undefined) return refused(`${urn} has no TTL, which Route 53 refuses`);
    for (const data of values) records.push({ name: query.name, type: query.type, ttlSeconds, data });
  }
  const { urn, endpoint } = first;
  return { kind: "records", records, recordSet: urn, endpoint, leaf: endpoint ?? urn, isChosen };
}

/**
 * The CNAME, and behind it what its target answers to the question, where the plan knows the target. Where that is
 * nothing, the SOA of the target's zone says how long to believe it (RFC 2308 section 2), and a target that does
 * not exist makes the whole answer NXDOMAIN (RFC 6604). A target outside the plan, or below a delegation, is left to
 * the resolver.
 */
function followCname(lookup: Lookup, query: Query, candidates: readonly RecordSet[], depth: number): Found {
  const found = answerFrom(lookup, { name: query.name, type: "CNAME" }, candidates, depth);
  const target = found.kind === "records" ? found.records[0]?.data : undefined;
  if (found.kind !== "records" || target === undefined) return found;
  const next = find(lookup, { name: normalizeDnsName(target), type: query.type }, depth + 1);
  if (next.kind === "refused" || next.kind === "referral") return found;
  if (next.kind !== "records") return { ...found, end: next };
  return {
    ...found,
    records: [...found.records, ...next.records],
    endpoint: found.endpoint ?? next.endpoint,
    leaf: found.endpoint === undefined && next.isChosen ? next.leaf : found.leaf,
    isChosen: found.isChosen || next.isChosen,
    end: next.end,
  };
}

/** An alias answers under its own name: with its target's records and TTL, or with AWS's addresses and 60 s. */
function followAlias(lookup: Lookup, query: Query, record: RecordSet, depth: number): Found {
  if (record.target.kind !== "alias") return noData(lookup, query);
  const { dnsName } = record.target;
  if (!isUnknown(dnsName) && isRecordInPlan(lookup, dnsName, query.type)) {
    const target = find(lookup, { name: normalizeDnsName(dnsName), type: query.type }, depth + 1);
    if (target.kind === "refused") return target;
    if (target.kind !== "records") return noData(lookup, query);
    const records = target.records.map((answer) => ({ ...answer, name: query.name }));
    const own = record.endpoint ?? record.urn;
    const isFurther =
      (record.endpoint === undefined && target.isChosen) || evaluatesCheck(lookup.plan, record);
    return {
      ...target,
      records,
      recordSet: record.urn,
      endpoint: record.endpoint ?? target.endpoint,
      leaf: isFurther ? target.leaf : own,
    };
  }
  return addressRecords(lookup, query, record.endpoint ?? record.urn, {
    recordSet: record.urn,
    endpoint: record.endpoint,
    leaf: record.endpoint ?? record.urn,
  });
}

function addressRecords(
  lookup: Lookup,
  query: Query,
  owner: string,
  origin: { readonly recordSet?: string; readonly endpoint?: string; readonly leaf?: string },
): Found {
  const { name, type } = query;
  if (type !== "A" && type !== "AAAA") return noData(lookup, query);
  const addresses = lookup.zone.addressesOf(owner, type);
  if (addresses.length === 0) return noData(lookup, query);
  const records = addresses.map((data) => ({ name, type, ttlSeconds: ALIAS_TTL_SECONDS, data }));
  return { kind: "records", records, ...origin };
}

/** Whether a record counts as healthy where `isHealthy` says what is believed of the checks. */
export function isHealthyRecord(
  plan: FailoverPlan,
  record: RecordSet,
  isHealthy: (healthCheck: string) => boolean,
): boolean {
  return isRecordHealthy({ plan, index: zoneIndex(plan), isHealthy }, record, 0);
}

/**
 * A record is healthy while its own check is and, for an alias with EvaluateTargetHealth, its target too
 * (developer guide, dns-failover-complex-configs). Without a check, and without evaluation, it always is.
 */
function isRecordHealthy(health: Health, record: RecordSet, depth: number): boolean {
  const { healthCheck, target } = record;
  if (healthCheck.kind === "check" && !health.isHealthy(healthCheck.urn)) return false;
  if (healthCheck.kind === "external" && !health.isHealthy(healthCheck.id)) return false;
  return target.kind === "alias" && target.evaluateTargetHealth === true
    ? isTargetHealthy(health, record, target.dnsName, depth)
    : true;
}

/**
 * An alias to records of the zone is healthy while one of them is; one to a load balancer while every target group of
 * it has a healthy target, where `isHealthy` is asked with the group's URN. Any other AWS resource counts as healthy:
 * for API Gateway and S3 EvaluateTargetHealth is of no operational benefit (API reference, AliasTarget).
 */
function isTargetHealthy(health: Health, record: RecordSet, dnsName: unknown, depth: number): boolean {
  if (depth > CHAIN_LENGTH_MAX) return true;
  const named = typeof dnsName === "string" ? (health.index.byName.get(normalizeDnsName(dnsName)) ?? []) : [];
  const members = named.filter(({ type }) => type === record.type);
  if (members.length > 0) return members.some((member) => isRecordHealthy(health, member, depth + 1));
  const targets = targetHealthOf(health.plan, record);
  return targets.kind !== "groups" || targets.groups.every(({ urn }) => health.isHealthy(urn));
}

function isRecordInPlan(lookup: Lookup, dnsName: string, type: string): boolean {
  return (lookup.index.byName.get(normalizeDnsName(dnsName)) ?? []).some((record) => record.type === type);
}

/** The name is there and has nothing of this type; an AWS name outside the zones has no SOA of ours. */
function noData(lookup: Lookup, query: Query): Negative {
  return { kind: "no-data", zone: zoneOf(lookup.index.zones, query.name) };
}

function refused(why: string): Found {
  return { kind: "refused", why };
}
