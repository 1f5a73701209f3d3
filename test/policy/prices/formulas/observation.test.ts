import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const CANARY = "aws:synthetics/canary:Canary";
const RULE = "aws:cloudwatch/contributorInsightRule:ContributorInsightRule";
const MANAGED = "aws:cloudwatch/contributorManagedInsightRule:ContributorManagedInsightRule";
const MONITOR = "aws:cloudwatch/internetMonitor:InternetMonitor";
const DISTRIBUTION = "aws:cloudfront/monitoringSubscription:MonitoringSubscription";
const SCALING = "aws:appautoscaling/policy:Policy";
const GROUP_SCALING = "aws:autoscaling/policy:Policy";

const EVENT_RULE = "aws:cloudwatch/eventRule:EventRule";
const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const SCHEDULED = {
  "price scheduleExpression":
    "it is charged by what its schedule starts, with or without requests, so no price is known beforehand",
};
const TASKS = {
  "price ecsTarget":
    "it is charged by the tasks that its rule starts, with or without requests, so no price is known beforehand",
};

const every = (expression: string, more = {}) => ({ schedule: { expression }, ...more });

const CASES: readonly Case[] = [
  ["a rule on events", EVENT_RULE, { eventPattern: "{}" }, {}],
  ["a rule on a schedule", EVENT_RULE, { scheduleExpression: "rate(1 minute)" }, SCHEDULED],
  ["an enabled rule", EVENT_RULE, { scheduleExpression: "rate(1 minute)", state: "ENABLED" }, SCHEDULED],
  ["a disabled rule", EVENT_RULE, { scheduleExpression: "rate(1 minute)", state: "DISABLED" }, {}],
  [
    "a rule disabled the older way",
    EVENT_RULE,
    { scheduleExpression: "rate(1 minute)", isEnabled: false },
    {},
  ],
  ["a rule of an unknown schedule", EVENT_RULE, { scheduleExpression: UNKNOWN }, SCHEDULED],
  ["a target that starts no task", EVENT_TARGET, { rule: "r" }, {}],
  ["a target that starts tasks", EVENT_TARGET, { rule: "r", ecsTarget: {} }, TASKS],
  [
    "a target of an enabled rule",
    EVENT_TARGET,
    { rule: "r", ecsTarget: {} },
    TASKS,
    [standby(EVENT_RULE, "r", { name: "r" })],
  ],
  [
    "a target of a disabled rule",
    EVENT_TARGET,
    { rule: "r", ecsTarget: {} },
    {},
    [standby(EVENT_RULE, "r", { name: "r", state: "DISABLED" })],
  ],
  [
    "a canary in two browsers",
    CANARY,
    every("rate(1 minute)", { browserConfigs: [{ browserType: "CHROME" }, { browserType: "FIREFOX" }] }),
    {
      "43800 canary runs": 52560000,
      "function requests of 43800 canary runs": 8760,
      "function time of 43800 canary runs, 10000 ms at 1024 MB assumed": 7300015,
      "price browserConfigs":
        "several browsers run at every time of the schedule, at a price that is not in the list",
    },
  ],
  [
    "a canary each minute",
    CANARY,
    every("rate(1 minute)"),
    {
      "43800 canary runs": 52_560_000,
      "function requests of 43800 canary runs": 8_760,
      // 43,800 runs x 10 s x 1 GB at 0.0000166667.
      "function time of 43800 canary runs, 10000 ms at 1024 MB assumed": 7_300_015,
    },
  ],
  [
    "a canary each hour with more memory",
    CANARY,
    every("rate(1 hour)", { runConfig: { memoryInMb: 2048 } }),
    {
      "730 canary runs": 876_000,
      "function requests of 730 canary runs": 146,
      "function time of 730 canary runs, 10000 ms at 2048 MB assumed": 243_334,
    },
  ],
  ["a canary that runs once", CANARY, every("rate(0 minute)"), {}],
  ["a canary that is not started", CANARY, every("rate(1 minute)", { startCanary: false }), {}],
  [
    "a canary with a schedule that is none",
    CANARY,
    every("hourly"),
    {
      "price schedule.expression": 'schedule.expression is "hourly", which is no rate and no cron',
    },
  ],
  [
    "a canary without a schedule",
    CANARY,
    {},
    { "price schedule.expression": "schedule.expression is not set" },
  ],
  [
    "a canary with an unknown schedule",
    CANARY,
    { schedule: UNKNOWN },
    { "input schedule.expression": "schedule.expression is not known yet" },
  ],
  [
    "a canary that may be started",
    CANARY,
    every("rate(1 minute)", { startCanary: UNKNOWN }),
    { "input startCanary": "startCanary is not known yet" },
  ],
  ["a rule on logs", RULE, {}, { "Contributor Insights rule": 500_000 }],
  ["a rule that is off", RULE, { ruleState: "DISABLED" }, {}],
  [
    "a rule in an unknown state",
    RULE,
    { ruleState: UNKNOWN },
    { "input ruleState": "ruleState is not known yet" },
  ],
  ["a managed rule", MANAGED, { state: "ENABLED" }, { "managed Contributor Insights rule": 9_000_000 }],
  ["a managed rule that is off", MANAGED, { state: "DISABLED" }, {}],
  [
    "an internet monitor",
    MONITOR,
    { resources: ["arn:1", "arn:2"], maxCityNetworksToMonitor: 100 },
    {
      "2 x resource of an Internet Monitor": 14_600_000,
      "100 x city network of an Internet Monitor": 5_402_000,
    },
  ],
  [
    "an internet monitor without a bound",
    MONITOR,
    { resources: ["arn:1"], trafficPercentageToMonitor: 50 },
    { "price maxCityNetworksToMonitor": "maxCityNetworksToMonitor is not set" },
  ],
  ["an internet monitor that is off", MONITOR, { status: "INACTIVE", maxCityNetworksToMonitor: 9 }, {}],
  ["a network probe", "aws:networkmonitor/probe:Probe", {}, { "network probe": 73_000_000 }],
  [
    "the request metrics of a bucket",
    "aws:s3/bucketMetric:BucketMetric",
    {},
    { "16 x S3 request metric": 4_800_000 },
  ],
  [
    "the metrics of a distribution",
    DISTRIBUTION,
    {
      monitoringSubscription: {
        realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
      },
    },
    { "8 x metric of a distribution": 2_400_000 },
  ],
  [
    "the metrics of a distribution that are off",
    DISTRIBUTION,
    {
      monitoringSubscription: {
        realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Disabled" },
      },
    },
    {},
  ],
  ["a policy of steps", SCALING, {}, {}],
  [
    "a target to track",
    SCALING,
    { policyType: "TargetTrackingScaling", serviceNamespace: "ecs" },
    { "2 x alarm of the scaling policy": 200_000 },
  ],
  [
    "a target that a table tracks",
    SCALING,
    { policyType: "TargetTrackingScaling", serviceNamespace: "dynamodb" },
    { "4 x alarm of the scaling policy": 400_000 },
  ],
  ["a simple policy of a group", GROUP_SCALING, { policyType: "SimpleScaling" }, {}],
  [
    "a target that a group tracks",
    GROUP_SCALING,
    { policyType: "TargetTrackingScaling" },
    { "2 x alarm of the scaling policy": 200_000 },
  ],
  [
    "a policy of an unknown type",
    SCALING,
    { policyType: UNKNOWN },
    { "input policyType": "policyType is not known yet" },
  ],
  [
    "a policy of an unknown service",
    SCALING,
    { policyType: "TargetTrackingScaling", serviceNamespace: UNKNOWN },
    { "input serviceNamespace": "serviceNamespace is not known yet" },
  ],
];

describe("policy/prices/formulas/observation", () => {
  priceCases(CASES);

  it("prints the milliseconds that the settings assume", () => {
    const canary = standby(CANARY, "c", every("rate(1 hour)"));
    assert.deepEqual(
      costOf([canary], { canaryRunMs: 500 }).lines.map(({ item, monthlyMicroUsd }) => [
        item,
        monthlyMicroUsd,
      ]),
      [
        ["730 canary runs", 876_000],
        ["function requests of 730 canary runs", 146],
        ["function time of 730 canary runs, 500 ms at 1024 MB assumed", 6_083],
      ],
    );
  });
});
