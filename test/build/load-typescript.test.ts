import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** The standard output of a script in a process that has the loader, as Pulumi's language host starts one. */
function printed(script: string, environment: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "./build/load-typescript.js", "-e", script],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "", ...environment } },
  );
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

const LOADED = `Object.keys(require.cache).filter((file) =>
  /[\\\\/](typescript|@npmcli[\\\\/]arborist)[\\\\/]/.test(file)).length`;

describe("build/load-typescript", function () {
  this.timeout(20_000);

  it("requires TypeScript from source, as it is at that moment", () => {
    assert.equal(printed('console.log(require("./model/money").HOURS_PER_MONTH)'), "730");
  });

  it("loads what serializes inline functions when one is serialized, and not before", () => {
    const script = `const { runtime } = require("@pulumi/pulumi");
      const before = ${LOADED};
      const seven = 7;
      runtime.serializeFunction(() => seven).then(({ text }) =>
        console.log(before, ${LOADED} > 0, /=> seven/.test(text)));`;
    assert.equal(printed(script), "0 true true");
  });

  it("works out no stack trace for an output, unless leaked promises are looked for", () => {
    const script = `require("@pulumi/pulumi");
      const promise = Promise.resolve(1);
      require("@pulumi/pulumi/runtime/debuggable").debuggablePromise(promise, "one");
      console.log(/debuggablePromise/.test(promise._debugStackTrace));`;
    assert.equal(printed(script), "false");
    assert.equal(printed(script, { PULUMI_DEBUG_PROMISE_LEAKS: "true" }), "true");
  });

  it("keeps every other stack trace, with the line of the source", () => {
    const script = `require("source-map-support/register");
      try { require("./model/resource-placement").indexByUrn(undefined); }
      catch (error) { console.log(error.stack); }`;
    const [, line] =
      /^TypeError: .*\n {4}at .*indexByUrn \(.*resource-placement\.ts:(\d+):\d+\)/.exec(printed(script)) ??
      [];
    const source = readFileSync(path.join(ROOT, "model/resource-placement.ts"), "utf8").split("\n");
    assert.match(source[Number(line) - 1] ?? "", /resources\.map\(/);
  });
});
