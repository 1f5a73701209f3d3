import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { GLOBAL_METRICS_REGION } from "../model/metric-region";
import { type AlertReceiver, AlertTopic } from "./alert-topic";
import { childOptions } from "./child-options";
import { dnsTags } from "./dns-tags";

export interface HealthAlarmArgs {
  readonly healthCheckId: pulumi.Input<string>;
  /** What the message calls the thing that is checked. */
  readonly subject: string;
  /** @default topic: nobody is subscribed. */
  readonly receiver?: AlertReceiver;
}

/** Tells people that a failover is happening; it takes no part in it. */
export class HealthAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: HealthAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:HealthAlarm", name, {}, opts);
    // Wherever the provider points, alarm and topic are where the metric is.
    const region = GLOBAL_METRICS_REGION;
    const tags = dnsTags(region);
    const alerts = new AlertTopic(
      `${name}-alerts`,
      { receiver: args.receiver, region, tags },
      childOptions(this, opts),
    );
    new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        region,
        tags,
        alarmDescription: `${args.subject} is unhealthy; Route 53 answers with the standby.`,
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        dimensions: { HealthCheckId: args.healthCheckId },
        statistic: "Minimum",
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        period: 60,
        evaluationPeriods: 1,
        // No data about the primary is no sign of health.
        treatMissingData: "breaching",
        alarmActions: [alerts.arn],
        okActions: [alerts.arn],
      },
      childOptions(this, opts),
    );
    this.topicArn = alerts.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
