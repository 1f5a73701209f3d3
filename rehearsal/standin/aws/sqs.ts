import { arn } from "./arn";
import { isOn, text } from "./known";
import { matches, wholeNumber } from "./property-rules";
import { type ResourceType, words } from "./resource-type";

export const QUEUE = "aws:sqs/queue:Queue";
export const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

const queue: ResourceType = {
  token: QUEUE,
  inputs: words(`contentBasedDeduplication deduplicationScope delaySeconds fifoQueue fifoThroughputLimit
    kmsDataKeyReusePeriodSeconds kmsMasterKeyId maxMessageSize messageRetentionSeconds name namePrefix policy
    receiveWaitTimeSeconds redriveAllowPolicy redrivePolicy region sqsManagedSseEnabled tags
    visibilityTimeoutSeconds`),
  replaceOn: words("fifoQueue name namePrefix region"),
  defaults: {
    contentBasedDeduplication: false,
    delaySeconds: 0,
    fifoQueue: false,
    maxMessageSize: 262_144,
    messageRetentionSeconds: 345_600,
    receiveWaitTimeSeconds: 0,
    visibilityTimeoutSeconds: 30,
  },
  autoName: "name",
  jsonDocuments: words("policy redriveAllowPolicy redrivePolicy"),
  computed: words(`arn deduplicationScope fifoThroughputLimit kmsDataKeyReusePeriodSeconds policy
    redriveAllowPolicy redrivePolicy sqsManagedSseEnabled url`),
  rules: [
    matches("name", /^[\w-]{1,80}$|^[\w-]{1,75}\.fifo$/, "1 to 80 letters, digits, - and _"),
    wholeNumber("delaySeconds", 0, 900),
    wholeNumber("maxMessageSize", 1024, 1_048_576),
    wholeNumber("messageRetentionSeconds", 60, 1_209_600),
    wholeNumber("receiveWaitTimeSeconds", 0, 20),
    wholeNumber("visibilityTimeoutSeconds", 0, 43_200),
  ],
  make: ({ inputs, accountId, region }) => {
    const name = text(inputs, "name");
    const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    const fifo = isOn(inputs, "fifoQueue");
    return {
      id: url,
      outputs: {
        arn: arn("sqs", region, accountId, name),
        deduplicationScope: inputs.deduplicationScope ?? (fifo ? "queue" : ""),
        fifoThroughputLimit: inputs.fifoThroughputLimit ?? (fifo ? "perQueue" : ""),
        kmsDataKeyReusePeriodSeconds: inputs.kmsDataKeyReusePeriodSeconds ?? 300,
        policy: inputs.policy ?? "",
        redriveAllowPolicy: inputs.redriveAllowPolicy ?? "",
        redrivePolicy: inputs.redrivePolicy ?? "",
        sqsManagedSseEnabled: inputs.sqsManagedSseEnabled ?? inputs.kmsMasterKeyId === undefined,
        url,
      },
    };
  },
};

const queuePolicy: ResourceType = {
  token: QUEUE_POLICY,
  inputs: words("policy queueUrl region"),
  required: ["policy", "queueUrl"],
  replaceOn: words("queueUrl region"),
  jsonDocuments: ["policy"],
  computed: [],
  make: ({ inputs }) => ({ id: text(inputs, "queueUrl"), outputs: {} }),
};

export const SQS: readonly ResourceType[] = [queue, queuePolicy];
