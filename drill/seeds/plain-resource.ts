import { AWS_PROVIDER_TYPE, type StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";

/** Resources as a stack would have them once they exist: with ids, and without a program. */

const URN = "urn:pulumi:seed::seed";

export const ZONE_ID = "Z0123456789SEED";

export function urnOf(type: string, name: string): string {
  return `${URN}::${type}::${name}`;
}

/** One provider per region; every other resource names the one of its region. */
export function provider(region: string): StackResource {
  return resource(AWS_PROVIDER_TYPE, region, { region }, undefined);
}

export function resource(
  type: string,
  name: string,
  properties: Properties,
  region: string | undefined,
): StackResource {
  return {
    urn: urnOf(type, name),
    type,
    name,
    custom: true,
    id: name,
    provider: region === undefined ? undefined : urnOf(AWS_PROVIDER_TYPE, region),
    properties,
    dependencies: [],
    propertyDependencies: {},
  };
}

const GLOBAL_REGION = "us-east-1";

export function zone(name: string): StackResource {
  return {
    ...resource("aws:route53/zone:Zone", "zone", { name, zoneId: ZONE_ID }, GLOBAL_REGION),
    id: ZONE_ID,
  };
}

/** A health check with the service's own defaults, 30 s and three in a row, where `properties` say nothing else. */
export function healthCheck(name: string, properties: Properties): StackResource {
  return resource(
    "aws:route53/healthCheck:HealthCheck",
    name,
    { requestInterval: 30, failureThreshold: 3, ...properties },
    GLOBAL_REGION,
  );
}

export function record(name: string, properties: Properties): StackResource {
  return resource("aws:route53/record:Record", name, { zoneId: ZONE_ID, ...properties }, GLOBAL_REGION);
}

/** A record of a failover pair; the PRIMARY names its check. */
export function failoverRecord(
  role: "PRIMARY" | "SECONDARY",
  properties: Properties,
  healthCheckId?: string,
): StackResource {
  return record(role.toLowerCase(), {
    setIdentifier: role.toLowerCase(),
    failoverRoutingPolicies: [{ type: role }],
    ...properties,
    ...(healthCheckId === undefined ? {} : { healthCheckId }),
  });
}

export function alias(name: string, zoneId: string): Properties {
  return { aliases: [{ name, zoneId, evaluateTargetHealth: false }] };
}
