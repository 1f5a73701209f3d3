import assert from "node:assert/strict";
import type { Endpoint } from "../../model/failover-plan";
import { recoveryBound } from "../../model/recovery-bound";
import { evaluatesLoadBalancer } from "../../model/target-health";
import { UNKNOWN } from "../../model/unknown";
import { aliasTo, endpoint, planOf, record } from "../rehearsal/simulation/plan-fixture";

const BALANCER = "shop-1234.us-east-1.elb.amazonaws.com";
const plan = (kind: Endpoint["kind"]) => ({
  ...planOf([]),
  endpoints: [{ ...endpoint("urn:shop", "primary"), kind }],
});

describe("model/target-health", () => {
  it("knows a load balancer of the plan by its kind, and one outside by its name", () => {
    const alias = { ...aliasTo(BALANCER, true), dnsName: UNKNOWN } as ReturnType<typeof aliasTo>;
    const ours = record({ target: alias, endpoint: "urn:shop" });
    assert.equal(evaluatesLoadBalancer(plan("load-balancer"), ours), true);
    assert.equal(evaluatesLoadBalancer(plan("api-gateway"), ours), false);
    assert.equal(evaluatesLoadBalancer(planOf([]), record({ target: aliasTo(BALANCER, true) })), true);
    assert.equal(evaluatesLoadBalancer(planOf([]), record({ target: alias })), false);
  });

  it("is so only where the alias evaluates it", () => {
    assert.equal(evaluatesLoadBalancer(planOf([]), record({ target: aliasTo(BALANCER) })), false);
    assert.equal(evaluatesLoadBalancer(planOf([]), record()), false);
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
