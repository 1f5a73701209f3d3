import {
  alias,
  failoverRecord,
  healthCheck,
  provider,
  record,
  resource,
  ZONE_ID,
  zone,
} from "../../drill/seeds/plain-resource";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";

/** Stacks that a sweep reads: their set of answers is called so. */
export const SWEPT_NAME = "app.example.com";

/** A pair with a check of an endpoint outside AWS: its zone and its check are all that is priced. */
export function pair(mode: "alias" | "cname", check: Properties = {}): StackResource[] {
  const target = (side: string): Properties =>
    mode === "alias"
      ? { type: "A", ...alias(`${side}.execute-api.us-east-1.amazonaws.com`, "Z1UJRXOUMOOFQ8") }
      : { type: "CNAME", ttl: 20, records: [`${side}.example.com`] };
  return [
    provider("us-east-1"),
    // What the sides' own names lead to is kept elsewhere.
    resource("aws:route53/recordsExclusive:RecordsExclusive", "others", {}, "us-east-1"),
    zone("example.com"),
    healthCheck("check", {
      type: "HTTPS",
      fqdn: "primary.example.com",
      port: 443,
      requestInterval: 10,
      ...check,
    }),
    record("other", { name: "other.example.com", type: "A", ttl: 300, records: ["192.0.2.7"] }),
    failoverRecord("PRIMARY", { name: SWEPT_NAME, ...target("primary") }, "check"),
    failoverRecord("SECONDARY", { name: SWEPT_NAME, ...target("standby") }),
  ];
}

export const toName = (name: string, evaluateTargetHealth = false): Properties => ({
  aliases: [{ name: `${name}.example.com`, zoneId: ZONE_ID, evaluateTargetHealth }],
});

/** A pair of aliases to names of its own zone, with a TTL of 300 s behind them. */
export function aliasedPair(ofOne: Properties = {}): StackResource[] {
  const plain = (name: string, address: string, more: Properties = {}) =>
    record(name, { name: `${name}.example.com`, type: "A", ttl: 300, records: [address], ...more });
  return [
    provider("us-east-1"),
    zone("example.com"),
    healthCheck("check", { type: "HTTPS", fqdn: "one.example.com", port: 443 }),
    plain("one", "81.2.69.142", ofOne),
    plain("two", "81.2.69.143"),
    plain("other", "81.2.69.144"),
    failoverRecord("PRIMARY", { name: SWEPT_NAME, type: "A", ...toName("one") }, "check"),
    failoverRecord("SECONDARY", { name: SWEPT_NAME, type: "A", ...toName("two") }),
  ];
}

/** Two members by latency without a check of their own, whose load balancers are evaluated. */
export function latencyOfBalancers(): StackResource[] {
  const side = (name: string, region: string): StackResource[] => {
    const dnsName = `${name}-1.${region}.elb.amazonaws.com`;
    const arn = (kind: string) => `arn:aws:elasticloadbalancing:${region}:123456789012:${kind}/${name}`;
    const own = (type: string, last: string, properties: Properties) => ({
      ...resource(type, `${name}-${last}`, properties, region),
      id: arn(last),
    });
    return [
      own("aws:lb/loadBalancer:LoadBalancer", "loadbalancer", {
        ...{
          loadBalancerType: "application",
          internal: false,
          arn: arn("loadbalancer"),
          dnsName,
          zoneId: "Z35",
        },
      }),
      own("aws:lb/targetGroup:TargetGroup", "targetgroup", {
        ...{ port: 80, protocol: "HTTP", targetType: "ip", arn: arn("targetgroup") },
        healthCheck: { interval: 30, timeout: 5, healthyThreshold: 3, unhealthyThreshold: 3 },
      }),
      own("aws:lb/listener:Listener", "listener", {
        ...{ loadBalancerArn: arn("loadbalancer"), port: 80, protocol: "HTTP" },
        defaultActions: [{ type: "forward", targetGroupArn: arn("targetgroup") }],
      }),
      record(name, {
        ...{ name: SWEPT_NAME, type: "A", setIdentifier: name, latencyRoutingPolicies: [{ region }] },
        aliases: [{ name: dnsName, zoneId: "Z35", evaluateTargetHealth: true }],
      }),
    ];
  };
  return [
    ...[provider("us-east-1"), provider("eu-west-1"), zone("example.com")],
    ...side("us", "us-east-1"),
    ...side("eu", "eu-west-1"),
  ];
}
