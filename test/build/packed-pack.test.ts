import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rules } from "../../policy/rules/registry";
import { PackProcess } from "../policy/pack-process";
import { UnpackedPolicy } from "./unpacked-policy";

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";
const PULUMIS_OWN = require.resolve(RUNNER);

describe("build/packed-pack", function () {
  this.timeout(30_000);
  let policy: UnpackedPolicy;

  before(() => {
    policy = new UnpackedPolicy();
  });
  after(() => policy.remove());

  const modules = () => path.join(policy.directory, "node_modules");
  const link = () => path.join(modules(), RUNNER, "index.js");
  /** Node looks up a path once in a process, and this one changes between two looks. */
  const found = () => (existsSync(link()) ? link() : PULUMIS_OWN);
  /** How many rules the pack tells, run by what Pulumi's language host finds. */
  const served = async () => {
    const pack = await PackProcess.start(policy.directory, undefined, found());
    try {
      return (await pack.info()).policiesList.length;
    } finally {
      await pack.stop();
    }
  };

  beforeEach(() => rmSync(modules(), { recursive: true, force: true }));

  it("runs by Pulumi's own runner at first, and by ours from then on, whenever npm takes that away", async () => {
    for (let installs = 0; installs < 2; installs++) {
      assert.equal(found(), PULUMIS_OWN);
      assert.equal(await served(), rules.length);
      assert.equal(found(), link());
      assert.equal(
        require.resolve(readFileSync(link(), "utf8").split('"')[1] ?? "", { paths: [path.dirname(link())] }),
        path.join(policy.directory, "run-policy-pack.js"),
      );
      assert.equal(await served(), rules.length);
      rmSync(modules(), { recursive: true });
    }
  });

  it("writes over nothing where the package has a @pulumi/pulumi of its own", async () => {
    const own = path.join(modules(), "@pulumi/pulumi/package.json");
    mkdirSync(path.dirname(own), { recursive: true });
    writeFileSync(own, "{}");
    assert.equal(await served(), rules.length);
    assert.equal(existsSync(link()), false);
  });

  it("runs where the link cannot be written", async () => {
    writeFileSync(modules(), "no folder");
    assert.equal(await served(), rules.length);
    assert.equal(found(), PULUMIS_OWN);
  });
});
