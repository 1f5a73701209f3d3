import type { HealthCheckType } from "./health-check";
import { nameKey, toldName } from "./relative-name";
import type { TargetGroup } from "./target-group";
import { isUnknown, type MaybeUnknown } from "./unknown";

/** The plain description of a failover system that judge, rehearsal and drill share. No Pulumi, no AWS client. */
export interface FailoverPlan {
  readonly zones: readonly HostedZone[];
  readonly recordSets: readonly RecordSet[];
  readonly healthChecks: readonly HealthCheck[];
  readonly endpoints: readonly Endpoint[];
  readonly tables: readonly GlobalTable[];
  readonly alarms: readonly Alarm[];
}

export interface HostedZone {
  readonly urn: string;
  /** Without the final dot. */
  readonly name: MaybeUnknown<string>;
  readonly id: MaybeUnknown<string>;
  /** It answers inside VPCs only, where no health checker asks. */
  readonly isPrivate?: true;
  /** It is only read here, or something that the plan does not read holds records of it. */
  readonly hasOthers?: true;
}

export type FailoverRole = "PRIMARY" | "SECONDARY";

export type Routing =
  | { readonly kind: "simple" }
  | { readonly kind: "failover"; readonly role: MaybeUnknown<FailoverRole> }
  | { readonly kind: "weighted"; readonly weight: MaybeUnknown<number> }
  | { readonly kind: "multivalue" }
  /** The AWS region whose latency Route 53 compares, wherever the endpoint is. */
  | { readonly kind: "latency"; readonly region: MaybeUnknown<string> }
  | { readonly kind: "geolocation"; readonly location: MaybeUnknown<GeoLocation> }
  /** IP-based (CIDR) and geoproximity routing: named, and not played. */
  | { readonly kind: "other"; readonly policy: string };

/** Where the resolvers are that a geolocation record is for (API reference, GeoLocation). */
export type GeoLocation =
  /** Everywhere that no other record is for, and addresses that Route 53 cannot place. */
  | { readonly kind: "default" }
  /** `AF`, `AN`, `AS`, `EU`, `OC`, `NA` or `SA`. */
  | { readonly kind: "continent"; readonly continent: string }
  /** ISO 3166-1 alpha-2. */
  | { readonly kind: "country"; readonly country: string }
  /** A state of the country: `US` and `WA`. */
  | { readonly kind: "subdivision"; readonly country: string; readonly subdivision: string };

export type RecordTarget =
  | {
      readonly kind: "alias";
      /** The AWS host name it points at, without the final dot. */
      readonly dnsName: MaybeUnknown<string>;
      readonly zoneId: MaybeUnknown<string>;
      readonly evaluateTargetHealth: MaybeUnknown<boolean>;
    }
  | {
      readonly kind: "values";
      readonly values: MaybeUnknown<readonly string[]>;
      /** Undefined where the record sets none, which Route 53 refuses. */
      readonly ttlSeconds: MaybeUnknown<number> | undefined;
      /** The values are not known before the update; these stand for them in a rehearsal (`taken-addresses.ts`). */
      readonly isTaken?: true;
    };

export interface RecordSet {
  readonly urn: string;
  /** Full name, lower case, without the final dot. */
  readonly name: MaybeUnknown<string>;
  /**
   * What it is called below a zone whose name nothing tells yet: `www`, or empty for the zone itself. A rehearsal gives
   * it a full name all the same (`taken-names.ts`).
   */
  readonly relativeName?: string;
  /** `A`, `AAAA`, `CNAME`, ... */
  readonly type: MaybeUnknown<string>;
  readonly zoneId: MaybeUnknown<string>;
  /** URN of the zone where the stack has it, joined by dependency before it exists; its id where it has not. */
  readonly zone: MaybeUnknown<string>;
  readonly setIdentifier?: MaybeUnknown<string>;
  readonly routing: Routing;
  readonly target: RecordTarget;
  /** URN of the check in this stack; `external` is a check that is not among the stack's resources. */
  readonly healthCheck:
    | { readonly kind: "none" }
    | { readonly kind: "check"; readonly urn: string }
    | { readonly kind: "external"; readonly id: string }
    | { readonly kind: "unknown" };
  /** URN of the endpoint that the record leads to, where it is one of the stack's. */
  readonly endpoint?: string;
}

