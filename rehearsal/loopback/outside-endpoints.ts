import { isIP } from "node:net";
import type { AnswerSet } from "../../model/answer-sets";
import { recordsAsked } from "../../model/answer-tree";
import { failingChildren } from "../../model/calculated-check";
import { normalizeDnsName } from "../../model/dns-name";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "../../model/failover-plan";
import { isUnknown, UNKNOWN } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import { endpointKey } from "../../model/watched-endpoint";
import { seenBy } from "../simulation/read-checks";
import { recordsAt, zoneIndex, zoneOf } from "../simulation/zone-data";

/** Longer chains of names than this are taken for a loop. */
const CHAIN_LENGTH_MAX = 8;

/** The plan with an endpoint for everything that its records lead to, also outside the stack. */
export interface FurnishedPlan {
  readonly plan: FailoverPlan;
  /** URNs of the endpoints that the stack does not have: those of the records that lead there. */
  readonly outside: ReadonlySet<string>;
  /** Names of the plan's zones that only a stand-in answers for, one line each. */
  readonly notes: readonly string[];
  /** URN of the endpoint that a member of the set leads to, or why there is none. */
  readonly endpointOf: (member: RecordSet) => { readonly urn: string } | { readonly obstacle: string };
}

/**
 * Furnishes a plan with an endpoint for each place outside the stack that a member of the set or the name of a check
 * leads to: by literal values, or by an alias to a resource that the stack does not have. Its URN is the record's, as
 * in the simulation (`endpointKey`); records that lead to the same place share the endpoint, which then belongs to the
 * member of the set. A check's host name or address that nobody knows belongs to the endpoint that the check sees in the
 * simulation: DNS outside the zone is not played. In a zone of the plan, where its record may be kept elsewhere, a
 * stand-in answers for it.
 */
export function furnishPlan(plan: FailoverPlan, set: AnswerSet): FurnishedPlan {
  const members = [set.primary, ...set.others];
  const leaves = new Map(members.map((member) => [member.urn, leafOf(plan, member)]));
  const owners = new Map<string, string>();
  const outside = new Map<string, Endpoint>();
  const enter = (leaf: RecordSet, owner: string): string => {
    const place = placeOf(leaf);
    const known = owners.get(place.key);
    if (known !== undefined) return known;
    owners.set(place.key, owner);
    outside.set(owner, outsideEndpoint(owner, place.probed));
    return owner;
  };
  const endpointOf: FurnishedPlan["endpointOf"] = (member) => {
    const leaf = leaves.get(member.urn) ?? member;
    if ("obstacle" in leaf) return leaf;
    return { urn: member.endpoint ?? leaf.endpoint ?? enter(leaf, endpointKey(member)) };
  };
  for (const member of members) endpointOf(member);
  // Most other records lead to nothing that answers requests: certificate validations, mail, another system.
  const probed = new Set(
    plan.healthChecks.flatMap(({ fqdn }) => (typeof fqdn === "string" ? [normalizeDnsName(fqdn)] : [])),
  );
  for (const record of plan.recordSets) {
    if (record.endpoint !== undefined || isUnknown(record.name) || !probed.has(record.name)) continue;
    const leaf = leafOf(plan, record);
    if (!("obstacle" in leaf) && leaf.endpoint === undefined) enter(leaf, endpointKey(record));
  }
  const { plan: named, alone } = furnishProbed(
    { ...plan, endpoints: [...plan.endpoints, ...outside.values()] },
    set,
    endpointOf,
  );
  const wanted = new Set([...[...outside.values()].flatMap(({ dnsTargets }) => dnsTargets), ...probed]);
  const standIns = standInRecords(named, set, wanted);
  return {
    plan: standIns.length === 0 ? named : { ...named, recordSets: [...named.recordSets, ...standIns] },
    outside: new Set([...outside.keys(), ...alone]),
    notes: standIns.map(
      ({ name }) => `the stack has no record of ${String(name)}; a stand-in answers for it`,
    ),
    endpointOf,
  };
}

/** A record for each of the names that an endpoint is reached by and nobody answers for in its zone. */
function standInRecords(
  plan: FailoverPlan,
  { primary }: AnswerSet,
  wanted: ReadonlySet<string>,
): RecordSet[] {
  const missing = new Map<string, string>();
  for (const { urn, dnsTargets } of plan.endpoints) {
    for (const name of dnsTargets) {
      if (wanted.has(name) && isUnanswered(plan, name) && !missing.has(name)) missing.set(name, urn);
    }
  }
  return [...missing].map(([name, endpoint]) => ({
    urn: `stand-in for ${name}`,
    name,
    type: "A",
    zoneId: primary.zoneId,
    zone: primary.zone,
    routing: { kind: "simple" },
    target: { kind: "alias", dnsName: UNKNOWN, zoneId: UNKNOWN, evaluateTargetHealth: false },
    healthCheck: { kind: "none" },
    endpoint,
  }));
}

const ADDRESS_TYPES: readonly unknown[] = ["A", "AAAA", "CNAME"];

/** Whether a name is in a zone of the plan, which has nothing there that leads to an address. */
function isUnanswered(plan: FailoverPlan, name: string): boolean {
  const index = zoneIndex(plan);
  const zone = zoneOf(index.zones, name);
  return zone !== undefined && !recordsAt(index, zone, name).some(({ type }) => ADDRESS_TYPES.includes(type));
}

