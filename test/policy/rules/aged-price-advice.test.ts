import assert from "node:assert/strict";
import type { StackValidationArgs } from "@pulumi/policy";
import type { StackResource } from "../../../model/stack-resource";
import { evaluate } from "../../../policy/evaluate";
import { PRICES } from "../../../policy/prices/price-list";
import { stackIdleCost } from "../../../policy/rules/stack-idle-cost/rule";
import { standbyIdleCost } from "../../../policy/rules/standby-idle-cost/rule";
import { stackPolicies } from "../../../policy/stack-policies";
import { resource, urn } from "../../model/stack-fixture";
import { policyResources } from "../policy-resources";
import { providers, standby } from "../prices/meters";

const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
const INSTANCE = "aws:ec2/instance:Instance";
const rules = [standbyIdleCost, stackIdleCost];
const BUDGET = { "stack-idle-cost": { monthlyUsdLimit: 1000 } };

/** What the two cost rules object to in a stack. */
function advice(resources: readonly StackResource[], asOf: string | undefined, config = {}) {
  return evaluate([STACK, ...providers, ...resources], config, { rules, asOf, phase: "settled" })
    .findings.filter(({ verdict }) => verdict === "fail")
    .map(({ rule, level, advisory, urn: of, message }) => ({ rule, level, advisory, of, message }));
}

const address = standby("aws:ec2/eip:Eip", "address");
const addressDate = PRICES.find("ec2/public-ipv4", "us-west-2")?.date ?? "";
const unplaced = resource(INSTANCE, "server", { instanceType: "t3.nano", region: "us-east-1" });

describe("policy/rules/aged-price-advice", () => {
  it("says once for a stack how many lines are old, the oldest and the lever, and refuses nothing", () => {
    assert.deepEqual(advice([address], "2040-01-01", BUDGET), [
      {
        rule: "standby-idle-cost",
        level: "advisory",
        advisory: true,
        of: urn("pulumi:pulumi:Stack", "stack"),
        message:
          `1 of 1 cost line uses a price that is older than a year, the oldest of ${addressDate}: public IPv4 address; ` +
          "allowed: 365 days before 2040-01-01; read the current price list: npm run prices:refresh",
      },
    ]);
  });

  it("says nothing of young prices, nor without a day", () => {
    assert.deepEqual(advice([address], addressDate, BUDGET), []);
    assert.deepEqual(advice([address], undefined, BUDGET), []);
  });

  it("is given by stack-idle-cost for a stack without a standby, where a budget is set", () => {
    assert.deepEqual(
      advice([unplaced], "2040-01-01", BUDGET).map(({ rule, level }) => `${level} ${rule}`),
      ["advisory stack-idle-cost"],
    );
    assert.deepEqual(advice([unplaced], "2040-01-01"), []);
  });

  it("says that the dates of standard support are old, where a line depends on them", () => {
    const cluster = standby("aws:eks/cluster:Cluster", "cluster", { version: "1.37" });
    const old = (one: StackResource, asOf: string) =>
      advice([one], asOf)
        .map(({ message }) => message)
        .filter((message) => message.startsWith("the dates"));
    assert.deepEqual(old(cluster, "2027-11-22"), []);
    assert.deepEqual(old(cluster, "2027-11-23"), [
      "the dates on which versions leave standard support are of 2026-11-22, and prices depend on them: EKS control plane; " +
        "allowed: 365 days before 2027-11-23; compare the version with the calendar of AWS, or use a newer warm-standby",
    ]);
    assert.deepEqual(old(address, "2027-11-23"), []);
  });

  it("reaches the engine as an advisory of a mandatory policy", async () => {
    const [policy] = stackPolicies([standbyIdleCost], {}, "2040-01-01");
    const reported: { enforcementLevel?: string; message: string }[] = [];
    const args = {
      resources: policyResources([STACK, ...providers, address]),
      getConfig: () => ({}),
    } as unknown as StackValidationArgs;
    await policy?.validateStack(args, ((one: (typeof reported)[0]) => reported.push(one)) as never);
    assert.deepEqual(
      reported.map(({ enforcementLevel, message }) => [enforcementLevel, message.split(",")[0]]),
      [["advisory", "1 of 1 cost line uses a price that is older than a year"]],
    );
  });
});
