import { readFileSync } from "node:fs";
import { answerSets } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import { fromEngineValue } from "../../model/unknown";
import { type Scenario, scenarioByName, scenarioNames } from "../../rehearsal/simulation/scenario";
import { simulate } from "../../rehearsal/simulation/simulate";

/**
 * Simulations in a process of their own: `simulation-child.ts PLAN.json CUTOVERS [SCENARIO]`, or `all` scenarios;
 * prints their seconds.
 */
const [file = "", cutovers = "", given = "primary-down"] = process.argv.slice(2);
const plan = fromEngineValue(JSON.parse(readFileSync(file, "utf8"))) as unknown as FailoverPlan;
const [set] = answerSets(plan);
if (!set) throw new Error("the plan has no set to play");
const started = performance.now();
let count = 0;
let violations = 0;
for (const name of given === "all" ? scenarioNames() : [given]) {
  const scenario = scenarioByName(name) as Scenario;
  const played = simulate({ plan, set, scenario, cutovers: Number(cutovers), resolvers: 100, seed: 1 });
  count += played.cutover.count;
  violations += played.violations.length;
}
const seconds = (performance.now() - started) / 1_000;
process.stdout.write(`${JSON.stringify({ count, seconds, violations })}\n`);