/** The record at the end of a chain of names in the zone, which has the values or leads to an endpoint. */
function leafOf(plan: FailoverPlan, start: RecordSet): RecordSet | { readonly obstacle: string } {
  const { byName } = zoneIndex(plan);
  let record = start;
  for (let step = 0; step <= CHAIN_LENGTH_MAX; step++) {
    const { urn, target, type } = record;
    if (record.endpoint !== undefined) return record;
    const values = target.kind === "values" ? target.values : [];
    if (isUnknown(values)) return { obstacle: `the values of ${urn} are not known yet` };
    const name = target.kind === "alias" ? target.dnsName : type === "CNAME" ? values[0] : undefined;
    if (isUnknown(name)) return { obstacle: `what ${urn} leads to is not known yet` };
    const wanted = type === "CNAME" ? ["A", "CNAME", "AAAA"] : [type, "CNAME"];
    const next = name === undefined ? [] : (byName.get(normalizeDnsName(name)) ?? []);
    const following = wanted.map((each) => next.filter((candidate) => candidate.type === each));
    const [first, ...more] = following.find(({ length }) => length > 0) ?? [];
    if (!first) return record;
    // A set of one is a set: its check decides, which nothing here asks.
    if (more.length > 0 || first.routing.kind !== "simple") {
      return {
        obstacle: `${urn} leads to the set of records at ${String(name)}, which is simulated only`,
      };
    }
    record = first;
  }
  return { obstacle: `${start.urn} leads through more than ${CHAIN_LENGTH_MAX} names` };
}

function placeOf({ urn, type, target }: RecordSet): {
  readonly key: string;
  readonly probed: readonly string[];
} {
  // An alias is answered with addresses of its own, whatever else points at the same name.
  if (target.kind === "alias" || isUnknown(target.values)) return { key: urn, probed: [] };
  const probed =
    type === "CNAME"
      ? target.values.map(normalizeDnsName)
      : target.values.filter((value) => isIP(value) !== 0);
  return { key: probed.length > 0 ? probed.join(" ") : urn, probed };
}

/** The plan with what its checks probe, and the endpoints that only checks know. */
interface Probed {
  readonly plan: FailoverPlan;
  readonly alone: readonly string[];
}

/**
 * Gives what only a check knows, a host name or an address, to the endpoint that the check sees in the simulation; what
 * fails with nobody gets an endpoint of its own.
 */
function furnishProbed(plan: FailoverPlan, set: AnswerSet, endpointOf: FurnishedPlan["endpointOf"]): Probed {
  const { zones } = zoneIndex(plan);
  const isAnswered = (name: string) => zoneOf(zones, name) !== undefined && !isUnanswered(plan, name);
  const taken = new Set(plan.endpoints.flatMap(({ dnsTargets, addresses }) => [...dnsTargets, ...addresses]));
  const given = new Map<string, string[]>();
  const alone = new Map<string, Endpoint>();
  for (const member of [set.primary, ...set.others]) {
    for (const { check, record, isFailing } of askedChecks(plan, member)) {
      const place = check.ipAddress ?? check.fqdn;
      if (place === undefined || isUnknown(place)) continue;
      const isAddress = isIP(place) !== 0;
      const probed = isAddress ? place : normalizeDnsName(place);
      if (taken.has(probed) || (!isAddress && isAnswered(probed))) continue;
      taken.add(probed);
      const seen = seenBy(plan, set, check, { record, isFailing, queryType: set.type });
      // What is seen of the lost member is probed by a check of its own as well, and taken by now.
      const found = endpointOf(member);
      if (seen.kind === "alone") alone.set(check.urn, outsideEndpoint(check.urn, [probed]));
      else if ("urn" in found) given.set(found.urn, [...(given.get(found.urn) ?? []), probed]);
    }
  }
  const endpoints = plan.endpoints.map((endpoint) => {
    const probed = given.get(endpoint.urn);
    if (!probed) return endpoint;
    const { hostNames, dnsTargets, addresses } = outsideEndpoint(endpoint.urn, probed);
    return {
      ...endpoint,
      hostNames: [...new Set([...endpoint.hostNames, ...hostNames])],
      dnsTargets: [...endpoint.dnsTargets, ...dnsTargets],
      addresses: [...endpoint.addresses, ...addresses],
    };
  });
  return { plan: { ...plan, endpoints: [...endpoints, ...alone.values()] }, alone: [...alone.keys()] };
}

/** What the stack does not have, by names or addresses. */
function outsideEndpoint(urn: string, probed: readonly string[]): Endpoint {
  const names = probed.filter((each) => isIP(each) === 0);
  return {
    urn,
    kind: "instance",
    region: undefined,
    hostNames: names,
    dnsTargets: names,
    addresses: probed.filter((each) => isIP(each) !== 0),
    functions: [],
    sources: [],
  };
}

interface AskedCheck {
  readonly check: HealthCheck;
  readonly record: RecordSet;
  readonly isFailing: boolean;
}

/** The checks that decide about a member, each with the record that it is attached to. */
function askedChecks(plan: FailoverPlan, member: RecordSet): AskedCheck[] {
  return recordsAsked(plan, member).flatMap((record) => {
    const [own, ...children] = checksOf(plan, record);
    if (!own) return [];
    const failing = failingChildren(plan, own, record);
    return [
      { check: own, record, isFailing: true },
      ...children.map((check) => ({ check, record, isFailing: failing.includes(check) })),
    ];
  });
}

/** The check that decides about a record, and its children. */
export function checksOf(plan: FailoverPlan, { healthCheck }: RecordSet): HealthCheck[] {
  const own = healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
  if (!own) return [];
  return [own, ...own.children.flatMap((urn) => withUrn(plan.healthChecks, urn) ?? [])];
}
