import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

export interface InstanceAlarmArgs {
  readonly instanceId: pulumi.Input<string>;
  /** A topic of the same region. */
  readonly topicArn: pulumi.Input<string>;
}

/** Says that an idle standby's instance is broken or gone, before anything depends on it. */
export class InstanceAlarm extends pulumi.ComponentResource {
  constructor(name: string, args: InstanceAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:InstanceAlarm", name, {}, opts);
    new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        alarmDescription: "The standby's instance fails its status checks; a failover now would not help.",
        namespace: "AWS/EC2",
        metricName: "StatusCheckFailed",
        dimensions: { InstanceId: args.instanceId },
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 60,
        // A restart fails them for a minute or two.
        evaluationPeriods: 5,
        // A stopped instance reports nothing.
        treatMissingData: "breaching",
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
      },
      childOptions(this, opts),
    );
    this.registerOutputs({});
  }
}
