import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { InstanceAlarm } from "../../components/instance-alarm";
import { lines, named, record } from "./registrations";

describe("components/instance-alarm", () => {
  it("tells of a standby that fails its checks, or that reports nothing because it is stopped", async () => {
    const { registrations } = await record(() => {
      const provider = new Provider("standby", { region: "us-east-1" });
      return new InstanceAlarm("status", { instanceId: "i-1", topicArn: "arn:topic:alerts" }, { provider });
    });
    assert.deepEqual(lines(registrations), [
      "aws:cloudwatch/metricAlarm:MetricAlarm status-alarm <- status @standby",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:InstanceAlarm status <- - @-",
    ]);
    const { alarmDescription: _, ...alarm } = named(registrations, "status-alarm").inputs;
    assert.deepEqual(alarm, {
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { InstanceId: "i-1" },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluationPeriods: 5,
      treatMissingData: "breaching",
      alarmActions: ["arn:topic:alerts"],
      okActions: ["arn:topic:alerts"],
    });
  });
});
