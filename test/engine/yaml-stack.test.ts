import assert from "node:assert/strict";
import path from "node:path";
import { AWS_LIKE_PLUGIN, EngineProject, HAS_YAML, YAML_SKIPPED } from "./engine-project";

const SHOP = path.resolve(__dirname, "fixtures/shop-yaml");
const PACK = path.resolve(__dirname, "../../policy");

describe(`engine: the pack on a stack in YAML${YAML_SKIPPED}`, function () {
  this.timeout(300_000);
  let project: EngineProject;

  before(async function () {
    if (!HAS_YAML) return this.skip();
    project = await EngineProject.create(SHOP, "example.com", AWS_LIKE_PLUGIN);
  });
  after(() => project?.remove());

  const preview = (...config: string[]) => project.findings("preview", "--policy-pack", PACK, ...config);

  it("lets the good variant pass with nothing to say", async () => {
    const { code, findings, printed } = await preview();
    assert.deepEqual({ code, findings }, { code: 0, findings: [] }, printed);
  });

  it("refuses the bad variant at preview, by exactly the rules that its TTL breaks", async () => {
    const bad = await preview("--config", "ttl=300");
    assert.notEqual(bad.code, 0);
    assert.deepEqual(
      bad.findings,
      ["mandatory failover-rto primary", "mandatory failover-ttl primary"],
      bad.printed,
    );
  });
});
