import { readFileSync } from "node:fs";
import { rehearsedSets } from "../../cli/rehearsed-sets";
import { runSimulations } from "../../drill/simulation-run";
import { answerSets } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import { fromEngineValue } from "../../model/unknown";
import { groupAlike } from "../../rehearsal/simulation/alike-sets";
import { type Scenario, scenarioByName, scenarioNames } from "../../rehearsal/simulation/scenario";
import { simulate } from "../../rehearsal/simulation/simulate";

/**
 * Simulations in a process of their own: `simulation-child.ts PLAN.json CUTOVERS [SCENARIO]`, or `all`: whatever
 * `rehearse --scenario all` plays, in the same way. Prints their seconds, and the bytes that are still alive at the
 * end beside the results; for that it needs `--expose-gc`.
 */
const RESOLVERS = 100;
const SEED = 1;

async function run(file: string, cutovers: number, given: string): Promise<void> {
  const plan = fromEngineValue(JSON.parse(readFileSync(file, "utf8"))) as unknown as FailoverPlan;
  const started = performance.now();
  const played = given === "all" ? await playAll(plan, cutovers) : [playOne(plan, cutovers, given)];
  const seconds = (performance.now() - started) / 1_000;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const count = played.reduce((sum, { cutover }) => sum + cutover.count, 0);
  const violations = played.reduce((sum, each) => sum + each.violations.length, 0);
  const told = { plays: played.length, count, seconds, violations, liveBytes: heapUsed + arrayBuffers };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

function playOne(plan: FailoverPlan, cutovers: number, name: string) {
  const [set] = answerSets(plan);
  if (!set) throw new Error("the plan has no set to play");
  const scenario = scenarioByName(name) as Scenario;
  return simulate({ plan, set, scenario, cutovers, resolvers: RESOLVERS, seed: SEED });
}

async function playAll(plan: FailoverPlan, cutovers: number) {
  const scenarios = scenarioNames().map((name) => scenarioByName(name) as Scenario);
  const { playable } = rehearsedSets(plan, () => undefined);
  const runs = [];
  for (const [{ set }] of groupAlike(plan, playable)) {
    const options = { plan, set, cutovers, resolvers: RESOLVERS, seed: SEED };
    runs.push(...(await runSimulations(options, scenarios, new AbortController().signal, () => {})));
  }
  return runs;
}

const [file = "", cutovers = "", given = "primary-down"] = process.argv.slice(2);
void run(file, Number(cutovers), given);
