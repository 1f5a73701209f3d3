import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { type FixtureOptions, provider, resource, urn } from "../model/stack-fixture";

/**
 * Systems whose primary is no function in another region, in plain resources and without our components: what a rule
 * meets of them. Before they exist, ids and what AWS computes are unknown.
 */
export interface WrittenSystem {
  readonly name: string;
  readonly resources: (preview: boolean) => StackResource[];
}

const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const BUCKET = "aws:s3/bucket:Bucket";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const EAST = "us-east-1";
const WEST = "us-west-2";

/** Makes resources with ids, or without any yet; `from` names what a property is computed from, as `type name`. */
class Maker {
  constructor(private readonly preview: boolean) {}

  later<T extends PropertyValue>(value: T): PropertyValue {
    return this.preview ? UNKNOWN : value;
  }

  one(
    type: string,
    name: string,
    properties: Properties = {},
    from: Record<string, string> = {},
    options: FixtureOptions = {},
  ): StackResource {
    return resource(type, name, properties, {
      provider: urn("pulumi:providers:aws", "east"),
      ...options,
      id: this.preview ? UNKNOWN : (options.id ?? `${name}-id`),
      from: Object.fromEntries(Object.entries(from).map(([property, source]) => [property, [source]])),
    });
  }

  record(name: string, properties: Properties, from: Record<string, string> = {}): StackResource {
    return this.one(RECORD, name, { zoneId: "Z1", ...properties }, from);
  }

  /** Where the host name or address of an endpoint comes from nothing of the stack. */
  check(name: string, properties: Properties): StackResource {
    const timing = { requestInterval: 30, failureThreshold: 3, port: 443, resourcePath: "/healthz" };
    return this.one(CHECK, name, { ...timing, ...properties });
  }

  /** One public subnet, and the instance with its address in it. */
  server(name: string, instanceType: string, tags: Properties): StackResource[] {
    const vpc = urn("aws:ec2/vpc:Vpc", "vpc");
    const id = (of: string) => this.later(`${of}-id`);
    return [
      this.one("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/24", tags }),
      this.one("aws:ec2/subnet:Subnet", "subnet", { vpcId: id("vpc"), tags }, { vpcId: vpc }),
      this.one(
        "aws:ec2/internetGateway:InternetGateway",
        "gateway",
        { vpcId: id("vpc"), tags },
        { vpcId: vpc },
      ),
      this.one("aws:ec2/routeTable:RouteTable", "routes", { vpcId: id("vpc"), tags }, { vpcId: vpc }),
      this.one(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "tables",
        {
          vpcId: id("vpc"),
          serviceName: "com.amazonaws.us-east-1.dynamodb",
          vpcEndpointType: "Gateway",
          tags,
        },
        { vpcId: vpc },
      ),
      this.one(
        "aws:ec2/securityGroup:SecurityGroup",
        "group",
        {
          vpcId: id("vpc"),
          ingress: [80, 443].map((port) => ({
            protocol: "tcp",
            fromPort: port,
            toPort: port,
            cidrBlocks: ["0.0.0.0/0"],
          })),
          tags,
        },
        { vpcId: vpc },
      ),
      this.one(
        "aws:ec2/instance:Instance",
        name,
        {
          instanceType,
          ami: "ami-0123456789abcdef0",
          subnetId: id("subnet"),
          vpcSecurityGroupIds: this.preview ? UNKNOWN : ["group-id"],
          rootBlockDevice: { volumeType: "gp3", volumeSize: 8, encrypted: true },
          associatePublicIpAddress: false,
          tags,
        },
        {
          subnetId: urn("aws:ec2/subnet:Subnet", "subnet"),
          vpcSecurityGroupIds: urn("aws:ec2/securityGroup:SecurityGroup", "group"),
        },
      ),
      this.one(
        "aws:ec2/eip:Eip",
        "address",
        { instance: id(name), domain: "vpc", publicIp: this.later("52.0.0.10"), tags },
        { instance: urn("aws:ec2/instance:Instance", name) },
      ),
    ];
  }

  /** A bucket that answers as a website. */
  website(name: string, bucket: string, providerName: string): StackResource[] {
    const at = { provider: urn("pulumi:providers:aws", providerName) };
    const region = providerName === "west" ? WEST : EAST;
    return [
      this.one(
        BUCKET,
        name,
        { bucket, hostedZoneId: this.later(region === WEST ? "Z3BJ6K6RIION7M" : "Z3AQBSTGFYJSTF") },
        {},
        // A bucket's id is its name.
        { ...at, id: bucket },
      ),
      this.one(
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
        `${name}-website`,
        {
          bucket: this.later(bucket),
          indexDocument: { suffix: "index.html" },
          websiteDomain: this.later(`s3-website-${region}.amazonaws.com`),
        },
        { bucket: urn(BUCKET, name) },
        at,
      ),
    ];
  }
}

