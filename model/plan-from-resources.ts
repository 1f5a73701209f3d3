import { normalizeDnsName, qualifyRecordName } from "./dns-name";
import { endpointsFromResources } from "./endpoints-from-resources";
import type {
  Alarm,
  Endpoint,
  FailoverPlan,
  FailoverRole,
  GlobalTable,
  HealthCheck,
  HostedZone,
  RecordSet,
  RecordTarget,
  Routing,
} from "./failover-plan";
import { failoverPairs } from "./failover-plan";
import type { HealthCheckType } from "./health-check";
import { booleanAt, isPresent, listAt, numberAt, stringAt, stringListAt } from "./property";
import { indexByUrn, type ResourceIndex, resourceRegion } from "./resource-placement";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "./unknown";

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
export function planFromResources(resources: readonly StackResource[]): FailoverPlan {
  const stack = new Stack(resources);
  const zones = stack.ofType(ZONE).map(zoneOf);
  const endpoints = endpointsFromResources(resources);
  const alarms = stack.ofType(ALARM).map((resource) => alarmOf(resource, stack));
  const healthChecks = stack.ofType(HEALTH_CHECK).map((resource) => healthCheckOf(resource, stack));
  const recordSets = stack.ofType(RECORD).map((resource) => recordSetOf(resource, stack, zones));
  const withEndpoints = recordSets.map((record) => ({
    ...record,
    endpoint: endpointOf(record, stack, endpoints, recordSets),
  }));
  const plan = {
    zones,
    recordSets: withEndpoints,
    healthChecks,
    endpoints,
    tables: stack.ofType(TABLE).map((resource) => tableOf(resource, stack)),
    alarms,
  };
  return { ...plan, ...regionsOf(plan) };
}

/** The resources with the two ways to follow a reference: by id once it exists, by dependency before. */
class Stack {
  readonly byUrn: ResourceIndex;
  private readonly byType = new Map<string, StackResource[]>();

