import assert from "node:assert/strict";
import fc from "fast-check";
import { microUsd } from "../../../model/money";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import type { CostReport } from "../../../policy/prices/idle-cost";
import { costOf } from "./meters";
import { type PricedSample, pricedSamples } from "./priced-samples";

const SAMPLES = pricedSamples();

const PROVISIONED = { mode: "USER_PROVISIONED", iops: 9_000_000 };

/** What bills besides a known price and has none of its own: a type, and what its sample is given in addition. */
const EXTRAS: readonly (readonly [type: string, extra: Properties])[] = [
  ["aws:ec2/natGateway:NatGateway", { availabilityMode: "regional" }],
  ["aws:ec2/instance:Instance", { tenancy: "dedicated" }],
  ["aws:ec2/instance:Instance", { tenancy: UNKNOWN }],
  ["aws:ec2/instance:Instance", { monitoring: UNKNOWN }],
  ["aws:ec2/vpnConnection:VpnConnection", { enableAcceleration: true }],
  ["aws:ec2/vpnConnection:VpnConnection", { tunnelBandwidth: "large" }],
  ["aws:ecs/service:Service", { networkConfiguration: { assignPublicIp: UNKNOWN } }],
  ["aws:eks/cluster:Cluster", { computeConfig: { enabled: true } }],
  ["aws:eks/cluster:Cluster", { controlPlaneScalingConfig: { tier: "tier-xl" } }],
  ["aws:elasticache/cluster:Cluster", { engine: "redis", engineVersion: "5.0.6" }],
  ["aws:elasticache/replicationGroup:ReplicationGroup", { engine: "redis", engineVersion: "5.0.6" }],
  ["aws:elasticache/replicationGroup:ReplicationGroup", { engineVersion: UNKNOWN }],
  ["aws:fsx/windowsFileSystem:WindowsFileSystem", { diskIopsConfiguration: PROVISIONED }],
  ["aws:kendra/index:Index", { capacityUnits: { queryCapacityUnits: 1 } }],
  ["aws:kinesis/stream:Stream", { retentionPeriod: 48 }],
  ["aws:kinesis/stream:Stream", { shardLevelMetrics: ["ALL"] }],
  ["aws:lb/loadBalancer:LoadBalancer", { minimumLoadBalancerCapacity: { capacityUnits: 100 } }],
  ["aws:memorydb/cluster:Cluster", { snapshotRetentionLimit: 2 }],
  ["aws:msk/cluster:Cluster", { enhancedMonitoring: "PER_BROKER" }],
  ["aws:mwaa/environment:Environment", { minWebservers: 3 }],
  ["aws:opensearch/domain:Domain", { engineVersion: "OpenSearch_1.0" }],
  ["aws:rds/cluster:Cluster", { backtrackWindow: 60 }],
  ["aws:rds/clusterInstance:ClusterInstance", { monitoringInterval: 60 }],
  ["aws:rds/instance:Instance", { monitoringInterval: 60 }],
  ["aws:rds/instance:Instance", { monitoringInterval: UNKNOWN }],
  ["aws:rds/instance:Instance", { dedicatedLogVolume: true }],
  ["aws:rds/instance:Instance", { databaseInsightsMode: "advanced" }],
  ["aws:rds/instance:Instance", { performanceInsightsRetentionPeriod: 31 }],
  ["aws:rds/instance:Instance", { additionalStorageVolumes: [{ volumeName: "v" }] }],
  ["aws:rds/instance:Instance", { engineVersion: UNKNOWN }],
  ["aws:rds/instance:Instance", { publiclyAccessible: UNKNOWN }],
  ["aws:redshift/cluster:Cluster", { publiclyAccessible: UNKNOWN }],
  ["aws:synthetics/canary:Canary", { browserConfigs: [{}, {}] }],
  ["aws:wafv2/webAcl:WebAcl", { ruleJson: UNKNOWN }],
];

function sampleOf(type: string): PricedSample {
  const found = SAMPLES.find((sample) => sample.type === type);
  assert.ok(found, `no sample of ${type}`);
  return found;
}

/** The sample's resources, its own with more properties. */
function withExtra({ resources: [own, ...others] }: PricedSample, extra: Properties): StackResource[] {
  assert.ok(own);
  return [{ ...own, properties: { ...own.properties, ...extra } }, ...others];
}

/** Cents as a user declares them. */
const usd = fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100);

const fromMemory = ({ unpriced }: CostReport) => unpriced.some(({ kind }) => kind === "memory");

describe("policy/prices: what is known of a resource with something unknown", () => {
  for (const [type, extra] of EXTRAS) {
    it(`counts beside ${JSON.stringify(extra)} of ${type}`, () => {
      const sample = sampleOf(type);
      const plain = costOf(sample.resources);
      const more = costOf(withExtra(sample, extra));
      assert.deepEqual(plain.unpriced, []);
      assert.ok(plain.totalMicroUsd > 0);
      assert.equal(more.totalMicroUsd, plain.totalMicroUsd);
      assert.deepEqual(
        more.unpriced.map(({ urn, part }) => ({ urn, part })),
        [{ urn: sample.resources[0]?.urn, part: true }],
      );
      fc.assert(
        fc.property(usd, (amount) => {
          const allowed = costOf(withExtra(sample, extra), { allowMonthlyUsd: { [type]: amount } });
          assert.equal(allowed.totalMicroUsd, plain.totalMicroUsd + microUsd(amount));
          assert.deepEqual(allowed.unpriced, []);
        }),
        { numRuns: 5, seed: 1 },
      );
    });
  }

  it("counts beside every amount that is declared, whichever property is not known", () => {
    for (const sample of SAMPLES) {
      for (const name of Object.keys(sample.resources[0]?.properties ?? {})) {
        const stack = withExtra(sample, { [name]: UNKNOWN });
        const known = costOf(stack);
        // A price from memory gives way to what is declared.
        if (fromMemory(known)) continue;
        const allowed = costOf(stack, { allowMonthlyUsd: { [sample.type]: 3 } });
        const sides = new Set(
          known.unpriced
            .filter(({ type }) => type === sample.type)
            .map(({ urn, standby }) => `${urn} ${standby}`),
        );
        const expected = known.totalMicroUsd + sides.size * 3_000_000;
        assert.equal(allowed.totalMicroUsd, expected, `${sample.type} ${name}`);
      }
    }
  });
});
