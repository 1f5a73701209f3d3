import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const BIN = path.resolve(__dirname, "../../bin/warm-standby.js");
const ENDS_WITHIN_MS = 1_000;

describe("an interrupted rehearsal", function () {
  this.timeout(60_000);
  // The times are those of a real process: on a busy machine one attempt can be late.
  this.retries(2);
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  /** Starts a rehearsal, sends it `signal` once stderr shows `when`, and waits for its end. */
  async function interrupted(when: RegExp | undefined, signal: NodeJS.Signals, argv: readonly string[] = []) {
    // A process group of its own shows what the rehearsal leaves behind.
    const child = spawn(process.execPath, [BIN, "rehearse", ...argv], {
      cwd,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let err = "";
    const ready = new Promise<void>((resolve) => {
      if (when === undefined) setTimeout(resolve, 1_000);
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        err += text;
        if (when?.test(err)) resolve();
      });
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    try {
      await Promise.race([ready, ended]);
      const sentAt = performance.now();
      child.kill(signal);
      const code = await ended;
      return {
        code,
        tookMs: performance.now() - sentAt,
        lastLine: err.trimEnd().split("\n").at(-1),
        leftovers: groupExists(child),
      };
    } finally {
      if (groupExists(child)) process.kill(-(child.pid ?? 0), "SIGKILL");
    }
  }

  it("ends while the program is stood up", async () => {
    // Should the stand-up be over by then, as on a fast machine, it is simulating, which is as good.
    const { code, tookMs, lastLine, leftovers } = await interrupted(undefined, "SIGINT", [
      ...["--cutovers", "1000000"],
    ]);
    assert.deepEqual([code, leftovers], [11, false]);
    assert.ok(tookMs < ENDS_WITHIN_MS, `${tookMs} ms`);
    assert.equal(lastLine, "warm-standby: interrupted; no sample was taken yet");
    assert.ok(!existsSync(path.join(cwd, "reports")));
  });

  it("ends while it simulates", async () => {
    const { code, tookMs, lastLine, leftovers } = await interrupted(/playing/, "SIGTERM", [
      "--cutovers",
      "1000000",
    ]);
    assert.deepEqual([code, leftovers], [11, false]);
    assert.ok(tookMs < ENDS_WITHIN_MS, `${tookMs} ms`);
    assert.equal(lastLine, "warm-standby: interrupted; no sample was taken yet");
  });

  it("ends in the middle of the loopback, leaves no process and says where the samples are", async () => {
    const { code, tookMs, lastLine, leftovers } = await interrupted(/fault: /, "SIGINT", [
      "--cutovers",
      "10",
      "--speed",
      "20",
    ]);
    assert.deepEqual([code, leftovers], [11, false]);
    assert.ok(tookMs < ENDS_WITHIN_MS, `${tookMs} ms`);
    const samples = path.join("reports", "dev-primary-down", "samples.ndjson");
    assert.equal(lastLine, `warm-standby: interrupted; the samples so far are in ${samples}`);
    const lines = readFileSync(path.join(cwd, samples), "utf8").trimEnd().split("\n");
    assert.ok(
      lines.map((line) => JSON.parse(line)).some(({ kind, mark }) => kind === "mark" && mark === "fault"),
    );
    assert.ok(!existsSync(path.join(cwd, "reports", "dev-primary-down", "report.json")));
  });
});

/** Whether anything of the child's process group still runs. */
function groupExists({ pid = 0 }: ChildProcess): boolean {
  try {
    process.kill(-pid, 0);
  } catch {
    return false;
  }
  return !existsSync("/proc/self/stat") || readdirSync("/proc").some((entry) => runsIn(entry, pid));
}

/** A process that has ended stays listed until it is collected, which is not the rehearsal's affair. */
function runsIn(entry: string, group: number): boolean {
  try {
    const [state, , processGroup] = readFileSync(`/proc/${entry}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return processGroup === `${group}` && state !== "Z";
  } catch {
    return false;
  }
}
