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
  /** What Route 53 answers with meanwhile. */
  readonly answer: string;
  /** @default topic: nobody is subscribed. */
  readonly receiver?: AlertReceiver;
  /** A topic in us-east-1 that tells of several checks. @default a topic of the alarm's own */
  readonly topicArn?: pulumi.Input<string>;
}

/** Tells people that a failover is happening; it takes no part in it. */
export class HealthAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: HealthAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:HealthAlarm", name, {}, opts);
    // Wherever the provider points, alarm and topic are where the metric is.
    const region = GLOBAL_METRICS_REGION;
    const tags = dnsTags(region);
    const topicArn =
      args.topicArn ??
      new AlertTopic(`${name}-alerts`, { receiver: args.receiver, region, tags }, childOptions(this, opts))
        .arn;
    new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        region,
        tags,
        alarmDescription: `${args.subject} is unhealthy; Route 53 answers with ${args.answer}.`,
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
        alarmActions: [topicArn],
        okActions: [topicArn],
      },
      childOptions(this, opts),
    );
    this.topicArn = pulumi.output(topicArn);
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
