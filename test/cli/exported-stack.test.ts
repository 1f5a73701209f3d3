import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportedStack } from "../../cli/exported-stack";

describe("cli/exported-stack", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (text: string) => {
    const file = path.join(folder, "state.json");
    writeFileSync(file, text);
    return exportedStack(file);
  };

  it("reads an export of any project, and holds it against the pack's defaults", () => {
    const urn = "urn:pulumi:live::shop::aws:sns/topic:Topic::alerts";
    const resources = [
      { urn, type: "aws:sns/topic:Topic", custom: true, id: "arn", outputs: { name: "alerts" } },
    ];
    const stack = read(JSON.stringify({ version: 3, deployment: { resources } }));
    assert.ok(stack.kind === "ok");
    assert.deepEqual([stack.system, stack.stack], ["shop", "live"]);
    assert.deepEqual(stack.objectives, { rtoSeconds: 300, standbyMonthlyUsd: 50 });
    assert.deepEqual(
      stack.resources.map((resource) => [resource.urn, resource.properties]),
      [[urn, { name: "alerts" }]],
    );
  });

  it("refuses what is no export in one line", () => {
    const line = (text: string) => {
      const stack = read(text);
      assert.ok(stack.kind === "invalid" && stack.messages.length === 1);
      return stack.messages[0];
    };
    const lever = "make one with `pulumi stack export --file state.json` or `pulumi preview --json`";
    assert.equal(line("{"), `--state state.json: not JSON; ${lever}`);
    assert.equal(line(""), `--state state.json: not JSON; ${lever}`);
    assert.match(
      line("[]") ?? "",
      /^--state state\.json: neither a stack export nor a preview: got a list; [^\n]+$/,
    );
  });

  it("says why a file cannot be read", () => {
    assert.deepEqual(exportedStack(path.join(folder, "gone.json")), {
      kind: "invalid",
      messages: ["--state gone.json: cannot be read: ENOENT"],
    });
  });
});
