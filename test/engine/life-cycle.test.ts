import assert from "node:assert/strict";
import path from "node:path";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { resourcesFromDeployment } from "../../rehearsal/standin/deployment";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import { comparable } from "./comparable";
import { EngineProject, HAS_ENGINE, SKIPPED } from "./engine-project";

const ROOT = path.resolve(__dirname, "../..");
const PROVIDER = "pulumi:providers:aws";

function summary(json: unknown): unknown {
  return (json as { changeSummary: unknown }).changeSummary;
}

describe(`engine: the profile API over the stand-in${SKIPPED}`, function () {
  this.timeout(300_000);
  let project: EngineProject;
  let count: number;
  let deployed: StackResource[];

  before(async function () {
    if (!HAS_ENGINE) return this.skip();
    project = await EngineProject.create(ROOT, "example.com");
  });
  after(() => project?.remove());

  const withPack = () => ["--policy-pack", path.join(project.directory, "policy")];

  it("refuses wrong settings all at once, before any resource", async () => {
    const { code, stdout, stderr } = await project.pulumi(
      ...["preview", "--config", "warm-standby:healthCheckIntervalSeconds=20"],
      ...["--config", "warm-standby:standbyRegion=us-east-1"],
    );
    assert.notEqual(code, 0);
    const printed = stdout + stderr;
    assert.match(printed, /warm-standby:healthCheckIntervalSeconds/);
    assert.match(printed, /warm-standby:standbyRegion/);
    assert.doesNotMatch(printed, /\n\s+at .*\.ts:\d+/);
    assert.deepEqual(project.existing(), []);
    await project.pulumi("config", "set", "warm-standby:healthCheckIntervalSeconds", "10");
    await project.pulumi("config", "set", "warm-standby:standbyRegion", "us-west-2");
  });

  it("previews everything as new, judged by the pack, with AWS's own values unknown", async () => {
    const preview = await project.json("preview", "--json", ...withPack());
    const planned = resourcesFromDeployment(preview);
    count = planned.length;
    assert.deepEqual(summary(preview), { create: count });
    const plan = planFromResources(planned);
    assert.equal(failoverPairs(plan).length, 2);
    const table = planned.find(({ type }) => type === "aws:dynamodb/table:Table");
    assert.equal(typeof table?.id, "symbol");
    assert.equal("arn" in (table?.properties ?? {}) && typeof table?.properties.arn === "string", false);
    assert.deepEqual(project.existing(), []);
  });

  it("stands up what the rehearsal stands up, resource by resource", async () => {
    const { code, stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview", ...withPack());
    assert.equal(code, 0, stdout + stderr);
    deployed = resourcesFromDeployment(await project.json("stack", "export"));
    assert.equal(deployed.length, count);
    const rehearsed = await runUnderMocks({ projectDir: ROOT, stack: "dev" });
    if (rehearsed.kind !== "ok") throw new Error(JSON.stringify(rehearsed));
    assert.deepEqual(comparable(deployed), comparable(rehearsed.resources));
  });

  it("asks for the plugin of the SDK's version and takes the one that the project points at", () => {
    const providers = deployed.filter(({ type }) => type === PROVIDER);
    assert.deepEqual(providers.map(({ name, properties }) => [name, properties.version]).sort(), [
      ["primary", "7.48.0"],
      ["standby", "7.48.0"],
    ]);
    assert.deepEqual(project.downloadedPlugins(), []);
  });

  it("sees no change afterwards", async () => {
    const preview = await project.json(
      "preview",
      "--json",
      "--expect-no-changes",
      "--show-sames",
      ...withPack(),
    );
    assert.deepEqual(summary(preview), { same: count });
    assert.equal(resourcesFromDeployment(preview).length, count);
  });

  it("changes one setting in place", async () => {
    const setting = "warm-standby:healthCheckFailureThreshold=4";
    const { code, stdout, stderr } = await project.pulumi(
      "up",
      "--yes",
      "--skip-preview",
      "--config",
      setting,
      ...withPack(),
    );
    assert.equal(code, 0, stdout + stderr);
    const changed = resourcesFromDeployment(await project.json("stack", "export"));
    const check = (resources: StackResource[]) =>
      resources.find(({ type }) => type === "aws:route53/healthCheck:HealthCheck");
    assert.equal(check(changed)?.id, check(deployed)?.id);
    const expected: Properties = { ...check(deployed)?.properties, failureThreshold: 4 };
    assert.deepEqual(check(changed)?.properties, expected);
    assert.equal(changed.length, count);
  });

  it("tears everything down, in the state and in the account", async () => {
    assert.notDeepEqual(project.existing(), []);
    const { code, stdout, stderr } = await project.pulumi("destroy", "--yes", "--skip-preview");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`- ${count} deleted`));
    assert.deepEqual(resourcesFromDeployment(await project.json("stack", "export")), []);
    assert.deepEqual(project.existing(), []);
  });
});
