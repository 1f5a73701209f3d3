import assert from "node:assert/strict";
import { evaluate, idleCostIn } from "../../policy/evaluate";
import { absurdStack, absurdTypes } from "./absurd-stack";

const STACKS = 200;
const STACK_SIZE = 500;
/** What a text holds when a value went through that should not have. */
const NONSENSE = /\bNaN\b|\bundefined\b|\bInfinity\b|\[object |Symbol\(|itself failed/;
const VERDICTS = ["pass", "fail", "notApplicable", "unknown"];

describe("policy, with 100,000 absurd resources", function () {
  this.timeout(60_000);

  const types = absurdTypes();
  for (const phase of ["preview", "settled"] as const) {
    it(`gives verdicts and amounts, and no exception, in ${phase}`, () => {
      const seen = new Set<string>();
      for (let seed = 0; seed < STACKS / 2; seed++) {
        const stack = absurdStack(seed + (phase === "preview" ? 0 : STACKS), STACK_SIZE, types);
        for (const { type } of stack) seen.add(type);
        const { findings } = evaluate(stack, { "stack-idle-cost": { monthlyUsdLimit: 100 } }, { phase });
        for (const { rule, verdict, message, urn, path } of findings) {
          const where = `seed ${seed}, ${rule} of ${urn} ${path}: ${message}`;
          assert.ok(VERDICTS.includes(verdict), where);
          // Names come from the stack; what is judged here is what the rules make of them.
          assert.doesNotMatch(message.replaceAll(/"[^"]*"/g, ""), NONSENSE, where);
        }
        const cost = idleCostIn(stack);
        for (const amount of [cost.standbyMicroUsd, cost.totalMicroUsd]) {
          assert.ok(Number.isSafeInteger(amount) && amount >= 0, `seed ${seed}: ${amount}`);
        }
        assert.ok(cost.totalMicroUsd >= cost.standbyMicroUsd, `seed ${seed}`);
      }
      assert.ok(seen.size > types.length * 0.99, `${seen.size} types of ${types.length}`);
    });
  }
});
