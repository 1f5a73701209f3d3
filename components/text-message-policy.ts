import type { PolicyDocument } from "./function-policy";

/**
 * The service of the account's phone numbers may publish (End User Messaging SMS user guide, "IAM policies for Amazon
 * SNS topics"); for an account of somebody else it may not.
 */
export function inboundTextPolicy(path: {
  readonly topicArn: string;
  readonly accountId: string;
}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "InboundTexts",
        Effect: "Allow",
        Action: ["sns:Publish"],
        Resource: [path.topicArn],
        Principal: { Service: "sms-voice.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": path.accountId } },
      },
    ],
  };
}

/** Only the topic may send what it could not deliver (SNS developer guide, dead-letter queues). */
export function deadLetterPolicy(path: {
  readonly queueArn: string;
  readonly topicArn: string;
}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "UndeliveredTexts",
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: [path.queueArn],
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": path.topicArn } },
      },
    ],
  };
}
