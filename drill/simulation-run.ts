import { Worker } from "node:worker_threads";
import { ENGINE_UNKNOWN_STRINGS, isUnknown } from "../model/unknown";
import type { Simulation, SimulationOptions } from "../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../rehearsal/simulation/simulated-sample";
import type { SimulationFigures } from "./report/report";

export type SimulationMessage =
  | { readonly kind: "sample"; readonly sample: SimulatedSample }
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | { readonly kind: "done"; readonly figures: SimulationFigures };

/** What the worker is started with. */
export interface SimulationOrder {
  /** In the engine's own spelling of UNKNOWN. */
  readonly options: unknown;
  /** How many samples are on their way; the worker waits at `SAMPLES_UNREAD_MAX`, so that no queue grows. */
  readonly unread: Int32Array;
}

export const SAMPLES_UNREAD_MAX = 16;

/** So many violations are told one by one; a broken invariant breaks in every cutover. */
const VIOLATIONS_TOLD = 10;

/**
 * Runs the simulation in a thread of its own: it computes for seconds without a pause, and an interrupt must be
 * heard meanwhile. Rejects with the signal's reason when aborted, and with what `onSample` throws.
 */
export async function runSimulation(
  options: SimulationOptions,
  signal: AbortSignal,
): Promise<SimulationFigures> {
  signal.throwIfAborted();
  const { onProgress, onSample, ...rest } = options;
  const unread = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const order: SimulationOrder = { options: cloneable(rest), unread };
  const modules = [require.resolve("tsx/cjs"), require.resolve("./simulation-worker")];
  const worker = new Worker(modules.map((file) => `require(${JSON.stringify(file)});`).join("\n"), {
    eval: true,
    workerData: order,
  });
  const receive = (message: Exclude<SimulationMessage, { kind: "done" }>) => {
    if (message.kind === "progress") return onProgress?.(message.done, message.of);
    Atomics.sub(unread, 0, 1);
    Atomics.notify(unread, 0);
    onSample?.(message.sample);
  };
  try {
    return await new Promise<SimulationFigures>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      worker.on("message", (message: SimulationMessage) => {
        if (message.kind === "done") return resolve(message.figures);
        try {
          receive(message);
        } catch (error) {
          reject(error);
        }
      });
      worker.once("error", reject);
      worker.once("exit", (code) => reject(new Error(`the simulation ended early with code ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}

/** What a report holds of a simulation. */
export function simulationFigures({
  cutover,
  failback,
  requests,
  violations,
}: Simulation): SimulationFigures {
  const told = violations
    .slice(0, VIOLATIONS_TOLD)
    .map(({ message, replay }) => `${message}; replay: ${replay}`);
  const more = violations.length - told.length;
  return {
    cutover: {
      count: cutover.count,
      unhealthySeconds: cutover.unhealthySeconds.summary(),
      authoritativeSeconds: cutover.authoritativeSeconds.summary(),
      clientSeconds: cutover.clientSeconds.summary(),
      stranded: cutover.stranded,
    },
    failback: {
      count: failback.count,
      healthySeconds: failback.healthySeconds.summary(),
      authoritativeSeconds: failback.authoritativeSeconds.summary(),
      clientSeconds: failback.clientSeconds.summary(),
      stranded: failback.stranded,
    },
    requests: { ...requests },
    violations: more > 0 ? [...told, `${more} more of the same run`] : told,
  };
}

const [UNKNOWN_TEXT = ""] = ENGINE_UNKNOWN_STRINGS;

/** Symbols do not cross into a thread; the engine's own word for "not known yet" does. */
function cloneable(value: unknown): unknown {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(cloneable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneable(item)]));
}