const failover = (type: string) => ({
  setIdentifier: type.toLowerCase(),
  failoverRoutingPolicies: [{ type }],
});

function aliasTo(name: PropertyValue, zoneId: PropertyValue): Properties {
  return { type: "A", aliases: [{ name, zoneId, evaluateTargetHealth: false }] };
}

/** Two gateways at providers outside AWS, half of the answers each. */
const dataRelay: WrittenSystem = {
  name: "data-relay",
  resources: (preview) => {
    const make = new Maker(preview);
    return [
      provider("east", EAST, "dns"),
      ...["a", "b"].flatMap((gateway) => [
        make.check(`check-${gateway}`, { type: "HTTP", fqdn: `gateway-${gateway}.example.net`, port: 80 }),
        make.record(
          `record-${gateway}`,
          {
            name: "relay.example.com",
            type: "CNAME",
            ttl: 60,
            records: [`gateway-${gateway}.example.net`],
            setIdentifier: gateway,
            weightedRoutingPolicies: [{ weight: 50 }],
            healthCheckId: make.later(`check-${gateway}-id`),
          },
          { healthCheckId: urn(CHECK, `check-${gateway}`) },
        ),
      ]),
    ];
  },
};

/** A primary in a closet, and a small instance that takes over. */
const homelab: WrittenSystem = {
  name: "homelab-assistant",
  resources: (preview) => {
    const make = new Maker(preview);
    const pair = { name: "assistant.example.com", type: "CNAME", ttl: 60 };
    return [
      provider("east", EAST, "standby"),
      make.check("check", {
        type: "HTTPS_STR_MATCH",
        fqdn: "closet.example.com",
        searchString: "ok",
        enableSni: true,
      }),
      make.record(
        "primary",
        {
          ...pair,
          ...failover("PRIMARY"),
          records: ["closet.example.com"],
          healthCheckId: make.later("check-id"),
        },
        { healthCheckId: urn(CHECK, "check") },
      ),
      make.record("secondary", { ...pair, ...failover("SECONDARY"), records: ["standby.example.com"] }),
      make.record(
        "standby-name",
        { name: "standby.example.com", type: "A", ttl: 60, records: preview ? UNKNOWN : ["52.0.0.10"] },
        { records: urn("aws:ec2/eip:Eip", "address") },
      ),
      ...make.server("assistant", "t4g.nano", { Name: "assistant" }),
      make.one("aws:dynamodb/table:Table", "memory", {
        name: "memory",
        billingMode: "PAY_PER_REQUEST",
        hashKey: "id",
        attributes: [{ name: "id", type: "S" }],
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: true,
      }),
      make.one("aws:ssm/parameter:Parameter", "setting", { type: "SecureString", value: "x" }),
      make.one("aws:sns/topic:Topic", "inbound"),
      make.one("aws:sns/topicSubscription:TopicSubscription", "inbound-sms", {
        protocol: "lambda",
        endpoint: make.later("arn:aws:lambda:us-east-1:123456789012:function:reroute"),
        topic: make.later("arn:aws:sns:us-east-1:123456789012:inbound"),
      }),
      make.one("aws:sqs/queue:Queue", "lost"),
      make.one("aws:lambda/function:Function", "reroute", { memorySize: 128, runtime: "nodejs22.x" }),
      make.one("aws:cloudwatch/logGroup:LogGroup", "reroute-log", { retentionInDays: 14 }),
    ];
  },
};

