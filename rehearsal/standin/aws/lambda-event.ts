import { isPresent } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { arn, parseArn } from "./arn";
import { MADE_AT, uuid } from "./identifier";
import { text, whole } from "./known";
import { FUNCTION, functionNameOf, missingFunction } from "./lambda";
import { placesAt } from "./property-path";
import { exactlyOneOf, onPresent, show, wholeNumber } from "./property-rules";
import { unreachable } from "./reference";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const EVENT_SOURCE_MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
export const EVENT_INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const QUEUE = "aws:sqs/queue:Queue";

const serviceOf = (source: unknown) => (typeof source === "string" ? parseArn(source)?.service : undefined);

/** Streams are read from a place in them; a queue has none. */
const startingPosition: Rule = ({ eventSourceArn, startingPosition: given }) => {
  const service = serviceOf(eventSourceArn);
  if (service === "sqs" && isPresent(given))
    return [{ property: "startingPosition", reason: "startingPosition: a queue has none; leave it out" }];
  return (service === "kinesis" || service === "dynamodb") && !isPresent(given)
    ? [
        {
          property: "startingPosition",
          reason: "startingPosition is missing, and a stream is read from one; set LATEST",
        },
      ]
    : [];
};

const mapping: ResourceType = {
  token: EVENT_SOURCE_MAPPING,
  inputs: words(`amazonManagedKafkaEventSourceConfig batchSize bisectBatchOnFunctionError destinationConfig
    documentDbEventSourceConfig enabled eventSourceArn filterCriteria functionName functionResponseTypes kmsKeyArn
    maximumBatchingWindowInSeconds maximumRecordAgeInSeconds maximumRetryAttempts metricsConfig
    parallelizationFactor provisionedPollerConfig queues region scalingConfig selfManagedEventSource
    selfManagedKafkaEventSourceConfig sourceAccessConfigurations startingPosition startingPositionTimestamp tags
    topics tumblingWindowInSeconds useResourceTimeoutForPropagation`),
  required: ["functionName"],
  replaceOn: words(`amazonManagedKafkaEventSourceConfig eventSourceArn queues region selfManagedEventSource
    selfManagedKafkaEventSourceConfig startingPosition startingPositionTimestamp topics`),
  defaults: { enabled: true },
  computed: words(`arn functionArn lastModified lastProcessingResult maximumRecordAgeInSeconds
    maximumRetryAttempts parallelizationFactor state stateTransitionReason uuid`),
  rules: [
    exactlyOneOf("eventSourceArn", "selfManagedEventSource"),
    startingPosition,
    wholeNumber("batchSize", 1, 10_000),
    wholeNumber("maximumBatchingWindowInSeconds", 0, 300),
    onPresent("batchSize", (value, inputs) =>
      Number(value) > 10 &&
      serviceOf(inputs.eventSourceArn) === "sqs" &&
      !isUnknown(inputs.maximumBatchingWindowInSeconds) &&
      (whole(inputs, "maximumBatchingWindowInSeconds") ?? 0) < 1
        ? `batches of more than 10 are gathered for a second or more, got ${show(value)}; set maximumBatchingWindowInSeconds`
        : undefined,
    ),
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const id = uuid(seed);
    const isQueue = serviceOf(inputs.eventSourceArn) === "sqs";
    const name = functionNameOf(text(inputs, "functionName"));
    return {
      id,
      outputs: {
        amazonManagedKafkaEventSourceConfig: inputs.amazonManagedKafkaEventSourceConfig ?? null,
        arn: arn("lambda", region, accountId, `event-source-mapping:${id}`),
        batchSize: inputs.batchSize ?? (isQueue ? 10 : 100),
        functionArn: arn("lambda", region, accountId, `function:${name}`),
        lastModified: MADE_AT,
        lastProcessingResult: "",
        maximumRecordAgeInSeconds: inputs.maximumRecordAgeInSeconds ?? (isQueue ? 0 : -1),
        maximumRetryAttempts: inputs.maximumRetryAttempts ?? (isQueue ? 0 : -1),
        selfManagedKafkaEventSourceConfig: inputs.selfManagedKafkaEventSourceConfig ?? null,
        parallelizationFactor: inputs.parallelizationFactor ?? (isQueue ? 0 : 1),
        state: inputs.enabled === false ? "Disabled" : "Enabled",
        stateTransitionReason: "USER_INITIATED",
        uuid: id,
      },
    };
  },
  admit: (making) => missingFunction(making, "functionName") ?? unsuitableQueue(making),
};

