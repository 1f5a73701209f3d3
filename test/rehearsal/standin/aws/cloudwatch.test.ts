import assert from "node:assert/strict";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { LOG_GROUP, METRIC_ALARM } from "../../../../rehearsal/standin/aws/cloudwatch";
import { made, reasonsOf, refusal, removed } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const ALARM = MINIMAL[METRIC_ALARM] ?? {};

describe("standin/aws/cloudwatch", () => {
  it("makes a log group that keeps its events for ever unless told otherwise", () => {
    const { id, outputs } = made(LOG_GROUP, { name: "/aws/lambda/api" }, { region: "us-west-2" });
    assert.equal(id, "/aws/lambda/api");
    assert.equal(outputs.arn, "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/api");
    assert.equal(outputs.retentionInDays, 0);
    assert.equal(outputs.logGroupClass, "STANDARD");
  });

  it("takes the retention periods of CloudWatch Logs and no other", () => {
    assert.deepEqual(reasonsOf(LOG_GROUP, { retentionInDays: 7 }), []);
    assert.equal(reasonsOf(LOG_GROUP, { retentionInDays: 8 }).length, 1);
    assert.match(
      reasonsOf(LOG_GROUP, { retentionInDays: 8 })[0] ?? "",
      /^retentionInDays: AWS takes 0, 1, .* got 8$/,
    );
  });

  it("refuses a log group's name twice in one region, and its deletion while protected", () => {
    const account = new MemoryAccount(false);
    made(LOG_GROUP, { name: "/a" }, { account, name: "first" });
    made(LOG_GROUP, { name: "/a" }, { account, name: "there", region: "us-west-2" });
    assert.deepEqual(
      refusal(() => made(LOG_GROUP, { name: "/a" }, { account, name: "second" })),
      [
        'aws:cloudwatch/logGroup:LogGroup "second": log group /a already exists in us-east-1 (ResourceAlreadyExists); give it another name',
      ],
    );
    made(LOG_GROUP, { name: "/kept", deletionProtectionEnabled: true }, { account });
    assert.equal(refusal(() => removed(LOG_GROUP, account)).length, 1);
  });

  it("makes an alarm", () => {
    const { id, outputs } = made(METRIC_ALARM, { ...ALARM, name: "health" });
    assert.equal(id, "health");
    assert.equal(outputs.arn, "arn:aws:cloudwatch:us-east-1:123456789012:alarm:health");
    assert.equal(outputs.treatMissingData, "missing");
    assert.equal(outputs.actionsEnabled, true);
  });

  it("refuses an action in another region", () => {
    const alarmActions = ["arn:aws:sns:us-west-2:123456789012:ops"];
    assert.deepEqual(reasonsOf(METRIC_ALARM, { ...ALARM, alarmActions }, "us-west-2"), []);
    assert.deepEqual(reasonsOf(METRIC_ALARM, { ...ALARM, alarmActions }), [
      "alarmActions: arn:aws:sns:us-west-2:123456789012:ops is not in us-east-1, and an alarm acts in its own region only; use a topic there",
    ]);
    assert.deepEqual(
      reasonsOf(METRIC_ALARM, { ...ALARM, alarmActions: ["arn:aws:automate:us-east-1:ec2:stop"] }),
      [],
    );
  });

  it("refuses what no alarm on a metric can be", () => {
    const reasons = (change: object) => reasonsOf(METRIC_ALARM, { ...ALARM, ...change });
    assert.deepEqual(reasons({ comparisonOperator: "Less" }).length, 1);
    assert.deepEqual(reasons({ period: 60 }), []);
    assert.deepEqual(reasons({ period: 45 }), ["period: AWS takes 10, 20, 30 or a multiple of 60 s, got 45"]);
    assert.deepEqual(reasons({ evaluationPeriods: undefined }), [
      "evaluationPeriods is missing, and an alarm on a metric says for how many periods",
    ]);
    assert.deepEqual(reasons({ metricName: undefined }), [
      "none of metricName, metricQueries or evaluationCriteria is set; set one",
    ]);
    assert.deepEqual(reasons({ extendedStatistic: "p99" }), [
      "statistic and extendedStatistic exclude each other; keep one",
    ]);
    assert.deepEqual(reasons({ treatMissingData: "healthy" }).length, 1);
  });
});
