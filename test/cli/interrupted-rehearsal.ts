import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const BIN = path.resolve(__dirname, "../../bin/warm-standby.js");
/** Inherited by everything that a rehearsal starts, whatever process group that puts itself in. */
const MARKER = "WARM_STANDBY_INTERRUPT_TEST";

export interface Interruption {
  readonly argv?: readonly string[];
  /** The signal is sent `afterMs` after stderr first shows this, or after the start where it is not given. */
  readonly when?: RegExp;
  readonly afterMs?: number;
  readonly signal?: NodeJS.Signals;
  /** As Ctrl-C on a terminal, which reaches the children too, or as a supervisor that knows one process. */
  readonly reaches?: "group" | "process";
}

export interface InterruptedRun {
  /** Null where the signal itself ended the process. */
  readonly code: number | null;
  /** From the signal to the end of the process. */
  readonly tookMs: number;
  readonly stderr: string;
  /** Whether the report took its place. */
  readonly finished: boolean;
  /** Processes that still run; empty, too, where the system does not list them. */
  readonly leftovers: readonly number[];
}

/** Runs `warm-standby rehearse` in `cwd`, interrupts it, and waits for its end. */
export async function interruptedRehearsal(
  cwd: string,
  { argv = [], when, afterMs = 0, signal = "SIGINT", reaches = "process" }: Interruption,
): Promise<InterruptedRun> {
  const id = randomUUID();
  const child = spawn(process.execPath, [BIN, "rehearse", ...argv], {
    cwd,
    env: { ...process.env, [MARKER]: id },
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  const shown = new Promise<void>((resolve) => {
    if (when === undefined) resolve();
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (when?.test(stderr)) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const due = shown.then(() => new Promise((resolve) => setTimeout(resolve, afterMs)));
  await Promise.race([due, ended]);
  const sentAt = performance.now();
  if (child.exitCode === null) process.kill((reaches === "group" ? -1 : 1) * (child.pid ?? 0), signal);
  const code = await ended;
  const tookMs = performance.now() - sentAt;
  const leftovers = processesOf(id);
  for (const pid of leftovers) process.kill(pid, "SIGKILL");
  await closed;
  return { code, tookMs, stderr, finished: /^Report: /m.test(stderr), leftovers };
}

function processesOf(id: string): number[] {
  return entriesOf("/proc")
    .filter((entry) => /^\d+$/.test(entry) && readText(`/proc/${entry}/environ`).includes(`${MARKER}=${id}`))
    .map(Number);
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** A process that has ended has no environment, even where it is still listed. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
