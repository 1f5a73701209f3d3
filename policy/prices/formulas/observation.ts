import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { amountText, countedText, type Formula, hourly, monthly, stored, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { gbSeconds } from "./lambda";
import { booleanAt, listAt, stringAt } from "./read";
import { runsPerMonth } from "./schedule";

/** The next multiple of 64 MB above the 1,000 MB that Synthetics gives where a program says nothing. */
const CANARY_MEMORY_MB = 1024;

/** Runs on a schedule whether or not anyone uses the system; the function behind it bills like every other. */
export const canaryMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const schedule = inputs.text("schedule.expression");
  const memoryMb = inputs.number("runConfig.memoryInMb", CANARY_MEMORY_MB);
  const started = inputs.flag("startCanary", true);
  const runs = runsPerMonth(schedule);
  const browsers = listAt(resource.properties, "browserConfigs") ?? [];
  if (isUnknown(browsers)) inputs.extras.unknown("browserConfigs");
  else if (browsers.length > 1) {
    inputs.extras.refuse(
      "several browsers run at every time of the schedule, at a price that is not in the list",
      "browserConfigs",
    );
  }
  if (runs === undefined && inputs.sound) {
    inputs.refuse(
      `schedule.expression is "${schedule}", which is no rate and no cron`,
      "schedule.expression",
    );
  }
  if (!inputs.sound || !started || !runs) return inputs.or([]);
  const milliseconds = stack.assumptions.canaryRunMs;
  const count = amountText(runs, "canary runs");
  const lever = "run it less often, or only from where the users are";
  return inputs.or([
    ...stored(count, "cloudwatch/canary-run", place, runs, {
      note: "the first 100 of an account are free, which is not counted on",
      lever,
      leaves: "untold",
    }),
    ...stored(`function requests of ${count}`, "lambda/request", place, runs, { lever, leaves: "untold" }),
    ...stored(
      `function time of ${count}, ${amountText(milliseconds, "ms")} at ${memoryMb} MB assumed`,
      "lambda/duration/x86_64",
      place,
      gbSeconds(memoryMb, runs, milliseconds),
      { note: "its files in S3 and its log lines come on top", lever, leaves: "untold" },
    ),
  ]);
};

const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";

/** Rules are free and matched by use, except one that runs by the clock. */
export const eventRuleMeters: Formula = (rule, stack) => {
  const place = stack.regionOf(rule);
  const inputs = new Inputs(rule.properties, place);
  if (!inputs.has("scheduleExpression")) return [];
  // `isEnabled` is the older way to say the state.
  const state = inputs.text("state", inputs.flag("isEnabled", true) ? "ENABLED" : "DISABLED");
  if (state === "DISABLED") return inputs.or([]);
  inputs.refuse(
    "it is charged by what its schedule starts, with or without requests, so no price is known beforehand",
    "scheduleExpression",
  );
  return inputs.or([]);
};

/** A target that runs tasks; its rule may match what happens without requests, so only a disabled one is idle. */
export const eventTargetMeters: Formula = (target, stack) => {
  if (!isPresent(target.properties.ecsTarget)) return [];
  const place = stack.regionOf(target);
  const name = stringAt(target.properties, "rule");
  const rule =
    stack.reference(target, "rule", EVENT_RULE) ??
    (typeof name === "string" ? stack.named(target, EVENT_RULE, "name", name) : undefined);
  if (rule && isDisabled(stack.asWritten(rule))) return [];
  const why = "it is charged by the tasks that its rule starts, with or without requests";
  return [unpriced(`${why}, so no price is known beforehand`, "ecsTarget", place)];
};

function isDisabled({ properties }: StackResource): boolean {
  const state = stringAt(properties, "state");
  return state === undefined ? booleanAt(properties, "isEnabled") === false : state === "DISABLED";
}

/** A rule on logs; the events that it matches come with use. */
export const insightRuleMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const state = inputs.text("ruleState", "ENABLED");
  if (state.toUpperCase() === "DISABLED") return inputs.or([]);
  return inputs.or(monthly("Contributor Insights rule", "cloudwatch/contributor-insights-rule", place));
};

/** Rules that AWS writes are those on PrivateLink endpoint services, the dearer kind. */
export const managedInsightRuleMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const state = inputs.text("state", "ENABLED");
  if (state.toUpperCase() === "DISABLED") return inputs.or([]);
  return inputs.or(
    monthly(
      "managed Contributor Insights rule",
      "cloudwatch/contributor-insights-rule-privatelink",
      place,
      1,
      {
        note: "priced as a rule on PrivateLink, the dearest kind",
      },
    ),
  );
};

/** Bills for every monitored resource and for every city network that it may watch. */
export const internetMonitorMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const resources = inputs.list("resources").length;
  const networks = inputs.number("maxCityNetworksToMonitor");
  const state = inputs.text("status", "ACTIVE");
  if (state === "INACTIVE") return inputs.or([]);
  return inputs.or([
    ...hourly("resource of an Internet Monitor", "cloudwatch/internet-monitor-resource", place, resources),
    ...hourly(
      "city network of an Internet Monitor",
      "cloudwatch/internet-monitor-city-network",
      place,
      networks,
      {
        note: "those that traffic comes from; the first 100 are free, which is not counted on",
        lever: "lower maxCityNetworksToMonitor",
        leaves: "untold",
      },
    ),
  ]);
};

export const networkProbeMeters: Formula = (resource, stack) =>
  hourly("network probe", "cloudwatch/network-monitor", stack.regionOf(resource), 1, {
    note: "probes of one subnet can share a price, which is not counted on",
  });

/** What S3 publishes for one filter: requests by kind, errors, bytes and latencies. */
const REQUEST_METRICS = 16;

export const bucketMetricMeters: Formula = (resource, stack) =>
  monthly("S3 request metric", "cloudwatch/custom-metric", stack.regionOf(resource), REQUEST_METRICS, {
    note: "billed as custom metrics once there are requests",
    lever: "remove the metrics configuration",
  });

/** What CloudFront adds for a distribution; its metrics are all kept in us-east-1. */
const DISTRIBUTION_METRICS = 8;

export const distributionMonitoringMeters: Formula = (resource) => {
  const place = "us-east-1";
  const inputs = new Inputs(resource.properties, place);
  const status = inputs.text(
    "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus",
    "Enabled",
  );
  if (status === "Disabled") return inputs.or([]);
  return inputs.or(
    monthly("metric of a distribution", "cloudwatch/custom-metric", place, DISTRIBUTION_METRICS, {
      lever: "remove the monitoring subscription",
    }),
  );
};

/** Alarms that a target-tracking policy creates by itself: one to grow and one to shrink, two of each for DynamoDB. */
export const targetTrackingMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  if (inputs.text("policyType", "StepScaling") !== "TargetTrackingScaling") return inputs.or([]);
  const alarms = inputs.text("serviceNamespace", "") === "dynamodb" ? 4 : 2;
  return inputs.or(
    stored(countedText(alarms, "alarm of the scaling policy"), "cloudwatch/alarm", place, alarms, {
      note: "created by the policy, not by the program",
    }),
  );
};
