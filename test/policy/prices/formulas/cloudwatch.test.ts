import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";

const CASES: readonly Case[] = [
  ["an alarm", ALARM, { period: 60 }, { alarm: 100_000 }],
  ["an alarm below a minute", ALARM, { period: 59 }, { "high-resolution alarm": 300_000 }],
  [
    "an alarm on three metrics",
    ALARM,
    {
      metricQueries: [
        { id: "a", metric: { period: 60 } },
        { metric: {} },
        { metric: {} },
        { expression: "a/b" },
      ],
    },
    { "alarm on 3 metrics": 300_000 },
  ],
  [
    "an anomaly band",
    ALARM,
    { thresholdMetricId: "band", metricQueries: [{ metric: { period: 60 } }, { expression: "ANOMALY" }] },
    { "alarm on 3 metrics": 300_000 },
  ],
  [
    "an alarm on a query",
    ALARM,
    { metricQueries: [{ expression: "SELECT AVG(x)" }] },
    { "price metricQueries": "its metrics are chosen by a query, so their number cannot be read" },
  ],
  [
    "a fast metric among slow ones",
    ALARM,
    { metricQueries: [{ metric: { period: 300 } }, { metric: { period: 10 } }] },
    { "high-resolution alarm on 2 metrics": 600_000 },
  ],
  [
    "a query of metrics beside a plain one",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      metricQueries: [
        { id: "q", expression: 'SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)', period: 60 },
        { id: "m", metric: { metricName: "x", period: 60 } },
      ],
    },
    { "price metricQueries": "its metrics are chosen by a query, so their number cannot be read" },
  ],
  [
    "a period that is no number",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { period: "ten" },
    { "price period": "period is not a number" },
  ],
  [
    "an unknown period of a metric",
    ALARM,
    { metricQueries: [{ metric: { period: UNKNOWN } }] },
    { "input metricQueries[0].metric.period": "metricQueries[0].metric.period is not known yet" },
  ],
  ["an unknown period", ALARM, { period: UNKNOWN }, { "input period": "period is not known yet" }],
  [
    "unknown queries",
    ALARM,
    { metricQueries: UNKNOWN },
    { "input metricQueries": "metricQueries is not known yet" },
  ],
  ["a composite alarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm", {}, { "composite alarm": 500_000 }],
  ["a dashboard", "aws:cloudwatch/dashboard:Dashboard", {}, { dashboard: 3_000_000 }],
  ["a log group", LOGS, {}, { "log storage, 1 GB assumed": 30_000 }],
];

describe("policy/prices/formulas/cloudwatch", () => {
  priceCases(CASES);

  it("prints the assumption that the settings make", () => {
    assert.deepEqual(
      costOf([standby(LOGS, "logs")], { logGroupGb: 0.25 }).lines.map(({ item, monthlyMicroUsd }) => [
        item,
        monthlyMicroUsd,
      ]),
      [["log storage, 0.25 GB assumed", 7_500]],
    );
  });

  it("says where logs are kept for ever", () => {
    const note = (retentionInDays?: number) =>
      costOf([standby(LOGS, "logs", { retentionInDays })]).lines[0]?.note;
    assert.equal(note(7), undefined);
    assert.equal(note(), "no retention is set, so it grows for ever");
    assert.equal(note(0), "no retention is set, so it grows for ever");
  });
});
