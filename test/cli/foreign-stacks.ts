import { ENGINE_UNKNOWN_STRINGS } from "../../model/unknown";

/**
 * Small states of programs that know nothing of this project, as `pulumi stack export` prints them, written as such
 * programs come out: classic and new type names, literal addresses, tags of their own, providers that are not AWS.
 */

interface Exported {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
  readonly parent?: string;
  readonly provider?: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Writes the resources of one stack with their URNs, ids and provider references. */
class StateWriter {
  readonly resources: Exported[] = [];

  constructor(
    private readonly project: string,
    private readonly stack: string,
  ) {
    const type = "pulumi:pulumi:Stack";
    this.resources.push({ urn: this.urn(type, `${project}-${stack}`), type, custom: false });
  }

  urn(type: string, name: string): string {
    return `urn:pulumi:${this.stack}::${this.project}::${type}::${name}`;
  }

  provider(region: string): string {
    const type = "pulumi:providers:aws";
    const urn = this.urn(type, region);
    const id = `uuid-${region}`;
    this.resources.push({ urn, type, custom: true, id, inputs: { region }, outputs: { region } });
    return `${urn}::${id}`;
  }

  add(type: string, name: string, provider: string, values: Values, more: Values = {}): string {
    const { id = `${name}-id`, ...outputs } = { ...values, ...more };
    this.resources.push({
      urn: this.urn(type, name),
      type,
      custom: true,
      id: String(id),
      parent: this.resources[0]?.urn,
      inputs: values,
      outputs: { ...outputs, id },
      provider,
    });
    return String(id);
  }

  export(): string {
    const manifest = { time: "2026-11-02T08:00:00Z", magic: "", version: "v3.200.0" };
    const resources = this.resources.map((resource) => ({
      ...resource,
      ...this.references(resource, (value) => value),
    }));
    return JSON.stringify({ version: 3, deployment: { manifest, resources } });
  }

  /** The same as `pulumi preview --json` plans it for an empty stack: what AWS will tell is not known yet. */
  preview(): string {
    const steps = this.resources.map((resource) => {
      const { outputs: _, id: __, ...rest } = resource;
      return {
        op: "create",
        urn: rest.urn,
        newState: { ...rest, ...this.references(resource, () => UNKNOWN_TEXT) },
      };
    });
    return JSON.stringify({ steps });
  }

  /** The inputs with every value that another resource will report as `shown` says, and what they came from. */
  private references({ inputs = {} }: Exported, shown: (value: string) => string): Values {
    const owners = new Map<unknown, string>();
    for (const { urn, id, inputs: given, outputs } of this.resources) {
      const own = new Set(Object.values((given ?? {}) as Values));
      for (const value of [id, ...Object.values((outputs ?? {}) as Values)])
        if (typeof value === "string" && !own.has(value)) owners.set(value, urn);
    }
    const propertyDependencies: Record<string, string[]> = {};
    const walk = (value: unknown, path: string): unknown => {
      if (Array.isArray(value)) return value.map((item) => walk(item, path));
      if (value !== null && typeof value === "object") {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, path)]));
      }
      const owner = owners.get(value);
      if (owner === undefined) return value;
      propertyDependencies[path] = [...new Set([...(propertyDependencies[path] ?? []), owner])];
      return shown(String(value));
    };
    const known = Object.entries(inputs).map(([path, value]) => [path, walk(value, path)]);
    return { inputs: Object.fromEntries(known), propertyDependencies };
  }
}

/** How the engine writes what is not known yet. */
const [UNKNOWN_TEXT = ""] = ENGINE_UNKNOWN_STRINGS;

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";

function failover(type: "PRIMARY" | "SECONDARY"): Values {
  return { setIdentifier: type.toLowerCase(), failoverRoutingPolicies: [{ type }] };
}

