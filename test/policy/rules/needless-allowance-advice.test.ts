import assert from "node:assert/strict";
import { type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { idleClass } from "../../../policy/prices/classes";
import { needlessAllowanceAdvice } from "../../../policy/rules/needless-allowance-advice";
import { note as stackNote } from "../../../policy/rules/stack-idle-cost/note";
import { stackIdleCost } from "../../../policy/rules/stack-idle-cost/rule";
import { note as standbyNote } from "../../../policy/rules/standby-idle-cost/note";
import { standbyIdleCost } from "../../../policy/rules/standby-idle-cost/rule";
import { resource } from "../../model/stack-fixture";
import { costOf, primary, providers, standby } from "../prices/meters";
import { judged } from "./judged";

const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
const VPC = "aws:ec2/vpc:Vpc";
const BUCKET = "aws:s3/bucket:Bucket";
const INSTANCE = "aws:ec2/instance:Instance";
const CHANNEL = "aws:medialive/channel:Channel";
const ADVICE =
  `allowMonthlyUsd declares an amount for "${VPC}", "${BUCKET}", of which nothing here lacks a price, so it counts ` +
  "nothing; allowed: types without a price; take them out of the settings (no price changes)";

const stack = [primary(VPC, "net"), primary(BUCKET, "pages"), primary(CHANNEL, "live")];

describe("policy/rules/needless-allowance-advice", () => {
  it("names types of the stack that are free or wholly priced, and neither others nor those of other stacks", () => {
    const allowMonthlyUsd = { [VPC]: 3, [BUCKET]: 3, [CHANNEL]: 3, "aws:madeup/thing:Thing": 3 };
    const report = costOf(stack, { allowMonthlyUsd });
    assert.deepEqual(needlessAllowanceAdvice("u", allowMonthlyUsd, report, stack), [
      { verdict: "fail", urn: "u", path: "", message: ADVICE, advisory: true },
    ]);
    assert.deepEqual(needlessAllowanceAdvice("u", { [CHANNEL]: 3 }, report, stack), []);
  });

  it("is not given while something of the type is not known yet", () => {
    const server = (instanceType: PropertyValue) => [primary(INSTANCE, "server", { instanceType })];
    const advice = (instanceType: PropertyValue) => {
      const allowMonthlyUsd = { [INSTANCE]: 3 };
      const report = costOf(server(instanceType), { allowMonthlyUsd }, "preview");
      return needlessAllowanceAdvice("u", allowMonthlyUsd, report, server(instanceType)).length;
    };
    assert.deepEqual([advice(UNKNOWN), advice("t4g.nano")], [0, 1]);
  });

  it("is told once, by the standby's rule where there is a standby and by the stack's elsewhere", () => {
    const settings = { monthlyUsdLimit: 50, allowMonthlyUsd: { [VPC]: 3 } };
    const told = (rule: typeof stackIdleCost | typeof standbyIdleCost, withStandby: boolean) =>
      judged(
        rule as typeof stackIdleCost,
        [
          STACK,
          ...providers,
          primary(VPC, "net"),
          ...(withStandby ? [standby(BUCKET, "copy", { tags: { role: "standby" } })] : []),
        ],
        settings,
      ).filter(({ message }) => message.startsWith("allowMonthlyUsd declares")).length;
    assert.deepEqual(
      [
        told(standbyIdleCost as never, true),
        told(stackIdleCost, true),
        told(standbyIdleCost as never, false),
        told(stackIdleCost, false),
      ],
      [1, 0, 0, 1],
    );
  });

  it("is not earned by the example that the rules' own pages give", () => {
    for (const { lever } of [standbyNote, stackNote]) {
      const [, type] = /allowMonthlyUsd: \{"([^"]+)": 3\}/.exec(lever) ?? [];
      assert.equal(type, CHANNEL);
      assert.equal(idleClass(primary(type, "one")).kind, "unknown");
    }
  });
});