export interface HealthCheck {
  readonly urn: string;
  readonly id: MaybeUnknown<string> | undefined;
  readonly type: MaybeUnknown<HealthCheckType>;
  readonly fqdn: MaybeUnknown<string> | undefined;
  readonly ipAddress: MaybeUnknown<string> | undefined;
  /** URNs of what the name or address is computed from, while it is not known. */
  readonly probedFrom?: readonly string[];
  readonly port: MaybeUnknown<number> | undefined;
  readonly resourcePath: MaybeUnknown<string> | undefined;
  readonly searchString: MaybeUnknown<string> | undefined;
  readonly enableSni: MaybeUnknown<boolean>;
  readonly requestIntervalSeconds: MaybeUnknown<number>;
  readonly failureThreshold: MaybeUnknown<number>;
  readonly measureLatency: MaybeUnknown<boolean>;
  readonly inverted: MaybeUnknown<boolean>;
  readonly disabled: MaybeUnknown<boolean>;
  /** Checker regions; undefined means all. */
  readonly regions: MaybeUnknown<readonly string[]> | undefined;
  /** CLOUDWATCH_METRIC only. */
  readonly alarmName: MaybeUnknown<string> | undefined;
  readonly alarmRegion: MaybeUnknown<string> | undefined;
  readonly alarm?: string;
  readonly insufficientDataHealthStatus: MaybeUnknown<string> | undefined;
  /** CALCULATED only: URNs of the children in this stack, and how many there are in all. */
  readonly children: readonly string[];
  /** Ids of children that are not in this stack. */
  readonly outsideChildren?: readonly string[];
  readonly childCount: MaybeUnknown<number>;
  readonly childHealthThreshold: MaybeUnknown<number> | undefined;
}

/** A thing that answers requests for one or more names. */
export interface Endpoint {
  readonly urn: string;
  readonly kind:
    | "api-gateway"
    | "load-balancer"
    | "s3-website"
    | "cloudfront"
    | "instance"
    | "database"
    | "cache"
    | "broker"
    | "search-domain"
    | "app-service"
    | "function-url";
  readonly region: MaybeUnknown<string> | undefined;
  /** Names that visitors and checkers use, lower case. */
  readonly hostNames: readonly string[];
  /** Names that records point at (alias targets, CNAME values), lower case. */
  readonly dnsTargets: readonly string[];
  /** Literal addresses that records point at. */
  readonly addresses: readonly string[];
  /** URNs of the functions that answer. */
  readonly functions: readonly string[];
  /** URNs of the resources that make up the endpoint, by which a record is joined before names are known. */
  readonly sources: readonly string[];
  /** Of a load balancer: what it forwards to; UNKNOWN where the stack does not hold all of it. */
  readonly targetGroups?: MaybeUnknown<readonly TargetGroup[]>;
  /** URNs of what it serves with and no record needs to lead to: instances of a cluster, the database of a proxy. */
  readonly members?: readonly string[];
}

export interface GlobalTable {
  readonly urn: string;
  readonly name: MaybeUnknown<string>;
  readonly region: MaybeUnknown<string> | undefined;
  readonly hashKey: MaybeUnknown<string>;
  readonly billingMode: MaybeUnknown<string>;
  readonly streamEnabled: MaybeUnknown<boolean>;
  readonly streamViewType: MaybeUnknown<string> | undefined;
  readonly pointInTimeRecovery: MaybeUnknown<boolean>;
  readonly deletionProtection: MaybeUnknown<boolean>;
  readonly replicas: readonly TableReplica[];
}

export interface TableReplica {
  readonly region: MaybeUnknown<string>;
  readonly pointInTimeRecovery: MaybeUnknown<boolean>;
  readonly deletionProtection: MaybeUnknown<boolean>;
  readonly propagateTags: MaybeUnknown<boolean>;
}

export interface Alarm {
  readonly urn: string;
  readonly name: MaybeUnknown<string>;
  readonly region: MaybeUnknown<string> | undefined;
  readonly namespace: MaybeUnknown<string> | undefined;
  readonly metricName?: MaybeUnknown<string>;
  readonly comparisonOperator?: MaybeUnknown<string>;
  readonly threshold?: MaybeUnknown<number>;
  readonly periodSeconds: MaybeUnknown<number> | undefined;
  readonly evaluationPeriods: MaybeUnknown<number> | undefined;
  /** The M of an "M out of N" alarm; undefined where every period evaluated must be over the threshold. */
  readonly datapointsToAlarm?: MaybeUnknown<number>;
  /** A percentile or another statistic beyond the five of `statistic`; undefined where it has none. */
  readonly extendedStatistic?: MaybeUnknown<string>;
  /** How many queries it reads in the place of one metric of its own; undefined where there are none. */
  readonly metricQueries?: MaybeUnknown<number>;
  readonly statistic?: MaybeUnknown<string>;
  readonly dimensionNames?: MaybeUnknown<readonly string[]>;
  /** URN of the health check that it watches, for alarms on AWS/Route53 metrics. */
  readonly healthCheck?: string;
  /** URN of the stack's load balancer that its dimensions name. */
  readonly balancer?: string;
}

/** The PRIMARY and the SECONDARY of one zone, name and type. */
export interface FailoverPair {
  /** As far as it is told: where the zone's name is not, what the records are called below it. */
  readonly name: string;
  readonly type: string;
  readonly primary: RecordSet;
  readonly secondary: RecordSet;
}