/** Two load balancers in two regions, aliased with EvaluateTargetHealth, and a check of the first. */
export function loadBalancers(): StateWriter {
  const state = new StateWriter("storefront", "live");
  const [east, west] = [state.provider("us-east-1"), state.provider("eu-west-1")];
  const zoneId = state.add(ZONE, "shop-zone", east, { name: "shop.example.com" }, { id: "Z1SHOP" });
  const balancer = (name: string, provider: string, region: string, zone: string) => {
    const dnsName = `${name}-1234.${region}.elb.amazonaws.com`;
    const type = name.startsWith("new")
      ? "aws:lb/loadBalancer:LoadBalancer"
      : "aws:alb/loadBalancer:LoadBalancer";
    state.add(
      type,
      name,
      provider,
      { loadBalancerType: "application", internal: false },
      { dnsName, zoneId: zone },
    );
    return { name: dnsName, zoneId: zone, evaluateTargetHealth: true };
  };
  const primary = balancer("lb-virginia", east, "us-east-1", "Z35SXDOTRQ7X7K");
  const standby = balancer("new-lb-ireland", west, "eu-west-1", "Z32O12XQLNTSW2");
  const healthCheckId = state.add(CHECK, "virginia-up", east, {
    type: "HTTPS",
    fqdn: primary.name,
    port: 443,
    resourcePath: "/health",
    requestInterval: 30,
    failureThreshold: 3,
    tags: { Name: "virginia" },
  });
  const name = "www.shop.example.com";
  const record = { zoneId, name, type: "A" };
  state.add(RECORD, "www-primary", east, {
    ...record,
    ...failover("PRIMARY"),
    aliases: [primary],
    healthCheckId,
  });
  state.add(RECORD, "www-secondary", east, { ...record, ...failover("SECONDARY"), aliases: [standby] });
  return state;
}

/** A site behind CloudFront with a bucket website as fallback, twice: the apex and a docs name. */
export function twoSites(): StateWriter {
  const state = new StateWriter("marketing-site", "prod");
  const east = state.provider("us-east-1");
  const west = state.provider("us-west-2");
  const zoneId = state.add(ZONE, "zone", east, { name: "example.com" }, { id: "Z1SITE" });
  for (const [label, name, distribution] of [
    ["apex", "example.com", "d111111abcdef8"],
    ["docs", "docs.example.com", "d222222abcdef8"],
  ] as const) {
    const domainName = `${distribution}.cloudfront.net`;
    state.add(
      "aws:cloudfront/distribution:Distribution",
      `${label}-cdn`,
      east,
      { enabled: true, aliases: [name], priceClass: "PriceClass_100" },
      { domainName, hostedZoneId: "Z2FDTNDATAQYW2" },
    );
    const websiteDomain = "s3-website-us-west-2.amazonaws.com";
    state.add("aws:s3/bucket:Bucket", `${label}-bucket`, west, { bucket: name }, { id: name });
    state.add(
      "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
      `${label}-website`,
      west,
      { bucket: name, indexDocument: { suffix: "index.html" } },
      { websiteDomain, websiteEndpoint: `${name}.${websiteDomain}` },
    );
    const healthCheckId = state.add(CHECK, `${label}-check`, east, {
      type: "HTTPS_STR_MATCH",
      searchString: "welcome",
      fqdn: domainName,
      enableSni: true,
      port: 443,
      resourcePath: "/health.html",
      requestInterval: label === "apex" ? 10 : 30,
      failureThreshold: 3,
    });
    const record = { zoneId, name, type: "A" };
    const cdn = { name: domainName, zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false };
    const bucket = { name: websiteDomain, zoneId: "Z3BJ6K6RIION7M", evaluateTargetHealth: false };
    state.add(RECORD, `${label}-cdn`, east, {
      ...record,
      ...failover("PRIMARY"),
      aliases: [cdn],
      healthCheckId,
    });
    state.add(RECORD, `${label}-s3`, east, { ...record, ...failover("SECONDARY"), aliases: [bucket] });
  }
  return state;
}

