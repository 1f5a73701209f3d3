import assert from "node:assert/strict";
import { METRIC_DELAY_ALLOWANCE_SECONDS } from "../../../model/health-check";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";
import { type MetricCheck, MISSING_DATA_STATUSES } from "../../../rehearsal/simulation/played-check";
import {
  type DataPoint,
  metricHealth,
  SimulatedMetric,
} from "../../../rehearsal/simulation/simulated-metric";

const SETTINGS: MetricCheck = {
  kind: "metric",
  urn: "urn:metric",
  inverted: false,
  disabled: false,
  endpoint: 0,
  source: "requests",
  needsAll: false,
  periodMs: 60_000,
  evaluationPeriods: 2,
  missingData: "LastKnownStatus",
};

/** Publishes three points a period apart, the endpoint being so from `faultMs` on; what is reported after each. */
function reports(
  fault: Parameters<Endpoints["behave"]>[1],
  faultMs: number,
  changes: Partial<MetricCheck> = {},
): boolean[] {
  const metric = new SimulatedMetric({ ...SETTINGS, ...changes }, 1, ASSUMPTIONS);
  const endpoints = new Endpoints(1);
  endpoints.reset(0);
  const firstMs = metric.reset(0);
  // The first period ends a delay before its point is published; the fault is told from its beginning.
  endpoints.behave(0, fault, firstMs - metric.delayMs - 60_000 + faultMs);
  return [0, 1, 2].map((period) => {
    metric.publish(firstMs + period * 60_000, endpoints);
    return metric.reported;
  });
}

describe("metricHealth", () => {
  const cases: [points: string, expected: Record<MetricCheck["missingData"], string>][] = [
    ["good good", { Healthy: "+", Unhealthy: "+", LastKnownStatus: "+" }],
    ["bad good", { Healthy: "+", Unhealthy: "+", LastKnownStatus: "+" }],
    ["missing good", { Healthy: "+", Unhealthy: "+", LastKnownStatus: "+" }],
    ["bad bad", { Healthy: "-", Unhealthy: "-", LastKnownStatus: "-" }],
    ["bad missing", { Healthy: "=", Unhealthy: "=", LastKnownStatus: "=" }],
    ["missing missing", { Healthy: "+", Unhealthy: "-", LastKnownStatus: "=" }],
  ];
  for (const [points, expected] of cases) {
    it(`with ${points}`, () => {
      for (const missing of MISSING_DATA_STATUSES) {
        for (const last of [true, false]) {
          const health = metricHealth(points.split(" ") as DataPoint[], missing, last);
          const sign = expected[missing];
          assert.equal(health, sign === "=" ? last : sign === "+", `${missing}, last ${last}`);
        }
      }
    });
  }
});

describe("SimulatedMetric", () => {
  it("turns unhealthy after as many bad points as the alarm evaluates, and not one before", () => {
    assert.deepEqual(reports({ kind: "http-503" }, 0), [true, false, false]);
    assert.deepEqual(reports({ kind: "http-503" }, 0, { evaluationPeriods: 1 }), [false, false, false]);
    assert.deepEqual(reports({ kind: "http-503" }, 0, { evaluationPeriods: 3 }), [true, true, false]);
  });

  it("takes a period for bad from half of it on", () => {
    assert.deepEqual(reports({ kind: "http-503" }, 30_000, { evaluationPeriods: 1 }), [false, false, false]);
    assert.deepEqual(reports({ kind: "http-503" }, 30_001, { evaluationPeriods: 1 }), [true, false, false]);
  });

  it("sees what a health path hides, and half of the requests failing", () => {
    assert.deepEqual(reports({ kind: "lies" }, 0), [true, false, false]);
    const partial = (share: number) => ({ kind: "partial", as: "http-503", share }) as const;
    assert.deepEqual(reports(partial(0.5), 0), [true, false, false]);
    assert.deepEqual(reports(partial(0.49), 0), [true, true, true]);
  });

  it("says of a region that publishes nothing what its setting says", () => {
    const lost = MISSING_DATA_STATUSES.map((missingData) => reports({ kind: "refuse" }, 0, { missingData }));
    assert.deepEqual(lost, [
      [true, true, true],
      [true, false, false],
      [true, true, true],
    ]);
  });

  it("counts targets that refuse, unless their region is lost as a whole and publishes nothing", () => {
    const of = (fault: Parameters<typeof reports>[0]) => reports(fault, 0, { source: "targets" });
    assert.deepEqual(of({ kind: "refuse" }), [true, false, false]);
    assert.deepEqual(of({ kind: "refuse", ofRegion: true }), [true, true, true]);
    assert.deepEqual(of({ kind: "stops", afterSeconds: 30 }), [true, false, false]);
    // Their checks see what the health path says.
    assert.deepEqual(of({ kind: "lies" }), [true, true, true]);
    assert.deepEqual(of({ kind: "health-fails", as: "http-503" }), [true, false, false]);
  });

  it("waits for the last target where the alarm does", () => {
    const half = { kind: "partial", as: "http-503", share: 0.5 } as const;
    const of = (needsAll: boolean) => reports(half, 0, { source: "targets", needsAll });
    assert.deepEqual(
      [of(false), of(true)],
      [
        [true, false, false],
        [true, true, true],
      ],
    );
    assert.deepEqual(reports({ kind: "hang" }, 0, { source: "targets", needsAll: true }), [
      true,
      false,
      false,
    ]);
  });

  it("is inverted and disabled like every check", () => {
    assert.deepEqual(reports({ kind: "http-503" }, 0, { inverted: true }), [false, true, true]);
    assert.deepEqual(reports({ kind: "http-503" }, 0, { disabled: true }), [true, true, true]);
  });

  it("publishes its first point within a period and the allowed delay", () => {
    const metric = new SimulatedMetric(SETTINGS, 1, ASSUMPTIONS);
    for (let cutover = 0; cutover < 200; cutover++) {
      const firstMs = metric.reset(cutover);
      assert.ok(firstMs >= 0 && firstMs < 60_000 + METRIC_DELAY_ALLOWANCE_SECONDS * 1_000 + 1);
    }
  });
});
