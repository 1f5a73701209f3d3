import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runUnderMocks } from "../../rehearsal/standin/run-program";

const ROOT = path.resolve(__dirname, "../..");
const BIN = path.join(ROOT, "bin", "warm-standby.js");

describe("bin/warm-standby", function () {
  this.timeout(60_000);
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const run = (...argv: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...argv], {
      cwd,
      encoding: "utf8",
      // No price is old on that day, and no test depends on today.
      env: { ...process.env, WARM_STANDBY_AS_OF: "2025-01-01" },
    });
    return { status, stdout, stderr };
  };

  it("works from any folder, whatever settings lie there", () => {
    writeFileSync(path.join(cwd, "tsconfig.json"), "not json");
    const { status, stdout, stderr } = run("rules", "--json");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.ok(JSON.parse(stdout).length > 0);
  });

  it("tells a user's mistakes without a stack trace and leaves nothing behind", () => {
    assert.deepEqual(run("rehearse", "--seed", "abc", "--speed", "0", "--bogus"), {
      status: 2,
      stdout: "",
      stderr:
        "warm-standby: unknown option --bogus; --help lists the options\n" +
        "warm-standby: --seed is abc; it must be a whole number from 0 to 4294967295\n" +
        "warm-standby: --speed is 0; it must be a number above 0 and up to 100\n",
    });
    assert.deepEqual(readdirSync(cwd), []);
  });

  it("reports every wrong setting at once, and nothing else", () => {
    const { status, stdout, stderr } = run(
      "rehearse",
      ...[
        "--set",
        "healthCheckIntervalSeconds=20",
        "--set",
        "rtoObjectiveSeconds=0",
        "--set",
        "recordMode=mx",
      ],
    );
    assert.deepEqual([status, stdout], [2, ""]);
    const lines = stderr.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => /^warm-standby: warm-standby:(\w+) is /.exec(line)?.[1]),
      ["healthCheckIntervalSeconds", "recordMode", "rtoObjectiveSeconds"],
    );
    assert.deepEqual(readdirSync(cwd), []);
  });

  it("judges the program without an account, and what is exported of it alike", async () => {
    const { status, stdout } = run("check", "--json");
    assert.equal(status, 0);
    const { cost, policy } = JSON.parse(stdout);
    assert.ok(cost.standbyMonthlyUsd > 0 && cost.standbyMonthlyUsd < 5);
    assert.deepEqual([cost.unpriced, policy.violations], [[], []]);

    const exported = await runUnderMocks({ projectDir: ROOT, stack: "dev" });
    assert.ok(exported.kind === "ok");
    writeFileSync(path.join(cwd, "state.json"), JSON.stringify(exported.deployment));
    const again = run("check", "--json", "--state", "state.json");
    assert.equal(again.status, 0);
    assert.deepEqual(JSON.parse(again.stdout), { cost, policy, notes: [] });
  });

  it("judges what is piped in, as PowerShell writes it, and ends with 10", () => {
    const bad = readFileSync(path.join(ROOT, "policy", "rules", "failover-ttl", "bad.json"), "utf8");
    const { status, stdout } = spawnSync(
      process.execPath,
      [BIN, "check", "--state", "-", "--format", "github"],
      {
        cwd,
        encoding: "utf8",
        input: Buffer.from(`\ufeff${bad}`, "utf16le"),
      },
    );
    assert.equal(status, 10);
    assert.match(
      stdout,
      /^::error title=failover-ttl \(primary\)::PRIMARY CNAME record of profiles\.example\.com has a ttl of 300 s/,
    );
  });

  it("refuses an input that it cannot judge in one line, and writes nothing", () => {
    writeFileSync(path.join(cwd, "half.json"), '{"version":3,"deployment":{"resour');
    const { status, stdout, stderr } = run(
      "check",
      "--state",
      "half.json",
      "--format",
      "sarif",
      "--output",
      "out",
    );
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^warm-standby: --state half\.json: half a file: [^\n]+\n$/);
    assert.deepEqual(readdirSync(cwd), ["half.json"]);
  });
});
