import type { StackResource } from "../../model/stack-resource";
import { type MaybeUnknown, type Properties, UNKNOWN } from "../../model/unknown";
import { provider, resource, urn } from "../model/stack-fixture";

const NAME = "profiles.example.com";
export const PRIMARY = "us-east-1";
export const STANDBY = "us-west-2";

const API = "aws:apigatewayv2/api:Api";
const DOMAIN = "aws:apigatewayv2/domainName:DomainName";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";
const TABLE = "aws:dynamodb/table:Table";
const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const FUNCTION = "aws:lambda/function:Function";

/**
 * The profile API as the program stands it up: every type and every property that a price or a rule reads.
 * Before it exists, what AWS computes is unknown and dependencies tell what belongs together.
 */
export function profileApiStack({ preview = false } = {}): StackResource[] {
  const made = <T extends string>(value: T): MaybeUnknown<T> => (preview ? UNKNOWN : value);
  const globalProvider = urn("pulumi:providers:aws", "primary");
  const inDns = (type: string, name: string, properties: Properties, from: Record<string, string[]> = {}) =>
    resource(type, name, properties, { id: made(`${name}-id`), provider: globalProvider, from });
  const record = (role: "PRIMARY" | "SECONDARY", type: "A" | "AAAA", side: string): StackResource =>
    inDns(
      RECORD,
      `failover-${side}-${type.toLowerCase()}`,
      {
        name: NAME,
        type,
        zoneId: made("zone-id"),
        setIdentifier: side,
        failoverRoutingPolicies: [{ type: role }],
        aliases: [{ name: made(target(side)), zoneId: made("Z2OJLYMUO9EFXC"), evaluateTargetHealth: false }],
        ...(role === "PRIMARY" ? { healthCheckId: made("check-id") } : {}),
      },
      {
        zoneId: [urn("aws:route53/zone:Zone", "zone")],
        aliases: [urn(DOMAIN, `${side}-failover-domain`)],
        ...(role === "PRIMARY" ? { healthCheckId: [urn(CHECK, "check")] } : {}),
      },
    );
  const alarm = (
    name: string,
    providerName: string,
    properties: Properties,
    from: Record<string, string[]> = {},
  ) =>
    resource(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      name,
      { period: 60, evaluationPeriods: 1, ...properties },
      { id: made(`${name}-id`), provider: urn("pulumi:providers:aws", providerName), from },
    );
  return [
    resource("pulumi:pulumi:Stack", "profiles-test", {}, { custom: false }),
    provider("primary", PRIMARY, "primary"),
    provider("standby", STANDBY, "standby"),
    resource("warm-standby:components:RegionalApi", "primary", {}, { custom: false }),
    inDns("aws:route53/zone:Zone", "zone", { name: "example.com", enableAcceleratedRecovery: true }),
    inDns(CHECK, "check", {
      type: "HTTPS",
      fqdn: `${PRIMARY}.${NAME}`,
      requestInterval: 10,
      failureThreshold: 3,
    }),
    resource(
      TABLE,
      "profiles",
      {
        name: made("profiles"),
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        streamEnabled: true,
        streamViewType: "NEW_AND_OLD_IMAGES",
        pointInTimeRecovery: { enabled: true },
        replicas: [{ regionName: STANDBY, pointInTimeRecovery: true, propagateTags: true }],
      },
      { id: made("profiles-id"), provider: globalProvider },
    ),
    ...regionalApi("primary", preview),
    ...regionalApi("standby", preview),
    record("PRIMARY", "A", "primary"),
    record("SECONDARY", "A", "standby"),
    record("PRIMARY", "AAAA", "primary"),
    record("SECONDARY", "AAAA", "standby"),
    alarm(
      "health-alarm",
      "primary",
      {
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        dimensions: { HealthCheckId: made("check-id") },
      },
      { dimensions: [urn(CHECK, "check")] },
    ),
    resource("aws:sns/topic:Topic", "health-topic", {}, { id: made("topic"), provider: globalProvider }),
    alarm("replication-alarm", "primary", { namespace: "AWS/DynamoDB", metricName: "ReplicationLatency" }),
    alarm("standby-errors", "standby", { namespace: "AWS/ApiGateway", metricName: "5xx" }),
  ];
}

