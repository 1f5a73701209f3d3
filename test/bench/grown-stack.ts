import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { provider, resource, urn } from "../model/stack-fixture";

const SIDES = ["primary", "standby"] as const;
type Side = (typeof SIDES)[number];
const REGIONS: Readonly<Record<Side, string>> = { primary: "us-east-1", standby: "us-west-2" };

/** What the children of a calculated check probe. */
const CHILD_PATHS: readonly string[] = ["/health", "/health/table", "/health/queue"];

/**
 * A stack of about `count` resources in which everything that rules and prices join grows with its size: failover
 * records, checks, some of them calculated, APIs, functions with warm instances, services, groups, clusters and tables, on both sides.
 */
export function grownStack(count: number): StackResource[] {
  const cells = Math.max(1, Math.round(count / cell(0).length));
  return [
    ...SIDES.map((side) => provider(side, REGIONS[side], side)),
    ...Array.from({ length: cells }, (_, index) => cell(index)).flat(),
  ];
}

/** Two failover names in opposite directions, with all that is behind them. */
function cell(index: number): StackResource[] {
  const name = `n${index}.example.com`;
  const inDns = (type: string, suffix: string, properties: Properties) =>
    resource(type, `${suffix}-${index}`, properties, { provider: urn("pulumi:providers:aws", "primary") });
  const record = (role: string, side: Side, of: string, more: Properties) =>
    inDns("aws:route53/record:Record", `${of.split(".")[0]}-${side}`, {
      name: of,
      type: "A",
      zoneId: `zone-${index}-id`,
      setIdentifier: side,
      failoverRoutingPolicies: [{ type: role }],
      aliases: [{ name: apiHost(side, index), zoneId: "Z2OJLYMUO9EFXC", evaluateTargetHealth: false }],
      ...more,
    });
  const check = (suffix: string, side: Side, resourcePath: string) =>
    inDns("aws:route53/healthCheck:HealthCheck", suffix, {
      type: "HTTPS",
      fqdn: apiHost(side, index),
      port: 443,
      resourcePath,
      requestInterval: 10,
      failureThreshold: 3,
    });
  return [
    inDns("aws:route53/zone:Zone", "zone", { name, enableAcceleratedRecovery: true }),
    check("check", "primary", "/health"),
    record("PRIMARY", "primary", name, { healthCheckId: `check-${index}-id` }),
    record("SECONDARY", "standby", name, {}),
    ...CHILD_PATHS.map((path) => check(`child${path.replaceAll("/", "-")}`, "standby", path)),
    inDns("aws:route53/healthCheck:HealthCheck", "calculated", {
      type: "CALCULATED",
      childHealthThreshold: 1,
      childHealthchecks: CHILD_PATHS.map((path) => `child${path.replaceAll("/", "-")}-${index}-id`),
    }),
    record("PRIMARY", "standby", `back-${name}`, { healthCheckId: `calculated-${index}-id` }),
    record("SECONDARY", "primary", `back-${name}`, {}),
    inDns("aws:dynamodb/table:Table", "table", {
      name: `table-${index}`,
      hashKey: "id",
      billingMode: "PROVISIONED",
      readCapacity: 1,
      writeCapacity: 1,
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      replicas: [{ regionName: REGIONS.standby, pointInTimeRecovery: true, propagateTags: true }],
    }),
    ...SIDES.flatMap((side) => sideOf(side, index)),
  ];
}

function sideOf(side: Side, index: number): StackResource[] {
  const own = (what: string) => `${side}-${what}-${index}`;
  const make = (type: string, what: string, properties: Properties) =>
    resource(type, own(what), properties, { id: own(what), provider: urn("pulumi:providers:aws", side) });
  const target = (what: string, scalableDimension: string, resourceId: string) =>
    make("aws:appautoscaling/target:Target", what, { scalableDimension, resourceId, minCapacity: 2 });
  const functionArn = `arn:aws:lambda:${REGIONS[side]}:123456789012:function:${own("function")}`;
  return [
    make("aws:lambda/function:Function", "function", {
      name: own("function"),
      memorySize: 128,
      architectures: ["arm64"],
      environment: { variables: { TABLE_NAME: `table-${index}` } },
    }),
    make("aws:lambda/alias:Alias", "alias", { functionName: own("function"), name: "live" }),
    make("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "warm", {
      functionName: own("function"),
      qualifier: "live",
      provisionedConcurrentExecutions: 1,
    }),
    target("warm-scaling", "lambda:function:ProvisionedConcurrency", `function:${own("function")}:live`),
    make("aws:apigatewayv2/api:Api", "api", {
      protocolType: "HTTP",
      apiEndpoint: `https://${apiHost(side, index)}`,
    }),
    make("aws:apigatewayv2/integration:Integration", "integration", {
      apiId: own("api"),
      integrationType: "AWS_PROXY",
      integrationUri: `${functionArn}:live`,
    }),
    make("aws:ecs/cluster:Cluster", "cluster", { name: own("cluster") }),
    make("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "providers", {
      clusterName: own("cluster"),
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE" }],
    }),
    make("aws:ecs/taskDefinition:TaskDefinition", "task", { family: own("task"), cpu: "256", memory: "512" }),
    make("aws:ecs/service:Service", "service", {
      name: own("service"),
      cluster: own("cluster"),
      taskDefinition: own("task"),
      desiredCount: 1,
    }),
    target("service-scaling", "ecs:service:DesiredCount", `service/${own("cluster")}/${own("service")}`),
    make("aws:ec2/subnet:Subnet", "subnet", { mapPublicIpOnLaunch: false }),
    make("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      name: own("template"),
      imageId: "ami-1",
      instanceType: "t4g.nano",
    }),
    make("aws:autoscaling/group:Group", "group", {
      minSize: 1,
      maxSize: 2,
      launchTemplate: { id: own("template") },
      vpcZoneIdentifiers: [own("subnet")],
    }),
    make("aws:rds/cluster:Cluster", "aurora", {
      clusterIdentifier: own("aurora"),
      engine: "aurora-postgresql",
      engineVersion: "16.6",
    }),
    make("aws:rds/clusterInstance:ClusterInstance", "writer", {
      clusterIdentifier: own("aurora"),
      engine: "aurora-postgresql",
      engineVersion: "16.6",
      instanceClass: "db.t3.medium",
    }),
    target("reader-scaling", "rds:cluster:ReadReplicaCount", `cluster:${own("aurora")}`),
  ];
}

function apiHost(side: Side, index: number): string {
  return `${side}${index}.execute-api.${REGIONS[side]}.amazonaws.com`;
}
