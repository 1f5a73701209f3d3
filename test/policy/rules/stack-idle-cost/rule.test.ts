import assert from "node:assert/strict";
import { toUsd } from "../../../../model/money";
import { planFromResources } from "../../../../model/plan-from-resources";
import type { StackResource } from "../../../../model/stack-resource";
import { UNKNOWN } from "../../../../model/unknown";
import { evaluate } from "../../../../policy/evaluate";
import { idleCost } from "../../../../policy/prices/idle-cost";
import type { Phase } from "../../../../policy/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import config from "../../../../policy/rules/stack-idle-cost/config.json";
import { stackIdleCost } from "../../../../policy/rules/stack-idle-cost/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { primary, providers, standby } from "../../prices/meters";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";

/** No type of AWS, so that it never gets a price. */
const THING = "aws:madeup/thing:Thing";
const INSTANCE = "aws:ec2/instance:Instance";
const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
const NO_BUDGET =
  "no budget is set for the whole stack; set monthlyUsdLimit of stack-idle-cost to USD a month";

/** A stack of two declared halves, judged against a budget. */
function costing(usdEach: number, monthlyUsdLimit: number) {
  const stack = [STACK, ...providers, primary(THING, "one"), standby(THING, "two")];
  return judged(stackIdleCost, stack, {
    monthlyUsdLimit,
    allowMonthlyUsd: { [THING]: usdEach },
  }).map(({ verdict, message }) => ({ verdict, message }));
}

