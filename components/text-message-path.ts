import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { ApiFunction, type FunctionCode } from "./api-function";
import { CLAIM_ACTIONS, parameterStatement } from "./assistant-policy";
import { childOptions } from "./child-options";
import { deadLetterPolicy, inboundTextPolicy } from "./text-message-policy";

export interface TextMessagePathArgs {
  readonly code: FunctionCode;
  /** Shown in the name of the log group. */
  readonly environment: string;
  /** Where each text is answered: the assistant's `/chat` under the name that fails over. */
  readonly assistantUrl: string;
  /** SSM parameter of the assistant's token, and its ARN. */
  readonly tokenParameter: { readonly name: string; readonly arn: string };
  readonly memory: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  /** The number that texts come to, bought and registered by hand, and the account that has it. */
  readonly phone: { readonly numberArn: string; readonly accountId: string };
  /** Who is answered, E.164. */
  readonly allowedNumbers: readonly string[];
  /** A topic of the same region that tells people of texts which nobody answered. */
  readonly alertTopicArn: pulumi.Input<string>;
  /** @default 14 */
  readonly logRetentionDays?: number;
}

/** Two attempts at the assistant of 16 s each, the table and the reply (`functions/assistant/sms`). */
const TIMEOUT_SECONDS = 50;
/** As often as Lambda repeats an asynchronous event at most. */
const RETRIES = 2;
/** The longest that SQS keeps a message: time to look at what was not answered. */
const KEPT_SECONDS = 14 * 86_400;

/**
 * Inbound text message -> topic -> function -> the assistant by its failover name, which follows health: nothing is
 * rerouted here at a failover. What fails is repeated twice and then kept in a queue; the function's own claim in the
 * memory table sees to it that no text is answered twice.
 */
export class TextMessagePath extends pulumi.ComponentResource {
  /** What the phone number's two-way channel is set to. */
  readonly inboundTopicArn: pulumi.Output<string>;
  readonly deadLetterQueueArn: pulumi.Output<string>;

  constructor(name: string, args: TextMessagePathArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:TextMessagePath", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);

    const topic = new sns.Topic(`${name}-inbound`, {}, child());
    new sns.TopicPolicy(
      `${name}-inbound-policy`,
      {
        arn: topic.arn,
        policy: topic.arn.apply((topicArn) =>
          JSON.stringify(inboundTextPolicy({ topicArn, accountId: args.phone.accountId })),
        ),
      },
      child(),
    );
    const unanswered = new sqs.Queue(
      `${name}-unanswered`,
      { messageRetentionSeconds: KEPT_SECONDS, sqsManagedSseEnabled: true },
      child(),
    );
    const queuePolicy = new sqs.QueuePolicy(
      `${name}-unanswered-policy`,
      {
        queueUrl: unanswered.url,
        policy: pulumi
          .all([unanswered.arn, topic.arn])
          .apply(([queueArn, topicArn]) => JSON.stringify(deadLetterPolicy({ queueArn, topicArn }))),
      },
      child(),
    );
    const answering = new ApiFunction(
      `${name}-function`,
      {
        code: args.code,
        tableName: args.memory.name,
        tableArn: args.memory.arn,
        tableActions: CLAIM_ACTIONS,
        logGroupName: `/aws/lambda/${args.environment}-${name}`,
        logRetentionDays: args.logRetentionDays,
        timeoutSeconds: TIMEOUT_SECONDS,
        variables: {
          TOKEN_PARAMETER: args.tokenParameter.name,
          ASSISTANT_URL: args.assistantUrl,
          ALLOWED_NUMBERS: args.allowedNumbers.join(","),
        },
        permissions: unanswered.arn.apply((queueArn) => [
          parameterStatement([args.tokenParameter.arn]),
          {
            Sid: "RepliesFromTheNumber",
            Effect: "Allow" as const,
            Action: ["sms-voice:SendTextMessage"],
            Resource: [args.phone.numberArn],
          },
          {
            Sid: "KeepsTheUnanswered",
            Effect: "Allow" as const,
            Action: ["sqs:SendMessage"],
            Resource: [queueArn],
          },
        ]),
      },
      child(),
    );
    const retries = new lambda.FunctionEventInvokeConfig(
      `${name}-retries`,
      {
        functionName: answering.name,
        maximumRetryAttempts: RETRIES,
        destinationConfig: { onFailure: { destination: unanswered.arn } },
      },
      child(),
    );
    const permission = new lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: answering.name,
        principal: "sns.amazonaws.com",
        sourceArn: topic.arn,
      },
      child(),
    );
    new sns.TopicSubscription(
      `${name}-subscription`,
      {
        topic: topic.arn,
        protocol: "lambda",
        endpoint: answering.arn,
        // What never reaches the function is kept as well.
        redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: unanswered.arn }),
      },
      // The first text finds everything in place.
      child({ dependsOn: [retries, permission, queuePolicy] }),
    );
    new cloudwatch.MetricAlarm(
      `${name}-alarm`,
      {
        alarmDescription: "Text messages were not answered; they are kept in the queue for 14 days.",
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: unanswered.name },
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 60,
        evaluationPeriods: 1,
        // SQS reports nothing of a queue that nobody uses.
        treatMissingData: "notBreaching",
        alarmActions: [args.alertTopicArn],
        okActions: [args.alertTopicArn],
      },
      child(),
    );

    this.inboundTopicArn = topic.arn;
    this.deadLetterQueueArn = unanswered.arn;
    this.registerOutputs({
      inboundTopicArn: this.inboundTopicArn,
      deadLetterQueueArn: this.deadLetterQueueArn,
    });
  }
}