/** Lambda reads a queue only if a message stays hidden for as long as the function may work on it. */
function unsuitableQueue({ inputs, account, region }: Making): string | undefined {
  const source = text(inputs, "eventSourceArn");
  if (serviceOf(source) !== "sqs") return undefined;
  const queue = account.list(QUEUE).find(({ properties }) => text(properties, "arn") === source);
  if (queue === undefined)
    return account.complete
      ? `queue ${source} does not exist (InvalidParameterValue); take it from the queue's arn`
      : undefined;
  const name = functionNameOf(text(inputs, "functionName"));
  const lambda = account.list(FUNCTION).find((found) => found.region === region && found.id === name);
  const [hidden, timeout] = [
    whole(queue.properties, "visibilityTimeoutSeconds"),
    whole(lambda?.properties, "timeout"),
  ];
  return hidden !== undefined && timeout !== undefined && hidden < timeout
    ? `visibilityTimeoutSeconds of the queue is ${hidden}, less than the function's timeout of ${timeout} s (InvalidParameterValue); raise it to ${6 * timeout}`
    : undefined;
}

const DESTINATIONS: Readonly<Record<string, string>> = {
  sqs: QUEUE,
  sns: "aws:sns/topic:Topic",
  lambda: FUNCTION,
};

const invokeConfig: ResourceType = {
  token: EVENT_INVOKE_CONFIG,
  inputs: words(
    "destinationConfig functionName maximumEventAgeInSeconds maximumRetryAttempts qualifier region",
  ),
  required: words(
    "functionName destinationConfig.onFailure.destination destinationConfig.onSuccess.destination",
  ),
  replaceOn: words("functionName qualifier region"),
  defaults: { maximumRetryAttempts: 2 },
  computed: [],
  rules: [
    wholeNumber("maximumEventAgeInSeconds", 60, 21_600),
    wholeNumber("maximumRetryAttempts", 0, 2),
    (inputs) =>
      placesAt(inputs, "destinationConfig.onFailure.destination")
        .filter(({ value }) => typeof value === "string" && parseArn(value) === undefined)
        .map(({ written, value }) => ({
          property: written,
          reason: `${written}: AWS takes the ARN of a queue, topic, function, bus or bucket, got ${show(value)}`,
        })),
  ],
  make: ({ inputs }) => {
    const qualifier = text(inputs, "qualifier");
    return { id: `${text(inputs, "functionName")}${qualifier === "" ? "" : `:${qualifier}`}`, outputs: {} };
  },
  admit: (making) =>
    missingFunction(making, "functionName") ??
    missingDestination(making, "onFailure") ??
    missingDestination(making, "onSuccess"),
};

function missingDestination(making: Making, event: string): string | undefined {
  const destination = text(making.inputs, "destinationConfig", event, "destination");
  const type = DESTINATIONS[serviceOf(destination) ?? ""];
  const exists =
    type !== undefined &&
    making.account
      .list(type)
      .some(({ id, properties }) => id === destination || text(properties, "arn") === destination);
  return type === undefined || exists
    ? undefined
    : unreachable(making, type, destination, "destination", "InvalidParameterValue");
}

export const LAMBDA_EVENTS: readonly ResourceType[] = [mapping, invokeConfig];