/** One region: role, function, logs, API, certificate and the two custom domains. */
function regionalApi(side: "primary" | "standby", preview: boolean): StackResource[] {
  const made = <T extends string>(value: T): MaybeUnknown<T> => (preview ? UNKNOWN : value);
  const region = side === "primary" ? PRIMARY : STANDBY;
  const child = (type: string, name: string, properties: Properties, from: Record<string, string[]> = {}) =>
    resource(type, `${side}-${name}`, properties, {
      id: made(`${side}-${name}-id`),
      provider: urn("pulumi:providers:aws", side),
      from,
    });
  const api = urn(API, `${side}-http`);
  const domain = (suffix: string, domainName: string): StackResource[] => [
    child(
      DOMAIN,
      `${suffix}-domain`,
      {
        domainName,
        domainNameConfiguration: preview
          ? UNKNOWN
          : { certificateArn: certificateArn(region), targetDomainName: target(side), hostedZoneId: "Z1" },
      },
      { domainNameConfiguration: [urn(CERTIFICATE_VALIDATION, `${side}-validation`)] },
    ),
    child(
      "aws:apigatewayv2/apiMapping:ApiMapping",
      `${suffix}-mapping`,
      { apiId: made(`${side}-http-id`), domainName: made(`${side}-${suffix}-domain-id`) },
      { apiId: [api], domainName: [urn(DOMAIN, `${side}-${suffix}-domain`)] },
    ),
  ];
  return [
    child("aws:iam/role:Role", "role", {}),
    child("aws:iam/rolePolicy:RolePolicy", "role-policy", {}),
    child("aws:cloudwatch/logGroup:LogGroup", "function-logs", { retentionInDays: 7 }),
    child(FUNCTION, "function", { memorySize: 256, architectures: ["arm64"], runtime: "nodejs22.x" }),
    child(API, "http", { protocolType: "HTTP", disableExecuteApiEndpoint: true }),
    child(
      "aws:apigatewayv2/integration:Integration",
      "integration",
      { apiId: made(`${side}-http-id`), integrationUri: made(`arn-${side}`) },
      { apiId: [api], integrationUri: [urn(FUNCTION, `${side}-function`)] },
    ),
    child(
      "aws:apigatewayv2/route:Route",
      "route",
      { apiId: made(`${side}-http-id`), routeKey: "$default" },
      { apiId: [api] },
    ),
    child("aws:cloudwatch/logGroup:LogGroup", "access-logs", { retentionInDays: 7 }),
    child("aws:apigatewayv2/stage:Stage", "stage", {}),
    child("aws:lambda/permission:Permission", "permission", {}),
    child("aws:acm/certificate:Certificate", "certificate", { domainName: NAME, validationMethod: "DNS" }),
    child(CERTIFICATE_VALIDATION, "validation", {}),
    ...domain("failover", NAME),
    ...domain("regional", `${region}.${NAME}`),
    child(
      RECORD,
      "regional-record",
      {
        name: `${region}.${NAME}`,
        type: "A",
        zoneId: made("zone-id"),
        aliases: [{ name: made(target(side)), zoneId: made("Z2OJLYMUO9EFXC"), evaluateTargetHealth: false }],
      },
      {
        zoneId: [urn("aws:route53/zone:Zone", "zone")],
        aliases: [urn(DOMAIN, `${side}-regional-domain`)],
      },
    ),
  ];
}

function certificateArn(region: string): string {
  return `arn:aws:acm:${region}:123456789012:certificate/1`;
}

function target(side: string): string {
  return `d-${side}.execute-api.${side === "primary" ? PRIMARY : STANDBY}.amazonaws.com`;
}
