import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { healthCheck } from "../simulation/plan-fixture";

const urn = (type: string, name: string) => `urn:pulumi:dev::warm-standby::${type}::${name}`;

export const PRIMARY = urn("aws:apigatewayv2/api:Api", "primary-api");
export const STANDBY = urn("aws:apigatewayv2/api:Api", "standby-api");
export const CHECK = urn("aws:route53/healthCheck:HealthCheck", "primary-check");
export const TABLE = urn("aws:dynamodb/table:Table", "profiles");
export const NAME = "profiles.example.com";
export const PRIMARY_NAME = "us-east-1.profiles.example.com";
export const STANDBY_NAME = "us-west-2.profiles.example.com";

/** The profile API in small: CNAMEs with a TTL of 10 s and a check of 10 s x 1, so that a cutover is short. */
export function profilePlan(changes: Partial<FailoverPlan> = {}): FailoverPlan {
  return {
    zones: [{ urn: urn("aws:route53/zone:Zone", "zone"), name: "example.com", id: "Z0123456789" }],
    recordSets: [
      failoverRecord("PRIMARY", PRIMARY_NAME, PRIMARY),
      failoverRecord("SECONDARY", STANDBY_NAME, STANDBY),
      regionalRecord(PRIMARY_NAME, PRIMARY),
      regionalRecord(STANDBY_NAME, STANDBY),
    ],
    healthChecks: [healthCheck({ urn: CHECK, fqdn: PRIMARY_NAME, failureThreshold: 1 })],
    endpoints: [endpoint(PRIMARY, "us-east-1", PRIMARY_NAME), endpoint(STANDBY, "us-west-2", STANDBY_NAME)],
    tables: [
      {
        urn: TABLE,
        name: "profiles",
        region: "us-east-1",
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        streamEnabled: true,
        streamViewType: "NEW_AND_OLD_IMAGES",
        pointInTimeRecovery: true,
        deletionProtection: false,
        replicas: [
          { region: "us-west-2", pointInTimeRecovery: true, deletionProtection: false, propagateTags: true },
        ],
      },
    ],
    alarms: [],
    ...changes,
  };
}

export function failoverRecord(
  role: "PRIMARY" | "SECONDARY",
  target: string,
  endpointUrn: string,
): RecordSet {
  return {
    urn: urn("aws:route53/record:Record", role.toLowerCase()),
    name: NAME,
    type: "CNAME",
    zoneId: "Z0123456789",
    zone: "Z0123456789",
    setIdentifier: role.toLowerCase(),
    routing: { kind: "failover", role },
    target: { kind: "values", values: [target], ttlSeconds: 10 },
    healthCheck: role === "PRIMARY" ? { kind: "check", urn: CHECK } : { kind: "none" },
    endpoint: endpointUrn,
  };
}

function regionalRecord(name: string, endpointUrn: string): RecordSet {
  return {
    urn: urn("aws:route53/record:Record", name),
    name,
    type: "A",
    zoneId: "Z0123456789",
    zone: "Z0123456789",
    routing: { kind: "simple" },
    target: {
      kind: "alias",
      dnsName: `d-${name.length}.execute-api.${name.split(".")[0]}.amazonaws.com`,
      zoneId: "Z2FDTNDATAQYW2",
      evaluateTargetHealth: false,
    },
    healthCheck: { kind: "none" },
    endpoint: endpointUrn,
  };
}

function endpoint(endpointUrn: string, region: string, name: string) {
  return {
    urn: endpointUrn,
    kind: "api-gateway" as const,
    region,
    hostNames: [NAME, name],
    dnsTargets: [`d-${name.length}.execute-api.${region}.amazonaws.com`],
    addresses: [],
    functions: [],
    sources: [endpointUrn],
  };
}
