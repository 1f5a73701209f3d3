import assert from "node:assert/strict";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { type Invokes, lines, named } from "../components/registrations";
import { settingsOf } from "./parsed-settings";
import { asStackResources, build, INVOKES, WHOLE_STACK } from "./profile-api-stack";

describe("stacks/profile-api with other settings", () => {
  it("keeps the health alarm in us-east-1 when no side is there", async () => {
    const invokes: Invokes = {
      ...INVOKES,
      "aws:index/getRegion:getRegion": (_, provider) => ({
        region: provider === "primary" ? "eu-west-1" : "eu-central-1",
      }),
    };
    const { registrations } = await build(
      { primaryRegion: "eu-west-1", standbyRegion: "eu-central-1" },
      invokes,
    );
    assert.deepEqual(
      registrations.filter(({ inputs }) => inputs.region === "us-east-1").map(({ name }) => name),
      ["health-alerts-topic", "health-alarm"],
    );
    assert.equal(named(registrations, "primary-health-check").inputs.fqdn, "eu-west-1.profiles.example.com");
  });

  it("has exactly two failover records in the mode cname, both with the TTL", async () => {
    const { registrations } = await build({ recordMode: "cname", cnameTtlSeconds: "7" });
    assert.deepEqual(
      registrations
        .filter(({ inputs }) => "failoverRoutingPolicies" in inputs)
        .map(({ inputs: { type, ttl, records } }) => ({ type, ttl, records })),
      [
        { type: "CNAME", ttl: 7, records: ["us-east-1.profiles.example.com"] },
        { type: "CNAME", ttl: 7, records: ["us-west-2.profiles.example.com"] },
      ],
    );
    const plan = planFromResources(asStackResources(registrations));
    const [pair] = failoverPairs(plan);
    assert.deepEqual(
      pair && recoveryBound(plan, pair),
      settingsOf({ recordMode: "cname", cnameTtlSeconds: "7" }).bound,
    );
  });

  it("differs only in the zone when it creates it", async () => {
    const { registrations } = await build({ createHostedZone: "true" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      ["aws:route53/zone:Zone zone <- - @primary"],
    );
    assert.equal(named(registrations, "failover-primary-a").inputs.zoneId, "zone-of-zone");
  });

  it("subscribes the address to all three topics", async () => {
    const { registrations } = await build({ alertEmail: "on-call@example.com" });
    assert.deepEqual(
      lines(registrations).filter((line) => !WHOLE_STACK.includes(line)),
      [
        "aws:sns/topicSubscription:TopicSubscription health-alerts-email <- health-alerts @primary",
        "aws:sns/topicSubscription:TopicSubscription replication-alerts-email <- replication-alerts @primary",
        "aws:sns/topicSubscription:TopicSubscription standby-errors-alerts-email <- standby-errors-alerts @standby",
      ],
    );
  });

  it("hands sizes, limits and protection to both regions alike", async () => {
    const { registrations } = await build({
      lambdaMemoryMb: "512",
      reservedConcurrency: "5",
      throttlingRatePerSecond: "20",
      throttlingBurst: "40",
      logRetentionDays: "30",
      deletionProtection: "false",
    });
    for (const side of ["primary", "standby"]) {
      const { memorySize, reservedConcurrentExecutions } = named(
        registrations,
        `${side}-api-function-handler`,
      ).inputs;
      assert.deepEqual([memorySize, reservedConcurrentExecutions], [512, 5]);
      assert.deepEqual(named(registrations, `${side}-api-stage`).inputs.defaultRouteSettings, {
        throttlingRateLimit: 20,
        throttlingBurstLimit: 40,
      });
      for (const logs of ["access-logs", "function-logs"]) {
        assert.equal(named(registrations, `${side}-api-${logs}`).inputs.retentionInDays, 30);
      }
    }
    const { deletionProtectionEnabled, replicas } = named(registrations, "profiles-table").inputs;
    assert.equal(deletionProtectionEnabled, false);
    assert.equal((replicas as { deletionProtectionEnabled: boolean }[])[0]?.deletionProtectionEnabled, false);
  });
});
