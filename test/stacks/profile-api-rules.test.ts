import assert from "node:assert/strict";
import { listAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown, type Properties } from "../../model/unknown";
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

/** What the seed claims of the standby, and what policy/config.dev.json allows the whole stack. */
const BUDGETS: PolicyConfig = {
  "standby-idle-cost": { monthlyUsdLimit: 50 },
  "stack-idle-cost": { monthlyUsdLimit: 15 },
};

describe("stacks/profile-api under the rules", function () {
  // Each stack is a program run in a process of its own.
  this.timeout(60_000);
  let stack: readonly StackResource[];
  /** With probes every 30 s: at 10 s no threshold that Route 53 has is too patient. */
  let slow: readonly StackResource[];
  before(async () => {
    stack = await stoodUp("dev");
    slow = await stoodUp("dev", { healthCheckIntervalSeconds: "30" });
  });

  it("passes every rule with its own budgets, at both scales", async () => {
    assert.deepEqual(refusals(stack, BUDGETS), []);
    assert.deepEqual(refusals(slow, BUDGETS), []);
    assert.deepEqual(refusals(await stoodUp("prod"), BUDGETS), []);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(stack, BUDGETS), testedRules(BROKEN, "standby-idle-cost"));
  });

  /** The table with one thing of its replica changed. */
  const replica =
    (change: Properties) =>
    (of: readonly StackResource[]): Properties => {
      const replicas = listAt(propertiesOf(of, "profiles-table"), "replicas");
      assert.ok(replicas !== undefined && !isUnknown(replicas));
      return { replicas: replicas.map((one) => ({ ...(one as Properties), ...change })) };
    };

  const BROKEN: readonly Break[] = [
    {
      what: "a check every 30 s that needs ten failures",
      rule: "failover-rto",
      resource: "primary-health-check",
      change: { failureThreshold: 10 },
    },
    {
      what: "a function with all the memory there is, which every probe pays for",
      rule: "stack-idle-cost",
      resource: "primary-api-function-handler",
      change: { memorySize: 10_240 },
    },
    {
      what: "the standby's record under the identifier of the primary's",
      rule: "failover-pair",
      resource: "failover-standby-a",
      change: { setIdentifier: "primary" },
    },
    {
      what: "a primary that nobody checks, which API Gateway does not tell of itself",
      rule: "primary-health-check",
      resource: "failover-primary-a",
      change: { healthCheckId: undefined },
      also: "failover-rto",
    },
    {
      what: "a check of the name that fails over",
      rule: "health-check-self-reference",
      resource: "primary-health-check",
      change: { fqdn: "profiles.example.com" },
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
      resource: "failover-standby-a",
      change: (of) => ({ healthCheckId: propertiesOf(of, "failover-primary-a").healthCheckId }),
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      resource: "primary-health-check",
      change: { requestInterval: 20 },
    },
    {
      what: "a standby with an AAAA record and no IPv6 address",
      rule: "alias-target",
      resource: "standby-api-failover-domain-name",
      change: (of) => ({
        domainNameConfiguration: {
          ...(propertiesOf(of, "standby-api-failover-domain-name").domainNameConfiguration as Properties),
          ipAddressType: "ipv4",
        },
      }),
    },
    {
      what: "a copy of the table that cannot be restored",
      rule: "replica-parity",
      resource: "profiles-table",
      change: replica({ pointInTimeRecovery: false }),
    },
    {
      what: "a standby whose function may not run",
      rule: "standby-ready",
      resource: "standby-api-function-handler",
      change: { reservedConcurrentExecutions: 0 },
    },
    {
      what: "an alarm where the metric is not",
      rule: "alarm-region",
      resource: "health-alarm",
      change: { region: "us-west-2", tags: { role: "dns", region: "us-west-2" } },
    },
    {
      what: "the standby's function in the primary's region",
      rule: "region-placement",
      resource: "standby-api-function-logs",
      change: { region: "us-east-1" },
    },
  ];
  testBreaks(BROKEN, ({ rule }) => (rule === "failover-rto" ? slow : stack), BUDGETS);

  it("standby-idle-cost refuses a table whose copy is too big for the budget", () => {
    const withGb = (tableGb: number) =>
      refusals(stack, { "standby-idle-cost": { monthlyUsdLimit: 50, tableGb } });
    assert.deepEqual(withGb(100), []);
    assert.deepEqual(withGb(110), ["standby-idle-cost"]);
  });
});
