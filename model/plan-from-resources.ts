import { alarmedBalancer } from "./alarmed-balancer";
import { CHAIN_MAX } from "./answering-places";
import { asWritten } from "./as-written";
import { normalizeDnsName, qualifyRecordName } from "./dns-name";
import { endpointsFromResources } from "./endpoints-from-resources";
import type {
  Alarm,
  Endpoint,
  FailoverPlan,
  FailoverRole,
  GeoLocation,
  GlobalTable,
  HealthCheck,
  HostedZone,
  RecordSet,
  RecordTarget,
  Routing,
} from "./failover-plan";
import { recordsBeside } from "./failover-plan";
import { withFoldedEndpoints } from "./folded-endpoints";
import { type HealthCheckType, sniByDefault } from "./health-check";
import { at, booleanAt, isPresent, listAt, numberAt, stringAt, stringListAt } from "./property";
import { isPrivateZone, zoneOfRecord } from "./record-groups";
import { ContinuedNames } from "./relative-name";
import { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "./unknown";
import { RECORD_KEEPERS } from "./unread-failover";

export { resourceRegion, resourceRole } from "./resource-placement";

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";
const TABLE = "aws:dynamodb/table:Table";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/**
 * Reads a failover system off a stack's resources, whoever wrote the stack. Values that are not known yet stay
 * UNKNOWN; references to resources that do not exist yet are joined by what they were computed from.
 */
export function planFromResources(
  resources: readonly StackResource[],
  joins = new StackJoins(resources),
): FailoverPlan {
  const zones = new Map(joins.ofType(ZONE).map((resource) => [resource.urn, zoneOf(resource, joins)]));
  const endpoints = endpointsFromResources(joins);
  const continued = new ContinuedNames(joins);
  const recordSets = joins.ofType(RECORD).map((resource) => recordSetOf(resource, joins, zones, continued));
  const targets = new RecordTargets(joins, endpoints, recordSets);
  const led = recordSets.map((record) => ({ ...record, endpoint: targets.endpointOf(record) }));
  return {
    zones: [...zones.values()],
    ...withFoldedEndpoints({ endpoints, recordSets: led }),
    healthChecks: joins.ofType(HEALTH_CHECK).map((resource) => healthCheckOf(resource, joins)),
    tables: joins.ofType(TABLE).map((resource) => tableOf(resource, joins)),
    alarms: joins.ofType(ALARM).map((resource) => alarmOf(resource, joins)),
  };
}

/** The one resource of `type` that `property` of `from` refers to. */
function referenced(
  joins: StackJoins,
  from: StackResource,
  property: string,
  type: string,
  value?: PropertyValue,
): StackResource | undefined {
  const { found } = joins.references(from, property, type, value ?? from.properties[property] ?? null);
  return found.length === 1 ? found[0] : undefined;
}

/** The resources of `type` that `property` of `from` was computed from. */
function computedFrom(
  joins: StackJoins,
  from: StackResource,
  property: string,
  type: string,
): StackResource[] {
  return (from.propertyDependencies[property] ?? []).flatMap((urn) => {
    const found = joins.byUrn.get(urn);
    return found?.type === type ? [found] : [];
  });
}

function zoneOf(resource: StackResource, joins: StackJoins): HostedZone {
  return {
    urn: resource.urn,
    name: normalized(stringAt(resource.properties, "name") ?? UNKNOWN),
    id: resource.id ?? stringAt(resource.properties, "zoneId") ?? UNKNOWN,
    ...(isPrivateZone(resource.urn, joins) && { isPrivate: true }),
    ...((resource.external || RECORD_KEEPERS.some((type) => joins.ofType(type).length > 0)) && {
      hasOthers: true,
    }),
  };
}

function recordSetOf(
  resource: StackResource,
  joins: StackJoins,
  zones: ReadonlyMap<string, HostedZone>,
  continued: ContinuedNames,
): RecordSet {
  const { properties } = resource;
  const zoneId = stringAt(properties, "zoneId") ?? UNKNOWN;
  return {
    urn: resource.urn,
    ...recordName(resource, joins, zones, continued),
    type: stringAt(properties, "type") ?? UNKNOWN,
    zoneId,
    zone: zoneOfRecord({ urn: resource.urn, zoneId }, joins),
    setIdentifier: stringAt(properties, "setIdentifier"),
    routing: routingOf(resource),
    target: targetOf(resource),
    healthCheck: healthCheckReference(resource, joins),
  };
}

/** The provider reports the full name as `fqdn`; before that it follows from the name and the zone's. */
function recordName(
  resource: StackResource,
  joins: StackJoins,
  zones: ReadonlyMap<string, HostedZone>,
  continued: ContinuedNames,
): Pick<RecordSet, "name" | "relativeName"> {
  const fqdn = stringAt(resource.properties, "fqdn");
  if (fqdn !== undefined && !isUnknown(fqdn)) return { name: normalizeDnsName(fqdn) };
  const name = stringAt(resource.properties, "name");
  if (name === undefined || isUnknown(name)) return { name: UNKNOWN };
  const zoneName = zones.get(referenced(joins, resource, "zoneId", ZONE)?.urn ?? "")?.name;
  if (zoneName !== undefined && !isUnknown(zoneName)) return { name: qualifyRecordName(name, zoneName) };
  // A zone that is looked up is no resource of the stack, so nothing tells whether its name is still missing here.
  const own = normalizeDnsName(name);
  return continued.mayBeRelative(own) ? { name: UNKNOWN, relativeName: own } : { name: own };
}

function routingOf(resource: StackResource): Routing {
  const { properties } = resource;
  const failover = listAt(properties, "failoverRoutingPolicies");
  if (isUnknown(failover)) return { kind: "failover", role: UNKNOWN };
  if (failover?.length) {
    const role = stringAt(failover, 0, "type") ?? UNKNOWN;
    return { kind: "failover", role: isUnknown(role) ? role : (role as FailoverRole) };
  }
  const weighted = listAt(properties, "weightedRoutingPolicies");
  if (isUnknown(weighted)) return { kind: "weighted", weight: UNKNOWN };
  if (weighted?.length) return { kind: "weighted", weight: numberAt(weighted, 0, "weight") ?? UNKNOWN };
  if (booleanAt(properties, "multivalueAnswerRoutingPolicy") === true) return { kind: "multivalue" };
  const latency = listAt(properties, "latencyRoutingPolicies");
  if (isUnknown(latency)) return { kind: "latency", region: UNKNOWN };
  if (latency?.length) return { kind: "latency", region: stringAt(latency, 0, "region") ?? UNKNOWN };
  const geolocation = listAt(properties, "geolocationRoutingPolicies");
  if (isUnknown(geolocation)) return { kind: "geolocation", location: UNKNOWN };
  if (geolocation?.length) return { kind: "geolocation", location: locationOf(geolocation[0]) };
  for (const policy of ["cidr", "geoproximity"]) {
    if (isPresent(properties[`${policy}RoutingPolicy`])) return { kind: "other", policy };
  }
  return { kind: "simple" };
}

/** The country `*` stands for everywhere else (API reference, GeoLocation CountryCode). */
function locationOf(policy: PropertyValue): MaybeUnknown<GeoLocation> {
  const continent = stringAt(policy, "continent") || undefined;
  const country = stringAt(policy, "country") || undefined;
  const subdivision = stringAt(policy, "subdivision") || undefined;
  if (isUnknown(continent) || isUnknown(country) || isUnknown(subdivision)) return UNKNOWN;
  if (country === "*") return { kind: "default" };
  if (country !== undefined && subdivision !== undefined)
    return { kind: "subdivision", country, subdivision };
  if (country !== undefined) return { kind: "country", country };
  return continent === undefined ? UNKNOWN : { kind: "continent", continent };
}

function targetOf(resource: StackResource): RecordTarget {
  const { properties } = resource;
  const aliases = listAt(properties, "aliases");
  if (isUnknown(aliases) || (aliases && aliases.length > 0)) {
    return {
      kind: "alias",
      dnsName: aliasName(normalized(stringAt(aliases, 0, "name") ?? UNKNOWN)),
      zoneId: stringAt(aliases, 0, "zoneId") ?? UNKNOWN,
      evaluateTargetHealth: booleanAt(aliases, 0, "evaluateTargetHealth") ?? UNKNOWN,
    };
  }
  return {
    kind: "values",
    values: stringListAt(properties, "records") ?? [],
    ttlSeconds: numberAt(properties, "ttl"),
  };
}

function healthCheckReference(resource: StackResource, joins: StackJoins): RecordSet["healthCheck"] {
  const id = stringAt(resource.properties, "healthCheckId");
  if (id === undefined || id === "") return { kind: "none" };
  const check = referenced(joins, resource, "healthCheckId", HEALTH_CHECK);
  if (check) return { kind: "check", urn: check.urn };
  return isUnknown(id) ? { kind: "unknown" } : { kind: "external", id };
}

function healthCheckOf(resource: StackResource, joins: StackJoins): HealthCheck {
  const { properties } = resource;
  const fqdn = stringAt(properties, "fqdn");
  const children = listAt(properties, "childHealthchecks");
  const type = (stringAt(properties, "type") ?? UNKNOWN) as MaybeUnknown<HealthCheckType>;
  return {
    urn: resource.urn,
    id: resource.id,
    type,
    fqdn: fqdn === undefined || fqdn === "" ? undefined : normalized(fqdn),
    ipAddress: stringAt(properties, "ipAddress") || undefined,
    ...probedFrom(resource),
    port: numberAt(properties, "port"),
    resourcePath: stringAt(properties, "resourcePath"),
    searchString: stringAt(properties, "searchString"),
    enableSni: booleanAt(properties, "enableSni") ?? (isUnknown(type) ? UNKNOWN : sniByDefault(type)),
    // The service defaults of CreateHealthCheck: 30 s, three in a row.
    requestIntervalSeconds: numberAt(properties, "requestInterval") ?? 30,
    failureThreshold: numberAt(properties, "failureThreshold") ?? 3,
    measureLatency: booleanAt(properties, "measureLatency") ?? false,
    inverted: booleanAt(properties, "invertHealthcheck") ?? false,
    disabled: booleanAt(properties, "disabled") ?? false,
    regions: stringListAt(properties, "regions"),
    alarmName: stringAt(properties, "cloudwatchAlarmName"),
    alarmRegion: stringAt(properties, "cloudwatchAlarmRegion"),
    alarm: alarmBehind(resource, joins)?.urn,
    insufficientDataHealthStatus: stringAt(properties, "insufficientDataHealthStatus"),
    ...childrenOf(resource, joins),
    childCount: isUnknown(children) ? UNKNOWN : (children?.length ?? 0),
    childHealthThreshold: numberAt(properties, "childHealthThreshold"),
  };
}

/** What the probed name or address is computed from, while an update has yet to tell it. */
function probedFrom({ properties, propertyDependencies }: StackResource): Pick<HealthCheck, "probedFrom"> {
  const path = stringAt(properties, "ipAddress") ? "ipAddress" : "fqdn";
  const from = isUnknown(properties[path]) ? (propertyDependencies[path] ?? []) : [];
  return from.length > 0 ? { probedFrom: from } : {};
}

function alarmBehind(resource: StackResource, joins: StackJoins): StackResource | undefined {
  const name = stringAt(resource.properties, "cloudwatchAlarmName");
  if (name === undefined) return undefined;
  const region = stringAt(resource.properties, "cloudwatchAlarmRegion");
  const byName = joins.grouped(`${ALARM} names`, ALARM, ({ properties }) => {
    const own = stringAt(properties, "name");
    return typeof own === "string" ? [own] : [];
  });
  const named = (isUnknown(name) ? [] : (byName.get(name) ?? [])).filter(
    (alarm) => region === undefined || joins.regionOf(alarm) === region,
  );
  const candidates = named.length === 1 ? named : computedFrom(joins, resource, "cloudwatchAlarmName", ALARM);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function childrenOf(
  resource: StackResource,
  joins: StackJoins,
): Pick<HealthCheck, "children" | "outsideChildren"> {
  const { found, outside } = joins.references(resource, "childHealthchecks", HEALTH_CHECK);
  const computed = computedFrom(joins, resource, "childHealthchecks", HEALTH_CHECK);
  const children = [...new Set([...found, ...computed].map(({ urn }) => urn))];
  const strangers = outside.filter((id) => !isUnknown(id));
  return { children, ...(strangers.length > 0 && { outsideChildren: strangers }) };
}

function tableOf(resource: StackResource, joins: StackJoins): GlobalTable {
  const { properties } = resource;
  const replicas = listAt(properties, "replicas");
  return {
    urn: resource.urn,
    name: stringAt(properties, "name") ?? UNKNOWN,
    region: joins.regionOf(resource),
    hashKey: stringAt(properties, "hashKey") ?? UNKNOWN,
    // The provider's default, not DynamoDB's console default.
    billingMode: stringAt(properties, "billingMode") ?? "PROVISIONED",
    streamEnabled: booleanAt(properties, "streamEnabled") ?? false,
    streamViewType: stringAt(properties, "streamViewType"),
    pointInTimeRecovery: booleanAt(properties, "pointInTimeRecovery", "enabled") ?? false,
    deletionProtection: booleanAt(properties, "deletionProtectionEnabled") ?? false,
    replicas: isUnknown(replicas)
      ? [
          {
            region: UNKNOWN,
            pointInTimeRecovery: UNKNOWN,
            deletionProtection: UNKNOWN,
            propagateTags: UNKNOWN,
          },
        ]
      : (replicas ?? []).map((replica) => ({
          region: stringAt(replica, "regionName") ?? UNKNOWN,
          pointInTimeRecovery: booleanAt(replica, "pointInTimeRecovery") ?? false,
          deletionProtection: booleanAt(replica, "deletionProtectionEnabled") ?? false,
          propagateTags: booleanAt(replica, "propagateTags") ?? false,
        })),
  };
}

function alarmOf(resource: StackResource, joins: StackJoins): Alarm {
  const { properties } = resource;
  const checkId = stringAt(properties, "dimensions", "HealthCheckId");
  const check = referenced(joins, resource, "dimensions", HEALTH_CHECK, checkId);
  // What the program left out is none; a state file writes that as 0, empty text or an empty list.
  const written = asWritten(resource).properties;
  const queries = listAt(written, "metricQueries");
  const balancer = alarmedBalancer(resource, joins)?.urn;
  return {
    urn: resource.urn,
    name: stringAt(properties, "name") ?? UNKNOWN,
    region: joins.regionOf(resource),
    namespace: stringAt(properties, "namespace"),
    metricName: stringAt(properties, "metricName"),
    comparisonOperator: stringAt(properties, "comparisonOperator"),
    threshold: numberAt(properties, "threshold"),
    periodSeconds: numberAt(properties, "period") || undefined,
    evaluationPeriods: numberAt(properties, "evaluationPeriods") || undefined,
    datapointsToAlarm: numberAt(written, "datapointsToAlarm") || undefined,
    extendedStatistic: stringAt(written, "extendedStatistic") || undefined,
    metricQueries: isUnknown(queries) ? queries : queries?.length || undefined,
    statistic: stringAt(written, "statistic") || undefined,
    dimensionNames: namesIn(at(written, "dimensions")),
    healthCheck: check?.urn,
    ...(balancer !== undefined && { balancer }),
  };
}

/** The keys of a map that the program gave, of which none is no map. */
function namesIn(map: PropertyValue): MaybeUnknown<readonly string[]> {
  if (isUnknown(map)) return UNKNOWN;
  return map !== null && typeof map === "object" ? Object.keys(map) : [];
}

/** Follows records to the stack's endpoints, through the records of the zone where they point at one. */
class RecordTargets {
  private readonly byAddress = new Map<string, Endpoint>();
  /** Several for the websites of a region: they share one name, and S3 tells them apart by what is asked for. */
  private readonly byTarget = new Map<string, Endpoint[]>();
  private readonly bySource = new Map<string, Endpoint[]>();
  private readonly simpleByName = new Map<string, RecordSet[]>();

  constructor(
    private readonly joins: StackJoins,
    endpoints: readonly Endpoint[],
    recordSets: readonly RecordSet[],
  ) {
    for (const endpoint of endpoints) {
      for (const name of endpoint.dnsTargets) append(this.byTarget, name, endpoint);
      for (const address of endpoint.addresses) {
        if (!this.byAddress.has(address)) this.byAddress.set(address, endpoint);
      }
      for (const source of endpoint.sources) append(this.bySource, source, endpoint);
    }
    for (const record of recordSets) {
      if (typeof record.name === "string" && record.routing.kind === "simple")
        append(this.simpleByName, record.name, record);
    }
  }

  endpointOf(record: RecordSet, chain: readonly RecordSet[] = []): string | undefined {
    if (chain.length === CHAIN_MAX || chain.includes(record)) return undefined;
    const { target } = record;
    const names: readonly MaybeUnknown<string>[] =
      target.kind === "alias" ? [target.dnsName] : isUnknown(target.values) ? [] : target.values;
    const isAddress = target.kind === "values" && record.type !== "CNAME";
    for (const name of names) {
      if (isUnknown(name)) continue;
      const plain = normalizeDnsName(name);
      const direct = isAddress ? this.byAddress.get(plain) : this.targetOf(plain, record, chain);
      if (direct) return direct.urn;
      const next = recordsBeside(this.simpleByName.get(plain) ?? [], record).find((one) => one !== record);
      const through = next && this.endpointOf(next, [...chain, record]);
      if (through) return through;
    }
    return this.endpointByDependency(record);
  }

  /** The endpoint that a name leads to; of several the one that answers for what visitors asked for. */
  private targetOf(name: string, record: RecordSet, chain: readonly RecordSet[]): Endpoint | undefined {
    const candidates = this.byTarget.get(name) ?? [];
    if (candidates.length < 2) return candidates[0];
    const asked = [...chain, record].map((each) => `${String(each.name)}.${name}`);
    const named = candidates.find(({ hostNames }) => asked.some((host) => hostNames.includes(host)));
    if (named) return named;
    const meant = this.endpointByDependency(record);
    return candidates.find(({ urn }) => urn === meant) ?? candidates[0];
  }

  /** Before the target exists, its name is unknown; what the property was computed from still tells it. */
  private endpointByDependency({ urn, target }: RecordSet): string | undefined {
    const property = target.kind === "alias" ? "aliases" : "records";
    const sources = this.joins.byUrn.get(urn)?.propertyDependencies[property] ?? [];
    const matches = new Set(sources.flatMap((source) => this.bySource.get(source) ?? []));
    const [only] = matches;
    return matches.size === 1 ? only?.urn : undefined;
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Of a load balancer the console writes `dualstack.` before its name, which leads to the same one. */
function aliasName(name: MaybeUnknown<string>): MaybeUnknown<string> {
  return isUnknown(name) ? name : name.replace(/^dualstack\.(?=.+\.elb\.(?:[\w-]+\.)?amazonaws\.com$)/, "");
}

function normalized(name: MaybeUnknown<string>): MaybeUnknown<string> {
  return isUnknown(name) ? name : normalizeDnsName(name);
}
