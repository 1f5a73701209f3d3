import assert from "node:assert/strict";
import { SEEDS_COMMAND } from "../../drill/seeds/render-seeds";
import { listAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown, type Properties } from "../../model/unknown";
import developmentBudget from "../../policy/config.dev.json";
import type { PolicyConfig } from "../../policy/evaluate";
import { assertWrittenFor } from "../drill/seeds/own-stack-part";
import {
  type Break,
  ownConfig,
  passedRules,
  propertiesOf,
  refusals,
  stoodUp,
  testBreaks,
  testedRules,
} from "./judged-system";

/** What the stack's own file asks for, and what policy/config.dev.json allows the whole stack. */
const BUDGETS: PolicyConfig = {
  ...ownConfig("dev"),
  "stack-idle-cost": developmentBudget["stack-idle-cost"],
};

describe("stacks/profile-api under the rules", function () {
  // Each stack is a program run in a process of its own.
  this.timeout(60_000);
  let stack: readonly StackResource[];
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

  it(`stands in docs/seeds.md with what it does and costs now (else: ${SEEDS_COMMAND})`, () => {
    assertWrittenFor("dev", stack);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(stack, BUDGETS), testedRules(BROKEN));
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
      what: "a check every 30 s that needs ten failures, under an objective that the pack does not grant",
      rule: "failover-rto",
      by: "setting",
      // At 10 s no threshold that Route 53 has is too patient.
      set: {
        healthCheckIntervalSeconds: "30",
        healthCheckFailureThreshold: "10",
        rtoObjectiveSeconds: "3600",
      },
    },
    {
      what: "functions with all the memory there is, which every probe pays for",
      rule: "stack-idle-cost",
      by: "setting",
      set: { lambdaMemoryMb: "10240" },
    },
    {
      what: "a table with capacity that is paid for in both regions, used or not",
      rule: "standby-idle-cost",
      by: "property",
      resource: "profiles-table",
      change: { billingMode: "PROVISIONED", readCapacity: 500, writeCapacity: 100 },
      also: "stack-idle-cost",
    },
    {
      what: "the standby's record under the identifier of the primary's",
      rule: "failover-pair",
      by: "property",
      resource: "failover-standby-a",
      change: { setIdentifier: "primary" },
    },
    {
      what: "a primary that nobody checks, which API Gateway does not tell of itself",
      rule: "primary-health-check",
      by: "property",
      resource: "failover-primary-a",
      change: { healthCheckId: undefined },
      also: "failover-rto",
    },
    {
      what: "a check of the name that fails over",
      rule: "health-check-self-reference",
      by: "property",
      resource: "primary-health-check",
      change: { fqdn: "profiles.example.com" },
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
      resource: "failover-standby-a",
      change: (of) => ({ healthCheckId: propertiesOf(of, "failover-primary-a").healthCheckId }),
      also: "failover-rto",
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      by: "property",
      resource: "primary-health-check",
      change: { requestInterval: 20 },
      refusedSettings: { healthCheckIntervalSeconds: "20" },
    },
    {
      what: "a standby with an AAAA record and no IPv6 address",
      rule: "alias-target",
      by: "property",
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
      by: "property",
      resource: "profiles-table",
      change: replica({ pointInTimeRecovery: false }),
    },
    {
      what: "a standby whose function may not run",
      rule: "standby-ready",
      by: "property",
      resource: "standby-api-function-handler",
      change: { reservedConcurrentExecutions: 0 },
      refusedSettings: { reservedConcurrency: "0" },
    },
    {
      what: "an alarm where the metric is not",
      rule: "alarm-region",
      by: "property",
      resource: "health-alarm",
      change: { region: "us-west-2", tags: { role: "dns", region: "us-west-2" } },
    },
    {
      what: "the standby's function in the primary's region",
      rule: "region-placement",
      by: "property",
      resource: "standby-api-function-logs",
      change: { region: "us-east-1" },
      refusedSettings: { standbyRegion: "us-east-1" },
    },
  ];
  testBreaks("dev", BROKEN, () => stack, BUDGETS);

  it("pays for a table of 100 GB a copy, and not of 110, by the pack's own assumption", () => {
    const withGb = (tableGb: number) =>
      refusals(stack, { "standby-idle-cost": { monthlyUsdLimit: 50, tableGb } });
    assert.deepEqual(withGb(100), []);
    assert.deepEqual(withGb(110), ["standby-idle-cost"]);
  });
});
