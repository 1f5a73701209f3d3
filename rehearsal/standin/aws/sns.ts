import { isPresent } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { arn, parseArn } from "./arn";
import { uuid } from "./identifier";
import { isOn, text } from "./known";
import { matches, oneOf, onPresent } from "./property-rules";
import { type ResourceType, type Rule, words } from "./resource-type";

export const TOPIC = "aws:sns/topic:Topic";
export const TOPIC_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
export const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

const topic: ResourceType = {
  token: TOPIC,
  inputs: words(`applicationFailureFeedbackRoleArn applicationSuccessFeedbackRoleArn
    applicationSuccessFeedbackSampleRate archivePolicy contentBasedDeduplication deliveryPolicy displayName
    fifoThroughputScope fifoTopic firehoseFailureFeedbackRoleArn firehoseSuccessFeedbackRoleArn
    firehoseSuccessFeedbackSampleRate httpFailureFeedbackRoleArn httpSuccessFeedbackRoleArn
    httpSuccessFeedbackSampleRate kmsMasterKeyId lambdaFailureFeedbackRoleArn lambdaSuccessFeedbackRoleArn
    lambdaSuccessFeedbackSampleRate name namePrefix policy region signatureVersion sqsFailureFeedbackRoleArn
    sqsSuccessFeedbackRoleArn sqsSuccessFeedbackSampleRate tags tracingConfig`),
  replaceOn: words("fifoTopic name namePrefix region"),
  defaults: { contentBasedDeduplication: false, fifoTopic: false },
  autoName: "name",
  jsonDocuments: ["policy"],
  computed: words("arn beginningArchiveTime fifoThroughputScope owner policy signatureVersion tracingConfig"),
  rules: [
    matches("name", /^[\w-]{1,256}(\.fifo)?$/, "1 to 256 letters, digits, - and _"),
    onPresent("name", (value, { fifoTopic }) =>
      typeof value === "string" && value.endsWith(".fifo") !== (fifoTopic === true)
        ? `the name of a FIFO topic, and of no other, ends in .fifo; got ${value} with fifoTopic ${String(fifoTopic)}`
        : undefined,
    ),
  ],
  make: ({ inputs, accountId, region }) => {
    const topicArn = arn("sns", region, accountId, text(inputs, "name"));
    return {
      id: topicArn,
      outputs: {
        arn: topicArn,
        beginningArchiveTime: "",
        fifoThroughputScope: inputs.fifoThroughputScope ?? (isOn(inputs, "fifoTopic") ? "Topic" : ""),
        owner: accountId,
        policy: inputs.policy ?? ownerPolicy(topicArn, accountId),
        signatureVersion: inputs.signatureVersion ?? 0,
        tracingConfig: inputs.tracingConfig ?? "",
      },
    };
  },
};

/** What SNS writes for a topic that is given no policy. */
function ownerPolicy(topicArn: string, accountId: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });
}

/** SNS serves a topic in its own region only and answers InvalidParameter elsewhere. */
const topicInRegion =
  (property: string): Rule =>
  (inputs) => {
    const reference = inputs[property];
    const region = inputs.region;
    if (typeof reference !== "string" || typeof region !== "string") return [];
    const topicRegion = parseArn(reference)?.region;
    if (topicRegion === region) return [];
    return [
      {
        property,
        reason:
          topicRegion === undefined
            ? `${property}: AWS takes the ARN of a topic, got ${JSON.stringify(reference)}`
            : `${property}: the topic is in ${topicRegion}, not in ${region}; use the provider of its region`,
      },
    ];
  };

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s.]+$/;

const endpointFitsProtocol: Rule = ({ endpoint, protocol }) => {
  if (!isPresent(endpoint) || isUnknown(endpoint) || typeof endpoint !== "string") return [];
  const fits =
    protocol === "email" || protocol === "email-json"
      ? EMAIL.test(endpoint)
      : protocol === "https" || protocol === "http"
        ? endpoint.startsWith(`${protocol}://`)
        : protocol === "sqs" || protocol === "lambda" || protocol === "firehose"
          ? parseArn(endpoint) !== undefined
          : true;
  return fits
    ? []
    : [
        {
          property: "endpoint",
          reason: `endpoint: ${JSON.stringify(endpoint)} is no ${String(protocol)} address; match it with the protocol`,
        },
      ];
};

const topicSubscription: ResourceType = {
  token: TOPIC_SUBSCRIPTION,
  inputs: words(`confirmationTimeoutInMinutes deliveryPolicy endpoint endpointAutoConfirms filterPolicy
    filterPolicyScope protocol rawMessageDelivery redrivePolicy region replayPolicy subscriptionRoleArn topic`),
  required: ["endpoint", "protocol", "topic"],
  replaceOn: words("endpoint protocol region topic"),
  defaults: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
  computed: words("arn confirmationWasAuthenticated filterPolicyScope ownerId pendingConfirmation"),
  rules: [
    oneOf("protocol", words("sqs sms lambda firehose application email email-json http https")),
    endpointFitsProtocol,
    topicInRegion("topic"),
  ],
  make: ({ inputs, accountId, seed }) => {
    const subscriptionArn = `${text(inputs, "topic")}:${uuid(seed)}`;
    const byHand = text(inputs, "protocol").startsWith("email");
    return {
      id: subscriptionArn,
      outputs: {
        arn: subscriptionArn,
        confirmationWasAuthenticated: !byHand,
        filterPolicyScope: inputs.filterPolicyScope ?? "",
        ownerId: accountId,
        pendingConfirmation: byHand,
      },
    };
  },
};

const topicPolicy: ResourceType = {
  token: TOPIC_POLICY,
  inputs: words("arn policy region"),
  required: ["arn", "policy"],
  replaceOn: words("arn region"),
  jsonDocuments: ["policy"],
  computed: ["owner"],
  rules: [topicInRegion("arn")],
  make: ({ inputs, accountId }) => ({ id: text(inputs, "arn"), outputs: { owner: accountId } }),
};

export const SNS: readonly ResourceType[] = [topic, topicSubscription, topicPolicy];
