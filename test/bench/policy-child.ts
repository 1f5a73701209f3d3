import { evaluate } from "../../policy/evaluate";
import { grownStack } from "./grown-stack";

/**
 * All rules on one stack in a process of its own, as whoever previews or checks has them, with nothing warmed up
 * before: `policy-child.ts RESOURCES`. Prints how many resources and rules there were, and the seconds of judging.
 */

/** Budgets that no stack reaches, so that both cost rules judge. */
const CONFIG = {
  "stack-idle-cost": { monthlyUsdLimit: 1e9 },
  "standby-idle-cost": { monthlyUsdLimit: 1e9 },
};

function run(size: number): void {
  const resources = grownStack(size);
  const started = performance.now();
  const { rules, findings } = evaluate(resources, CONFIG);
  const seconds = (performance.now() - started) / 1_000;
  const told = { resources: resources.length, rules, findings: findings.length, seconds };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

run(Number(process.argv[2]));
