import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { DEFAULT_ASSUMPTIONS } from "../../../policy/prices/assumptions";
import { idleCost } from "../../../policy/prices/idle-cost";
import type { JudgedStack } from "../../../policy/rule";
import { judgedCost } from "../../../policy/rules/judged-cost";
import { providers, standby } from "../prices/meters";

function judged(resources: readonly StackResource[]): JudgedStack {
  const joins = new StackJoins(resources);
  return { resources, plan: planFromResources(resources, joins), joins, phase: "settled" };
}

const TABLE = "aws:dynamodb/table:Table";
const stack = judged([
  ...providers,
  standby(TABLE, "table", { name: "table", hashKey: "id", billingMode: "PAY_PER_REQUEST" }),
  standby("aws:kms/key:Key", "key"),
  standby("aws:gamelift/fleet:Fleet", "fleet"),
]);

describe("policy/rules/judged-cost", () => {
  it("is the stack's idle cost", () => {
    assert.deepEqual(judgedCost(stack, DEFAULT_ASSUMPTIONS), idleCost(stack.resources, stack.plan));
  });

  it("is made once for the same assumptions, in whatever order types are declared", () => {
    const allowMonthlyUsd = { "aws:gamelift/fleet:Fleet": 7, "aws:gamelift/build:Build": 1 };
    const reversed = Object.fromEntries(Object.entries(allowMonthlyUsd).reverse());
    const first = judgedCost(stack, { ...DEFAULT_ASSUMPTIONS, allowMonthlyUsd });
    assert.equal(judgedCost(stack, { ...DEFAULT_ASSUMPTIONS, allowMonthlyUsd: reversed }), first);
  });

  for (const [what, assumptions] of [
    ["an assumption", { tableGb: 2 }],
    ["a declared type", { allowMonthlyUsd: { "aws:gamelift/fleet:Fleet": 7 } }],
  ] as const) {
    it(`is another where ${what} differs`, () => {
      const all = { ...DEFAULT_ASSUMPTIONS, ...assumptions };
      assert.deepEqual(judgedCost(stack, all), idleCost(stack.resources, stack.plan, all));
      assert.notDeepEqual(judgedCost(stack, all), judgedCost(stack, DEFAULT_ASSUMPTIONS));
    });
  }

  it("is another in another phase, and of another stack", () => {
    const settled = judgedCost(stack, DEFAULT_ASSUMPTIONS);
    assert.notEqual(judgedCost({ ...stack, phase: "preview" }, DEFAULT_ASSUMPTIONS), settled);
    assert.notDeepEqual(judgedCost(judged([...providers]), DEFAULT_ASSUMPTIONS), settled);
  });

  it("is that of the day, on which a version may have left standard support", () => {
    const clusters = judged([
      ...providers,
      standby("aws:eks/cluster:Cluster", "cluster", { version: "1.34" }),
    ]);
    const on = (asOf?: string) => judgedCost({ ...clusters, asOf }, DEFAULT_ASSUMPTIONS).totalMicroUsd;
    assert.deepEqual([on(), on("2026-12-02"), on("2026-12-03")], [73_000_000, 73_000_000, 438_000_000]);
  });
});
