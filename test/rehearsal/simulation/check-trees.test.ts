import assert from "node:assert/strict";
import fc from "fast-check";
import type { FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { recoveryBound } from "../../../model/recovery-bound";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { failoverPlan, healthCheck, NAME, onlySet } from "./plan-fixture";

type Child = Partial<HealthCheck>;

/** The fixture's pair, whose PRIMARY has a calculated check over these children; an alarm takes one minute. */
function treePlan(children: readonly Child[], threshold: number): FailoverPlan {
  const urns = children.map((_, index) => `urn:child-${index}`);
  const plan = failoverPlan({
    primaryCheck: {
      type: "CALCULATED",
      fqdn: undefined,
      children: urns,
      childCount: urns.length,
      childHealthThreshold: threshold,
    },
  });
  const checks = children.map((child, index) => healthCheck({ urn: urns[index] as string, ...child }));
  const alarm = { name: "errors", region: "us-east-1", evaluationPeriods: 1, periodSeconds: 60 };
  const errors = {
    namespace: "AWS/Lambda",
    metricName: "Errors",
    comparisonOperator: "GreaterThanThreshold",
  };
  const status = {
    namespace: "AWS/Route53",
    metricName: "HealthCheckStatus",
    comparisonOperator: "LessThanThreshold",
  };
  return {
    ...plan,
    healthChecks: [...plan.healthChecks, ...checks],
    alarms: [
      { urn: "urn:alarm", ...alarm, ...errors, threshold: 0 },
      { urn: "urn:alarm-on-primary", ...alarm, ...status, threshold: 1, healthCheck: "urn:child-0" },
    ],
  };
}

const METRIC: Child = {
  type: "CLOUDWATCH_METRIC",
  fqdn: undefined,
  alarm: "urn:alarm",
  insufficientDataHealthStatus: "Unhealthy",
};
const OWN: Child = {};
const STANDBY: Child = { fqdn: `standby.${NAME}` };
const STRANGER: Child = { fqdn: "elsewhere.example.net" };

function judged(plan: FailoverPlan, scenario: string, seed = 1) {
  const set = onlySet(plan);
  const bound = recoveryBound(plan, set);
  const played = simulate({
    plan,
    set,
    scenario: scenarioByName(scenario) as Scenario,
    cutovers: 3,
    resolvers: 8,
    seed,
  });
  return { bound, ...played };
}

const kinds = (children: readonly Child[], threshold: number) => {
  const { bound, outlook } = judged(treePlan(children, threshold), "primary-down");
  return [bound.kind, outlook.kind];
};

describe("the bound of a calculated check, and its play", () => {
  it("take an alarm's check for the primary's only where nothing else is", () => {
    assert.deepEqual(kinds([OWN, METRIC], 1), ["unbounded", "stays"]);
    assert.deepEqual(kinds([OWN, METRIC], 2), ["bound", "fails-over"]);
    assert.deepEqual(kinds([METRIC], 1), ["bound", "fails-over"]);
    assert.deepEqual(kinds([STANDBY, METRIC], 1), ["unbounded", "stays"]);
    assert.deepEqual(kinds([STANDBY, METRIC], 2), ["bound", "fails-over"]);
  });

  it("take an alarm on a check for what that check watches", () => {
    const onOwn = { ...METRIC, alarm: "urn:alarm-on-primary" };
    assert.deepEqual(kinds([OWN, onOwn], 1), ["bound", "fails-over"]);
    assert.deepEqual(kinds([STANDBY, onOwn], 2), ["unbounded", "stays"]);
  });

  it("take names that lead nowhere for the primary's where they are the most and none is tied to it", () => {
    assert.deepEqual(kinds([OWN, STRANGER], 1), ["unbounded", "stays"]);
    assert.deepEqual(kinds([STRANGER, STRANGER, STANDBY], 2), ["bound", "fails-over"]);
    assert.deepEqual(kinds([STANDBY, STANDBY], 2), ["unbounded", "stays"]);
  });

  it("know a threshold that nothing reaches", () => {
    assert.deepEqual(kinds([OWN], 2), ["unbounded", "open"]);
  });

  const child: fc.Arbitrary<Child> = fc
    .record({
      of: fc.constantFrom(OWN, STANDBY, STRANGER, METRIC, { ...METRIC, alarm: "urn:alarm-on-primary" }),
      flags: fc.constantFrom({}, {}, {}, { inverted: true }, { disabled: true }),
      failureThreshold: fc.integer({ min: 1, max: 10 }),
      requestIntervalSeconds: fc.constantFrom(10, 30),
      isTcp: fc.boolean(),
    })
    .map(({ of, flags, isTcp, ...timing }) => ({
      ...timing,
      ...(isTcp && { type: "TCP" as const }),
      ...of,
      ...flags,
    }));

  it("agree on every tree of checks: whoever is played over is so within the bound, and there is one", () => {
    const trees = fc.array(child, { minLength: 1, maxLength: 4 }).chain((children) =>
      fc.record({
        children: fc.constant(children),
        threshold: fc.integer({ min: 0, max: children.length + 1 }),
      }),
    );
    const scenarios = fc.constantFrom(
      "primary-down",
      "primary-refuses",
      "primary-slows",
      "partition-majority",
    );
    fc.assert(
      fc.property(trees, scenarios, fc.integer(), ({ children, threshold }, scenario, seed) => {
        const plan = treePlan(children, threshold);
        if (playableSystem(plan, onlySet(plan)).kind === "refused") return;
        const { bound, outlook, cutover, violations } = judged(plan, scenario, seed);
        assert.deepEqual(violations, []);
        if (outlook.kind !== "fails-over") return;
        const { max = Number.POSITIVE_INFINITY } = cutover.clientSeconds.summary() ?? {};
        // An inverted one may happen not to see this fault; no bound can count on that.
        if (bound.kind !== "bound") assert.ok(children.some(({ inverted }) => inverted));
        else assert.ok(max <= bound.rtoSeconds + outlook.afterMs / 1_000 + 1);
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});