  constructor(resources: readonly StackResource[]) {
    this.byUrn = indexByUrn(resources);
    for (const resource of resources) {
      const list = this.byType.get(resource.type);
      if (list) list.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  ofType(type: string): readonly StackResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The one resource of `type` that `property` of `resource` was computed from. */
  dependency(resource: StackResource, property: string, type: string): StackResource | undefined {
    const candidates = (resource.propertyDependencies[property] ?? []).flatMap((urn) => {
      const found = this.byUrn.get(urn);
      return found?.type === type ? [found] : [];
    });
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  withId(type: string, id: MaybeUnknown<string> | undefined): StackResource | undefined {
    if (id === undefined || isUnknown(id)) return undefined;
    return this.ofType(type).find((resource) => resource.id === id);
  }
}

function zoneOf(resource: StackResource): HostedZone {
  return {
    urn: resource.urn,
    name: normalized(stringAt(resource.properties, "name") ?? UNKNOWN),
    id: resource.id ?? stringAt(resource.properties, "zoneId") ?? UNKNOWN,
  };
}

function recordSetOf(resource: StackResource, stack: Stack, zones: readonly HostedZone[]): RecordSet {
  const { properties } = resource;
  const zoneId = stringAt(properties, "zoneId") ?? UNKNOWN;
  return {
    urn: resource.urn,
    name: recordName(resource, stack, zones, zoneId),
    type: stringAt(properties, "type") ?? UNKNOWN,
    zoneId,
    setIdentifier: stringAt(properties, "setIdentifier"),
    routing: routingOf(resource),
    target: targetOf(resource),
    healthCheck: healthCheckReference(resource, stack),
  };
}

/** The provider reports the full name as `fqdn`; before that it follows from the name and the zone's. */
function recordName(
  resource: StackResource,
  stack: Stack,
  zones: readonly HostedZone[],
  zoneId: MaybeUnknown<string>,
): MaybeUnknown<string> {
  const fqdn = stringAt(resource.properties, "fqdn");
  if (fqdn !== undefined && !isUnknown(fqdn)) return normalizeDnsName(fqdn);
  const name = stringAt(resource.properties, "name");
  if (name === undefined || isUnknown(name)) return UNKNOWN;
  const zoneResource = stack.withId(ZONE, zoneId) ?? stack.dependency(resource, "zoneId", ZONE);
  const zoneName = zones.find((zone) => zone.urn === zoneResource?.urn)?.name;
  // A zone that is looked up is not a resource; a name of several labels is then taken as complete.
  return qualifyRecordName(name, zoneName === undefined || isUnknown(zoneName) ? undefined : zoneName);
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
  for (const policy of ["latency", "geolocation", "cidr"]) {
    const value = properties[`${policy}RoutingPolicies`] ?? properties[`${policy}RoutingPolicy`];
    if (Array.isArray(value) ? value.length > 0 : isPresent(value)) return { kind: "other", policy };
  }
  return isPresent(properties.geoproximityRoutingPolicy)
    ? { kind: "other", policy: "geoproximity" }
    : { kind: "simple" };
}

function targetOf(resource: StackResource): RecordTarget {
  const { properties } = resource;
  const aliases = listAt(properties, "aliases");
  if (isUnknown(aliases) || (aliases && aliases.length > 0)) {
    return {
      kind: "alias",
      dnsName: normalized(stringAt(aliases, 0, "name") ?? UNKNOWN),
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

function healthCheckReference(resource: StackResource, stack: Stack): RecordSet["healthCheck"] {
  const id = stringAt(resource.properties, "healthCheckId");
  if (id === undefined || id === "") return { kind: "none" };
  const check = stack.withId(HEALTH_CHECK, id) ?? stack.dependency(resource, "healthCheckId", HEALTH_CHECK);
  if (check) return { kind: "check", urn: check.urn };
  return isUnknown(id) ? { kind: "unknown" } : { kind: "external", id };
}

function healthCheckOf(resource: StackResource, stack: Stack): HealthCheck {
  const { properties } = resource;
  const fqdn = stringAt(properties, "fqdn");
  const children = listAt(properties, "childHealthchecks");
  return {
    urn: resource.urn,
    id: resource.id,
    type: (stringAt(properties, "type") ?? UNKNOWN) as MaybeUnknown<HealthCheckType>,
    fqdn: fqdn === undefined || fqdn === "" ? undefined : normalized(fqdn),
    ipAddress: stringAt(properties, "ipAddress") || undefined,
    port: numberAt(properties, "port"),
    resourcePath: stringAt(properties, "resourcePath"),
    searchString: stringAt(properties, "searchString"),
    enableSni: booleanAt(properties, "enableSni"),
    // The service defaults of CreateHealthCheck: 30 s, three in a row.
    requestIntervalSeconds: numberAt(properties, "requestInterval") ?? 30,
    failureThreshold: numberAt(properties, "failureThreshold") ?? 3,
    measureLatency: booleanAt(properties, "measureLatency") ?? false,
    inverted: booleanAt(properties, "invertHealthcheck") ?? false,
    disabled: booleanAt(properties, "disabled") ?? false,
    regions: stringListAt(properties, "regions"),
    alarmName: stringAt(properties, "cloudwatchAlarmName"),
    alarmRegion: stringAt(properties, "cloudwatchAlarmRegion"),
    alarm: alarmBehind(resource, stack)?.urn,
    insufficientDataHealthStatus: stringAt(properties, "insufficientDataHealthStatus"),
    children: childrenOf(resource, stack),
    childCount: isUnknown(children) ? UNKNOWN : (children?.length ?? 0),
    childHealthThreshold: numberAt(properties, "childHealthThreshold"),
  };
}

function alarmBehind(resource: StackResource, stack: Stack): StackResource | undefined {
  const name = stringAt(resource.properties, "cloudwatchAlarmName");
  if (name === undefined) return undefined;
  const region = stringAt(resource.properties, "cloudwatchAlarmRegion");
  const named = isUnknown(name)
    ? []
    : stack
        .ofType(ALARM)
        .filter(
          (alarm) =>
            stringAt(alarm.properties, "name") === name &&
            (region === undefined || resourceRegion(alarm, stack.byUrn) === region),
        );
  return named.length === 1 ? named[0] : stack.dependency(resource, "cloudwatchAlarmName", ALARM);
}

function childrenOf(resource: StackResource, stack: Stack): string[] {
  const ids = listAt(resource.properties, "childHealthchecks");
  const byId = isUnknown(ids)
    ? []
    : (ids ?? []).flatMap((id) => {
        const child = typeof id === "string" ? stack.withId(HEALTH_CHECK, id) : undefined;
        return child ? [child.urn] : [];
      });
  const byDependency = (resource.propertyDependencies.childHealthchecks ?? []).filter(
    (urn) => stack.byUrn.get(urn)?.type === HEALTH_CHECK,
  );
  return [...new Set([...byId, ...byDependency])];
}

function tableOf(resource: StackResource, stack: Stack): GlobalTable {
  const { properties } = resource;
  const replicas = listAt(properties, "replicas");
  return {
    urn: resource.urn,
    name: stringAt(properties, "name") ?? UNKNOWN,
    region: resourceRegion(resource, stack.byUrn),
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

function alarmOf(resource: StackResource, stack: Stack): Alarm {
  const { properties } = resource;
  const checkId = stringAt(properties, "dimensions", "HealthCheckId");
  const check =
    stack.withId(HEALTH_CHECK, checkId) ??
    (checkId === undefined ? undefined : stack.dependency(resource, "dimensions", HEALTH_CHECK));
  return {
    urn: resource.urn,
    name: stringAt(properties, "name") ?? UNKNOWN,
    region: resourceRegion(resource, stack.byUrn),
    namespace: stringAt(properties, "namespace"),
    periodSeconds: numberAt(properties, "period"),
    evaluationPeriods: numberAt(properties, "evaluationPeriods"),
    healthCheck: check?.urn,
  };
}

/** Follows a record to one of the stack's endpoints, through the records of the zone where it points at one. */
function endpointOf(
  record: RecordSet,
  stack: Stack,
  endpoints: readonly Endpoint[],
  recordSets: readonly RecordSet[],
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  if (seen.has(record.urn)) return undefined;
  const { target } = record;
  const names: readonly MaybeUnknown<string>[] =
    target.kind === "alias" ? [target.dnsName] : isUnknown(target.values) ? [] : target.values;
  for (const name of names) {
    if (isUnknown(name)) continue;
    const plain = normalizeDnsName(name);
    const direct = endpoints.find(({ dnsTargets, addresses }) =>
      target.kind === "values" && record.type !== "CNAME"
        ? addresses.includes(plain)
        : dnsTargets.includes(plain),
    );
    if (direct) return direct.urn;
    const next = recordSets.find(
      (candidate) => candidate.name === plain && candidate.routing.kind === "simple" && candidate !== record,
    );
    const through = next && endpointOf(next, stack, endpoints, recordSets, new Set([...seen, record.urn]));
    if (through) return through;
  }
  return endpointByDependency(record, stack, endpoints);
}

/** Before the target exists, its name is unknown; what the property was computed from still tells it. */
function endpointByDependency(
  record: RecordSet,
  stack: Stack,
  endpoints: readonly Endpoint[],
): string | undefined {
  const resource = stack.byUrn.get(record.urn);
  const sources =
    resource?.propertyDependencies[record.target.kind === "alias" ? "aliases" : "records"] ?? [];
  const matches = endpoints.filter((endpoint) => sources.some((urn) => endpoint.sources.includes(urn)));
  return matches.length === 1 ? matches[0]?.urn : undefined;
}

function regionsOf(plan: Omit<FailoverPlan, "primaryRegion" | "standbyRegion">): {
  primaryRegion?: string;
  standbyRegion?: string;
} {
  const regionOfEndpoint = (urn: string | undefined): string | undefined => {
    const region = plan.endpoints.find((endpoint) => endpoint.urn === urn)?.region;
    return typeof region === "string" ? region : undefined;
  };
  for (const pair of failoverPairs(plan)) {
    const primaryRegion = regionOfEndpoint(pair.primary.endpoint);
    const standbyRegion = regionOfEndpoint(pair.secondary.endpoint);
    if (primaryRegion || standbyRegion) return { primaryRegion, standbyRegion };
  }
  return {};
}

function normalized(name: MaybeUnknown<string>): MaybeUnknown<string> {
  return isUnknown(name) ? name : normalizeDnsName(name);
}