/** Every complete pair, in the order of the names. Halves are for the pack's `failover-pair` rule to refuse. */
export function failoverPairs(plan: FailoverPlan): FailoverPair[] {
  const groups = new Map<string, { name: string; type: string; records: RecordSet[] }>();
  for (const record of plan.recordSets) {
    if (record.routing.kind !== "failover") continue;
    const { type } = record;
    const name = toldName(record);
    const ownKey = nameKey(record);
    if (isUnknown(name) || isUnknown(ownKey) || isUnknown(type) || isUnknown(record.routing.role)) continue;
    const key = `${ownKey} ${type}`;
    const group = groups.get(key) ?? { name, type, records: [] };
    group.records.push(record);
    groups.set(key, group);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { name, type, records }]) =>
      byZone(records).flatMap((set) => {
        const [primary, secondary] = [inRole(set, "PRIMARY"), inRole(set, "SECONDARY")];
        return primary && secondary ? [{ name, type, primary, secondary }] : [];
      }),
    );
}

function inRole(records: readonly RecordSet[], role: FailoverRole): RecordSet | undefined {
  return records.find(({ routing }) => routing.kind === "failover" && routing.role === role);
}

/**
 * Records of one name, apart where they are in several zones: a public and a private zone of one name answer apart.
 * Those whose zone is not known yet are taken for the others' where these have one zone, else for a set of their own.
 */
export function byZone(records: readonly RecordSet[]): readonly (readonly RecordSet[])[] {
  const zones = new Map<string | undefined, RecordSet[]>();
  for (const record of records) {
    const zone = zoneKey(record);
    const set = zones.get(zone);
    if (set) set.push(record);
    else zones.set(zone, [record]);
  }
  const known = zones.size - (zones.has(undefined) ? 1 : 0);
  return known > 1 ? [...zones.values()] : records.length > 0 ? [records] : [];
}

/** Records of one name apart by zone, each list once: it never changes, and every one of its records may ask. */
const zoneSplits = new WeakMap<readonly RecordSet[], ZoneSplit>();

interface ZoneSplit {
  readonly sets: readonly (readonly RecordSet[])[];
  readonly byZone: ReadonlyMap<string, readonly RecordSet[]>;
  readonly byRecord: ReadonlyMap<RecordSet, readonly RecordSet[]>;
}

/**
 * Of records of one name those that `from` can mean: where several zones have the name, those of its own. The list
 * must not change any more.
 */
export function recordsBeside(records: readonly RecordSet[], from: RecordSet): readonly RecordSet[] {
  if (records.length < 2) return records;
  const { sets, byZone, byRecord } = splitByZone(records);
  if (sets.length < 2) return records;
  const zone = zoneKey(from);
  return byRecord.get(from) ?? (zone === undefined ? undefined : byZone.get(zone)) ?? [];
}

function splitByZone(records: readonly RecordSet[]): ZoneSplit {
  let split = zoneSplits.get(records);
  if (!split) {
    const sets = byZone(records);
    split = {
      sets,
      byZone: new Map(sets.flatMap((set) => set.flatMap((record) => zoneEntry(record, set)))),
      byRecord: new Map(sets.flatMap((set) => set.map((record) => [record, set] as const))),
    };
    zoneSplits.set(records, split);
  }
  return split;
}

function zoneEntry(record: RecordSet, set: readonly RecordSet[]): [string, readonly RecordSet[]][] {
  const zone = zoneKey(record);
  return zone === undefined ? [] : [[zone, set]];
}

/**
 * The plan as whoever asks for a record's name sees it: where several zones have a name, a public and a private one
 * say, the records of the asked zone alone. Delegations stay. The plan itself where no name is in several zones.
 */
export function planSeenFrom(plan: FailoverPlan, from: RecordSet): FailoverPlan {
  const byName = new Map<string, RecordSet[]>();
  for (const record of plan.recordSets) {
    if (isUnknown(record.name) || record.type === "NS") continue;
    const named = byName.get(record.name);
    if (named) named.push(record);
    else byName.set(record.name, [record]);
  }
  const hidden = new Set<RecordSet>();
  for (const records of byName.values()) {
    const seen = recordsBeside(records, from);
    if (seen === records) continue;
    const shown = new Set(seen);
    for (const record of records) if (!shown.has(record)) hidden.add(record);
  }
  if (hidden.size === 0) return plan;
  return { ...plan, recordSets: plan.recordSets.filter((record) => !hidden.has(record)) };
}

/** What tells the zones of records apart; undefined where it is not known yet. */
export function zoneKey({ zone }: Pick<RecordSet, "zone">): string | undefined {
  return isUnknown(zone) ? undefined : zone;
}
