import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stream } from "../../rehearsal/simulation/random";
import { type InterruptedRun, interruptedRehearsal } from "./interrupted-rehearsal";

const ENDS_WITHIN_MS = 1_000;
/** What an empty process takes from start to end on a machine that has nothing else to do, generously. */
const EMPTY_PROCESS_MS = 80;
const FOLDER = path.join("reports", "dev-primary-down");
const SEED = 1;

describe("an interrupted rehearsal", function () {
  this.timeout(60_000);
  // The times are those of a real process: on a busy machine one attempt can be late.
  this.retries(2);
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const assertEnded = ({ code, leftovers, tookMs }: InterruptedRun) => {
    assert.deepEqual({ code, leftovers }, { code: 11, leftovers: [] });
    if (tookMs < ENDS_WITHIN_MS) return;
    // A busy machine is slower by so much in everything.
    const slowdown = emptyProcessMs() / EMPTY_PROCESS_MS;
    assert.ok(tookMs < ENDS_WITHIN_MS * slowdown, `${tookMs} ms on a machine ${slowdown} times slower`);
  };
  const emptyProcessMs = () => {
    const startedAt = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    return performance.now() - startedAt;
  };
  /** The samples that are left, each of them whole; nothing else is. */
  const samplesLeft = () => {
    assert.deepEqual(readdirSync(path.join(cwd, FOLDER)), ["samples.partial.ndjson"]);
    const text = readFileSync(path.join(cwd, FOLDER, "samples.partial.ndjson"), "utf8");
    assert.ok(text.endsWith("\n"));
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const assertSaysWhere = ({ stderr }: InterruptedRun) => {
    const place = path.join(FOLDER, "samples.partial.ndjson");
    assert.ok(stderr.endsWith(`warm-standby: interrupted; the samples so far are in\n  ${place}\n`), stderr);
  };

  it("ends while the program is stood up", async () => {
    // A second in; should the stand-up be over by then, as on a fast machine, it is simulating, which is as good.
    const run = await interruptedRehearsal(cwd, { afterMs: 1_000, argv: ["--cutovers", "1000000"] });
    assertEnded(run);
    if (existsSync(path.join(cwd, "reports"))) assertSaysWhere(run);
    else assert.ok(run.stderr.endsWith("warm-standby: interrupted; no sample was taken yet\n"), run.stderr);
  });

  it("ends while it simulates, and leaves the cutovers so far", async () => {
    const run = await interruptedRehearsal(cwd, {
      when: /playing/,
      afterMs: 1_500,
      signal: "SIGTERM",
      argv: ["--cutovers", "1000000", "--resolvers", "3"],
    });
    assertEnded(run);
    assertSaysWhere(run);
    const samples = samplesLeft();
    assert.deepEqual(
      samples.map(({ basis, index }) => [basis, index]),
      samples.map((_, index) => ["simulated", index]),
    );
  });

  it("ends in the middle of the loopback, leaves no process and says where the samples are", async () => {
    const run = await interruptedRehearsal(cwd, {
      when: /fault: /,
      argv: ["--cutovers", "10", "--speed", "20"],
    });
    assertEnded(run);
    assertSaysWhere(run);
    const samples = samplesLeft();
    assert.equal(samples.filter(({ basis }) => basis === "simulated").length, 10);
    assert.ok(samples.some(({ kind, mark }) => kind === "mark" && mark === "fault"));
  });

  it(`ends at any moment, in seed ${SEED}`, async () => {
    const random = stream(SEED, "interrupt/moment");
    const moments = [
      { when: undefined, reaches: "process" },
      { when: /playing /, reaches: "group" },
      { when: /on loopback/, reaches: "process" },
    ] as const;
    for (const moment of moments) {
      const afterMs = 200 + random.below(600);
      const argv = ["--cutovers", "50", "--speed", "20"];
      const run = await interruptedRehearsal(cwd, { ...moment, afterMs, argv });
      assertEnded(run);
      assert.match(run.stderr, /^warm-standby: interrupted; /m);
      assert.ok(!existsSync(path.join(cwd, FOLDER, "report.json")));
    }
  });
});
