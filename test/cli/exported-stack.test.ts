import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { exportedStack } from "../../cli/exported-stack";

const LEVER = 'make one with "pulumi stack export --file state.json" or "pulumi preview --json"';

describe("cli/exported-stack", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (text: string | Buffer) => {
    const file = path.join(folder, "state.json");
    writeFileSync(file, text);
    return exportedStack(file);
  };
  const urn = "urn:pulumi:live::shop::aws:sns/topic:Topic::alerts";
  const topic = { urn, type: "aws:sns/topic:Topic", custom: true, id: "arn", outputs: { name: "alerts" } };
  const state = JSON.stringify({ version: 3, deployment: { resources: [topic] } });

  it("reads an export of any project, and holds it against the pack's defaults", async () => {
    const stack = await read(state);
    assert.ok(stack.kind === "ok");
    assert.deepEqual([stack.system, stack.stack, stack.phase, stack.notes], ["shop", "live", "settled", []]);
    assert.deepEqual(stack.objectives, { rtoSeconds: 300, standbyMonthlyUsd: 50 });
    assert.deepEqual(
      stack.resources.map((resource) => [resource.urn, resource.properties]),
      [[urn, { name: "alerts" }]],
    );
  });

  it("takes an export for settled and a preview for what comes, whatever ids they hold", async () => {
    const unborn = JSON.stringify({ deployment: { resources: [{ ...topic, id: undefined }] } });
    const preview = JSON.stringify({ steps: [{ op: "same", urn, newState: topic }] });
    const phases = [await read(unborn), await read(preview)].map(
      (stack) => stack.kind === "ok" && stack.phase,
    );
    assert.deepEqual(phases, ["settled", "preview"]);
  });

  it("reads a state of ten megabytes, every resource of it", async () => {
    const count = 25_000;
    const filler = "x".repeat(300);
    const resources = Array.from({ length: count }, (_, index) => ({
      ...topic,
      urn: `${urn}-${index}`,
      outputs: { name: `alerts-${index}`, policy: filler },
    }));
    const text = JSON.stringify({ version: 3, deployment: { resources } });
    assert.ok(text.length > 10_000_000);
    const stack = await read(text);
    assert.ok(stack.kind === "ok");
    assert.equal(stack.resources.length, count);
    assert.deepEqual(stack.resources.at(-1)?.properties, { name: `alerts-${count - 1}`, policy: filler });
  });

  it("reads stdin", async () => {
    const stack = await exportedStack("-", Readable.from([Buffer.from(state)]));
    assert.ok(stack.kind === "ok" && stack.resources.length === 1);
    assert.deepEqual(await exportedStack("-", Readable.from([])), {
      kind: "invalid",
      messages: [`--state -: it is empty; ${LEVER}`],
    });
  });

  it("refuses what is no export in one line", async () => {
    const line = async (text: string) => {
      const stack = await read(text);
      assert.ok(stack.kind === "invalid" && stack.messages.length === 1);
      return stack.messages[0];
    };
    assert.equal(await line("hello"), `--state state.json: not JSON: it starts with "hello"; ${LEVER}`);
    assert.equal(
      await line(state.slice(0, 100)),
      `--state state.json: half a file: the JSON stops at line 1 before it is complete; ${LEVER}`,
    );
    assert.equal(
      await line("[]"),
      `--state state.json: neither a stack export nor a preview: got a list; ${LEVER}`,
    );
    assert.equal(
      await line('{"version":3,"deployment":{"manifest":{}}}'),
      '--state state.json: the stack in it has no resources, so there is nothing to judge; export it after "pulumi up", or use "pulumi preview --json"',
    );
    assert.equal(
      await line('{"steps":[]}'),
      '--state state.json: the preview has no steps, so it holds no stack; make it again with "pulumi preview --json --show-sames"',
    );
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    assert.equal(
      await line(`{"deployment":{"resources":[{"urn":"${urn}","inputs":${deep}}]}}`),
      "--state state.json: its values are nested too deeply to be read",
    );
  });

  it("takes a preview that leaves nothing for a stack without resources, and says so", async () => {
    const stack = await read(JSON.stringify({ steps: [{ op: "delete", urn, oldState: topic }] }));
    assert.ok(stack.kind === "ok");
    assert.deepEqual(
      [stack.resources, stack.phase, stack.notes],
      [[], "preview", ["the preview leaves no resources, so there is nothing to judge"]],
    );
  });

  it("says why a file cannot be read", async () => {
    assert.deepEqual(await exportedStack(path.join(folder, "gone.json")), {
      kind: "invalid",
      messages: ["--state gone.json: cannot be read: there is no such file"],
    });
  });
});
