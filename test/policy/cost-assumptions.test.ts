import assert from "node:assert/strict";
import { assumptionFaults, judgingAssumptions } from "../../policy/cost-assumptions";
import { configFaults, evaluate, type PolicyConfig } from "../../policy/evaluate";
import { profileApiStack } from "./profile-api-stack";

type Given = Readonly<Record<string, unknown>>;

/** The faults of what the standby's and the stack's rule are given; undefined where one is disabled. */
const faults = (standby: Given | undefined, stack: Given | undefined) =>
  assumptionFaults(({ id }) => (id === "standby-idle-cost" ? standby : stack));

const A = "aws:madeup/a:A";
const B = "aws:madeup/b:B";
const DIFFERENT =
  "tableGb is 1 in standby-idle-cost and 5 in stack-idle-cost, which would price one stack in two ways; " +
  "allowed: one value; give both rules the same, or disable one of them";

describe("policy/cost-assumptions", () => {
  it("refuses what one of two judging rules is given alone, or both differently", () => {
    assert.deepEqual(faults({}, { monthlyUsdLimit: 9, tableGb: 5 }), [DIFFERENT]);
    assert.deepEqual(faults({ tableGb: 1 }, { monthlyUsdLimit: 9, tableGb: 5 }), [DIFFERENT]);
    assert.deepEqual(faults({ allowMonthlyUsd: { [A]: 1 } }, { monthlyUsdLimit: 9 }), [
      `allowMonthlyUsd is {"${A}":1} in standby-idle-cost and {} in stack-idle-cost, which would price one stack in ` +
        "two ways; allowed: one value; give both rules the same, or disable one of them",
    ]);
  });

  it("takes the same values in any order, a default that is written out, and limits of their own", () => {
    const both = { allowMonthlyUsd: { [A]: 1, [B]: 2 }, tableGb: 1 };
    const turned = { allowMonthlyUsd: { [B]: 2, [A]: 1 }, monthlyUsdLimit: 9 };
    assert.deepEqual(faults({ ...both, monthlyUsdLimit: 5 }, turned), []);
  });

  it("asks nothing of a rule that does not judge: disabled, without a budget, or of wrong settings", () => {
    assert.deepEqual(faults({}, { tableGb: 5 }), []);
    assert.deepEqual(faults(undefined, { monthlyUsdLimit: 9, tableGb: 5 }), []);
    assert.deepEqual(faults({ tableGb: 5 }, undefined), []);
    assert.deepEqual(faults({ tableGb: -1 }, { monthlyUsdLimit: 9, tableGb: 5 }), []);
    assert.deepEqual(
      judgingAssumptions(() => undefined),
      [],
    );
  });

  it("is one line of a configuration file, and a mandatory finding of a check", () => {
    const config: PolicyConfig = { "stack-idle-cost": { monthlyUsdLimit: 900, tableGb: 5 } };
    assert.deepEqual(configFaults(config), [DIFFERENT]);
    assert.deepEqual(configFaults({ ...config, "standby-idle-cost": "disabled" }), []);
    const { findings } = evaluate(profileApiStack(), config);
    assert.deepEqual(
      findings
        .filter(({ message }) => message === DIFFERENT)
        .map(({ rule, level, verdict }) => ({ rule, level, verdict })),
      [{ rule: "stack-idle-cost", level: "mandatory", verdict: "fail" }],
    );
  });
});
