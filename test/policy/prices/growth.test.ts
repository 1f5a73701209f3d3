import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { evaluate } from "../../../policy/evaluate";
import { idleCost } from "../../../policy/prices/idle-cost";
import { rules } from "../../../policy/rules/registry";
import { grownStack } from "../../bench/grown-stack";

/** Resources that count how often anything of them is read. */
function counted(resources: readonly StackResource[]) {
  const reads = { count: 0 };
  const get = (target: object, key: string | symbol) => {
    reads.count += 1;
    return Reflect.get(target, key);
  };
  const watched = resources.map((one) => {
    const properties = new Proxy<Properties>(one.properties, { get });
    return new Proxy<StackResource>({ ...one, properties }, { get });
  });
  return { watched, reads };
}

const SMALL = 400;
const TIMES = 10;

/** How many times as many reads a stack of ten times the size takes; deterministic, other than time. */
function growth(judge: (resources: readonly StackResource[]) => void): number {
  const [small, large] = [SMALL, SMALL * TIMES].map((size) => {
    const { watched, reads } = counted(grownStack(size));
    judge(watched);
    return reads.count / watched.length;
  });
  return ((large ?? Number.NaN) / (small ?? Number.NaN)) * TIMES;
}

const BUDGETS = {
  "stack-idle-cost": { monthlyUsdLimit: 1e9 },
  "standby-idle-cost": { monthlyUsdLimit: 1e9 },
};

describe("policy/prices/growth", () => {
  it("reads ten times as much of a stack ten times as large, whatever its resources have to join", () => {
    const times = growth((resources) => idleCost(resources, planFromResources(resources)));
    assert.ok(times <= 10.1, `${times.toFixed(2)} times as many reads`);
  });

  for (const rule of rules) {
    it(`does so for ${rule.id}`, () => {
      const times = growth((resources) => evaluate(resources, BUDGETS, { rules: [rule] }));
      assert.ok(times <= 10.1, `${times.toFixed(2)} times as many reads`);
    });
  }

  it("prices all of the stack that it grows", () => {
    const resources = grownStack(SMALL);
    assert.deepEqual(idleCost(resources, planFromResources(resources)).unpriced, []);
  });
});
