import assert from "node:assert/strict";
import fc from "fast-check";
import { alarmStream } from "../../model/alarm-stream";
import type { Alarm } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

function alarmOf(properties: Properties): Alarm {
  const given = { name: "errors", period: 60, evaluationPeriods: 3, ...properties };
  const [alarm] = planFromResources([resource(ALARM, "alarm", given)]).alarms;
  return alarm ?? assert.fail();
}

/** `followed`, `unknown period`, or the settings by which it is refused. */
function read(properties: Properties): string {
  const stream = alarmStream(alarmOf(properties));
  switch (stream.kind) {
    case "followed":
      return `followed ${stream.periodSeconds} x ${stream.evaluationPeriods}`;
    case "unknown":
      return `unknown ${stream.path}`;
    case "refused":
      return stream.obstacles.map(({ path }) => path).join();
  }
}

describe("model/alarm-stream", () => {
  it("follows a metric of standard resolution by one of the five statistics", () => {
    assert.equal(read({ statistic: "Sum" }), "followed 60 x 3");
    assert.equal(read({ statistic: "Sum", period: "300", evaluationPeriods: 1 }), "followed 300 x 1");
  });

  it("takes a state file's 0, empty text and empty list for not set", () => {
    assert.equal(read({ datapointsToAlarm: 0, extendedStatistic: "", metricQueries: [] }), "followed 60 x 3");
  });

  it("refuses a period below a minute, and none", () => {
    assert.deepEqual(
      [10, 59, 60, 0, undefined].map((period) => read({ period })),
      ["period", "period", "followed 60 x 3", "period", "period"],
    );
    assert.equal(read({ evaluationPeriods: undefined }), "evaluationPeriods");
  });

  it("refuses every number of data points but that of the periods", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (points, periods) => {
        assert.equal(
          read({ datapointsToAlarm: points, evaluationPeriods: periods }),
          points === periods ? `followed 60 x ${periods}` : "datapointsToAlarm",
        );
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("refuses an extended statistic beside what else is wrong, and metric queries before all else", () => {
    const odd: Properties = { extendedStatistic: "p99.9", period: 30, datapointsToAlarm: 2 };
    assert.equal(read(odd), "extendedStatistic,period,datapointsToAlarm");
    assert.equal(read({ ...odd, metricQueries: [{ id: "m1" }] }), "metricQueries");
  });

  it("does not know what is not known, and refuses what is certain all the same", () => {
    for (const path of ["metricQueries", "extendedStatistic", "period", "evaluationPeriods"]) {
      assert.equal(read({ [path]: UNKNOWN }), `unknown ${path}`);
      assert.equal(read({ datapointsToAlarm: UNKNOWN, [path]: UNKNOWN }), `unknown ${path}`);
    }
    assert.equal(read({ datapointsToAlarm: UNKNOWN }), "unknown datapointsToAlarm");
    assert.equal(read({ datapointsToAlarm: 2, evaluationPeriods: UNKNOWN }), "unknown evaluationPeriods");
    assert.equal(read({ extendedStatistic: "p50", period: UNKNOWN }), "extendedStatistic");
    assert.equal(read({ metricQueries: [UNKNOWN, UNKNOWN], period: UNKNOWN }), "metricQueries");
  });

  it("says what mending does to the price of the alarm", () => {
    const prices = (properties: Properties) => {
      const stream = alarmStream(alarmOf(properties));
      return stream.kind === "refused" ? stream.obstacles.map(({ price }) => price) : stream.kind;
    };
    assert.deepEqual(prices({ period: 30, datapointsToAlarm: 1 }), ["lower", "same"]);
    assert.deepEqual(prices({ period: undefined }), ["same"]);
    assert.deepEqual(prices({ metricQueries: [{ id: "m1" }, { id: "m2" }] }), ["not-higher"]);
  });
});
