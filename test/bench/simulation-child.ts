import { readFileSync } from "node:fs";
import { answerSets } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import { fromEngineValue } from "../../model/unknown";
import { type Scenario, scenarioByName } from "../../rehearsal/simulation/scenario";
import { simulate } from "../../rehearsal/simulation/simulate";

/**
 * One simulation in a process of its own: `simulation-child.ts PLAN.json CUTOVERS RESOLVERS`. Prints its seconds, and
 * the bytes that are still alive at the end beside the results; for that it needs `--expose-gc`.
 */
const SCENARIO = "primary-down";
const SEED = 1;

function run(file: string, cutovers: number, resolvers: number): void {
  const plan = fromEngineValue(JSON.parse(readFileSync(file, "utf8"))) as unknown as FailoverPlan;
  const [set] = answerSets(plan);
  if (!set) throw new Error("the plan has no set to play");
  const scenario = scenarioByName(SCENARIO) as Scenario;
  const started = performance.now();
  const simulation = simulate({ plan, set, scenario, cutovers, resolvers, seed: SEED });
  const seconds = (performance.now() - started) / 1_000;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const told = {
    count: simulation.cutover.count,
    seconds,
    violations: simulation.violations.length,
    liveBytes: heapUsed + arrayBuffers,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

const [file = "", cutovers = "", resolvers = ""] = process.argv.slice(2);
run(file, Number(cutovers), Number(resolvers));
