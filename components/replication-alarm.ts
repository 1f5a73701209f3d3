import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { type AlertReceiver, AlertTopic } from "./alert-topic";
import { childOptions } from "./child-options";

export interface ReplicationAlarmArgs {
  readonly tableName: pulumi.Input<string>;
  /** Region of the copy that falls behind. */
  readonly receivingRegion: string;
  /** Average lag that is too much; usually it is under 1,000. @default 5000 */
  readonly latencyMsMax?: number;
  /** @default topic: nobody is subscribed. */
  readonly receiver?: AlertReceiver;
}

/** Says that the standby's data is older than it should be: what a failover now would lose. */
export class ReplicationAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: ReplicationAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:ReplicationAlarm", name, {}, opts);
    const alerts = new AlertTopic(`${name}-alerts`, { receiver: args.receiver }, childOptions(this, opts));
    new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        alarmDescription: `Writes reach the copy in ${args.receivingRegion} late; a failover now would lose them.`,
        namespace: "AWS/DynamoDB",
        metricName: "ReplicationLatency",
        dimensions: { TableName: args.tableName, ReceivingRegion: args.receivingRegion },
        statistic: "Average",
        comparisonOperator: "GreaterThanThreshold",
        threshold: args.latencyMsMax ?? 5_000,
        period: 60,
        // Three minutes of five: a single slow minute is normal.
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        // Nothing written is nothing late.
        treatMissingData: "notBreaching",
        alarmActions: [alerts.arn],
        okActions: [alerts.arn],
      },
      childOptions(this, opts),
    );
    this.topicArn = alerts.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
