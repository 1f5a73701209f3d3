import { parentPort, workerData } from "node:worker_threads";
import { fromEngineValue } from "../model/unknown";
import type { Scenario } from "../rehearsal/simulation/scenario";
import { type SimulationOptions, simulate } from "../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../rehearsal/simulation/simulated-sample";
import {
  SAMPLES_UNREAD_MAX,
  type SimulationMessage,
  type SimulationOrder,
  simulationFigures,
} from "./simulation-run";

/** The worker's half of `runSimulation`. The plan crosses with UNKNOWN in the engine's own spelling. */
const { options, scenarios, next, samples, unread } = workerData as SimulationOrder;
const { plan, set, ...rest } = options as Omit<SimulationOptions, "scenario">;
const post = (message: SimulationMessage) => parentPort?.postMessage(message);

function postSample(sample: SimulatedSample): void {
  for (let ahead = Atomics.load(unread, 0); ahead >= SAMPLES_UNREAD_MAX; ahead = Atomics.load(unread, 0)) {
    Atomics.wait(unread, 0, ahead);
  }
  Atomics.add(unread, 0, 1);
  post({ kind: "sample", sample });
}

const known = {
  ...rest,
  plan: fromEngineValue(plan) as unknown as SimulationOptions["plan"],
  set: fromEngineValue(set) as unknown as SimulationOptions["set"],
};
for (let place = Atomics.add(next, 0, 1); place < scenarios.length; place = Atomics.add(next, 0, 1)) {
  const simulation = simulate({
    ...known,
    scenario: scenarios[place] as Scenario,
    onProgress: (done, of) => post({ kind: "progress", done, of }),
    ...(samples && { onSample: postSample }),
  });
  post({ kind: "done", scenario: place, figures: simulationFigures(simulation) });
}
