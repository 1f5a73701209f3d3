import assert from "node:assert/strict";
import path from "node:path";
import { TemporaryProject } from "./temporary-project";

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";
const LINK = `policy/node_modules/${RUNNER}/index.js`;

describe("build/policy-runner", function () {
  this.timeout(20_000);
  let project: TemporaryProject;

  before(() => {
    project = new TemporaryProject();
    project.write("policy/index.ts", "export const pack = 1;");
    project.write("policy/pack.js", 'require("./dist/index.js");');
    const { status, stderr } = project.node(["build/bundle.js", "policy"]);
    assert.equal(status, 0, stderr);
  });
  after(() => project.remove());

  /** What Node finds from the pack's folder, which is how Pulumi's language host looks. */
  const found = (request: string) =>
    project
      .node(["-p", `require.resolve(${JSON.stringify(request)}, { paths: ["./policy"] })`])
      .stdout.trim();

  /** Runs the pack `source` as the language host would. */
  const ran = (source: string) => {
    project.write("policy/package.json", '{ "main": "other.js" }');
    project.write("policy/other.js", source);
    return project.node([project.file(LINK), "127.0.0.1:1", project.file("policy")]);
  };

  it("stands before Pulumi's own runner, and before nothing else", () => {
    assert.equal(found(RUNNER), project.file(LINK));
    for (const other of ["@pulumi/pulumi", "@pulumi/pulumi/output", "@pulumi/pulumi/cmd/run"]) {
      assert.equal(found(other), require.resolve(other), other);
    }
  });

  it("runs the pack with its own arguments, and loads no TypeScript", () => {
    const { status, stdout, stderr } = ran(
      "console.log(process.argv.length, Object.keys(require.cache).filter((file) => /[\\\\/]typescript(\\.js|[\\\\/])/.test(file)))",
    );
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "2 []\n", stderr: "" });
  });

  it("never ends well where the pack throws, at once or later", () => {
    for (const source of [
      'throw new Error("at once");',
      'setTimeout(() => { throw new Error("later"); }, 10);',
      'Promise.reject(new Error("unheard"));',
      'exports.x = require("./missing.js");',
    ]) {
      const { status, stderr, stdout } = ran(source);
      assert.notEqual(status, 0, source);
      assert.match(`${stderr}${stdout}`, /at once|later|unheard|missing/, source);
    }
  });

  it("says how it is used where the arguments are missing", () => {
    assert.deepEqual(project.node([path.join("build", "run-policy-pack.js"), "127.0.0.1:1"]), {
      status: 1,
      stdout: "",
      stderr: "usage: run-policy-pack <engine-address> <directory of the pack>\n",
    });
  });
});
