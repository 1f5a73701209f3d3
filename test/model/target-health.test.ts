import assert from "node:assert/strict";
import fc from "fast-check";
import type { Endpoint, FailoverPlan, HealthCheck } from "../../model/failover-plan";
import { recoveryBound, sumBound } from "../../model/recovery-bound";
import type { TargetGroup } from "../../model/target-group";
import {
  hasUnreadTargetHealth,
  TARGET_HEALTH_ALLOWANCE_SECONDS,
  targetHealthBehind,
  targetHealthBoundSeconds,
  targetHealthOf,
} from "../../model/target-health";
import { UNKNOWN } from "../../model/unknown";
import {
  aliasTo,
  balancedPlan,
  endpoint,
  onlySet,
  planOf,
  record,
  targetGroup,
} from "../rehearsal/simulation/plan-fixture";

const BALANCER = "shop-1234.us-east-1.elb.amazonaws.com";
const plan = (kind: Endpoint["kind"], targetGroups?: Endpoint["targetGroups"]): FailoverPlan => ({
  ...planOf([]),
  endpoints: [{ ...endpoint("urn:shop", "primary"), kind, targetGroups }],
});

describe("model/target-health", () => {
  it("knows a load balancer of the plan by its kind, and one outside by its name", () => {
    const alias = { ...aliasTo(BALANCER, true), dnsName: UNKNOWN } as ReturnType<typeof aliasTo>;
    const ours = record({ target: alias, endpoint: "urn:shop" });
    assert.equal(hasUnreadTargetHealth(plan("load-balancer"), ours), true);
    assert.equal(hasUnreadTargetHealth(plan("api-gateway"), ours), false);
    assert.equal(hasUnreadTargetHealth(planOf([]), record({ target: aliasTo(BALANCER, true) })), true);
    assert.equal(hasUnreadTargetHealth(planOf([]), record({ target: alias })), false);
  });

  it("is so only where the alias evaluates it", () => {
    assert.equal(hasUnreadTargetHealth(planOf([]), record({ target: aliasTo(BALANCER) })), false);
    assert.equal(hasUnreadTargetHealth(planOf([]), record()), false);
  });

  it("is modelled where the stack holds the balancer's groups, and only those that check something count", () => {
    const ours = record({ target: aliasTo(BALANCER, true), endpoint: "urn:shop" });
    const kind = (targetGroups: Endpoint["targetGroups"]) =>
      targetHealthOf(plan("load-balancer", targetGroups), ours);
    const [checked, off] = [targetGroup(), targetGroup({ urn: "urn:off", isChecked: false })];
    const groups = { kind: "groups", groups: [checked], balancer: "urn:shop" };
    assert.deepEqual(kind([checked, off]), groups);
    assert.deepEqual(kind([off]), { ...groups, groups: [] });
    for (const unread of [[], UNKNOWN, undefined] as const)
      assert.deepEqual(kind(unread), { kind: "not-modelled" });
    assert.equal(hasUnreadTargetHealth(plan("load-balancer", [checked]), ours), false);
  });

  it("is followed through simple records of the zone, as far as each evaluates the next", () => {
    const stack = (evaluates: boolean) => ({
      ...plan("load-balancer", [targetGroup()]),
      recordSets: [
        record({ name: "lb.example.com", target: aliasTo(BALANCER, evaluates), endpoint: "urn:shop" }),
      ],
    });
    const outer = (evaluates: boolean) =>
      record({ target: aliasTo("lb.example.com", evaluates), endpoint: "urn:shop" });
    assert.equal(targetHealthBehind(stack(true), outer(true)).kind, "groups");
    assert.equal(targetHealthBehind(stack(false), outer(true)).kind, "none");
    assert.equal(targetHealthBehind(stack(true), outer(false)).kind, "none");
  });

  it("counts each round from request to request, and the timeout of the last", () => {
    const timing = { intervalSeconds: 30, timeoutSeconds: 5, unhealthyThreshold: 2, healthyThreshold: 5 };
    const allowance = TARGET_HEALTH_ALLOWANCE_SECONDS;
    assert.equal(targetHealthBoundSeconds(timing, "cutover"), 2 * 30 + 5 + allowance);
    assert.equal(targetHealthBoundSeconds(timing, "failback"), 5 * 30 + 5 + allowance);
    const slow = { ...timing, intervalSeconds: 10, timeoutSeconds: 20 };
    assert.equal(targetHealthBoundSeconds(slow, "cutover"), 2 * 20 + 20 + allowance);
  });
});

