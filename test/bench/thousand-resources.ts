/** The same stack for two judges: a Pulumi state and a Terraform configuration. */
export interface WrittenStack {
  readonly pulumiState: string;
  readonly terraformHcl: string;
}

/** What is wrong with it: the rule that refuses it, the resource that it names, and words of its message. */
export const PLANTED_DEFECTS = [
  { rule: "failover-ttl", resource: "slow-primary", says: "ttl of 300 s" },
  { rule: "health-check-self-reference", resource: "check-self", says: "probes self.example.com" },
  { rule: "failover-pair", resource: "half-primary", says: "has no SECONDARY" },
  // A budget is the stack's; its message names the NAT gateway, and without that the stack keeps it.
  { rule: "standby-idle-cost", resource: "bench-bench", says: "NAT gateway" },
  { rule: "replica-parity", resource: "table", says: "no point-in-time recovery" },
] as const;

/** The one resource that breaks the budget. */
export const DEAR_RESOURCE = "nat";

interface Both {
  readonly pulumi: { type: string; name: string; region: string; inputs: object; id: string };
  readonly terraform: { type: string; name: string; region: string; inputs: object };
}

const EAST = "us-east-1";
const WEST = "us-west-2";

/** `count` resources: mostly sound topics, queues, roles, log groups and buckets, and among them five defects. */
export function writtenStack(count: number): WrittenStack {
  const defects = plantedDefects();
  const filler = Array.from({ length: count - defects.length }, (_, index) => sound(index));
  const all = [...filler, ...defects];
  return { pulumiState: pulumiState(all), terraformHcl: hcl(all) };
}

function sound(index: number): Both {
  const name = `r${index}`;
  const region = index % 2 === 0 ? EAST : WEST;
  switch (index % 5) {
    case 0:
      return both("aws:sns/topic:Topic", "aws_sns_topic", name, region, { name });
    case 1:
      return both("aws:sqs/queue:Queue", "aws_sqs_queue", name, region, { name });
    case 2:
      return both("aws:iam/role:Role", "aws_iam_role", name, region, { name, assumeRolePolicy: "{}" });
    case 3:
      return both("aws:cloudwatch/logGroup:LogGroup", "aws_cloudwatch_log_group", name, region, {
        name,
        retentionInDays: 7,
      });
    default:
      return both("aws:s3/bucket:Bucket", "aws_s3_bucket", name, region, { bucket: name });
  }
}

function plantedDefects(): Both[] {
  const record = (name: string, more: object) =>
    both("aws:route53/record:Record", "aws_route53_record", name, EAST, {
      zoneId: "Z1",
      type: "A",
      records: ["198.51.100.1"],
      setIdentifier: name,
      ...more,
    });
  const check = (name: string, fqdn: string) =>
    both("aws:route53/healthCheck:HealthCheck", "aws_route53_health_check", name, EAST, {
      type: "HTTPS",
      fqdn,
      port: 443,
      requestInterval: 10,
      failureThreshold: 3,
      enableSni: true,
    });
  const failover = (role: string) => ({ failoverRoutingPolicies: [{ type: role }] });
  return [
    check("check-slow", "origin.slow.example.com"),
    record("slow-primary", {
      name: "slow.example.com",
      ttl: 300,
      healthCheckId: "check-slow-id",
      ...failover("PRIMARY"),
    }),
    record("slow-secondary", {
      name: "slow.example.com",
      ttl: 60,
      records: ["198.51.100.2"],
      ...failover("SECONDARY"),
    }),
    check("check-self", "self.example.com"),
    record("self-primary", {
      name: "self.example.com",
      ttl: 60,
      healthCheckId: "check-self-id",
      ...failover("PRIMARY"),
    }),
    record("self-secondary", {
      name: "self.example.com",
      ttl: 60,
      records: ["198.51.100.2"],
      ...failover("SECONDARY"),
    }),
    check("check-half", "origin.half.example.com"),
    record("half-primary", {
      name: "half.example.com",
      ttl: 60,
      healthCheckId: "check-half-id",
      ...failover("PRIMARY"),
    }),
    both("aws:ec2/natGateway:NatGateway", "aws_nat_gateway", DEAR_RESOURCE, WEST, {
      subnetId: "subnet-1",
      connectivityType: "private",
    }),
    both("aws:dynamodb/table:Table", "aws_dynamodb_table", "table", EAST, {
      name: "table",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      replicas: [{ regionName: WEST, pointInTimeRecovery: false, propagateTags: true }],
    }),
  ];
}

function both(pulumiType: string, terraformType: string, name: string, region: string, inputs: object): Both {
  return {
    pulumi: { type: pulumiType, name, region, inputs, id: `${name}-id` },
    terraform: { type: terraformType, name, region, inputs },
  };
}

function pulumiState(resources: readonly Both[]): string {
  const urn = (type: string, name: string) => `urn:pulumi:bench::bench::${type}::${name}`;
  const provider = (region: string, role: string) => ({
    urn: urn("pulumi:providers:aws", region),
    custom: true,
    id: `${region}-id`,
    type: "pulumi:providers:aws",
    inputs: { region, defaultTags: JSON.stringify({ tags: { role, region } }) },
    outputs: { region, defaultTags: JSON.stringify({ tags: { role, region } }) },
  });
  return JSON.stringify({
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "3" },
      resources: [
        { urn: urn("pulumi:pulumi:Stack", "bench-bench"), custom: false, type: "pulumi:pulumi:Stack" },
        provider(EAST, "primary"),
        provider(WEST, "standby"),
        ...resources.map(({ pulumi: { type, name, region, inputs, id } }) => ({
          urn: urn(type, name),
          custom: true,
          id,
          type,
          inputs,
          outputs: inputs,
          parent: urn("pulumi:pulumi:Stack", "bench-bench"),
          provider: `${urn("pulumi:providers:aws", region)}::${region}-id`,
        })),
      ],
    },
  });
}

/** Pulumi's names for what Terraform calls otherwise; all else differs by its case only. */
const TERRAFORM_NAMES: Readonly<Record<string, string>> = {
  failoverRoutingPolicies: "failover_routing_policy",
  attributes: "attribute",
  replicas: "replica",
};

/** In HCL: of a configuration in JSON, Checkov's framework "terraform" reads nothing at all. */
function hcl(resources: readonly Both[]): string {
  const providers = [EAST, WEST].map((region) => `provider "aws" ${block({ alias: region, region })}`);
  const written = resources.map(({ terraform: { type, name, region, inputs } }) => {
    const lines = [`provider = aws.${region}`, ...argumentLines(snake(inputs) as object)];
    return `resource "${type}" "${name.replaceAll("-", "_")}" ${braced(lines)}`;
  });
  return [...providers, ...written].join("\n");
}

function block(content: object): string {
  return braced(argumentLines(content));
}

function braced(lines: readonly string[]): string {
  return `{\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** An object, and each of a list of objects, is a block of its own. */
function argumentLines(content: object): string[] {
  return Object.entries(content).flatMap(([name, value]: [string, unknown]) => {
    const all = Array.isArray(value) ? value : [value];
    const isBlock = all.length > 0 && all.every((one) => one !== null && typeof one === "object");
    return isBlock ? all.map((one) => `${name} ${block(one)}`) : [`${name} = ${JSON.stringify(value)}`];
  });
}

function snake(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snake);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      TERRAFORM_NAMES[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snake(item),
    ]),
  );
}
