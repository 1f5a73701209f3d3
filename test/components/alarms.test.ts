import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { AlertReceiver } from "../../components/alert-topic";
import { HealthAlarm } from "../../components/health-alarm";
import { ReplicationAlarm } from "../../components/replication-alarm";
import { StandbyErrorsAlarm } from "../../components/standby-errors-alarm";
import { lines, named, record } from "./registrations";

type Build = (receiver: AlertReceiver | undefined, opts: pulumi.ComponentResourceOptions) => unknown;
const onProvider = (build: Build, receiver?: AlertReceiver) =>
  record(() => build(receiver, { provider: new Provider("regional", { region: "eu-west-1" }) }));

const healthAlarm: Build = (receiver, opts) =>
  new HealthAlarm(
    "health",
    { healthCheckId: "check-1", subject: "profiles.example.com", answer: "the standby", receiver },
    opts,
  );
const replicationAlarm: Build = (receiver, opts) =>
  new ReplicationAlarm(
    "replication",
    { tableName: "profiles-1", receivingRegion: "us-west-2", receiver },
    opts,
  );
const errorsAlarm: Build = (receiver, opts) =>
  new StandbyErrorsAlarm("standby-errors", { apiId: "api-1", receiver }, opts);

/** `[component type, name, build]` */
const ALARMS: readonly [string, string, Build][] = [
  ["HealthAlarm", "health", healthAlarm],
  ["ReplicationAlarm", "replication", replicationAlarm],
  ["StandbyErrorsAlarm", "standby-errors", errorsAlarm],
];

for (const [type, name, build] of ALARMS) {
  describe(`components/${name}-alarm`.replace("-alarm-alarm", "-alarm"), () => {
    it("is an alarm and a topic", async () => {
      const { registrations } = await onProvider(build);
      assert.deepEqual(lines(registrations), [
        `aws:cloudwatch/metricAlarm:MetricAlarm ${name}-alarm <- ${name} @regional`,
        `aws:sns/topic:Topic ${name}-alerts-topic <- ${name}-alerts @regional`,
        "pulumi:providers:aws regional <- - @-",
        `warm-standby:components:AlertTopic ${name}-alerts <- ${name} @-`,
        `warm-standby:components:${type} ${name} <- - @-`,
      ]);
    });

    it("adds a subscription for an e-mail address, and only then", async () => {
      const { registrations } = await onProvider(build, { kind: "email", address: "on-call@example.com" });
      assert.equal(registrations.length, 6);
      const subscription = named(registrations, `${name}-alerts-email`);
      assert.equal(subscription.parent, `${name}-alerts`);
      assert.equal(subscription.provider, "regional");
      assert.deepEqual(subscription.inputs, {
        topic: `arn:topic:${name}-alerts-topic`,
        protocol: "email",
        endpoint: "on-call@example.com",
        ...(name === "health" ? { region: "us-east-1" } : {}),
      });
    });
  });
}

describe("components/health-alarm", () => {
  it("is in us-east-1 whatever the provider's region, topic and all", async () => {
    const { registrations } = await onProvider(healthAlarm);
    assert.deepEqual(named(registrations, "health-alarm").inputs, {
      region: "us-east-1",
      tags: { role: "dns", region: "us-east-1" },
      alarmDescription: "profiles.example.com is unhealthy; Route 53 answers with the standby.",
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: "check-1" },
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      alarmActions: ["arn:topic:health-alerts-topic"],
      okActions: ["arn:topic:health-alerts-topic"],
    });
    assert.deepEqual(named(registrations, "health-alerts-topic").inputs, {
      region: "us-east-1",
      tags: { role: "dns", region: "us-east-1" },
    });
  });
});

describe("components/health-alarm with a topic of others", () => {
  it("is the alarm alone, and tells that topic", async () => {
    const shared: Build = (_, opts) =>
      new HealthAlarm(
        "gateway-a",
        {
          healthCheckId: "check-1",
          subject: "gateway-a",
          answer: "the others",
          topicArn: "arn:topic:shared",
        },
        opts,
      );
    const { registrations } = await onProvider(shared);
    assert.deepEqual(lines(registrations), [
      "aws:cloudwatch/metricAlarm:MetricAlarm gateway-a-alarm <- gateway-a @regional",
      "pulumi:providers:aws regional <- - @-",
      "warm-standby:components:HealthAlarm gateway-a <- - @-",
    ]);
    const { alarmActions, okActions, region } = named(registrations, "gateway-a-alarm").inputs;
    assert.deepEqual(
      [alarmActions, okActions, region],
      [["arn:topic:shared"], ["arn:topic:shared"], "us-east-1"],
    );
  });
});

describe("components/replication-alarm", () => {
  it("watches the lag towards the standby in the region of its provider", async () => {
    const { registrations } = await onProvider(replicationAlarm);
    assert.deepEqual(named(registrations, "replication-alarm").inputs, {
      alarmDescription: "Writes reach the copy in us-west-2 late; a failover now would lose them.",
      namespace: "AWS/DynamoDB",
      metricName: "ReplicationLatency",
      dimensions: { TableName: "profiles-1", ReceivingRegion: "us-west-2" },
      statistic: "Average",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5_000,
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:topic:replication-alerts-topic"],
      okActions: ["arn:topic:replication-alerts-topic"],
    });
    assert.deepEqual(named(registrations, "replication-alerts-topic").inputs, {});
  });
});

describe("components/standby-errors-alarm", () => {
  it("counts server errors of the standby in the region of its provider", async () => {
    const { registrations } = await onProvider(errorsAlarm);
    assert.deepEqual(named(registrations, "standby-errors-alarm").inputs, {
      alarmDescription: "The standby answers with server errors; a failover now would not help.",
      namespace: "AWS/ApiGateway",
      metricName: "5xx",
      dimensions: { ApiId: "api-1" },
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:topic:standby-errors-alerts-topic"],
      okActions: ["arn:topic:standby-errors-alerts-topic"],
    });
    assert.deepEqual(named(registrations, "standby-errors-alerts-topic").inputs, {});
  });
});
