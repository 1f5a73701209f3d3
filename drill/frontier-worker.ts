import { parentPort, workerData } from "node:worker_threads";
import { fromEngineValue } from "../model/unknown";
import { type FrontierOrder, rehearsedFrontier } from "./frontier";

/** The worker's half of `runFrontier`. Resources cross with UNKNOWN in the engine's own spelling. */
const { resources, set, scenario, seed } = fromEngineValue(workerData) as unknown as FrontierOrder;
parentPort?.postMessage(rehearsedFrontier(resources, set, scenario, seed));
