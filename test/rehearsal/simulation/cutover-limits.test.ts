import assert from "node:assert/strict";
import type { FailoverPlan } from "../../../model/failover-plan";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { type CutoverLimits, cutoverLimits } from "../../../rehearsal/simulation/cutover-limits";
import { outlookOf } from "../../../rehearsal/simulation/outlook";
import { type Scenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { failoverPlan } from "./plan-fixture";
import { calculatedPlan, metricPlan, systemOf } from "./system-fixture";

function limits(scenarioName: string, plan: FailoverPlan = failoverPlan()): CutoverLimits {
  const system = systemOf(plan);
  const scenario = scenarioByName(scenarioName) as Scenario;
  return cutoverLimits(system, scenario, outlookOf(system, scenario, ASSUMPTIONS));
}

const NEVER = Number.POSITIVE_INFINITY;

describe("cutoverLimits", () => {
  it("takes the bound of the model for both ways, and watches twice as long", () => {
    assert.deepEqual(limits("primary-down"), {
      roundMs: 10_000,
      leadMs: 0,
      cutoverDeadlineMs: 144_000,
      failbackDeadlineMs: 144_000,
      phaseMsMax: 288_000,
      outageMsMin: 0,
    });
  });

  it("gives what flaps the time to go down and up twice", () => {
    // 10 s x 3: four rounds down and four up; one fewer than the threshold, two down and four up.
    assert.equal(limits("flapping-over").outageMsMin, 2 * (40_000 + 40_000));
    assert.equal(limits("flapping-under").outageMsMin, 2 * (20_000 + 40_000));
  });

  it("counts the bound from the moment at which a slow answer is too slow", () => {
    const { cutoverDeadlineMs, failbackDeadlineMs, phaseMsMax } = limits("primary-slows");
    assert.deepEqual([cutoverDeadlineMs, failbackDeadlineMs, phaseMsMax], [156_000, 144_000, 312_000]);
  });

  it("promises no cutover where the checks see nothing, or where it depends", () => {
    const deadlines = ["health-lies", "primary-partial", "check-deleted"].map((name) => {
      const { cutoverDeadlineMs, failbackDeadlineMs } = limits(name);
      return [cutoverDeadlineMs, failbackDeadlineMs];
    });
    assert.deepEqual(deadlines, new Array(3).fill([NEVER, 144_000]));
  });

  it("promises nothing at all of a primary that is unhealthy at rest", () => {
    for (const plan of [failoverPlan({ primaryCheck: { inverted: true } }), calculatedPlan(4)]) {
      const { cutoverDeadlineMs, failbackDeadlineMs } = limits("primary-down", plan);
      assert.deepEqual([cutoverDeadlineMs, failbackDeadlineMs], [NEVER, NEVER]);
    }
  });

  it("gives what comes before the fault its time, and late clients theirs", () => {
    assert.deepEqual(
      [limits("standby-down-first").leadMs, limits("check-deleted").leadMs],
      [600_000, 60_000],
    );
    assert.equal(limits("mixed-clients").phaseMsMax, 288_000 + 300_000);
  });

  it("waits for a whole period of an alarm, and for ten minutes where there is no bound", () => {
    assert.equal(limits("primary-down", metricPlan()).roundMs, 60_000);
    const unwatched = limits("primary-down", failoverPlan({ primaryCheck: undefined }));
    assert.deepEqual([unwatched.roundMs, unwatched.phaseMsMax], [1_000, 600_000]);
  });
});
