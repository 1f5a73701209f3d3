import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { TextMessagePath } from "../../components/text-message-path";
import { named, type Registration, record } from "./registrations";

const NUMBER = `arn:aws:sms-voice:us-east-1:123456789012:phone-number/phone-${"0".repeat(32)}`;
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:texts-unanswered-1";

/** Two attempts of 16 s with a second between them, table and reply: functions/assistant/sms/create-sms.ts. */
const FUNCTION_NEEDS_SECONDS = 50;

describe("components/text-message-path", () => {
  let registrations: readonly Registration[];
  before(async () => {
    ({ registrations } = await record(() => {
      const provider = new Provider("standby", { region: "us-east-1" });
      return new TextMessagePath(
        "texts",
        {
          code: { directory: "functions/dist/assistant", buildId: "0123456789ab" },
          environment: "dev",
          assistantUrl: "https://assistant.example.com/chat",
          tokenParameter: {
            name: "/assistant/token",
            arn: "arn:aws:ssm:us-east-1:123456789012:parameter/assistant/token",
          },
          memory: { name: "memory-1", arn: "arn:aws:dynamodb:us-east-1:123456789012:table/memory-1" },
          phone: { numberArn: NUMBER, accountId: "123456789012" },
          allowedNumbers: ["+15550100"],
          alertTopicArn: "arn:topic:alerts",
        },
        { provider },
      );
    }));
  });
  const inputsOf = (name: string) => named(registrations, name).inputs;
  const statementsOf = (name: string) => JSON.parse(String(inputsOf(name).policy)).Statement;

  it("leaves the function as long as it needs, and keeps what it could not answer after two more attempts", () => {
    assert.equal(inputsOf("texts-function-handler").timeout, FUNCTION_NEEDS_SECONDS);
    assert.deepEqual(inputsOf("texts-retries"), {
      functionName: "texts-function-handler-1",
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: QUEUE } },
    });
    assert.deepEqual(inputsOf("texts-unanswered"), {
      messageRetentionSeconds: 1_209_600,
      sqsManagedSseEnabled: true,
    });
  });

  it("keeps what never reached the function, and takes texts only when all of that is in place", () => {
    const { redrivePolicy, ...subscription } = inputsOf("texts-subscription");
    assert.deepEqual(JSON.parse(String(redrivePolicy)), { deadLetterTargetArn: QUEUE });
    assert.deepEqual(subscription, {
      topic: "arn:topic:texts-inbound",
      protocol: "lambda",
      endpoint: "arn:function:texts-function-handler",
    });
    const { waitsFor } = named(registrations, "texts-subscription");
    const missing = ["texts-retries", "texts-permission", "texts-unanswered-policy"].filter(
      (name) => !waitsFor.includes(name),
    );
    assert.deepEqual(missing, []);
  });

  it("takes texts from the account's own numbers, and undelivered ones from its topic only", () => {
    assert.deepEqual(statementsOf("texts-inbound-policy"), [
      {
        Sid: "InboundTexts",
        Effect: "Allow",
        Action: ["sns:Publish"],
        Resource: ["arn:topic:texts-inbound"],
        Principal: { Service: "sms-voice.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
    assert.deepEqual(statementsOf("texts-unanswered-policy"), [
      {
        Sid: "UndeliveredTexts",
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: [QUEUE],
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": "arn:topic:texts-inbound" } },
      },
    ]);
    const { principal, sourceArn, action } = inputsOf("texts-permission");
    assert.deepEqual(
      [principal, sourceArn, action],
      ["sns.amazonaws.com", "arn:topic:texts-inbound", "lambda:InvokeFunction"],
    );
  });

  it("lets the function claim, read its token, reply from the one number and keep the unanswered", () => {
    const allowed = statementsOf("texts-function-policy").map(
      ({ Sid, Action, Resource }: { Sid: string; Action: string[]; Resource: string[] }) => [
        Sid,
        Action,
        Resource,
      ],
    );
    assert.deepEqual(allowed, [
      [
        "SingleItemsOfTheLocalTable",
        ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        ["arn:aws:dynamodb:us-east-1:123456789012:table/memory-1"],
      ],
      [
        "OwnLogStreams",
        ["logs:CreateLogStream"],
        ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/dev-texts"],
      ],
      [
        "OwnLogEvents",
        ["logs:PutLogEvents"],
        ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/dev-texts:log-stream:*"],
      ],
      ["OwnSecrets", ["ssm:GetParameter"], ["arn:aws:ssm:us-east-1:123456789012:parameter/assistant/token"]],
      ["RepliesFromTheNumber", ["sms-voice:SendTextMessage"], [NUMBER]],
      ["KeepsTheUnanswered", ["sqs:SendMessage"], [QUEUE]],
    ]);
  });

  it("tells people of the first text that nobody answered", () => {
    const { alarmDescription: _, ...alarm } = inputsOf("texts-alarm");
    assert.deepEqual(alarm, {
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "texts-unanswered-1" },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:topic:alerts"],
      okActions: ["arn:topic:alerts"],
    });
  });
});
