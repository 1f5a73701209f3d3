import { normalizeDnsName } from "../../../model/dns-name";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { recordGroups } from "../../../model/record-groups";
import type { StackJoins } from "../../../model/stack-joins";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";

/** A resolver follows no longer chain of names either. */
const CHAIN_MAX = 16;

/** Tells whether the check of a PRIMARY watches the SECONDARY's side; every index is made once. */
export class ProbedSides {
  private readonly secondaries = new Map<string, RecordSet>();
  private readonly checks: ReadonlyMap<string, HealthCheck>;
  /** Host name or address -> URNs of the endpoints that answer there. */
  private readonly endpoints = new Map<string, string[]>();
  private readonly simpleRecords = new Map<string, RecordSet[]>();

  constructor(plan: FailoverPlan, joins: StackJoins) {
    this.checks = new Map(plan.healthChecks.map((check) => [check.urn, check]));
    for (const { urn, hostNames, dnsTargets, addresses } of plan.endpoints) {
      for (const name of new Set([...hostNames, ...dnsTargets, ...addresses]))
        append(this.endpoints, name, urn);
    }
    for (const record of plan.recordSets) {
      if (typeof record.name === "string" && record.routing.kind === "simple")
        append(this.simpleRecords, record.name, record);
    }
    for (const { records } of recordGroups(plan, joins).groups) {
      const primary = records.find((record) => hasRole(record, "PRIMARY"));
      const secondary = records.find((record) => hasRole(record, "SECONDARY"));
      if (primary && secondary) this.secondaries.set(primary.urn, secondary);
    }
  }

  /**
   * The host name or address that the check probes, where it surely leads to the SECONDARY and not to the
   * PRIMARY. An inverted check may watch the standby on purpose: there, what appears starts the failover.
   */
  standbysName(primary: RecordSet): string | undefined {
    const secondary = this.secondaries.get(primary.urn);
    if (secondary === undefined || primary.healthCheck.kind !== "check") return undefined;
    const check = this.checks.get(primary.healthCheck.urn);
    if (check === undefined || check.inverted !== false) return undefined;
    if (isUnknown(check.type) || !isEndpointCheck(check.type)) return undefined;
    const probed = check.ipAddress ?? check.fqdn;
    if (probed === undefined || isUnknown(probed)) return undefined;
    const own = this.placesOf(primary);
    if (own.size === 0) return undefined;
    const places = this.placesAt(probed);
    if (meet(places, own) || !meet(places, this.placesOf(secondary))) return undefined;
    return probed;
  }

  /** Names, addresses and endpoints at which a record's clients arrive. */
  private placesOf({ target, endpoint }: RecordSet): ReadonlySet<string> {
    const names: readonly MaybeUnknown<string>[] =
      target.kind === "alias" ? [target.dnsName] : isUnknown(target.values) ? [] : target.values;
    const places = new Set(names.flatMap((name) => (isUnknown(name) ? [] : [...this.placesAt(name)])));
    return endpoint === undefined ? places : places.add(endpoint);
  }

  private placesAt(name: string, depth = 0, places = new Set<string>()): Set<string> {
    const plain = normalizeDnsName(name);
    if (places.has(plain) || depth === CHAIN_MAX) return places;
    places.add(plain);
    for (const urn of this.endpoints.get(plain) ?? []) places.add(urn);
    for (const { target, endpoint } of this.simpleRecords.get(plain) ?? []) {
      if (endpoint !== undefined) places.add(endpoint);
      const next: readonly MaybeUnknown<string>[] =
        target.kind === "alias" ? [target.dnsName] : isUnknown(target.values) ? [] : target.values;
      for (const one of next) if (!isUnknown(one)) this.placesAt(one, depth + 1, places);
    }
    return places;
  }
}

function hasRole({ routing }: RecordSet, role: string): boolean {
  return routing.kind === "failover" && routing.role === role;
}

function meet(places: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...places].some((place) => others.has(place));
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
