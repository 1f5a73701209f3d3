import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readProgramSettings } from "../../../rehearsal/standin/program-settings";

const CASES = path.join(__dirname, "fixtures", "cases");
const TYPED = path.join(__dirname, "fixtures", "typed");

function ok(projectDir: string, stack: string, overrides: Record<string, string> = {}) {
  const reading = readProgramSettings(projectDir, stack, overrides);
  if (reading.kind !== "ok") throw new Error(reading.messages.join("\n"));
  return reading.settings;
}

function messages(projectDir: string, stack: string, overrides: Record<string, string> = {}) {
  const reading = readProgramSettings(projectDir, stack, overrides);
  return reading.kind === "invalid" ? reading.messages : [];
}

describe("standin/program-settings", () => {
  it("lays the stack's settings over the project's defaults, and overrides over both", () => {
    assert.deepEqual(ok(TYPED, "dev").config, {
      "typed:count": "5",
      "typed:on": "true",
      "typed:list": '["a","b"]',
      "typed:secretText": "hush",
      "aws:region": "us-east-1",
    });
    const { config } = ok(TYPED, "dev", { count: "9", "aws:region": "us-west-2" });
    assert.equal(config["typed:count"], "9");
    assert.equal(config["aws:region"], "us-west-2");
  });

  it("knows the program's place, the project and which settings are secret", () => {
    const settings = ok(TYPED, "dev");
    assert.equal(settings.project, "typed");
    assert.equal(settings.main, path.join(TYPED, "program"));
    assert.deepEqual(settings.secretKeys, ["typed:secretText"]);
    assert.equal(ok(CASES, "dev").main, CASES);
  });

  it("notes values of another type than declared", () => {
    assert.deepEqual(ok(TYPED, "dev").typeProblems, []);
    assert.deepEqual(ok(TYPED, "dev", { count: "abc", on: "yes", list: "a" }).typeProblems, [
      'typed:count is "abc"; Pulumi.yaml declares it as integer',
      'typed:on is "yes"; Pulumi.yaml declares it as boolean',
      'typed:list is "a"; Pulumi.yaml declares it as array',
    ]);
    assert.deepEqual(ok(TYPED, "dev", { count: "-1", on: "false", list: "[]" }).typeProblems, []);
  });

  it("refuses an encrypted value, unless another is given for the run", () => {
    assert.deepEqual(messages(CASES, "locked"), [
      "cases:token is encrypted in Pulumi.locked.yaml and cannot be read here; give its value for this run with --set cases:token=VALUE",
    ]);
    assert.equal(ok(CASES, "locked", { token: "open" }).config["cases:token"], "open");
  });

  it("names the stacks that there are", () => {
    assert.deepEqual(messages(CASES, "production"), [
      'stack "production" has no Pulumi.production.yaml; known: dev, locked; add the file or name another stack',
    ]);
  });

  it("says which file is missing or broken", () => {
    const empty = mkdtempSync(path.join(tmpdir(), "standin-settings-"));
    try {
      assert.deepEqual(messages(empty, "dev"), [`Pulumi.yaml is missing in ${empty}; name a Pulumi project`]);
      writeFileSync(path.join(empty, "Pulumi.yaml"), "runtime: nodejs\n");
      writeFileSync(path.join(empty, "Pulumi.dev.yaml"), "");
      assert.deepEqual(messages(empty, "dev"), ["Pulumi.yaml has no name; give the project one"]);
      writeFileSync(path.join(empty, "Pulumi.yaml"), "name: p\n");
      writeFileSync(path.join(empty, "Pulumi.dev.yaml"), "config: [\n");
      assert.match(messages(empty, "dev")[0] ?? "", /^Pulumi\.dev\.yaml is no YAML: [^\n]+$/);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});
