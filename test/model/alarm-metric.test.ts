import assert from "node:assert/strict";
import { alarmMetric } from "../../model/alarm-metric";
import type { Alarm } from "../../model/failover-plan";
import { UNKNOWN } from "../../model/unknown";

const ALARM: Alarm = {
  urn: "urn:alarm",
  name: "alarm",
  region: "us-east-1",
  namespace: "AWS/ApplicationELB",
  periodSeconds: 60,
  evaluationPeriods: 1,
};

function metric(
  metricName: Alarm["metricName"],
  comparisonOperator?: Alarm["comparisonOperator"],
  threshold?: Alarm["threshold"],
) {
  return alarmMetric({ ...ALARM, metricName, comparisonOperator, threshold });
}

const kindOf = (...of: Parameters<typeof metric>) => metric(...of).kind;

describe("model/alarm-metric", () => {
  it("follows errors that rise, and healthy targets that fall", () => {
    assert.deepEqual(metric("HTTPCode_Target_5XX_Count", "GreaterThanThreshold", 0), {
      kind: "follows",
      source: "target-answers",
      needsAll: false,
    });
    const sourceOf = (...of: Parameters<typeof metric>) => {
      const found = metric(...of);
      return found.kind === "follows" && found.source;
    };
    assert.equal(sourceOf("HTTPCode_ELB_5XX_Count", "GreaterThanThreshold", 0), "balancer-answers");
    assert.equal(sourceOf("TargetConnectionErrorCount", "GreaterThanThreshold", 0), "target-connections");
    const ofApi: Alarm = { ...ALARM, namespace: "AWS/ApiGateway", metricName: "5XXError" };
    const found = alarmMetric({ ...ofApi, comparisonOperator: "GreaterThanThreshold", threshold: 0 });
    assert.equal(found.kind === "follows" && found.source, "requests");
    assert.deepEqual(metric("HealthyHostCount", "LessThanThreshold", 1), {
      kind: "follows",
      source: "targets",
      needsAll: true,
    });
  });

  it("knows whether the last target has to go", () => {
    const needsAll = (operator: string, threshold: number, name = "HealthyHostCount") => {
      const found = metric(name, operator, threshold);
      return found.kind === "follows" && found.needsAll;
    };
    assert.deepEqual([needsAll("LessThanThreshold", 1), needsAll("LessThanThreshold", 2)], [true, false]);
    assert.deepEqual(
      [needsAll("LessThanOrEqualToThreshold", 0), needsAll("LessThanOrEqualToThreshold", 1)],
      [true, false],
    );
    assert.equal(needsAll("GreaterThanThreshold", 0, "UnHealthyHostCount"), false);
  });

  it("is wrong where the alarm turns the other way, with what to change", () => {
    assert.deepEqual(metric("HealthyHostCount", "GreaterThanOrEqualToThreshold", 1), {
      kind: "wrong",
      why: "is on AWS/ApplicationELB HealthyHostCount with GreaterThanOrEqualToThreshold 1, which falls when the endpoint fails",
      change: "set the alarm's comparisonOperator to LessThanThreshold",
    });
    assert.equal(kindOf("UnHealthyHostCount", "LessThanThreshold", 1), "wrong");
    assert.equal(kindOf("UnHealthyHostCount", undefined, 1), "wrong");
  });

  it("is wrong where the threshold is always met, or never, on both sides of that", () => {
    const rises = (operator: string, threshold: number) => kindOf("UnHealthyHostCount", operator, threshold);
    assert.deepEqual(
      [rises("GreaterThanThreshold", -1), rises("GreaterThanThreshold", 0)],
      ["wrong", "follows"],
    );
    assert.deepEqual(
      [rises("GreaterThanOrEqualToThreshold", 0), rises("GreaterThanOrEqualToThreshold", 1)],
      ["wrong", "follows"],
    );
    const falls = (operator: string, threshold: number) => kindOf("HealthyHostCount", operator, threshold);
    assert.deepEqual([falls("LessThanThreshold", 0), falls("LessThanThreshold", 1)], ["wrong", "follows"]);
    assert.deepEqual(
      [falls("LessThanOrEqualToThreshold", -1), falls("LessThanOrEqualToThreshold", 0)],
      ["wrong", "follows"],
    );
  });

  it("is wrong on a balancer's metric that names no balancer, which has no data", () => {
    const named = (dimensionNames: Alarm["dimensionNames"], namespace = "AWS/ApplicationELB") => {
      const of = { metricName: "HealthyHostCount", comparisonOperator: "LessThanThreshold", threshold: 1 };
      return alarmMetric({ ...ALARM, ...of, namespace, dimensionNames });
    };
    assert.deepEqual(named(["TargetGroup"]), {
      kind: "wrong",
      why: "is on AWS/ApplicationELB HealthyHostCount without the dimension LoadBalancer, of which there is no data",
      change: "add LoadBalancer to the alarm's dimensions",
    });
    assert.deepEqual(
      [
        named([]),
        named([], "AWS/NetworkELB"),
        named(["LoadBalancer"]),
        named(UNKNOWN),
        named([], "AWS/ELB"),
      ].map(({ kind }) => kind),
      ["wrong", "wrong", "follows", "follows", "follows"],
    );
  });

  it("is wrong where the statistic tells nothing of the endpoint, on both sides of the threshold", () => {
    const by = (statistic: string, metricName: string, operator: string, threshold: number) =>
      alarmMetric({ ...ALARM, metricName, comparisonOperator: operator, threshold, statistic });
    const errors = (statistic: string, threshold: number, operator = "GreaterThanThreshold") =>
      by(statistic, "HTTPCode_Target_5XX_Count", operator, threshold).kind;
    assert.deepEqual(
      [errors("Sum", 5), errors("Average", 0), errors("Average", 1)],
      ["follows", "follows", "wrong"],
    );
    const from = "GreaterThanOrEqualToThreshold";
    assert.deepEqual([errors("Minimum", 1, from), errors("Maximum", 2, from)], ["follows", "wrong"]);
    assert.deepEqual(by("Average", "HTTPCode_ELB_5XX_Count", "GreaterThanThreshold", 5), {
      kind: "wrong",
      why: "is on AWS/ApplicationELB HTTPCode_ELB_5XX_Count by Average, which is 1 however many errors there are, and so never over 5",
      change: "set the alarm's statistic to Sum",
    });
    assert.equal(by("Average", "TargetConnectionErrorCount", "GreaterThanThreshold", 5).kind, "follows");
    assert.deepEqual(by("SampleCount", "UnHealthyHostCount", from, 1), {
      kind: "wrong",
      why: "is on AWS/ApplicationELB UnHealthyHostCount by SampleCount, which counts reports, good or bad",
      change: "set the alarm's statistic to Average",
    });
    assert.equal(by("Maximum", "UnHealthyHostCount", from, 1).kind, "follows");
  });

  it("says nothing of metrics that it does not know, whatever their names", () => {
    assert.deepEqual(metric("RequestCount", "LessThanThreshold", 1), {
      kind: "untold",
      why: "is on AWS/ApplicationELB RequestCount, of which nothing tells that it follows the endpoint",
    });
    for (const name of ["constructor", undefined])
      assert.equal(kindOf(name, "LessThanThreshold", 1), "untold");
    assert.equal(alarmMetric({ ...ALARM, namespace: "constructor", metricName: "name" }).kind, "untold");
  });

  it("names what is not known yet", () => {
    const path = (changes: Partial<Alarm>) => {
      const found = alarmMetric({
        ...ALARM,
        metricName: "HealthyHostCount",
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        ...changes,
      });
      return found.kind === "unknown" && found.path;
    };
    const paths = ["namespace", "metricName", "comparisonOperator", "threshold"];
    assert.deepEqual(
      paths.map((name) => path({ [name]: UNKNOWN })),
      paths,
    );
  });
});
