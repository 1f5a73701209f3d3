import assert from "node:assert/strict";
import type { Properties, PropertyValue } from "../../../../model/unknown";
import { costOf } from "../meters";
import { pricedSamples } from "../priced-samples";

/** Type, the property that counts something, and what else such a resource says. */
type Counted = readonly [type: string, path: string, properties?: Properties];

const MEMCACHED = { engine: "memcached", nodeType: "cache.t3.micro", snapshotRetentionLimit: 0 };
const GROUPED = { nodeType: "cache.t3.micro", numNodeGroups: 1, replicasPerNodeGroup: 1 };
const CAPACITY = { billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1 };

/** What bills by how many there are; `[]` after a path makes a list of so many. */
const COUNTED: readonly Counted[] = [
  ["aws:alb/loadBalancer:LoadBalancer", "subnets[]"],
  ["aws:lb/loadBalancer:LoadBalancer", "subnets[]", { internal: false, subnetMappings: [] }],
  ["aws:lb/loadBalancer:LoadBalancer", "subnetMappings[]", { internal: false }],
  ["aws:elb/loadBalancer:LoadBalancer", "subnets[]", { internal: false }],
  ["aws:elb/loadBalancer:LoadBalancer", "availabilityZones[]", { internal: false }],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "subnetIds[]", { vpcEndpointType: "Interface" }],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "subnetConfigurations[]", { vpcEndpointType: "Interface" }],
  ["aws:acm/certificate:Certificate", "subjectAlternativeNames[]"],
  ["aws:appstream/fleet:Fleet", "computeCapacity.desiredInstances"],
  ["aws:batch/computeEnvironment:ComputeEnvironment", "computeResources.minVcpus"],
  ["aws:dax/cluster:Cluster", "replicationFactor"],
  ["aws:dynamodb/table:Table", "replicas[]"],
  ["aws:dynamodb/table:Table", "globalSecondaryIndexes[]", CAPACITY],
  ["aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex", "provisionedThroughput.readCapacityUnits"],
  ["aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex", "provisionedThroughput.writeCapacityUnits"],
  ["aws:ec2/capacityReservation:CapacityReservation", "instanceCount"],
  ["aws:ec2/fleet:Fleet", "targetCapacitySpecification.totalTargetCapacity"],
  ["aws:ec2/spotFleetRequest:SpotFleetRequest", "targetCapacity"],
  ["aws:autoscaling/group:Group", "minSize"],
  ["aws:autoscaling/group:Group", "desiredCapacity"],
  ["aws:ecs/service:Service", "desiredCount"],
  ["aws:eks/nodeGroup:NodeGroup", "scalingConfig.minSize"],
  ["aws:eks/nodeGroup:NodeGroup", "scalingConfig.desiredSize"],
  ["aws:gamelift/gameServerGroup:GameServerGroup", "minSize"],
  ["aws:elasticache/cluster:Cluster", "numCacheNodes", MEMCACHED],
  ["aws:elasticache/replicationGroup:ReplicationGroup", "numNodeGroups", GROUPED],
  ["aws:elasticache/replicationGroup:ReplicationGroup", "replicasPerNodeGroup", GROUPED],
  ["aws:elasticache/replicationGroup:ReplicationGroup", "numCacheClusters", { nodeType: "cache.t3.micro" }],
  ["aws:emr/instanceGroup:InstanceGroup", "instanceCount"],
  ["aws:emr/instanceFleet:InstanceFleet", "targetOnDemandCapacity"],
  ["aws:emr/instanceFleet:InstanceFleet", "targetSpotCapacity"],
  ["aws:memorydb/cluster:Cluster", "numShards"],
  ["aws:memorydb/cluster:Cluster", "numReplicasPerShard"],
  ["aws:glue/devEndpoint:DevEndpoint", "numberOfNodes", { workerType: "", numberOfWorkers: null }],
  ["aws:glue/devEndpoint:DevEndpoint", "numberOfWorkers"],
  ["aws:kinesis/stream:Stream", "shardCount"],
  ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "provisionedConcurrentExecutions"],
  ["aws:msk/cluster:Cluster", "numberOfBrokerNodes"],
  ["aws:mwaa/environment:Environment", "minWorkers"],
  ["aws:mwaa/environment:Environment", "schedulers"],
  ["aws:networkfirewall/firewall:Firewall", "subnetMappings[]"],
  ["aws:networkfirewall/firewall:Firewall", "availabilityZoneMappings[]", { subnetMappings: [] }],
  ["aws:cloudwatch/internetMonitor:InternetMonitor", "resources[]"],
  ["aws:cloudwatch/internetMonitor:InternetMonitor", "maxCityNetworksToMonitor"],
  ["aws:directoryservice/directory:Directory", "desiredNumberOfDomainControllers"],
  ["aws:opensearch/domain:Domain", "clusterConfig.instanceCount"],
  ["aws:redshift/cluster:Cluster", "numberOfNodes"],
  ["aws:route53/resolverEndpoint:ResolverEndpoint", "ipAddresses[]"],
  ["aws:s3/bucketReplicationConfig:BucketReplicationConfig", "rules[]"],
  ["aws:transfer/server:Server", "protocols[]"],
  ["aws:wafv2/webAcl:WebAcl", "rules[]"],
  ["aws:wafv2/ruleGroup:RuleGroup", "rules[]"],
  ["aws:waf/webAcl:WebAcl", "rules[]"],
];

