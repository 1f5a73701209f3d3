import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");

export interface MeasuredProcess {
  readonly code: number | null;
  readonly wallSeconds: number;
  /** Sum of the peaks of all its processes, hence at least the peak of the sum. */
  readonly peakBytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of this project in a process of its own and measures it from start to end. */
export async function measure(
  argv: readonly string[],
  {
    cwd = ROOT,
    env = {},
    command = process.execPath,
  }: { cwd?: string; env?: Record<string, string>; command?: string } = {},
): Promise<MeasuredProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  const started = performance.now();
  try {
    const child = spawn(command, argv, {
      cwd,
      env: {
        ...process.env,
        NODE_OPTIONS: `--require ${JSON.stringify(path.join(__dirname, "peak-memory.js"))}`,
        WARM_STANDBY_PEAK_MEMORY_DIR: folder,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const wallSeconds = (performance.now() - started) / 1_000;
    const peakBytes = readdirSync(folder)
      .map((file) => Number(readFileSync(path.join(folder, file), "utf8")))
      .reduce((sum, bytes) => sum + bytes, 0);
    return { code, wallSeconds, peakBytes, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle value; of an even number the upper one of the two. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error("a median needs a value");
  return middle;
}
