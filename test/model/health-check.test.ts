import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CHECKER_REGIONS,
  checkerCount,
  detectionBoundSeconds,
  ENDPOINT_CHECK_TYPES,
  failuresToTurnUnhealthy,
  isHealthyByConsensus,
  metricDetectionBoundSeconds,
  probeTimeoutSeconds,
  reportedHealth,
} from "../../model/health-check";

describe("model/health-check", () => {
  it("gives every probe type its time limit", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => [type, probeTimeoutSeconds(type)]),
      [
        ["HTTP", 6],
        ["HTTPS", 6],
        ["HTTP_STR_MATCH", 8],
        ["HTTPS_STR_MATCH", 8],
        ["TCP", 10],
      ],
    );
  });

  it("bounds detection by threshold x (interval + timeout) + timeout", () => {
    const bound = (
      type: "HTTPS" | "HTTPS_STR_MATCH" | "TCP",
      requestIntervalSeconds: number,
      failureThreshold: number,
    ) => detectionBoundSeconds({ type, requestIntervalSeconds, failureThreshold });
    assert.equal(bound("HTTPS", 10, 3), 54);
    assert.equal(bound("HTTPS", 30, 3), 114);
    assert.equal(bound("HTTPS_STR_MATCH", 10, 3), 62);
    assert.equal(bound("TCP", 30, 1), 50);
  });

  it("grows with interval and threshold", () => {
    const timing = fc.record({
      type: fc.constantFrom(...ENDPOINT_CHECK_TYPES),
      requestIntervalSeconds: fc.constantFrom(10, 30),
      failureThreshold: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(timing, (t) => {
        const bound = detectionBoundSeconds(t);
        const oneMore = detectionBoundSeconds({ ...t, failureThreshold: t.failureThreshold + 1 });
        assert.equal(oneMore - bound, t.requestIntervalSeconds + probeTimeoutSeconds(t.type));
        // Never less than the probes themselves need.
        assert.ok(bound >= t.failureThreshold * t.requestIntervalSeconds);
      }),
      { seed: 1 },
    );
  });

  it("is healthy while strictly more than 18 % of the checkers say so", () => {
    assert.equal(isHealthyByConsensus(3, 16), true); // 18.75 %
    assert.equal(isHealthyByConsensus(2, 16), false); // 12.5 %
    assert.equal(isHealthyByConsensus(9, 50), false); // exactly 18 %
    assert.equal(isHealthyByConsensus(10, 50), true);
    assert.equal(isHealthyByConsensus(0, 0), false);
  });

  it("knows how many checkers must fail", () => {
    assert.equal(failuresToTurnUnhealthy(16), 14);
    assert.equal(failuresToTurnUnhealthy(6), 5);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (checkers) => {
        const failures = failuresToTurnUnhealthy(checkers);
        assert.equal(isHealthyByConsensus(checkers - failures, checkers), false);
        assert.equal(isHealthyByConsensus(checkers - failures + 1, checkers), true);
      }),
      { seed: 1 },
    );
  });

  it("applies disabled first and inverted second", () => {
    const health = (healthy: boolean, disabled: boolean, inverted: boolean) =>
      reportedHealth(healthy, { disabled, inverted });
    assert.equal(health(true, false, false), true);
    assert.equal(health(false, false, false), false);
    assert.equal(health(false, true, false), true);
    assert.equal(health(true, false, true), false);
    assert.equal(health(false, false, true), true);
    assert.equal(health(false, true, true), false);
  });

  it("runs two checkers in every region, or in those that are named", () => {
    assert.equal(CHECKER_REGIONS.length, 8);
    assert.equal(checkerCount(undefined), 16);
    assert.equal(checkerCount([]), 16);
    assert.equal(checkerCount(["us-east-1", "us-west-2", "eu-west-1"]), 6);
  });

  it("bounds a metric check by one period more than it evaluates, and the metric's delay", () => {
    assert.equal(metricDetectionBoundSeconds({ periodSeconds: 60, evaluationPeriods: 1 }), 180);
    assert.equal(metricDetectionBoundSeconds({ periodSeconds: 60, evaluationPeriods: 2 }), 240);
  });
});
