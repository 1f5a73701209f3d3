import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { rules } from "../../policy/rules/registry";
import { PackClient } from "../policy/pack-client";
import { check, primary, secondary } from "../policy/rules/records";
import { UnpackedPolicy } from "./unpacked-policy";

const ROOT = path.resolve(__dirname, "../..");
const BYTES_MAX = 300 * 1024;

describe("build/pack-policy", function () {
  this.timeout(60_000);
  let policy: UnpackedPolicy;

  before(() => {
    policy = new UnpackedPolicy();
  });
  after(() => policy.remove());

  it("packs the bundle and what explains it, no source, and little of both", () => {
    assert.deepEqual(policy.files(), [
      "LICENSE",
      "PulumiPolicy.yaml",
      "README.md",
      "config.dev.json",
      "config.prod.json",
      "index.js",
      "pack.js",
      "package.json",
      "policy-runner.js",
      ...["README", ...rules.map(({ id }) => id)].sort().map((page) => `rules/${page}.md`),
      "run-policy-pack.js",
    ]);
    assert.equal(path.basename(policy.tarball.file), "warm-standby-policy-0.1.0.tgz");
    assert.ok(policy.tarball.bytes < BYTES_MAX, `${policy.tarball.bytes} bytes`);
  });

  it("declares what it requires, and no more", () => {
    const code = policy.files().filter((file) => file.endsWith(".js"));
    const required = code
      .flatMap((file) => [...policy.read(file).matchAll(/\brequire\("((?:@[^/"]+\/)?[^/"]+)[^"]*"\)/g)])
      .map(([, name]) => name ?? "")
      .filter((name) => !/^node:|^process$|^\.$/.test(name));
    const { dependencies, main, private: isPrivate, license } = policy.manifest;
    assert.deepEqual(Object.keys(dependencies), [...new Set(required)].sort());
    assert.deepEqual(
      { main, isPrivate, license },
      { main: "index.js", isPrivate: undefined, license: "Apache-2.0" },
    );
  });

  it("holds one package of others, which its page names, and no path of this machine", () => {
    const bundle = policy.read("pack.js");
    const bundled = [...bundle.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual([...new Set(bundled)], ["@pulumi/policy"]);
    assert.ok(policy.read("README.md").includes("`@pulumi/policy` (Apache License 2.0"));
    assert.equal(bundle.includes(ROOT), false);
  });

  it("links in its pages to pages that it holds", () => {
    const held = policy.files();
    for (const page of held.filter((file) => file.endsWith(".md"))) {
      const targets = [...policy.read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
        path.posix.join(path.posix.dirname(page), target ?? ""),
      );
      assert.deepEqual(
        targets.filter((target) => !held.includes(target)),
        [],
        page,
      );
    }
  });

  it("leaves nothing behind but the tarball", () => {
    assert.deepEqual(readdirSync(path.dirname(policy.tarball.file)), ["warm-standby-policy-0.1.0.tgz"]);
  });

  it("judges in another project, with the packages that it declares", async () => {
    const pack = await PackClient.start(policy.directory);
    try {
      const { name, version, policiesList } = await pack.info();
      assert.deepEqual(
        { name, version, policies: policiesList.map((rule) => rule.name) },
        { name: "warm-standby", version: "0.1.0", policies: rules.map(({ id }) => id) },
      );
      const { diagnostics } = await pack.analyzeStack([check(), primary({ ttl: 61 }), secondary()]);
      assert.deepEqual(
        diagnostics.filter((one) => one.level === "mandatory").map((one) => one.policy),
        ["failover-ttl"],
      );
    } finally {
      await pack.stop();
    }
  });
});
