import { parentPort, workerData } from "node:worker_threads";
import type { FailoverPair, FailoverPlan } from "../model/failover-plan";
import { fromEngineValue } from "../model/unknown";
import type { Scenario } from "../rehearsal/simulation/scenario";
import { simulate } from "../rehearsal/simulation/simulate";
import { type SimulationMessage, simulationFigures } from "./simulation-run";

/** The worker's half of `runSimulation`. The plan crosses with UNKNOWN in the engine's own spelling. */
const { plan, pair, ...rest } = workerData as {
  plan: unknown;
  pair: unknown;
  scenario: Scenario;
  cutovers: number;
  resolvers: number;
  seed: number;
};
const post = (message: SimulationMessage) => parentPort?.postMessage(message);

const simulation = simulate({
  ...rest,
  plan: fromEngineValue(plan) as unknown as FailoverPlan,
  pair: fromEngineValue(pair) as unknown as FailoverPair,
  onProgress: (done, of) => post({ kind: "progress", done, of }),
});
post({ kind: "done", figures: simulationFigures(simulation) });