/** Lists whose items are more than a name. */
const ITEMS: Readonly<Record<string, (index: number) => PropertyValue>> = {
  globalSecondaryIndexes: (index) => ({ name: `i${index}`, readCapacity: 1, writeCapacity: 1 }),
  replicas: () => ({ regionName: "us-west-2" }),
  ipAddresses: () => ({}),
  rules: () => ({
    status: "Enabled",
    destination: { bucket: "arn:aws:s3:::copy", metrics: { status: "Enabled" } },
  }),
  subnetConfigurations: () => ({}),
  subnetMappings: () => ({}),
  availabilityZoneMappings: () => ({}),
};

function counted(path: string, count: number): PropertyValue {
  if (!path.endsWith("[]")) return count;
  const item = ITEMS[path.slice(0, -2)] ?? ((index: number) => `*.n${index}.example.com`);
  return Array.from({ length: count }, (_, index) => item(index));
}

function replaced(
  value: PropertyValue,
  [step, ...rest]: readonly string[],
  by: PropertyValue,
): PropertyValue {
  if (step === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Properties) }) as Properties;
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}

/** What the resource costs with so many of what its property counts, in micro-dollars. */
function costWith([type, path, more = {}]: Counted, count: number): number {
  const sample = pricedSamples().find((one) => one.type === type);
  assert.ok(sample, type);
  const [own, ...others] = sample.resources;
  assert.ok(own);
  const steps = path.replace("[]", "").split(".");
  const properties = replaced({ ...own.properties, ...more }, steps, counted(path, count)) as Properties;
  const { lines, unpriced } = costOf([{ ...own, properties }, ...others]);
  assert.deepEqual(unpriced, []);
  return lines.reduce((sum, { urn, monthlyMicroUsd }) => sum + (urn === own.urn ? monthlyMicroUsd : 0), 0);
}

/** Far above any least that a sample has, in steps of whole machines and shards. */
const COUNTS = [200, 220, 240, 260];

describe("policy/prices/formulas, counts", () => {
  for (const one of COUNTED) {
    it(`adds the same for each more of ${one[0].split(":").at(-1)}, ${one[1]}`, () => {
      const costs = COUNTS.map((count) => costWith(one, count));
      const added = costs.slice(1).map((cost, index) => cost - (costs[index] ?? 0));
      const [first = 0] = added;
      assert.ok(first > 0, costs.join());
      assert.ok(
        added.every((each) => Math.abs(each - first) <= COUNTS.length),
        costs.join(),
      );
    });
  }
});
