import fc from "fast-check";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const ADDRESSES = ["198.51.100.1", "198.51.100.2", "10.0.0.1", "2001:db8::1", "2001:DB8:0::1"];
const HOSTS = ["a.example.com", "b.example.com", "c.example.com", "lb.elb.example.com", "far.example.net"];
const ZONES = ["Z1", "Z2"];

const address = fc.constantFrom(...ADDRESSES);
const host = fc.constantFrom(...HOSTS);

const routing: fc.Arbitrary<Properties> = fc.constantFrom<Properties>(
  {},
  { failoverRoutingPolicies: [{ type: "PRIMARY" }], setIdentifier: "p" },
  { failoverRoutingPolicies: [{ type: "SECONDARY" }], setIdentifier: "s" },
  { failoverRoutingPolicies: [{ type: UNKNOWN }], setIdentifier: "u" },
  { weightedRoutingPolicies: [{ weight: 1 }], setIdentifier: "w" },
  { multivalueAnswerRoutingPolicy: true },
);

const target: fc.Arbitrary<Properties> = fc.oneof(
  fc.array(address, { maxLength: 2 }).map((records) => ({ type: "A", records, ttl: 60 })),
  address.map((one) => ({ type: "AAAA", records: [one], ttl: 60 })),
  host.map((one) => ({ type: "CNAME", records: [one], ttl: 60 })),
  host.map((name) => ({ type: "A", aliases: [{ name, zoneId: "Z9", evaluateTargetHealth: true }] })),
  fc.constant<Properties>({ type: "A", records: UNKNOWN, ttl: 60 }),
);

export const record = fc
  .tuple(host, fc.constantFrom(...ZONES, UNKNOWN), routing, target)
  .map(([name, zoneId, how, to]): Properties => ({ name, zoneId, ...how, ...to }));

export const check: fc.Arbitrary<Properties> = fc.oneof(
  address.map((ipAddress) => ({ type: "HTTP", ipAddress })),
  host.map((fqdn) => ({ type: "HTTPS", fqdn })),
  fc.constantFrom<Properties>(
    { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "alarm", cloudwatchAlarmRegion: "us-east-1" },
    { type: "RECOVERY_CONTROL" },
    { type: UNKNOWN, fqdn: "a.example.com" },
    { type: "HTTPS", fqdn: UNKNOWN },
  ),
);

/** A stack of random records and checks that may meet each other anywhere. */
export function stackOf(records: readonly Properties[], checks: readonly Properties[]): StackResource[] {
  return [
    resource("aws:lb/loadBalancer:LoadBalancer", "lb", { dnsName: "lb.elb.example.com" }),
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
      name: "alarm",
      region: "us-east-1",
      namespace: "AWS/Route53",
      dimensions: { HealthCheckId: "h0-id" },
    }),
    ...records.map((one, index) => resource("aws:route53/record:Record", `r${index}`, one)),
    ...checks.map((one, index) => resource("aws:route53/healthCheck:HealthCheck", `h${index}`, one)),
  ];
}
