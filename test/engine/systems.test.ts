import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { resourcesFromDeployment } from "../../rehearsal/standin/deployment";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import { comparable } from "./comparable";
import { AWSX_SKIPPED, EngineProject, HAS_AWSX, HAS_ENGINE, SKIPPED } from "./engine-project";

const ROOT = path.resolve(__dirname, "../..");

/** The other systems than the profile API; each has a stack file of its name. */
const SYSTEMS = [
  { stack: "data-relay", hasNetwork: false },
  { stack: "static-site", hasNetwork: false },
  { stack: "web-server", hasNetwork: true },
  { stack: "homelab-assistant", hasNetwork: true },
] as const;

/** What the engine would do, such as `create`, without how often: it counts its own providers or does not. */
const changes = (json: unknown) => Object.keys((json as { changeSummary: object }).changeSummary);
const written = (resources: readonly StackResource[]) =>
  resources.filter(({ type }) => !type.startsWith("pulumi:")).length;

for (const { stack, hasNetwork } of SYSTEMS) {
  const skipped = SKIPPED || (hasNetwork ? AWSX_SKIPPED : "");
  describe(`engine: ${stack} over the stand-in${skipped}`, function () {
    this.timeout(300_000);
    let project: EngineProject;
    let count: number;
    let deployed: StackResource[];

    before(async function () {
      if (!HAS_ENGINE || (hasNetwork && !HAS_AWSX)) return this.skip();
      project = await EngineProject.create(ROOT, "example.com", undefined, stack);
    });
    after(() => project?.remove());

    // As README.md says it.
    const withPack = () => [
      ...["--policy-pack", "policy"],
      ...["--policy-pack-config", `policy/config.${stack}.json`],
    ];

    it("previews everything as new, and the pack has nothing mandatory against it", async () => {
      const preview = await project.json("preview", "--json", ...withPack());
      count = written(resourcesFromDeployment(preview));
      assert.deepEqual(changes(preview), ["create"]);
      assert.deepEqual(project.existing(), []);
    });

    it("stands up what the rehearsal stands up, resource by resource", async () => {
      const { code, stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview", ...withPack());
      assert.equal(code, 0, stdout + stderr);
      deployed = resourcesFromDeployment(await project.json("stack", "export"));
      assert.equal(written(deployed), count);
      const rehearsed = await runUnderMocks({ projectDir: ROOT, stack });
      if (rehearsed.kind !== "ok") throw new Error(JSON.stringify(rehearsed));
      assert.deepEqual(comparable(deployed), comparable(rehearsed.resources));
    });

    it("sees no change afterwards", async () => {
      const preview = await project.json(
        ...["preview", "--json", "--expect-no-changes", "--show-sames"],
        ...withPack(),
      );
      assert.deepEqual(changes(preview), ["same"]);
      assert.equal(written(resourcesFromDeployment(preview)), count);
    });

    it("leaves nothing after destroy", async () => {
      const { code, stdout, stderr } = await project.pulumi("destroy", "--yes");
      assert.equal(code, 0, stdout + stderr);
      assert.deepEqual(project.existing(), []);
    });
  });
}

describe(`engine: the budget of a stack's own file${SKIPPED}`, function () {
  this.timeout(300_000);
  let project: EngineProject;
  before(async function () {
    if (!HAS_ENGINE) return this.skip();
    project = await EngineProject.create(ROOT, "example.com", undefined, "data-relay");
    const { code, stderr } = await project.pulumi("config", "set", "warm-standby:gatewayScheme", "https");
    assert.equal(code, 0, stderr);
  });
  after(() => project?.remove());

  const preview = (...config: string[]) => project.findings("preview", "--policy-pack", "policy", ...config);
  const REFUSED = "mandatory stack-idle-cost warm-standby-data-relay";

  it("is held without any configuration of the pack", async () => {
    const { findings, printed } = await preview();
    assert.deepEqual(
      findings.filter((finding) => finding.startsWith("mandatory")),
      [REFUSED],
      printed,
    );
  });

  it("gives way to the configuration of the pack", async () => {
    const file = path.join(project.directory, "dearer.json");
    writeFileSync(file, JSON.stringify({ "stack-idle-cost": { monthlyUsdLimit: 6.31 } }));
    const { code, findings, printed } = await preview("--policy-pack-config", file);
    assert.deepEqual(
      findings.filter((finding) => finding.startsWith("mandatory")),
      [],
      printed,
    );
    assert.equal(code, 0, printed);
  });
});
