import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findingsIn, HAS_ENGINE, JUDGED_ON, SKIPPED } from "./engine-project";

const ROOT = path.resolve(__dirname, "../..");
/** What a Python program leaves in its state: a component with snake-case names, and AWS's own in camel case. */
const STATE = readFileSync(path.join(__dirname, "fixtures/shop-python/state.json"), "utf8");
const PASSPHRASE = "hidden";
/** 60, encrypted with the passphrase. */
const ENCRYPTED_TTL = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:leNrsP0VU0pTt3Ar:NPzlyqjIvLOn4AMpOkmx2win",
};
const SECRETS = {
  type: "passphrase",
  state: { salt: "v1:c01P1WgFKGA=:v1:WDutfktLm9q7AsPm:OcSayaeeSuSP19VOr30DdxjTWwEkCg==" },
};

/** The state with another TTL of the PRIMARY record, which is all that differs. */
function stateWith(ttl: unknown): string {
  const state = JSON.parse(STATE);
  state.deployment.secrets_providers = SECRETS;
  const primary = state.deployment.resources.find(({ urn }: { urn: string }) =>
    urn.endsWith("::site-primary"),
  );
  primary.inputs.ttl = ttl;
  primary.outputs.ttl = ttl;
  return JSON.stringify(state);
}

const environment = (more: Record<string, string>) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name))),
  WARM_STANDBY_AS_OF: JUDGED_ON,
  ...more,
});

const GOOD = STATE;
const BAD = stateWith(300);
const BAD_FINDINGS = ["mandatory failover-rto site-primary", "mandatory failover-ttl site-primary"];

describe("engine: the exported state of a Python program, through the command", function () {
  this.timeout(60_000);

  function check(state: string): { code: number | null; findings: string[]; messages: string[] } {
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.join(ROOT, "bin/warm-standby.js"), "check", "--state", "-", "--json"],
      { input: state, encoding: "utf8", cwd: ROOT, env: environment({}) },
    );
    const { violations } = JSON.parse(stdout).policy as {
      violations: { rule: string; level: string; urn: string; message: string }[];
    };
    return {
      code: status,
      findings: violations.map(({ rule, level, urn }) => `${level} ${rule} ${urn.split("::").at(-1)}`).sort(),
      messages: violations.map(({ message }) => message),
    };
  }

  it("lets the good variant pass", () => {
    assert.deepEqual(check(GOOD), { code: 0, findings: [], messages: [] });
  });

  it("refuses the bad one by exactly the rules that its TTL breaks", () => {
    const { code, findings } = check(BAD);
    assert.deepEqual({ code, findings }, { code: 10, findings: BAD_FINDINGS });
  });

  it("refuses what is encrypted as unknown", () => {
    const { code, findings, messages } = check(stateWith(ENCRYPTED_TTL));
    assert.deepEqual({ code, findings }, { code: 10, findings: BAD_FINDINGS });
    for (const message of messages)
      assert.match(message, /^unknown: ttl of PRIMARY CNAME record of www\.shop/);
  });
});

describe(`engine: the same state, through \`pulumi policy analyze\`${SKIPPED}`, function () {
  this.timeout(60_000);
  let directory: string;

  before(function () {
    if (!HAS_ENGINE) return this.skip();
    directory = mkdtempSync(path.join(tmpdir(), "warm-standby-analyze-"));
  });
  after(() => directory && rmSync(directory, { recursive: true, force: true }));

  function analyze(state: string, more: Record<string, string> = {}) {
    const file = path.join(directory, "state.json");
    writeFileSync(file, state);
    const { status, stdout, stderr } = spawnSync(
      "pulumi",
      [
        ...["policy", "analyze", "--policy-pack", path.join(ROOT, "policy"), "--file", file],
        ...["--non-interactive", "--color", "never"],
      ],
      { encoding: "utf8", cwd: directory, env: environment({ PULUMI_HOME: directory, ...more }) },
    );
    return { code: status, findings: findingsIn(stdout), printed: stdout + stderr };
  }

  it("says what the command says", () => {
    const good = analyze(GOOD);
    assert.deepEqual([good.code, good.findings], [0, []], good.printed);
    const bad = analyze(BAD);
    assert.deepEqual([bad.code, bad.findings], [1, BAD_FINDINGS], bad.printed);
  });

  it("opens a secret with the passphrase, and refuses it as unknown without", () => {
    const opened = analyze(stateWith(ENCRYPTED_TTL), { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE });
    assert.deepEqual([opened.code, opened.findings], [0, []], opened.printed);
    const hidden = analyze(stateWith(ENCRYPTED_TTL));
    assert.deepEqual([hidden.code, hidden.findings], [1, BAD_FINDINGS], hidden.printed);
    assert.match(hidden.printed, /unknown: ttl of PRIMARY CNAME record of www\.shop\.example\.com/);
  });
});
