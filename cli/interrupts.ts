import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Whether the run has been interrupted, a moment ago included: signals are heard between two turns of the event loop
 * only, and whoever has computed for long, or lost a child process to the same Ctrl-C, may not have heard it yet.
 */
export async function isInterrupted(signal: AbortSignal): Promise<boolean> {
  // The first turn may be what is left of this one.
  for (let turn = 0; turn < 2; turn++) await nextTurn();
  return signal.aborted;
}

/** @throws the signal's reason when the run has been interrupted. */
export async function stopIfInterrupted(signal: AbortSignal): Promise<void> {
  if (await isInterrupted(signal)) throw signal.reason;
}
