import { isPresent, stringListAt } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { arn, parseArn } from "./arn";
import { text } from "./known";
import {
  atMostOneOf,
  exactlyOneOf,
  matches,
  oneOf,
  onPresent,
  requiredWhen,
  wholeNumber,
} from "./property-rules";
import { type ResourceType, type Rule, words } from "./resource-type";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Days that CloudWatch Logs can keep events; 0 keeps them for ever (API reference, PutRetentionPolicy). */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup: ResourceType = {
  token: LOG_GROUP,
  inputs: words(`deletionProtectionEnabled kmsKeyId logGroupClass name namePrefix region retentionInDays
    skipDestroy tags`),
  replaceOn: words("logGroupClass name namePrefix region"),
  defaults: { retentionInDays: 0, skipDestroy: false },
  autoName: "name",
  computed: words("arn deletionProtectionEnabled logGroupClass"),
  rules: [
    oneOf("retentionInDays", RETENTION_DAYS),
    oneOf("logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]),
    matches("name", /^[\w./#-]{1,512}$/, "1 to 512 letters, digits and _ - / . #"),
  ],
  protectedBy: ["deletionProtectionEnabled"],
  make: ({ inputs, accountId, region }) => ({
    id: text(inputs, "name"),
    outputs: {
      arn: arn("logs", region, accountId, `log-group:${text(inputs, "name")}`),
      deletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
      logGroupClass: inputs.logGroupClass ?? "STANDARD",
    },
  }),
  admit: ({ inputs, account, urn, region }) =>
    account
      .list(LOG_GROUP)
      .some((other) => other.urn !== urn && other.region === region && other.id === text(inputs, "name"))
      ? `log group ${text(inputs, "name")} already exists in ${region} (ResourceAlreadyExists); give it another name`
      : undefined,
};

const COMPARISONS = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];

/** An action must be in the alarm's own region: PutMetricAlarm answers "Invalid region specified". */
const actionsInRegion =
  (property: string): Rule =>
  (inputs) => {
    const actions = stringListAt(inputs, property);
    const region = inputs.region;
    if (actions === undefined || isUnknown(actions) || typeof region !== "string") return [];
    return actions
      .filter((action) => (parseArn(action)?.region || region) !== region)
      .map((action) => ({
        property,
        reason: `${property}: ${action} is not in ${region}, and an alarm acts in its own region only; use a topic there`,
      }));
  };

const metricAlarm: ResourceType = {
  token: METRIC_ALARM,
  inputs: words(`actionsEnabled alarmActions alarmDescription comparisonOperator datapointsToAlarm dimensions
    evaluateLowSampleCountPercentiles evaluationCriteria evaluationInterval evaluationPeriods extendedStatistic
    insufficientDataActions metricName metricQueries name namespace okActions period region statistic tags
    threshold thresholdMetricId treatMissingData unit warmUpConfiguration`),
  replaceOn: words("name region"),
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  autoName: "name",
  computed: words("arn evaluateLowSampleCountPercentiles"),
  rules: [
    exactlyOneOf("metricName", "metricQueries", "evaluationCriteria"),
    atMostOneOf("statistic", "extendedStatistic"),
    atMostOneOf("threshold", "thresholdMetricId"),
    requiredWhen("comparisonOperator", ofMetrics, "an alarm on a metric compares it"),
    requiredWhen("evaluationPeriods", ofMetrics, "an alarm on a metric says for how many periods"),
    requiredWhen("namespace", ({ metricName }) => isPresent(metricName), "a metric name needs one"),
    requiredWhen("period", ({ metricName }) => isPresent(metricName), "a metric needs one"),
    requiredWhen(
      "statistic",
      ({ metricName, extendedStatistic }) => isPresent(metricName) && !isPresent(extendedStatistic),
      "a metric needs a statistic or an extended one",
    ),
    oneOf("comparisonOperator", COMPARISONS),
    oneOf("statistic", ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]),
    oneOf("treatMissingData", ["missing", "ignore", "breaching", "notBreaching"]),
    wholeNumber("evaluationPeriods", 1, 8640),
    wholeNumber("datapointsToAlarm", 1, 8640),
    onPresent("period", (value) =>
      value === 10 || value === 20 || value === 30 || (Number(value) > 0 && Number(value) % 60 === 0)
        ? undefined
        : `AWS takes 10, 20, 30 or a multiple of 60 s, got ${JSON.stringify(value)}`,
    ),
    actionsInRegion("alarmActions"),
    actionsInRegion("okActions"),
    actionsInRegion("insufficientDataActions"),
  ],
  make: ({ inputs, accountId, region }) => ({
    id: text(inputs, "name"),
    outputs: {
      arn: arn("cloudwatch", region, accountId, `alarm:${text(inputs, "name")}`),
      evaluateLowSampleCountPercentiles: inputs.evaluateLowSampleCountPercentiles ?? "",
    },
  }),
};

function ofMetrics({ evaluationCriteria }: { evaluationCriteria?: unknown }): boolean {
  return evaluationCriteria === undefined;
}

export const CLOUDWATCH: readonly ResourceType[] = [logGroup, metricAlarm];
