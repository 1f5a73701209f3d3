import type { StackResource } from "../../../model/stack-resource";
import type { Properties, PropertyValue } from "../../../model/unknown";
import { resource, urn } from "../../model/stack-fixture";

export const RECORD = "aws:route53/record:Record";
export const CHECK = "aws:route53/healthCheck:HealthCheck";
export const NAME = "app.example.com";

export function recordUrn(name: string): string {
  return urn(RECORD, name);
}

export const checkUrn = urn(CHECK, "check");

export function check(properties: Properties = {}): StackResource {
  return resource(
    CHECK,
    "check",
    { type: "HTTPS", fqdn: "origin.example.com", requestInterval: 30, failureThreshold: 3, ...properties },
    { id: "hc-1" },
  );
}

/** The SECONDARY's own address; the PRIMARY has another. */
export const STANDBY_ADDRESS = "192.0.2.2";

/** An A record with an address and a TTL of 60, until `properties` say otherwise. */
export function record(name: string, properties: Properties = {}): StackResource {
  return resource(RECORD, name, {
    name: NAME,
    type: "A",
    zoneId: "Z1",
    records: ["192.0.2.1"],
    ttl: 60,
    ...properties,
  });
}

export function primary(properties: Properties = {}): StackResource {
  return record("primary", {
    setIdentifier: "primary",
    failoverRoutingPolicies: [{ type: "PRIMARY" }],
    healthCheckId: "hc-1",
    ...properties,
  });
}

export function secondary(properties: Properties = {}): StackResource {
  return record("secondary", {
    setIdentifier: "secondary",
    failoverRoutingPolicies: [{ type: "SECONDARY" }],
    records: [STANDBY_ADDRESS],
    ...properties,
  });
}

/** What makes a record an alias. */
export function alias(name: PropertyValue, evaluateTargetHealth: PropertyValue = false): Properties {
  return { records: undefined, ttl: undefined, aliases: [{ name, zoneId: "Z2", evaluateTargetHealth }] };
}
