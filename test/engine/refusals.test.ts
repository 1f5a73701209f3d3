import assert from "node:assert/strict";
import path from "node:path";
import { resourcesFromDeployment } from "../../rehearsal/standin/deployment";
import { EngineProject, HAS_ENGINE, SKIPPED } from "./engine-project";

const CASES = path.resolve(__dirname, "../rehearsal/standin/fixtures/cases");

describe(`engine: what the stand-in refuses${SKIPPED}`, function () {
  this.timeout(300_000);
  let project: EngineProject;

  before(async function () {
    if (!HAS_ENGINE) return this.skip();
    project = await EngineProject.create(CASES, "example.com");
  });
  after(() => project?.remove());

  const up = (...settings: string[]) =>
    project.pulumi("up", "--yes", "--skip-preview", ...settings.flatMap((setting) => ["--config", setting]));
  const destroy = () => project.pulumi("destroy", "--yes", "--skip-preview");

  it("fails a preview with a type that it does not know, in one line", async () => {
    const { code, stdout, stderr } = await project.pulumi("preview", "--config", "cases:case=unknown-type");
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /aws:\w+\/\w+:\w+ is not known to the stand-in; known: \d+ types of AWS/);
    assert.deepEqual(project.existing(), []);
  });

  it("keeps a protected table until the protection is off", async () => {
    const made = await up("cases:case=pair", "cases:deletionProtection=true");
    assert.equal(made.code, 0, made.stdout + made.stderr);
    const refused = await destroy();
    assert.notEqual(refused.code, 0);
    assert.match(
      refused.stdout + refused.stderr,
      /deletionProtectionEnabled is on, and AWS refuses to delete it \(ValidationException\)/,
    );
    const left = resourcesFromDeployment(await project.json("stack", "export"));
    assert.deepEqual(left.map(({ name }) => name).sort(), ["cases-dev", "default_7_48_0", "profiles"]);
    const lifted = await up("cases:deletionProtection=false");
    assert.equal(lifted.code, 0, lifted.stdout + lifted.stderr);
    const destroyed = await destroy();
    assert.equal(destroyed.code, 0, destroyed.stdout + destroyed.stderr);
    assert.deepEqual(project.existing(), []);
  });
});
