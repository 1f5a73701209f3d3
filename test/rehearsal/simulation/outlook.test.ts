import assert from "node:assert/strict";
import type { FailoverPlan } from "../../../model/failover-plan";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { idleHappenings, isPrimaryHealthyAtRest, outlookOf } from "../../../rehearsal/simulation/outlook";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { failoverPlan, healthCheck } from "./plan-fixture";
import { addressOf, routedPlan } from "./set-fixture";
import { CHILDREN, calculatedPlan, metricPlan, systemOf } from "./system-fixture";

/** Seconds from the fault on for a failover, else the kind. */
function outlook(scenario: string, plan: FailoverPlan): number | string {
  const found = outlookOf(systemOf(plan), scenarioByName(scenario) as Scenario, ASSUMPTIONS);
  return found.kind === "fails-over" ? found.afterMs / 1_000 : found.kind;
}

describe("outlookOf", () => {
  it("knows of every scenario what a check of 10 s x 3 makes of it", () => {
    const table = Object.fromEntries(scenarioNames().map((name) => [name, outlook(name, failoverPlan())]));
    assert.deepEqual(table, {
      "primary-down": 0,
      "primary-hangs": 0,
      "primary-refuses": 0,
      "primary-slows": 12,
      "flapping-under": "stays",
      "flapping-over": "open",
      "primary-partial": "open",
      "primary-one-az": "open",
      "partition-minority": "stays",
      "partition-majority": 0,
      "both-down": 0,
      "standby-down-first": 0,
      "health-lies": "stays",
      "check-deleted": "open",
      "check-inverted": 0,
      "control-plane-gone": 0,
      "lag-growing": 0,
      "failback-draining": 0,
      "mixed-clients": 0,
      "drill-inverted-healthz": 0,
      "drill-gateway-away": 0,
      "drill-region-away": 0,
      "drill-health-path-blocked": 0,
      "drill-instance-stopped": 0,
    });
  });

  it("takes a primary of one address for lost with its zone, and one of two for half lost", () => {
    const at = (...values: string[]) => {
      const plan = routedPlan([
        { kind: "failover", role: "PRIMARY" },
        { kind: "failover", role: "SECONDARY" },
      ]);
      const [primary, ...others] = plan.recordSets;
      assert.ok(primary);
      const target = { kind: "values", values, ttlSeconds: 60 } as const;
      return outlook("primary-one-az", { ...plan, recordSets: [{ ...primary, target }, ...others] });
    };
    assert.equal(at(addressOf(1)), 0);
    assert.equal(at(addressOf(1), addressOf(7)), "open");
  });

  it("expects nothing of a standby whose check says that it is down too", () => {
    const plan = failoverPlan({ secondaryCheck: {} });
    assert.deepEqual(
      ["primary-down", "both-down", "standby-down-first"].map((name) => outlook(name, plan)),
      [0, "open", "open"],
    );
  });

  it("stays where the type of the check cannot see the fault, or nothing watches", () => {
    const plans = [
      failoverPlan({ primaryCheck: { type: "TCP" } }),
      failoverPlan({ primaryCheck: undefined }),
      failoverPlan({ primaryCheck: { disabled: true } }),
    ];
    assert.deepEqual(
      plans.map((plan) => outlook("primary-down", plan)),
      ["stays", "stays", "stays"],
    );
    assert.equal(outlook("primary-refuses", failoverPlan({ primaryCheck: { type: "TCP" } })), 0);
  });

  it("adds children up: a lost child matters or not, by the threshold", () => {
    // A 503 is seen over HTTPS only, a refusal by TCP too; the standby's child stays healthy.
    const table = [1, 2, 3, 4].map((threshold) => [
      outlook("primary-down", calculatedPlan(threshold)),
      outlook("primary-refuses", calculatedPlan(threshold)),
      outlook("primary-partial", calculatedPlan(threshold)),
    ]);
    assert.deepEqual(table, [
      ["stays", "stays", "stays"],
      ["stays", 0, "stays"],
      [0, 0, "open"],
      // More than there are children: unhealthy from the beginning.
      ["open", "open", "open"],
    ]);
  });

  it("is open where the checks end as they began and may lead away in between, in whatever order they turn", () => {
    const crossed = (childHealthThreshold: number, inverted: boolean) => {
      const plan = calculatedPlan(childHealthThreshold, {
        inverted,
        children: CHILDREN.slice(0, 2),
        childCount: 2,
      });
      const healthChecks = plan.healthChecks.map((check) =>
        check.urn === CHILDREN[1] ? healthCheck({ urn: check.urn, inverted: true }) : check,
      );
      return outlook("primary-down", { ...plan, healthChecks });
    };
    // One of the two is healthy before the fault and one after it; none or both in between.
    assert.equal(crossed(1, false), "open");
    assert.equal(crossed(2, true), "open");
    assert.equal(crossed(1, true), "open");
  });

  it("claims nothing where more checks turn than it tries the orders of", () => {
    const sure = (count: number) => {
      const plan = calculatedPlan(0);
      const children = Array.from({ length: count }, (_, index) => `urn:own-${index}`);
      const [parent, ...others] = plan.healthChecks.filter(({ type }) => type === "CALCULATED");
      assert.ok(parent && others.length === 0);
      const healthChecks = [
        { ...parent, children, childCount: count },
        ...children.map((urn) => healthCheck({ urn })),
      ];
      return outlook("primary-down", { ...plan, healthChecks });
    };
    assert.deepEqual([sure(8), sure(9)], ["stays", "open"]);
  });

  it("sees with a metric what a health path hides, and a lost region only by its missing data", () => {
    const table = [undefined, "LastKnownStatus", "Healthy", "Unhealthy"].map((status) =>
      ["health-lies", "primary-partial", "primary-slows", "primary-refuses", "partition-majority"].map(
        (name) => outlook(name, metricPlan(status)),
      ),
    );
    const blind = [0, 0, "stays", "stays", "stays"];
    assert.deepEqual(table, [blind, blind, blind, [0, 0, "stays", 0, "stays"]]);
  });
});