/** A Python program: two servers with Elastic IPs before one database, a zone that it only looks up. */
export function pythonServers(): StateWriter {
  const state = new StateWriter("py-webapp", "production");
  const east = state.provider("us-east-1");
  const west = state.provider("us-west-2");
  state.add("aws:rds/instance:Instance", "postgres", east, {
    engine: "postgres",
    instanceClass: "db.t4g.micro",
    allocatedStorage: 20,
    multiAz: true,
  });
  const server = (name: string, provider: string, publicIp: string) => {
    const group = state.add("aws:ec2/securityGroup:SecurityGroup", `${name}-web`, provider, {
      ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    });
    const instance = state.add("aws:ec2/instance:Instance", name, provider, {
      vpcSecurityGroupIds: [group],
      instanceType: "t4g.small",
      ami: "ami-0123456789abcdef0",
      tags: { "managed-by": "pulumi", Owner: "web" },
    });
    state.add("aws:ec2/eip:Eip", `${name}-ip`, provider, { instance, domain: "vpc" }, { publicIp });
    return publicIp;
  };
  const primary = server("web-1", east, "198.51.100.10");
  const standby = server("web-2", west, "198.51.100.20");
  const healthCheckId = state.add(CHECK, "web-1-health", east, {
    type: "HTTP",
    ipAddress: primary,
    port: 80,
    resourcePath: "/",
    requestInterval: 30,
    failureThreshold: 2,
  });
  const record = { zoneId: "Z1LOOKEDUP", name: "app.example.com", type: "A", ttl: 60 };
  const fqdn = { fqdn: "app.example.com" };
  state.add(
    RECORD,
    "app-primary",
    east,
    { ...record, ...failover("PRIMARY"), records: [primary], healthCheckId },
    fqdn,
  );
  state.add(RECORD, "app-secondary", east, { ...record, ...failover("SECONDARY"), records: [standby] }, fqdn);
  state.resources.push({
    urn: state.urn("random:index/randomPassword:RandomPassword", "db-password"),
    type: "random:index/randomPassword:RandomPassword",
    custom: true,
    id: "none",
    inputs: { length: 24 },
    outputs: { length: 24 },
  });
  return state;
}

/** Only a queue and a plain record: nothing that could fail over. */
export function withoutFailover(): StateWriter {
  const state = new StateWriter("jobs", "dev");
  const east = state.provider("us-east-1");
  const zoneId = state.add(ZONE, "zone", east, { name: "jobs.example.com" }, { id: "Z1JOBS" });
  state.add("aws:sqs/queue:Queue", "queue", east, { name: "jobs" });
  const plain = { zoneId, name: "api.jobs.example.com", type: "A", ttl: 300, records: ["198.51.100.7"] };
  state.add(RECORD, "api", east, plain);
  return state;
}

/** A sound pair beside half a pair, a geoproximity record, a single weight and a check outside the stack. */
export function halves(): StateWriter {
  const state = pythonServers();
  const [, east = ""] = state.resources.map(({ urn, id }) => `${urn}::${id}`);
  const base = { zoneId: "Z1LOOKEDUP", type: "A", ttl: 60, records: ["198.51.100.30"] };
  const add = (name: string, values: Values) =>
    state.add(
      RECORD,
      name,
      east,
      { ...base, name: `${name}.example.com`, ...values },
      { fqdn: `${name}.example.com` },
    );
  add("half", { ...failover("PRIMARY"), healthCheckId: "web-1-health-id" });
  add("near", { setIdentifier: "near", geoproximityRoutingPolicy: { awsRegion: "us-east-1", bias: 1 } });
  add("canary", { setIdentifier: "one", weightedRoutingPolicies: [{ weight: 10 }] });
  add("stray", { ...failover("PRIMARY"), healthCheckId: "12345678-not-in-the-stack" });
  const stray = { ...base, name: "stray.example.com", ...failover("SECONDARY"), records: ["198.51.100.31"] };
  state.add(RECORD, "stray-standby", east, stray, { fqdn: "stray.example.com" });
  return state;
}

export const FOREIGN_STACKS = { loadBalancers, twoSites, pythonServers, withoutFailover, halves };
