import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import type { ensureBundle } from "../../build/bundle";
import { TemporaryProject } from "./temporary-project";

const ENTRY = "functions/profile-api/index.ts";
const GREETING = "functions/profile-api/greeting.ts";
const BUNDLE = "functions/dist/profile-api/index.js";
const STAMP = "functions/dist/profile-api.stamp.json";

/** A bundle of two sources and a JSON file, which says "one 7". */
function smallProject(): TemporaryProject {
  const project = new TemporaryProject();
  project.write(GREETING, 'export const greeting: string = "one";\n');
  project.write("functions/profile-api/data.json", '{ "count": 7 }\n');
  project.write(
    ENTRY,
    'import data from "./data.json";\nimport { greeting } from "./greeting";\nexport const text = greeting + " " + data.count;\n',
  );
  return project;
}

describe("build/bundle", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  let ensure: typeof ensureBundle;

  beforeEach(() => {
    project = smallProject();
    ensure = require(project.file("build/bundle.js")).ensureBundle;
  });
  afterEach(() => project.remove());

  /** What the bundle that `ensureBundle` vouches for says. */
  function said(): string {
    const { file } = ensure("profile-api");
    delete require.cache[file];
    return require(file).text;
  }

  const writtenAt = () => statSync(project.file(BUNDLE), { bigint: true }).mtimeNs;

  it("builds what is not there, and names the build by its content", () => {
    const { directory, file, buildId } = ensure("profile-api");
    assert.deepEqual([directory, file], [project.file("functions/dist/profile-api"), project.file(BUNDLE)]);
    assert.equal(buildId, createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12));
    assert.equal(said(), "one 7");
  });

  it("keeps in the uploaded directory the code only, readable by everyone", () => {
    const { directory, file } = ensure("profile-api");
    project.write("functions/dist/profile-api/notes.txt", "not code");
    ensure("profile-api");
    assert.deepEqual(readdirSync(directory), ["index.js"]);
    assert.deepEqual(readdirSync(project.file("functions/dist")).sort(), [
      "profile-api",
      "profile-api.stamp.json",
    ]);
    assert.equal(statSync(file).mode & 0o777, 0o644);
  });

  it("stamps every own file that has a say", () => {
    ensure("profile-api");
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(project.file(STAMP), "utf8")).sources), [
      "build/bundle.js",
      "build/compile.js",
      "build/policy-plugin.js",
      "build/policy-runner.js",
      "build/stamp.js",
      "build/targets.js",
      "functions/profile-api/data.json",
      "functions/profile-api/greeting.ts",
      "functions/profile-api/index.ts",
      "package-lock.json",
    ]);
    // What loads, runs or packs builds nothing.
    const others = ["load-typescript.js", "pack-policy.js", "packed-pack.js", "run-policy-pack.js"];
    assert.deepEqual(
      readdirSync(project.file("build")).filter((name) => !others.includes(name)),
      ["bundle.js", "compile.js", "policy-plugin.js", "policy-runner.js", "stamp.js", "targets.js"],
    );
  });

  it("leaves a fresh bundle alone and loads no compiler for it", () => {
    ensure("profile-api");
    const before = writtenAt();
    const { stdout } = project.run(`
      ensureBundle("profile-api");
      const loaded = Object.keys(require.cache).map((file) => require("node:path").relative(process.cwd(), file));
      console.log(JSON.stringify({ loaded, spawner: process.moduleLoadList.includes("NativeModule child_process") }));
    `);
    assert.deepEqual(JSON.parse(stdout), {
      loaded: ["build/bundle.js", "build/stamp.js", "build/targets.js"],
      spawner: false,
    });
    assert.equal(writtenAt(), before);
  });

  it("goes by content, not by time", () => {
    ensure("profile-api");
    const before = writtenAt();
    utimesSync(project.file(ENTRY), new Date(), new Date());
    ensure("profile-api");
    assert.equal(writtenAt(), before);
    const { atime, mtime } = statSync(project.file(GREETING));
    project.write(GREETING, 'export const greeting: string = "two";\n');
    utimesSync(project.file(GREETING), atime, mtime);
    assert.equal(said(), "two 7");
  });

  it("rebuilds when data, the lock file, the bundler, the bundle or the stamp differ", () => {
    const changes: [string, () => void][] = [
      ["data", () => project.write("functions/profile-api/data.json", '{ "count": 8 }')],
      ["lock file", () => project.write("package-lock.json", "{ }")],
      ["bundler", () => project.write("build/policy-plugin.js", "module.exports = {};")],
      ["bundle", () => project.write(BUNDLE, "exports.text = 'forged';")],
      ["stamp", () => project.write(STAMP, "{")],
      ["no bundle", () => rmSync(project.file(BUNDLE))],
      ["no stamp", () => rmSync(project.file(STAMP))],
    ];
    ensure("profile-api");
    for (const [what, change] of changes) {
      utimesSync(project.file(BUNDLE), new Date(0), new Date(0));
      change();
      assert.match(said(), /^one [78]$/, what);
      assert.notEqual(writtenAt(), 0n, what);
    }
  });

  it("refuses with one line when the changed sources do not compile, until they do", () => {
    ensure("profile-api");
    project.write(GREETING, 'export const greeting: string = "two"\nexport const = 3;\n');
    const refusal = {
      message:
        `bundle profile-api is out of date (${GREETING} changed) and cannot be rebuilt: ` +
        `profile-api: ${GREETING}:2:14: Expected identifier but found "="`,
    };
    assert.throws(() => ensure("profile-api"), refusal);
    assert.throws(() => ensure("profile-api"), refusal);
    project.write(GREETING, 'export const greeting: string = "two";\n');
    assert.equal(said(), "two 7");
  });

  it("refuses with one line when a source is gone", () => {
    ensure("profile-api");
    rmSync(project.file(GREETING));
    assert.throws(() => ensure("profile-api"), {
      message:
        `bundle profile-api is out of date (${GREETING} changed) and cannot be rebuilt: ` +
        `profile-api: ${ENTRY}:2:26: Could not resolve "./greeting"`,
    });
  });

  it("refuses a source from a folder that has no business in the bundle", () => {
    project.write("model/money.ts", "export const price = 1;\n");
    project.write(ENTRY, 'export { price as text } from "../../model/money";\n');
    assert.throws(() => ensure("profile-api"), {
      message:
        "bundle profile-api is out of date (not built yet) and cannot be rebuilt: " +
        "profile-api: model/money.ts is outside of functions; move it there",
    });
    assert.equal(existsSync(project.file(BUNDLE)), false);
  });

  it("needs no esbuild for a fresh bundle and says what to do without it for another", () => {
    const bare = new TemporaryProject({ packages: [] });
    try {
      bare.write(ENTRY, "export {};");
      const { ensureBundle: ensureBare } = require(bare.file("build/bundle.js"));
      assert.throws(() => ensureBare("profile-api"), {
        message:
          "bundle profile-api is out of date (not built yet) and cannot be rebuilt: " +
          "profile-api: esbuild is not installed; run npm ci",
      });
      ensure("profile-api");
      rmSync(project.file("node_modules"));
      assert.equal(said(), "one 7");
    } finally {
      bare.remove();
    }
  });

  it("gives the same bytes wherever and whenever it builds, and names no place of this machine", () => {
    const other = smallProject();
    try {
      const bytes = [project, other].map((one) => {
        require(one.file("build/bundle.js")).ensureBundle("profile-api");
        return readFileSync(one.file(BUNDLE), "utf8");
      });
      assert.equal(bytes[0], bytes[1]);
      assert.equal(bytes[0]?.includes(project.root), false);
    } finally {
      other.remove();
    }
  });

  it("survives several builds at once", async () => {
    const script = 'console.log(require("./build/bundle.js").ensureBundle("profile-api").buildId)';
    const builders = Array.from({ length: 3 }, () => {
      const child: ChildProcess = spawn(process.execPath, ["-e", script], { cwd: project.root });
      let out = "";
      child.stdout?.on("data", (data) => {
        out += data;
      });
      return once(child, "close").then(([code]) => [code, out.trim()]);
    });
    const results = await Promise.all(builders);
    const { buildId } = ensure("profile-api");
    assert.deepEqual(results, Array(3).fill([0, buildId]));
    assert.deepEqual(readdirSync(project.file("functions/dist")).sort(), [
      "profile-api",
      "profile-api.stamp.json",
    ]);
  });

  it("knows its bundles by name", () => {
    assert.throws(() => ensure("profile"), {
      message: 'no bundle is called "profile"; bundles: profile-api, assistant, policy',
    });
  });

  it("builds the others when one of all cannot be built, and says which", () => {
    const { status, stdout, stderr } = project.node(["build/bundle.js"]);
    assert.equal(status, 1);
    assert.match(stdout, /^functions\/dist\/profile-api\/index\.js {2}1 KiB {2}build [0-9a-f]{12}\n$/);
    assert.equal(
      stderr,
      'assistant: Could not resolve "functions/assistant/index.ts"\npolicy: Could not resolve "policy/index.ts"\n',
    );
  });
});
