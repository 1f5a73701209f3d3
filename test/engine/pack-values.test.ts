import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { UnpackedPolicy } from "../build/unpacked-policy";
import { AWS_LIKE_PLUGIN, EngineProject, HAS_ENGINE, SKIPPED } from "./engine-project";

const VALUES = path.resolve(__dirname, "fixtures/values");

/** The package that other projects install, run from the folder of such a project. */
describe(`engine: where the packed pack gets its values from${SKIPPED}`, function () {
  this.timeout(300_000);
  let project: EngineProject;
  let policy: UnpackedPolicy;

  before(async function () {
    if (!HAS_ENGINE) return this.skip();
    policy = new UnpackedPolicy();
    project = await EngineProject.create(VALUES, "example.com", AWS_LIKE_PLUGIN);
  });
  after(() => {
    project?.remove();
    policy?.remove();
  });

  const withPack = ["--policy-pack"];
  const judged = (command: string[], settings: string[], ...more: string[]) =>
    project.findings(
      ...command,
      ...withPack,
      policy.directory,
      ...settings.flatMap((setting) => ["--config", `values:${setting}`]),
      ...more,
    );
  const preview = ["preview"];
  /** No program runs for it, so it is the fastest way to have the pack judge what is deployed. */
  const analyze = ["policy", "analyze"];
  const up = ["up", "--yes", "--skip-preview"];
  /** A file for `--policy-pack-config`. */
  const configured = (config: unknown) => {
    const file = path.join(project.directory, "pack-config.json");
    writeFileSync(file, JSON.stringify(config));
    return ["--policy-pack-config", file];
  };

  it("does not take for left out what the program gave and computed from no resource", async () => {
    const { findings, printed } = await judged(preview, ["from=nowhere"]);
    assert.ok(findings.includes("advisory zone-recovery zone"), printed);
    assert.match(
      printed,
      /unknown: enableAcceleratedRecovery of .*; known after the update; judged again at/,
    );
  });

  it("says at preview what it cannot know yet, and judges it at the update", async () => {
    const settings = ["from=output", "ttl=300", "leftover=true"];
    const before = await judged(preview, settings);
    assert.deepEqual(
      before.findings.filter((finding) => finding.includes("pair-")),
      [
        "advisory failover-rto pair-primary",
        "advisory failover-ttl pair-primary",
        "advisory failover-ttl pair-secondary",
      ],
      before.printed,
    );
    assert.match(
      before.printed,
      /unknown: ttl of PRIMARY CNAME record .*; known after the update; judged again at/,
    );
    const after = await judged(up, settings);
    assert.notEqual(after.code, 0);
    assert.deepEqual(
      after.findings,
      [
        "mandatory failover-pair leftover",
        "mandatory failover-rto leftover",
        "mandatory failover-rto pair-primary",
        "mandatory failover-ttl leftover",
        "mandatory failover-ttl pair-primary",
        "mandatory failover-ttl pair-secondary",
        "mandatory primary-health-check leftover",
      ],
      after.printed,
    );
    assert.match(after.printed, /recovers within 384 s/);
  });

  it("judges what is deployed as the update did, with `pulumi policy analyze`", async () => {
    const { code, findings, printed } = await judged(analyze, []);
    assert.notEqual(code, 0);
    assert.equal(findings.length, 7, printed);
    assert.ok(findings.includes("mandatory failover-rto pair-primary"), printed);
  });

  it("judges a secret by its value, what is replaced once, and what is deleted not at all", async () => {
    const { code, findings, printed } = await judged(preview, ["from=secret", "host=web", "leftover=false"]);
    assert.notEqual(code, 0);
    assert.deepEqual(
      findings,
      [
        "mandatory failover-rto pair-primary",
        "mandatory failover-ttl pair-primary",
        "mandatory failover-ttl pair-secondary",
      ],
      printed,
    );
    assert.match(printed, /record of web\.shop\.example\.com/);
    assert.doesNotMatch(printed, /record of www\.shop\.example\.com/);
  });

  it("takes levels and settings of each rule from the configuration, and the rest from `all`", async () => {
    const config = configured({
      all: "advisory",
      "failover-ttl": { ttlSecondsMax: 299 },
      "failover-rto": { enforcementLevel: "mandatory", rtoSecondsLimit: 385 },
    });
    const { code, findings, printed } = await judged(preview, [], ...config);
    assert.deepEqual(
      { code, findings },
      { code: 0, findings: ["advisory failover-ttl pair-primary", "advisory failover-ttl pair-secondary"] },
      printed,
    );
    assert.match(printed, /allowed: 299 s or less/);
  });

  it("refuses a setting of the wrong type in one line, before anything runs", async () => {
    const config = configured({ "failover-ttl": { ttlSecondsMax: "x" } });
    const { code, findings, printed } = await judged(preview, [], ...config);
    assert.notEqual(code, 0);
    assert.deepEqual(findings, []);
    assert.match(printed, /failover-ttl: ttlSecondsMax: Invalid type\. Expected: integer, given: string/);
  });

  it("fails the rule that throws and the one whose setting does not exist, and goes on with the others", async () => {
    const judge = "judge: (wholeStack, settings) => {";
    policy.edit("pack.js", judge, `${judge} throw new Error("cannot read x");`);
    const config = configured({ "failover-ttl": { ttlSecondMax: 1 } });
    const { code, findings, printed } = await judged(analyze, [], ...config);
    assert.notEqual(code, 0);
    assert.deepEqual(
      findings,
      [
        "mandatory failover-pair leftover",
        "mandatory failover-rto values-dev",
        "mandatory failover-ttl values-dev",
        "mandatory primary-health-check leftover",
      ],
      printed,
    );
    assert.match(printed, /the rule itself failed, so nothing is known to hold: cannot read x/);
    assert.match(printed, /setting ttlSecondMax does not exist; allowed: ttlSecondsMax/);
  });
});