describe("policy/rules/stack-idle-cost", () => {
  it("does not apply until a budget is set, and says how to set one", () => {
    const expected = [{ verdict: "notApplicable", urn: STACK.urn, path: "", message: NO_BUDGET }];
    assert.deepEqual(judged(stackIdleCost, [STACK, ...providers]), expected);
    assert.deepEqual(judged(stackIdleCost, [STACK, ...providers], { monthlyUsdLimit: 0 }), expected);
  });

  it("tells without a budget what has no price, and refuses nothing", () => {
    const advice = (resources: readonly StackResource[], settings = {}, phase?: Phase) =>
      judged(stackIdleCost, [STACK, ...providers, ...resources], settings, phase)
        .filter(({ verdict }) => verdict !== "notApplicable")
        .map(({ verdict, advisory, message }) => [verdict, advisory, message]);
    const told = (what: string) => [
      [
        "fail",
        true,
        `what the whole stack costs while idle is not known: no price for ${what}; allowed: prices, or amounts in ` +
          "allowMonthlyUsd; with a budget, monthlyUsdLimit of stack-idle-cost, this is refused",
      ],
    ];
    const one = resource(THING, "one");
    assert.deepEqual(advice([one]), told(`1 resource, or a part of it (${THING})`));
    assert.deepEqual(advice([one, resource(THING, "two")]), told(`2 resources, or parts of them (${THING})`));
    const types = ["a", "b", "c", "d", "e", "f"].map((name) => `aws:madeup/${name}:Thing`);
    const of = (count: number) => types.slice(0, count).map((type) => resource(type, type));
    assert.deepEqual(advice(of(5)), told(`5 resources, or parts of them (${types.slice(0, 5).join(", ")})`));
    assert.deepEqual(
      advice(of(6)),
      told(`6 resources, or parts of them (${types.slice(0, 5).join(", ")}, and 1 more types)`),
    );
    assert.deepEqual(advice([one], { allowMonthlyUsd: { [THING]: 1 } }), []);
    // What is the standby's, its own rule refuses.
    assert.deepEqual(advice([standby(THING, "one")]), []);
    assert.deepEqual(
      advice([standby(THING, "one"), primary(THING, "two")]),
      told(`1 resource, or a part of it (${THING})`),
    );
    const instance = primary(INSTANCE, "i", { instanceType: UNKNOWN });
    assert.deepEqual(advice([instance], {}, "preview"), []);
    assert.equal(advice([instance], {}, "settled").length, 1);
  });

  it("does not apply to a stack of nothing", () => {
    assert.deepEqual(judged(stackIdleCost, [], { monthlyUsdLimit: 1 }), [
      { verdict: "notApplicable", urn: "", path: "", message: "the stack has no resources" },
    ]);
  });

  it("counts both sides: passes below the budget and refuses at it", () => {
    assert.deepEqual(costing(24.99, 50), [
      {
        verdict: "pass",
        message: "the stack costs $49.98 a month while idle, in 2 lines; allowed: below $50.00",
      },
    ]);
    assert.deepEqual(costing(25, 50), [
      {
        verdict: "fail",
        message:
          "the stack costs $50.00 a month while idle; allowed: below $50.00; leave out the dearest of these\n" +
          "  a month  item                                 resource  region     price of\n" +
          "   $25.00  amount declared in the settings [a]  one       us-east-1  undated, declared\n" +
          "   $25.00  amount declared in the settings [a]  two       us-west-2  undated, declared\n" +
          "  [a] @pulumi/aws 7.48.0, whose types are classed here, has no such type",
      },
    ]);
  });

  it("moves with the budget", () => {
    assert.deepEqual(
      [49.98, 49.99].map((limit) => costing(24.99, limit)[0]?.verdict),
      ["fail", "pass"],
    );
  });

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before it exists" : "that exists"}, whose total is above its standby's`, () => {
      const phase = preview ? "preview" : "settled";
      const stack = profileApiStack({ preview });
      const { totalMicroUsd, standbyMicroUsd } = idleCost(stack, planFromResources(stack));
      assert.ok(totalMicroUsd > standbyMicroUsd);
      const of = (monthlyUsdLimit: number) =>
        judged(stackIdleCost, stack, { monthlyUsdLimit }, phase).map(({ verdict, urn: at }) => [verdict, at]);
      const at = urn("pulumi:pulumi:Stack", "profiles-test");
      assert.deepEqual(of(toUsd(totalMicroUsd + 1)), [["pass", at]]);
      assert.deepEqual(of(toUsd(totalMicroUsd)), [["fail", at]]);
    });
  }

  it("refuses a primary without a price, which the standby's limit passes over", () => {
    const one = primary(THING, "one");
    const why = idleCost([one], planFromResources([one])).unpriced[0]?.why;
    assert.ok(why);
    assert.deepEqual(judged(stackIdleCost, [STACK, ...providers, one], { monthlyUsdLimit: 50 }, "preview"), [
      {
        verdict: "fail",
        urn: one.urn,
        path: "",
        message:
          `one (aws:madeup/thing:Thing) has no known idle price: ${why}; ` +
          "allowed: a stack of known prices below $50.00 a month; leave it out, or declare what one costs: " +
          'allowMonthlyUsd {"aws:madeup/thing:Thing": <USD a month>}',
      },
    ]);
  });

  it("asks for what a part without a price adds, where the rest has one", () => {
    const gateway = primary("aws:ec2/natGateway:NatGateway", "out", { availabilityMode: "regional" });
    assert.deepEqual(judged(stackIdleCost, [STACK, ...providers, gateway], { monthlyUsdLimit: 50 }), [
      {
        verdict: "fail",
        urn: gateway.urn,
        path: "availabilityMode",
        message:
          "part of out (aws:ec2/natGateway:NatGateway) has no known idle price: a regional gateway bills in every " +
          "further zone that it serves, whose number is not told; allowed: a stack of known prices below $50.00 a " +
          "month; leave that out, or declare what it alone adds to the rest, which is counted: " +
          'allowMonthlyUsd {"aws:ec2/natGateway:NatGateway": <USD a month>}',
      },
    ]);
  });

  it("does not know a cost that hangs on an unknown property, and says when it will", () => {
    const server = primary(
      INSTANCE,
      "server",
      { instanceType: UNKNOWN },
      { id: UNKNOWN, from: { instanceType: [urn(THING, "other")] } },
    );
    const of = (phase: "preview" | "settled") =>
      judged(stackIdleCost, [STACK, ...providers, server], { monthlyUsdLimit: 50 }, phase);
    assert.deepEqual(
      of("preview").map(({ verdict, urn: at, path }) => ({ verdict, at, path })),
      [{ verdict: "unknown", at: server.urn, path: "instanceType" }],
    );
    assert.match(of("preview")[0]?.message ?? "", /judged again at `pulumi up`$/);
    assert.match(of("settled")[0]?.message ?? "", /nothing here will tell it, so it is refused/);
  });

  it("does not pass by an amount declared for what the update will tell, only for what nothing will", () => {
    const server = primary(
      INSTANCE,
      "server",
      {
        instanceType: UNKNOWN,
        associatePublicIpAddress: false,
        rootBlockDevice: { volumeType: "gp3", volumeSize: 10 },
      },
      { id: UNKNOWN, from: { instanceType: [urn(INSTANCE, "other")] } },
    );
    const of = (phase: "preview" | "settled", usd: number) =>
      judged(
        stackIdleCost,
        [STACK, ...providers, server],
        { monthlyUsdLimit: 50, allowMonthlyUsd: { [INSTANCE]: usd } },
        phase,
      ).map(({ verdict, path, message }) => [verdict, path, message.split("\n")[0]?.split("; ")[0]]);
    const awaited = [
      [
        "unknown",
        "instanceType",
        "unknown: instanceType of server (aws:ec2/instance:Instance), on which its idle price depends",
      ],
    ];
    assert.deepEqual(of("preview", 1), awaited);
    // It may turn out to have a price, so the amount does not refuse either.
    assert.deepEqual(of("preview", 60), awaited);
    assert.deepEqual(of("settled", 1), [
      ["pass", "", "the stack costs $1.80 a month while idle, in 2 lines"],
    ]);
    assert.deepEqual(of("settled", 60), [["fail", "", "the stack costs $60.80 a month while idle"]]);
  });

  it("says once what is unknown of a table and of its replica alike", () => {
    const table = primary("aws:dynamodb/table:Table", "table", {
      name: "t",
      hashKey: "id",
      billingMode: UNKNOWN,
      replicas: [{ regionName: "us-west-2" }],
    });
    const found = judged(stackIdleCost, [STACK, ...providers, table], { monthlyUsdLimit: 50 });
    assert.deepEqual(
      found.map(({ verdict, path }) => ({ verdict, path })),
      [{ verdict: "unknown", path: "billingMode" }],
    );
  });

  it("fails on settings that are none", () => {
    assert.deepEqual(
      judged(stackIdleCost, [STACK], { monthlyUsdLimit: -1, tableGb: "1" }).map(({ message }) => message),
      [
        "setting monthlyUsdLimit is -1; allowed: a number from 0",
        'setting tableGb is "1"; allowed: a number from 0',
      ],
    );
  });

  it("has fixtures that its own configuration tells apart", () => {
    const verdicts = (name: "good" | "bad") =>
      evaluate(fixtureResources("stack-idle-cost", name), config, {
        rules: [stackIdleCost],
      }).findings.map(({ verdict, message }) => [verdict, message.split("\n")[0]]);
    assert.deepEqual(verdicts("good"), [
      ["pass", "the stack costs $4.21 a month while idle, in 3 lines; allowed: below $20.00"],
    ]);
    assert.equal(verdicts("bad")[0]?.[0], "fail");
    assert.equal(verdicts("bad").length, 1);
  });
});
