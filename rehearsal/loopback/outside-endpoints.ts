import { isIP } from "node:net";
import type { AnswerSet } from "../../model/answer-sets";
import { recordsAsked } from "../../model/answer-tree";
import { normalizeDnsName } from "../../model/dns-name";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "../../model/failover-plan";
import { isUnknown, UNKNOWN } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import { endpointKey } from "../../model/watched-endpoint";
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
 * member of the set. A check's host name that nobody knows is taken for the own name of the endpoint that the check
 * decides about: DNS outside the zone is not played. In a zone of the plan, where its record may be kept elsewhere, a
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
    outside.set(owner, {
      urn: owner,
      kind: "instance",
      region: undefined,
      hostNames: place.names,
      dnsTargets: place.names,
      addresses: place.addresses,
      functions: [],
      sources: [],
    });
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
  const named = nameProbed(
    { ...plan, endpoints: [...plan.endpoints, ...outside.values()] },
    members,
    endpointOf,
  );
  const wanted = new Set([...[...outside.values()].flatMap(({ dnsTargets }) => dnsTargets), ...probed]);
  const standIns = standInRecords(named, set, wanted);
  return {
    plan: standIns.length === 0 ? named : { ...named, recordSets: [...named.recordSets, ...standIns] },
    outside: new Set(outside.keys()),
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
    if (more.length > 0) {
      return {
        obstacle: `${urn} leads to the set of several records at ${String(name)}, which is simulated only`,
      };
    }
    record = first;
  }
  return { obstacle: `${start.urn} leads through more than ${CHAIN_LENGTH_MAX} names` };
}

function placeOf({ urn, type, target }: RecordSet): {
  readonly key: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
} {
  // An alias is answered with addresses of its own, whatever else points at the same name.
  if (target.kind === "alias" || isUnknown(target.values)) return { key: urn, names: [], addresses: [] };
  if (type === "CNAME") {
    const names = target.values.map(normalizeDnsName);
    return { key: names.join(" "), names, addresses: [] };
  }
  const addresses = target.values.filter((value) => isIP(value) !== 0);
  return { key: addresses.length > 0 ? addresses.join(" ") : urn, names: [], addresses };
}

/** Gives endpoints the host names that only a check knows. */
function nameProbed(
  plan: FailoverPlan,
  members: readonly RecordSet[],
  endpointOf: FurnishedPlan["endpointOf"],
): FailoverPlan {
  const { zones } = zoneIndex(plan);
  const isAnswered = (name: string) => zoneOf(zones, name) !== undefined && !isUnanswered(plan, name);
  const taken = new Set(plan.endpoints.flatMap(({ dnsTargets }) => dnsTargets));
  const given = new Map<string, string[]>();
  for (const member of members) {
    const found = endpointOf(member);
    if ("obstacle" in found) continue;
    for (const { fqdn } of recordsAsked(plan, member).flatMap((each) => checksOf(plan, each))) {
      if (typeof fqdn !== "string") continue;
      const name = normalizeDnsName(fqdn);
      if (taken.has(name) || isAnswered(name)) continue;
      taken.add(name);
      given.set(found.urn, [...(given.get(found.urn) ?? []), name]);
    }
  }
  const endpoints = plan.endpoints.map((endpoint) => {
    const names = given.get(endpoint.urn) ?? [];
    if (names.length === 0) return endpoint;
    return {
      ...endpoint,
      hostNames: [...new Set([...endpoint.hostNames, ...names])],
      dnsTargets: [...endpoint.dnsTargets, ...names],
    };
  });
  return { ...plan, endpoints };
}

/** The check that decides about a record, and its children. */
export function checksOf(plan: FailoverPlan, { healthCheck }: RecordSet): HealthCheck[] {
  const own = healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
  if (!own) return [];
  return [own, ...own.children.flatMap((urn) => withUrn(plan.healthChecks, urn) ?? [])];
}
