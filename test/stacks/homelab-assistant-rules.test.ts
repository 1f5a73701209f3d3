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
  "stack-idle-cost": { monthlyUsdLimit: 15 },
};

describe("stacks/homelab-assistant under the rules", function () {
  // Each stack is a program run in a process of its own.
  this.timeout(120_000);
  let stack: readonly StackResource[];
  let copied: readonly StackResource[];
  before(async () => {
    stack = await stoodUp("homelab-assistant");
    copied = await stoodUp("homelab-assistant", { memoryReplicaRegion: "us-west-2" });
  });

  it("passes every rule with its own budgets, with and without a copy of the memory", () => {
    assert.deepEqual(refusals(stack, BUDGETS), []);
    assert.deepEqual(refusals(copied, BUDGETS), []);
  });

  it("passes every rule by address, with its own zone and with text messages", async () => {
    const other = await stoodUp("homelab-assistant", {
      originHostName: "none",
      originAddress: "203.0.113.7",
      smsPhoneNumberId: `phone-${"0123456789abcdef".repeat(2)}`,
      smsAllowedNumbers: "+15550100",
      standbyRegion: "us-west-2",
    });
    assert.deepEqual(refusals(other, BUDGETS), []);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(copied, BUDGETS), testedRules(BROKEN, "standby-idle-cost"));
  });

  const BROKEN: readonly Break[] = [
    {
      what: "an answer that resolvers keep for longer than a minute",
      rule: "failover-ttl",
      resource: "failover-primary-cname",
      change: { ttl: 61 },
    },
    {
      what: "a check that is too patient for the objective",
      rule: "failover-rto",
      resource: "primary-health-check",
      change: { failureThreshold: 6 },
    },
    {
      what: "an instance that the budget does not allow",
      rule: "stack-idle-cost",
      resource: "standby-host-instance",
      change: { instanceType: "t4g.small" },
    },
    {
      what: "the seed's pair of a tunnel and an A record",
      rule: "failover-pair",
      resource: "failover-standby-cname",
      change: (stack) => ({ type: "A", records: propertiesOf(stack, "standby-name").records }),
    },
    {
      what: "a primary that nobody checks",
      rule: "primary-health-check",
      resource: "failover-primary-cname",
      change: { healthCheckId: undefined },
      also: "failover-rto",
    },
    {
      what: "the seed's check of the name that fails over",
      rule: "health-check-self-reference",
      resource: "primary-health-check",
      change: { fqdn: "assistant.example.com" },
    },
    {
      what: "a check that was left inverted after the drill",
      rule: "health-check-stuck",
      resource: "primary-health-check",
      change: { invertHealthcheck: true },
    },
    {
      what: "one check for both sides",
      rule: "health-check-shared",
      resource: "failover-standby-cname",
      change: (stack) => ({ healthCheckId: propertiesOf(stack, "failover-primary-cname").healthCheckId }),
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      resource: "primary-health-check",
      change: { requestInterval: 20 },
    },
    {
      what: "a copy of the memory that cannot be restored",
      rule: "replica-parity",
      resource: "memory-table",
      change: {
        replicas: [{ regionName: "us-west-2", pointInTimeRecovery: false, propagateTags: true }],
      },
    },
    {
      what: "a standby that is switched off until it is needed",
      rule: "standby-ready",
      resource: "standby-host-instance",
      change: { instanceState: "stopped" },
    },
    {
      what: "an alarm where the metric is not",
      rule: "alarm-region",
      resource: "health-alarm",
      change: { region: "us-west-2" },
      also: "region-placement",
    },
    {
      what: "artifacts in another region than the instance",
      rule: "region-placement",
      resource: "artifacts-bucket",
      change: { region: "us-west-2" },
    },
  ];
  testBreaks(BROKEN, ({ rule }) => (rule === "replica-parity" ? copied : stack), BUDGETS);

  it("refuses a standby that costs what its budget says, or more: standby-idle-cost", () => {
    const limited = (monthlyUsdLimit: number) =>
      refusals(stack, { ...BUDGETS, "standby-idle-cost": { monthlyUsdLimit } });
    assert.deepEqual(limited(10), ["standby-idle-cost"]);
    assert.deepEqual(limited(12), []);
  });
});
