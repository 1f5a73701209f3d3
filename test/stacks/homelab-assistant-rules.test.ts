import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { toUsd } from "../../model/money";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import { idleCost } from "../../policy/prices/idle-cost";
import {
  type Break,
  ownConfig,
  PROJECT,
  passedRules,
  propertiesOf,
  refusals,
  stoodUp,
  TOO_PATIENT,
  testBreaks,
  testedRules,
} from "./judged-system";

/** What the stack's own file asks for. */
const BUDGETS = ownConfig("homelab-assistant");

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

  it("says what the watch on the standby costs, in its setting and in the README", async () => {
    const unwatched = await stoodUp("homelab-assistant", { standbyHealthCheck: "false" });
    const usd = (resources: readonly StackResource[]) =>
      toUsd(idleCost(resources, planFromResources(resources)).totalMicroUsd);
    const saved = (usd(stack) - usd(unwatched)).toFixed(2);
    const [settings = "", readme = ""] = ["Pulumi.yaml", "README.md"].map((file) =>
      readFileSync(path.join(PROJECT, file), "utf8"),
    );
    assert.ok(settings.includes(`by its own name, with an alarm; ${saved} USD a month"`), saved);
    assert.ok(readme.includes(`the watch on the standby at ${saved}, which`), saved);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(copied, BUDGETS), testedRules(BROKEN));
  });

  const BROKEN: readonly Break[] = [
    {
      what: "an answer that resolvers keep for longer than a minute",
      rule: "failover-ttl",
      by: "property",
      resource: "failover-primary-cname",
      change: { ttl: 61 },
      refusedSettings: { recordTtlSeconds: "61" },
    },
    TOO_PATIENT,
    {
      what: "an instance that the budget does not pay",
      rule: "stack-idle-cost",
      by: "setting",
      set: { instanceType: "t4g.small" },
    },
    {
      what: "an instance for another purpose than waiting, which no budget of the stack pays either",
      rule: "standby-idle-cost",
      by: "property",
      resource: "standby-host-instance",
      change: { instanceType: "m7g.large" },
      also: "stack-idle-cost",
      refusedSettings: { instanceType: "m7g.large" },
    },
    {
      what: "the seed's pair of a tunnel and an A record",
      rule: "failover-pair",
      by: "property",
      resource: "failover-standby-cname",
      change: (stack) => ({ type: "A", records: propertiesOf(stack, "standby-name").records }),
    },
    {
      what: "a primary that nobody checks",
      rule: "primary-health-check",
      by: "property",
      resource: "failover-primary-cname",
      change: { healthCheckId: undefined },
      also: "failover-rto",
    },
    {
      what: "the seed's check of the name that fails over",
      rule: "health-check-self-reference",
      by: "property",
      resource: "primary-health-check",
      change: { fqdn: "assistant.example.com" },
      refusedSettings: { originHostName: "assistant.example.com" },
      also: "failover-rto",
    },
    {
      what: "a check that was left inverted after the drill",
      rule: "health-check-stuck",
      by: "property",
      resource: "primary-health-check",
      change: { invertHealthcheck: true },
      also: "failover-rto",
    },
    {
      what: "one check for both sides",
      rule: "health-check-shared",
      by: "property",
      resource: "failover-standby-cname",
      change: (stack) => ({ healthCheckId: propertiesOf(stack, "failover-primary-cname").healthCheckId }),
      also: "failover-rto",
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      by: "property",
      resource: "primary-health-check",
      // Any interval but 30 s bills as the fast one, and 2.00 more is over the budget.
      also: "stack-idle-cost",
      change: { requestInterval: 20 },
      refusedSettings: { healthCheckIntervalSeconds: "20" },
    },
    {
      what: "a copy of the memory that cannot be restored",
      rule: "replica-parity",
      by: "property",
      resource: "memory-table",
      change: {
        replicas: [{ regionName: "us-west-2", pointInTimeRecovery: false, propagateTags: true }],
      },
    },
    {
      what: "a standby that is switched off until it is needed",
      rule: "standby-ready",
      by: "property",
      resource: "standby-host-instance",
      change: { instanceState: "stopped" },
    },
    {
      what: "a standby that admits the private network alone, and no checker",
      rule: "checkers-admitted",
      by: "property",
      resource: "standby-host-from-everywhere",
      change: { cidrIpv4: "10.0.0.0/8" },
    },
    {
      what: "an alarm where the metric is not",
      rule: "alarm-region",
      by: "property",
      resource: "health-alarm",
      change: { region: "us-west-2" },
      also: "region-placement",
    },
    {
      what: "artifacts in another region than the instance",
      rule: "region-placement",
      by: "property",
      resource: "artifacts-bucket",
      change: { region: "us-west-2" },
    },
  ];
  testBreaks(
    "homelab-assistant",
    BROKEN,
    ({ rule }) => (rule === "replica-parity" ? copied : stack),
    BUDGETS,
  );

  it("is held to the standby's budget where that is the smaller one", () => {
    const limited = (monthlyUsdLimit: number) =>
      refusals(stack, { ...BUDGETS, "standby-idle-cost": { monthlyUsdLimit } });
    assert.deepEqual(limited(10), ["standby-idle-cost"]);
    assert.deepEqual(limited(14), []);
  });
});
