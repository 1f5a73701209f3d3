import { Worker } from "node:worker_threads";
import { ENGINE_UNKNOWN_STRINGS, isUnknown } from "../model/unknown";

/** A thread that runs this module of the project; `file` is resolved by the caller. */
function startWorker(file: string, workerData: unknown): Worker {
  const modules = [require.resolve("tsx/cjs"), file];
  return new Worker(modules.map((each) => `require(${JSON.stringify(each)});`).join("\n"), {
    eval: true,
    workerData,
  });
}

/**
 * Resolves or rejects as `listen` says, which starts its threads with `start`. Rejects with the signal's reason when
 * aborted and with what a thread throws. However it ends, no thread is left.
 */
export async function withThreads<T>(
  signal: AbortSignal,
  listen: (
    start: (...order: Parameters<typeof startWorker>) => Worker,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ) => void,
): Promise<T> {
  signal.throwIfAborted();
  const workers: Worker[] = [];
  let abort = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      const start = (file: string, workerData: unknown) => {
        const worker = startWorker(file, workerData);
        workers.push(worker);
        worker.once("error", reject);
        return worker;
      };
      listen(start, resolve, reject);
    });
  } finally {
    signal.removeEventListener("abort", abort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const [UNKNOWN_TEXT = ""] = ENGINE_UNKNOWN_STRINGS;

/** Symbols do not cross into a thread; the engine's own word for "not known yet" does. */
export function cloneable(value: unknown): unknown {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(cloneable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneable(item)]));
}