/** A site behind CloudFront, and its copy that DNS falls back on. */
const staticSite: WrittenSystem = {
  name: "static-site",
  resources: (preview) => {
    const make = new Maker(preview);
    const pair = { name: "site.example.com" };
    return [
      provider("east", EAST, "primary"),
      provider("west", WEST, "standby"),
      make.one(BUCKET, "origin", { bucket: "site-origin" }),
      ...make.website("copy", "site.example.com", "west"),
      make.one(
        DISTRIBUTION,
        "distribution",
        {
          enabled: true,
          aliases: ["site.example.com"],
          domainName: make.later("d111111abcdef8.cloudfront.net"),
          hostedZoneId: make.later("Z2FDTNDATAQYW2"),
          origins: [{ domainName: make.later("site-origin.s3.us-east-1.amazonaws.com"), originId: "origin" }],
          defaultCacheBehavior: { targetOriginId: "origin", viewerProtocolPolicy: "redirect-to-https" },
        },
        { origins: urn(BUCKET, "origin") },
      ),
      make.one(
        CHECK,
        "check",
        {
          type: "HTTPS",
          fqdn: make.later("d111111abcdef8.cloudfront.net"),
          port: 443,
          resourcePath: "/healthz",
          requestInterval: 30,
          failureThreshold: 3,
          enableSni: true,
        },
        { fqdn: urn(DISTRIBUTION, "distribution") },
      ),
      make.record(
        "primary",
        {
          ...pair,
          ...failover("PRIMARY"),
          ...aliasTo(make.later("d111111abcdef8.cloudfront.net"), make.later("Z2FDTNDATAQYW2")),
          healthCheckId: make.later("check-id"),
        },
        { aliases: urn(DISTRIBUTION, "distribution"), healthCheckId: urn(CHECK, "check") },
      ),
      make.record(
        "secondary",
        {
          ...pair,
          ...failover("SECONDARY"),
          ...aliasTo(make.later("s3-website-us-west-2.amazonaws.com"), make.later("Z3BJ6K6RIION7M")),
        },
        { aliases: urn("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "copy-website") },
      ),
    ];
  },
};

/** An instance with an address of its own, and a page in a bucket for while it is down. */
const webServer: WrittenSystem = {
  name: "web-server",
  resources: (preview) => {
    const make = new Maker(preview);
    const pair = { name: "www.example.com" };
    return [
      provider("east", EAST, "primary"),
      provider("west", WEST, "standby"),
      ...make.server("web", "t3.micro", { Name: "web" }),
      ...make.website("page", "www.example.com", "west"),
      make.one(
        CHECK,
        "check",
        {
          type: "HTTP",
          ipAddress: make.later("52.0.0.10"),
          port: 80,
          resourcePath: "/health",
          requestInterval: 30,
          failureThreshold: 3,
        },
        { ipAddress: urn("aws:ec2/eip:Eip", "address") },
      ),
      make.record(
        "primary",
        {
          ...pair,
          ...failover("PRIMARY"),
          type: "A",
          ttl: 60,
          records: preview ? UNKNOWN : ["52.0.0.10"],
          healthCheckId: make.later("check-id"),
        },
        { records: urn("aws:ec2/eip:Eip", "address"), healthCheckId: urn(CHECK, "check") },
      ),
      make.record(
        "secondary",
        {
          ...pair,
          ...failover("SECONDARY"),
          ...aliasTo(make.later("s3-website-us-west-2.amazonaws.com"), make.later("Z3BJ6K6RIION7M")),
        },
        { aliases: urn("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "page-website") },
      ),
    ];
  },
};

export const WRITTEN_SYSTEMS: readonly WrittenSystem[] = [dataRelay, homelab, staticSite, webServer];