describe("model/recovery-bound over load balancers", () => {
  const boundOf = (groups: readonly TargetGroup[], check?: Partial<HealthCheck>, way?: "failback") => {
    const balanced = balancedPlan(groups, { primaryCheck: check });
    return recoveryBound(balanced, onlySet(balanced), way);
  };

  it("is that of the slowest target group where nothing else watches", () => {
    assert.deepEqual(boundOf([targetGroup()]), sumBound(95, 60));
    assert.deepEqual(boundOf([targetGroup()], undefined, "failback"), sumBound(185, 60));
    const slow = targetGroup({ urn: "urn:slow", unhealthyThreshold: 10 });
    assert.deepEqual(boundOf([targetGroup(), slow]), sumBound(335, 60));
  });

  it("is that of the record's own check where this sees all that the balancer does", () => {
    const slow = [targetGroup({ unhealthyThreshold: 10 })];
    assert.deepEqual(boundOf(slow, {}), sumBound(54, 60));
    assert.deepEqual(boundOf(slow, {}, "failback"), sumBound(185, 60));
  });

  it("is the slower one where either may see what the other does not", () => {
    const slow = [targetGroup({ unhealthyThreshold: 10 })];
    const fast = [targetGroup({ intervalSeconds: 5, timeoutSeconds: 2 })];
    assert.deepEqual(boundOf(slow, { type: "TCP" }), sumBound(335, 60));
    assert.deepEqual(boundOf(fast, { type: "TCP" }), sumBound(70, 60));
    // Nothing ties this name to the balancer.
    assert.deepEqual(boundOf(slow, { fqdn: "deep.example.net" }), sumBound(335, 60));
  });

  it("is the balancer's where the check cannot see anything", () => {
    assert.deepEqual(boundOf([targetGroup()], { disabled: true }), sumBound(95, 60));
    assert.deepEqual(boundOf([targetGroup()], { type: "RECOVERY_CONTROL" }), sumBound(95, 60));
  });

  it("is not there where the groups check nothing, nor where they or the alias cannot be read", () => {
    assert.deepEqual(boundOf([targetGroup({ isChecked: false })]), {
      kind: "unbounded",
      why: "the PRIMARY record has no health check, and the target groups behind its load balancer check nothing",
    });
    assert.deepEqual(boundOf([targetGroup({ intervalSeconds: UNKNOWN })]), {
      kind: "unknown",
      urn: "urn:group",
      path: "healthCheck.interval",
    });
    const balanced = balancedPlan([targetGroup()]);
    const { primary } = onlySet(balanced);
    const target = { ...primary.target, evaluateTargetHealth: UNKNOWN } as typeof primary.target;
    assert.deepEqual(recoveryBound(balanced, { primary: { ...primary, target } }), {
      kind: "unknown",
      urn: primary.urn,
      path: "aliases[0].evaluateTargetHealth",
    });
  });

  it("is that of the check alone where the groups cannot be read", () => {
    assert.deepEqual(boundOf([], {}), sumBound(54, 60));
  });

  it("never falls when a group gets slower", () => {
    const timing = fc.record({
      intervalSeconds: fc.integer({ min: 5, max: 300 }),
      timeoutSeconds: fc.integer({ min: 2, max: 120 }),
      unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
      healthyThreshold: fc.integer({ min: 2, max: 10 }),
    });
    fc.assert(
      fc.property(timing, fc.constantFrom("cutover", "failback"), (group, way) => {
        const bound = targetHealthBoundSeconds(group, way);
        for (const key of Object.keys(group) as (keyof typeof group)[])
          assert.ok(targetHealthBoundSeconds({ ...group, [key]: group[key] + 1 }, way) >= bound);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("stands in the reason why there is no bound", () => {
    const boundOf = (evaluates: boolean) =>
      recoveryBound(planOf([]), {
        primary: record({
          target: aliasTo(BALANCER, evaluates),
          routing: { kind: "failover", role: "PRIMARY" },
        }),
      });
    assert.deepEqual(boundOf(false), { kind: "unbounded", why: "the PRIMARY record has no health check" });
    assert.deepEqual(boundOf(true), {
      kind: "unbounded",
      why:
        "the PRIMARY record has no health check; EvaluateTargetHealth of a load balancer is not modelled here; " +
        "AWS would fail over by it",
    });
  });
});
