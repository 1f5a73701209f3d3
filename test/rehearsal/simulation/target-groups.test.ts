import assert from "node:assert/strict";
import fc from "fast-check";
import type { FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { recoveryBound } from "../../../model/recovery-bound";
import type { TargetGroup } from "../../../model/target-group";
import { TARGET_HEALTH_ALLOWANCE_SECONDS } from "../../../model/target-health";
import { UNKNOWN } from "../../../model/unknown";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { type Simulation, simulate } from "../../../rehearsal/simulation/simulate";
import { balancedPlan, onlySet, targetGroup } from "./plan-fixture";

const play = (plan: FailoverPlan, scenario: string, assumptions = ASSUMPTIONS, seed = 1): Simulation =>
  simulate({
    plan,
    set: onlySet(plan),
    scenario: scenarioByName(scenario) as Scenario,
    cutovers: 4,
    resolvers: 12,
    seed,
    assumptions,
  });

const rtoSeconds = (plan: FailoverPlan) => {
  const bound = recoveryBound(plan, onlySet(plan));
  return bound.kind === "bound" ? bound.rtoSeconds : assert.fail(bound.kind);
};

describe("a set that evaluates a load balancer's health", () => {
  it("fails over and back by its target group alone, within the bound", () => {
    const plan = balancedPlan([targetGroup()]);
    const { outlook, cutover, failback, violations } = play(plan, "primary-down");
    assert.deepEqual(outlook, { kind: "fails-over", afterMs: 0 });
    assert.deepEqual([cutover.stranded, failback.stranded, violations], [0, 0, []]);
    const { max = 0 } = cutover.clientSeconds.summary() ?? {};
    assert.ok(max > 30 && max <= rtoSeconds(plan), `${max} s`);
    // Two failures 30 s apart on both nodes, then five successes: the way back takes longer.
    assert.ok((cutover.unhealthySeconds.summary()?.max ?? 0) <= 2 * 30 + 5);
    assert.ok((failback.healthySeconds.summary()?.p5 ?? 0) > 4 * 30 - 1);
  });

  it("stays where its group sees nothing: by TCP, switched off, or not in the stack", () => {
    const stays = (...groups: TargetGroup[]) => play(balancedPlan(groups), "primary-down").outlook.kind;
    assert.equal(stays(targetGroup({ protocol: "TCP" })), "stays");
    assert.equal(stays(targetGroup({ isChecked: false })), "stays");
    assert.equal(stays(), "stays");
  });

  it("leaves by any one of several groups", () => {
    const tcp = targetGroup({ urn: "urn:tcp", protocol: "TCP" });
    assert.equal(play(balancedPlan([tcp, targetGroup()]), "primary-down").outlook.kind, "fails-over");
  });

  it("stays when one of two zones is lost, as the other has healthy targets, and leaves with both", () => {
    const plan = balancedPlan([targetGroup()]);
    const { outlook, cutover, violations } = play(plan, "primary-one-az");
    assert.deepEqual([outlook.kind, cutover.clientSeconds.count, violations], ["stays", 0, []]);
    const { happenings, ...scenario } = scenarioByName("primary-one-az") as Scenario;
    const whole = happenings.map((each) =>
      each.do === "behave" ? { ...each, behaviour: { kind: "zone-lost", share: 1 } as const } : each,
    );
    const set = onlySet(plan);
    const of = {
      plan,
      set,
      scenario: { ...scenario, happenings: whole },
      cutovers: 4,
      resolvers: 12,
      seed: 1,
    };
    const both = simulate(of);
    assert.deepEqual([both.outlook.kind, both.cutover.stranded, both.violations], ["fails-over", 0, []]);
  });

  it("is not cut off from its targets where checkers are", () => {
    assert.equal(play(balancedPlan([targetGroup()]), "partition-majority").outlook.kind, "stays");
    const checked = balancedPlan([targetGroup()], { primaryCheck: {} });
    assert.equal(play(checked, "partition-majority").outlook.kind, "fails-over");
  });

  it("sees a slow answer from its own timeout on", () => {
    const slow = (timeoutSeconds: number) =>
      play(balancedPlan([targetGroup({ timeoutSeconds })]), "primary-slows").outlook.kind;
    // The scenario slows down to 20 s.
    assert.deepEqual([slow(19), slow(20), slow(40)], ["fails-over", "open", "stays"]);
  });

  it("cannot be played while the timing of a group is not known", () => {
    const plan = balancedPlan([targetGroup({ intervalSeconds: UNKNOWN })]);
    assert.deepEqual(playableSystem(plan, onlySet(plan)), {
      kind: "refused",
      why: "the health check of the target group urn:group is not known before the update",
    });
  });

  const check: fc.Arbitrary<Partial<HealthCheck> | undefined> = fc.option(
    fc.record({
      type: fc.constantFrom("HTTPS", "TCP"),
      requestIntervalSeconds: fc.constantFrom(10, 30),
      failureThreshold: fc.integer({ min: 1, max: 10 }),
      disabled: fc.boolean(),
      fqdn: fc.constantFrom("primary.app.example.com", "elsewhere.example.net"),
    }),
    { nil: undefined },
  );
  const group = (urn: string) =>
    fc.record({
      urn: fc.constant(urn),
      isChecked: fc.constant(true),
      protocol: fc.constantFrom("HTTP", "HTTPS", "TCP"),
      intervalSeconds: fc.integer({ min: 5, max: 60 }),
      timeoutSeconds: fc.integer({ min: 2, max: 70 }),
      unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
      healthyThreshold: fc.integer({ min: 2, max: 10 }),
    });

  it("never breaks its bound, whatever watches it beside and however slow Route 53 is within the allowances", () => {
    const slowest = {
      ...ASSUMPTIONS,
      propagationSecondsMax: 30,
      targetHealthSecondsMax: TARGET_HEALTH_ALLOWANCE_SECONDS,
    };
    const plans = fc.record({ groups: fc.tuple(group("urn:a"), group("urn:b")), check });
    fc.assert(
      fc.property(
        plans,
        fc.constantFrom(...scenarioNames()),
        fc.integer(),
        ({ groups, check }, name, seed) => {
          const plan = balancedPlan(groups, { primaryCheck: check });
          const { violations, outlook, cutover } = play(plan, name, slowest, seed);
          assert.deepEqual(violations, []);
          if (outlook.kind !== "fails-over" || name === "mixed-clients") return;
          const { max = 0 } = cutover.clientSeconds.summary() ?? {};
          assert.ok(max <= rtoSeconds(plan) + outlook.afterMs / 1_000 + 1, `${max} s`);
        },
      ),
      { seed: 1, numRuns: 80 },
    );
  });
});
