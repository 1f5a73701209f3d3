import assert from "node:assert/strict";
import { SEEDS_COMMAND } from "../../drill/seeds/render-seeds";
import type { StackResource } from "../../model/stack-resource";
import { assertWrittenFor } from "../drill/seeds/own-stack-part";
import {
  type Break,
  ownConfig,
  passedRules,
  propertiesOf,
  refusals,
  stoodUp,
  TOO_PATIENT,
  testBreaks,
  testedRules,
} from "./judged-system";

/** What the stack's own file asks for. */
const BUDGETS = ownConfig("data-relay");

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

  it(`stands in docs/seeds.md with what it does and costs now (else: ${SEEDS_COMMAND})`, () => {
    assertWrittenFor("data-relay", stack);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(stack, BUDGETS), testedRules(BROKEN));
  });

  const BROKEN: readonly Break[] = [
    TOO_PATIENT,
    {
      what: "checks over HTTPS, each of them dearer",
      rule: "stack-idle-cost",
      by: "setting",
      set: { gatewayScheme: "https" },
    },
    {
      what: "probes every 10 s, each check of them dearer",
      rule: "stack-idle-cost",
      by: "setting",
      set: { healthCheckIntervalSeconds: "10" },
    },
    {
      what: "a gateway that nobody checks beside one that is checked",
      rule: "failover-rto",
      by: "property",
      resource: "relay-gateway-b",
      change: { healthCheckId: undefined },
    },
    {
      what: "a gateway that resolvers keep for longer than a minute",
      rule: "failover-ttl",
      by: "property",
      resource: "relay-gateway-b",
      change: { ttl: 61 },
      refusedSettings: { recordTtlSeconds: "61" },
    },
    {
      what: "a check of the relay's own name, which follows itself",
      rule: "health-check-self-reference",
      by: "property",
      resource: "gateway-a-health-check",
      change: { ipAddress: undefined },
      refusedSettings: { gateways: "a=relay.example.com@1, b=b.example.net@1" },
      also: "failover-rto",
    },
    {
      what: "a check that was left inverted",
      rule: "health-check-stuck",
      by: "property",
      resource: "gateway-a-health-check",
      change: { invertHealthcheck: true },
      also: "failover-rto",
    },
    {
      what: "a check that was left disabled",
      rule: "health-check-stuck",
      by: "property",
      resource: "gateway-b-health-check",
      change: { disabled: true },
      also: "failover-rto",
    },
    {
      what: "one check for two gateways",
      rule: "health-check-shared",
      by: "property",
      resource: "relay-gateway-b",
      change: (stack) => ({ healthCheckId: propertiesOf(stack, "relay-gateway-a").healthCheckId }),
      also: "failover-rto",
    },
    {
      what: "a gateway with a private address",
      rule: "health-check-endpoint",
      by: "property",
      resource: "gateway-a-health-check",
      change: { ipAddress: "10.0.0.1" },
      refusedSettings: { gateways: "a=10.0.0.1@1, b=198.51.100.10@1" },
      also: "failover-rto",
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      by: "property",
      resource: "gateway-a-health-check",
      change: { requestInterval: 20 },
      refusedSettings: { healthCheckIntervalSeconds: "20" },
    },
    {
      what: "an alarm where the metric is not",
      rule: "alarm-region",
      by: "property",
      resource: "any-gateway-down-alarm",
      change: { region: "us-west-2" },
    },
  ];
  testBreaks("data-relay", BROKEN, () => stack, BUDGETS);

  it("costs 6.30 with the HTTPS option of its checks, which a budget of 6.31 pays", async () => {
    const https = await stoodUp("data-relay", { gatewayScheme: "https" });
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
