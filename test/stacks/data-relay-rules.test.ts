import assert from "node:assert/strict";
import type { StackResource } from "../../model/stack-resource";
import type { PolicyConfig } from "../../policy/evaluate";
import {
  type Break,
  passedRules,
  propertiesOf,
  refusals,
  stoodUp,
  testBreaks,
  testedRules,
} from "./judged-system";

/** What the stack's own settings ask for. */
const BUDGETS: PolicyConfig = {
  "standby-idle-cost": { monthlyUsdLimit: 50 },
  "stack-idle-cost": { monthlyUsdLimit: 5 },
};

describe("stacks/data-relay under the rules", function () {
  // Each stack is a program run in a process of its own.
  this.timeout(60_000);
  let stack: readonly StackResource[];
  before(async () => {
    stack = await stoodUp("data-relay");
  });

  it("passes every rule with its own budgets", () => {
    assert.deepEqual(refusals(stack, BUDGETS), []);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(stack, BUDGETS), testedRules(BROKEN, "stack-idle-cost"));
  });

  const BROKEN: readonly Break[] = [
    {
      what: "a check of one gateway that needs ten failures",
      rule: "failover-rto",
      resource: "gateway-b-health-check",
      change: { failureThreshold: 10 },
    },
    {
      what: "a gateway that nobody checks beside one that is checked",
      rule: "failover-rto",
      resource: "relay-gateway-b",
      change: { healthCheckId: undefined },
    },
    {
      what: "a gateway that resolvers keep for longer than a minute",
      rule: "failover-ttl",
      resource: "relay-gateway-b",
      change: { ttl: 61 },
    },
    {
      what: "a check of the relay's own name, which follows itself",
      rule: "health-check-self-reference",
      resource: "gateway-a-health-check",
      change: { ipAddress: undefined },
    },
    {
      what: "a check that was left inverted",
      rule: "health-check-stuck",
      resource: "gateway-a-health-check",
      change: { invertHealthcheck: true },
    },
    {
      what: "a check that was left disabled",
      rule: "health-check-stuck",
      resource: "gateway-b-health-check",
      change: { disabled: true },
      also: "failover-rto",
    },
    {
      what: "one check for two gateways",
      rule: "health-check-shared",
      resource: "relay-gateway-b",
      change: (stack) => ({ healthCheckId: propertiesOf(stack, "relay-gateway-a").healthCheckId }),
    },
    {
      what: "a gateway with a private address",
      rule: "health-check-endpoint",
      resource: "gateway-a-health-check",
      change: { ipAddress: "10.0.0.1" },
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      resource: "gateway-a-health-check",
      change: { requestInterval: 20 },
    },
    {
      what: "an alarm where the metric is not",
      rule: "alarm-region",
      resource: "any-gateway-down-alarm",
      change: { region: "us-west-2" },
    },
  ];
  testBreaks(BROKEN, () => stack, BUDGETS);

  it("stack-idle-cost refuses what the HTTPS option makes of the checks, by one setting", async () => {
    const https = await stoodUp("data-relay", { gatewayScheme: "https" });
    assert.deepEqual(refusals(https, BUDGETS), ["stack-idle-cost"]);
    assert.deepEqual(refusals(https, { "stack-idle-cost": { monthlyUsdLimit: 6.31 } }), []);
    assert.deepEqual(refusals(https, { "stack-idle-cost": { monthlyUsdLimit: 6.3 } }), ["stack-idle-cost"]);
  });

  it("passes with host names and with IPv6 too", async () => {
    for (const gateways of [
      "a=relay-a.example.net@1, b=relay-b.example.net@3",
      "a=2001:db8::a@1, b=2001:db8::b@1, c=2001:db8::c@0",
    ]) {
      assert.deepEqual(refusals(await stoodUp("data-relay", { gateways }), BUDGETS), [], gateways);
    }
  });
});
