import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { healthCheck } from "../simulation/plan-fixture";

const urn = (type: string, name: string) => `urn:pulumi:relay::warm-standby::${type}::${name}`;

export const RELAY = "relay.example.com";
export const GATEWAYS = ["alpha", "beta"].map((name) => urn("aws:route53/record:Record", name));
export const GATEWAY_CHECKS = ["alpha", "beta"].map((name) =>
  urn("aws:route53/healthCheck:HealthCheck", name),
);
export const GATEWAY_HOSTS = ["alpha.example.net", "beta.example.net"];

/** Two gateways outside AWS behind CNAMEs of equal weight, each with a check of 10 s x 1, and a TTL of 10 s. */
export function relayPlan(changes: Partial<RecordSet> = {}): FailoverPlan {
  return {
    zones: [{ urn: urn("aws:route53/zone:Zone", "zone"), name: "example.com", id: "Z0123456789" }],
    recordSets: GATEWAY_HOSTS.map((host, index) => ({
      urn: GATEWAYS[index] ?? "",
      name: RELAY,
      type: "CNAME",
      zoneId: "Z0123456789",
      zone: "Z0123456789",
      setIdentifier: host,
      routing: { kind: "weighted", weight: 50 },
      target: { kind: "values", values: [host], ttlSeconds: 10 },
      healthCheck: { kind: "check", urn: GATEWAY_CHECKS[index] ?? "" },
      ...changes,
    })),
    healthChecks: GATEWAY_HOSTS.map((host, index) =>
      healthCheck({
        urn: GATEWAY_CHECKS[index] ?? "",
        fqdn: host,
        type: "HTTPS_STR_MATCH",
        searchString: "all is well",
        resourcePath: "/status?deep=1",
        failureThreshold: 1,
      }),
    ),
    endpoints: [],
    tables: [],
    alarms: [],
  };
}