describe("outlookOf a deleted check", () => {
  it("is open whatever kind of check it is: AWS calls it unpredictable", () => {
    const plans = [failoverPlan(), calculatedPlan(3), calculatedPlan(1), metricPlan()];
    assert.deepEqual(
      plans.map((plan) => outlook("check-deleted", plan)),
      ["open", "open", "open", "open"],
    );
  });
});

describe("idleHappenings", () => {
  it("tells of what would happen to a check where the side has none", () => {
    const idle = (scenario: string, plan: FailoverPlan) =>
      idleHappenings(systemOf(plan), scenarioByName(scenario) as Scenario);
    const unchecked = failoverPlan({ primaryCheck: undefined });
    assert.deepEqual(idle("check-deleted", failoverPlan()), []);
    assert.deepEqual(idle("primary-down", unchecked), []);
    for (const name of ["check-deleted", "check-inverted", "control-plane-gone"]) {
      assert.deepEqual(idle(name, unchecked), [
        `${name} has nothing to do to a health check here: the primary's records have none`,
      ]);
    }
  });
});

describe("isPrimaryHealthyAtRest", () => {
  it("is false of an inverted check and of a threshold that cannot be reached", () => {
    const plans = [
      failoverPlan(),
      failoverPlan({ primaryCheck: undefined }),
      failoverPlan({ primaryCheck: { inverted: true } }),
      calculatedPlan(3),
      calculatedPlan(4),
      calculatedPlan(4, { inverted: true }),
    ];
    assert.deepEqual(
      plans.map((plan) => isPrimaryHealthyAtRest(systemOf(plan))),
      [true, true, false, true, false, true],
    );
  });
});
