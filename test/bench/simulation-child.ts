import { readFileSync } from "node:fs";
import { type FailoverPlan, failoverPairs } from "../../model/failover-plan";
import { fromEngineValue } from "../../model/unknown";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";
import { simulate } from "../../rehearsal/simulation/simulate";

/** One simulation in a process of its own: `simulation-child.ts PLAN.json CUTOVERS`; prints its seconds. */
const [file = "", cutovers = ""] = process.argv.slice(2);
const plan = fromEngineValue(JSON.parse(readFileSync(file, "utf8"))) as unknown as FailoverPlan;
const [pair] = failoverPairs(plan);
if (!pair) throw new Error("the plan has no failover pair");
const started = performance.now();
const { cutover } = simulate({
  plan,
  pair,
  scenario: primaryDown,
  cutovers: Number(cutovers),
  resolvers: 100,
  seed: 1,
});
const seconds = (performance.now() - started) / 1_000;
process.stdout.write(`${JSON.stringify({ count: cutover.count, seconds })}\n`);
