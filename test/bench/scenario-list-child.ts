import { rehearsedSets } from "../../cli/rehearsed-sets";
import { runSimulations } from "../../drill/simulation-run";
import { planFromResources } from "../../model/plan-from-resources";
import { groupAlike } from "../../rehearsal/simulation/alike-sets";
import { type Scenario, scenarioByName, scenarioNames } from "../../rehearsal/simulation/scenario";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import { ROOT } from "./measured-process";

/**
 * The profile API's program stood up, then every scenario under the virtual clock, as `rehearse --scenario all` does
 * both, in a process of its own: `scenario-list-child.ts CUTOVERS RESOLVERS`. Prints the time of each part.
 */
const SEED = 1;

async function run(cutovers: number, resolvers: number): Promise<void> {
  const standUp = stopwatch();
  const program = await runUnderMocks({ projectDir: ROOT, stack: "dev" });
  if (program.kind !== "ok") throw new Error("the dev stack cannot be stood up");
  const plan = planFromResources(program.resources);
  const stoodUp = standUp();
  const playing = stopwatch();
  const scenarios = scenarioNames().map((name) => scenarioByName(name) as Scenario);
  const runs = [];
  const stack = { resources: program.resources, phase: "settled" } as const;
  for (const [{ set }] of groupAlike(plan, rehearsedSets(plan, stack, () => undefined).playable)) {
    const options = { plan, set, cutovers, resolvers, seed: SEED };
    runs.push(...(await runSimulations(options, scenarios, new AbortController().signal, () => {})));
  }
  const played = playing();
  const told = {
    scenarios: scenarios.length,
    plays: runs.length,
    cutovers: runs.reduce((sum, { cutover }) => sum + cutover.count, 0),
    violations: runs.reduce((sum, { violations }) => sum + violations.length, 0),
    standUpSeconds: stoodUp.seconds,
    standUpCpuSeconds: stoodUp.cpuSeconds,
    seconds: played.seconds,
    cpuSeconds: played.cpuSeconds,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

/** Reads wall and CPU seconds, of every thread, since it was made. */
function stopwatch(): () => { seconds: number; cpuSeconds: number } {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
  };
}

const [cutovers = "", resolvers = ""] = process.argv.slice(2);
void run(Number(cutovers), Number(resolvers));
