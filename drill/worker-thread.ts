import { Worker } from "node:worker_threads";
import { ENGINE_UNKNOWN_STRINGS, isUnknown } from "../model/unknown";

/** A thread that runs this module of the project; `file` is resolved by the caller. */
export function startWorker(file: string, workerData: unknown): Worker {
  const modules = [require.resolve("tsx/cjs"), file];
  return new Worker(modules.map((each) => `require(${JSON.stringify(each)});`).join("\n"), {
    eval: true,
    workerData,
  });
}

const [UNKNOWN_TEXT = ""] = ENGINE_UNKNOWN_STRINGS;

/** Symbols do not cross into a thread; the engine's own word for "not known yet" does. */
export function cloneable(value: unknown): unknown {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(cloneable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneable(item)]));
}
