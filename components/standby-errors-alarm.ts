import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { type AlertReceiver, AlertTopic } from "./alert-topic";
import { childOptions } from "./child-options";

export interface StandbyErrorsAlarmArgs {
  readonly apiId: pulumi.Input<string>;
  /** Server errors within a minute that are too many. @default 1: an idle standby has none. */
  readonly errorsPerMinuteMin?: number;
  /** @default topic: nobody is subscribed. */
  readonly receiver?: AlertReceiver;
}

/** Says that the standby answers with errors, before anything depends on it. */
export class StandbyErrorsAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: StandbyErrorsAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:StandbyErrorsAlarm", name, {}, opts);
    const alerts = new AlertTopic(`${name}-alerts`, { receiver: args.receiver }, childOptions(this, opts));
    new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        alarmDescription: "The standby answers with server errors; a failover now would not help.",
        namespace: "AWS/ApiGateway",
        metricName: "5xx",
        dimensions: { ApiId: args.apiId },
        statistic: "Sum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: args.errorsPerMinuteMin ?? 1,
        period: 60,
        evaluationPeriods: 1,
        // Nobody asks an idle standby.
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
