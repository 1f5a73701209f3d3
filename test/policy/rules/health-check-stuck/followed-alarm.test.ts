import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { healthCheckStuck } from "../../../../policy/rules/health-check-stuck/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { check, checkUrn } from "../records";

const METRIC = {
  type: "CLOUDWATCH_METRIC",
  fqdn: undefined,
  cloudwatchAlarmName: "errors",
  insufficientDataHealthStatus: "Unhealthy",
};

describe("policy/rules/health-check-stuck, the alarm that a check follows", () => {
  const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
  const followed = (
    properties: Properties,
    phase: "preview" | "settled" = "settled",
    id: unknown = "alarm",
  ) =>
    judged(
      healthCheckStuck,
      [
        check({ ...METRIC, cloudwatchAlarmRegion: properties.region ?? "us-east-1" }),
        resource(
          ALARM,
          "alarm",
          {
            name: "errors",
            region: "us-east-1",
            namespace: "AWS/ApiGateway",
            metricName: "5xx",
            statistic: "Sum",
            period: 60,
            evaluationPeriods: 3,
            ...properties,
          },
          { id: id as string },
        ),
      ],
      {},
      phase,
    );
  const verdicts = (...of: Parameters<typeof followed>) =>
    followed(...of).map(({ verdict, path }) => `${verdict} ${path}`);
  const FOLLOWS = 'CLOUDWATCH_METRIC health check "check" follows alarm "alarm", which';
  const refused = (path: string, message: string) => [
    { verdict: "fail", urn: urn(ALARM, "alarm"), path, message: `${FOLLOWS} ${message}` },
  ];

  it("passes at a period of 60, with all of its periods to alarm, and with what a state file leaves empty", () => {
    const pass = [
      {
        verdict: "pass",
        urn: checkUrn,
        path: "",
        message: 'CLOUDWATCH_METRIC health check "check" can turn both ways',
      },
    ];
    assert.deepEqual(followed({}), pass);
    assert.deepEqual(followed({ datapointsToAlarm: 3 }), pass);
    assert.deepEqual(followed({ datapointsToAlarm: 0, extendedStatistic: "", metricQueries: [] }), pass);
  });

  it("is refused below a minute, at its price", () => {
    const period = (seconds: number) =>
      refused(
        "period",
        `has a period of ${seconds} s, and Route 53 follows metrics of standard resolution only; allowed: 60 s or a ` +
          "multiple of it; set the alarm's period to 60 (in place, $0.10 a month in the place of $0.30 a month)",
      );
    assert.deepEqual(followed({ period: 10 }), period(10));
    assert.deepEqual(followed({ period: 30 }), period(30));
    const nowhere = followed({ period: 30, region: "mars-north-1" }).map(({ message }) => message);
    assert.match(nowhere.join(), /set the alarm's period to 60 \(in place, for less\)$/);
  });

  it("is refused as M out of N, on both sides of N", () => {
    const datapoints = (count: number) =>
      refused(
        "datapointsToAlarm",
        `has datapointsToAlarm ${count} of 3 evaluationPeriods, and Route 53 follows no M out of N alarms; allowed: ` +
          "3, or none; remove the alarm's datapointsToAlarm, or set its evaluationPeriods to the same (in place, no price)",
      );
    assert.deepEqual(followed({ datapointsToAlarm: 2 }), datapoints(2));
    assert.deepEqual(followed({ datapointsToAlarm: 4 }), datapoints(4));
  });

  it("is refused with an extended statistic", () => {
    assert.deepEqual(
      followed({ statistic: undefined, extendedStatistic: "p99" }),
      refused(
        "extendedStatistic",
        "has the extendedStatistic p99, and Route 53 follows no extended statistics; allowed: none; set the " +
          "alarm's statistic to Average, Minimum, Maximum, Sum or SampleCount and remove its extendedStatistic (in " +
          "place, no price)",
      ),
    );
  });

  it("is refused with metric math, and then for nothing else", () => {
    const math: Properties = {
      metricName: undefined,
      period: 0,
      metricQueries: [{ id: "e" }, { id: "m" }],
    };
    assert.deepEqual(
      followed(math),
      refused(
        "metricQueries",
        "reads 2 metricQueries, and Route 53 follows no metric math; allowed: one metric of the alarm's own; give the " +
          "alarm a namespace, metricName, period and statistic in the place of its metricQueries (in place, $0.10 a " +
          "month)",
      ),
    );
  });

  it("says every reason", () => {
    assert.deepEqual(verdicts({ period: 10, datapointsToAlarm: 2 }), [
      "fail period",
      "fail datapointsToAlarm",
    ]);
  });

  it("does not know what is computed, and refuses what is certain before it", () => {
    for (const path of ["period", "datapointsToAlarm", "extendedStatistic", "metricQueries"]) {
      assert.deepEqual(verdicts({ [path]: UNKNOWN }, "preview"), [`unknown ${path}`]);
    }
    assert.deepEqual(followed({ datapointsToAlarm: UNKNOWN }, "preview"), [
      {
        verdict: "unknown",
        urn: urn(ALARM, "alarm"),
        path: "datapointsToAlarm",
        message:
          'unknown: datapointsToAlarm of alarm "alarm", which CLOUDWATCH_METRIC health check "check" follows; ' +
          "known after the update; judged again at `pulumi up`",
      },
    ]);
    assert.deepEqual(verdicts({ period: 10, metricQueries: UNKNOWN }, "preview"), ["fail period"]);
  });

  it("takes for absent what the program left out of an alarm that does not exist yet", () => {
    const unborn = (given: readonly string[]) => {
      const stack = [
        check({ ...METRIC, cloudwatchAlarmRegion: "us-east-1" }),
        {
          ...resource(
            ALARM,
            "alarm",
            {
              name: "errors",
              region: "us-east-1",
              period: 60,
              evaluationPeriods: 3,
              datapointsToAlarm: UNKNOWN,
            },
            { id: UNKNOWN },
          ),
          givenUnknown: given,
        },
      ];
      return judged(healthCheckStuck, stack, {}, "preview").map(({ verdict, path }) => `${verdict} ${path}`);
    };
    assert.deepEqual(unborn([]), ["pass "]);
    assert.deepEqual(unborn(["datapointsToAlarm"]), ["unknown datapointsToAlarm"]);
  });

  it("is not judged where the stack does not hold it", () => {
    const [alone] = judged(healthCheckStuck, [check(METRIC)]);
    assert.equal(alone?.verdict, "pass");
  });
});
