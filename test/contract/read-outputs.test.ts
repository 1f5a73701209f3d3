import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs, type ReadOutputs, readOutputs } from "../../contract/read-outputs";
import { SAMPLE_OUTPUTS } from "./sample-outputs";

/** Every path to a value that is neither object nor list. */
function leafPaths(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [[...path]];
  return Object.entries(value).flatMap(([key, item]) =>
    leafPaths(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A copy with one value replaced; `undefined` takes it away. */
function changed(path: readonly (string | number)[], to: unknown): unknown {
  const copy = structuredClone(SAMPLE_OUTPUTS) as unknown as Record<string | number, unknown>;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as typeof copy, copy);
  if (to === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = to;
  return copy;
}

const shown = (path: readonly (string | number)[]) =>
  `dev${path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("")}`;

describe("contract/read-outputs", () => {
  it("gives the outputs of a stack that keeps the contract", () => {
    assert.deepEqual(parseOutputs(SAMPLE_OUTPUTS, "dev"), { kind: "ok", outputs: SAMPLE_OUTPUTS });
  });

  it("allows fields beyond the contract", () => {
    assert.equal(parseOutputs({ ...SAMPLE_OUTPUTS, later: 1 }, "dev").kind, "ok");
  });

  const paths = leafPaths(SAMPLE_OUTPUTS).filter(([first]) => first !== "schema");

  it("covers every field of the contract: without it, or with a wrong type, that field is named", () => {
    assert.equal(paths.length, 26);
    for (const path of paths) {
      assert.deepEqual(parseOutputs(changed(path, undefined), "dev"), {
        kind: "invalid",
        messages: [`${shown(path)} is missing`],
      });
      const wrong = parseOutputs(changed(path, []), "dev");
      assert.ok(wrong.kind === "invalid" && wrong.messages.length === 1, shown(path));
      assert.ok(wrong.messages[0]?.startsWith(`${shown(path)} is []; allowed: `), wrong.messages[0]);
    }
  });

  it("asks of each system for what it has", () => {
    const missing = (system: string) => {
      const read = parseOutputs({ ...SAMPLE_OUTPUTS, system, endpoints: { failoverUrl: "http://a" } }, "dev");
      return read.kind === "invalid" ? read.messages : [];
    };
    for (const system of ["profile-api", "homelab-assistant", "static-site", "web-server"])
      assert.deepEqual(missing(system), ["dev.endpoints.regionalUrls is missing"]);
    assert.deepEqual(missing("data-relay"), [
      "dev.healthCheckIds is missing",
      "dev.endpoints.memberUrls is missing",
    ]);
    assert.deepEqual(missing("another"), []);
  });

  it("refuses another version, and a stack of another kind, as a whole", () => {
    assert.deepEqual(
      parseOutputs({ ...SAMPLE_OUTPUTS, schema: "warm-standby/outputs/v2", zoneId: 1 }, "dev"),
      {
        kind: "invalid",
        messages: [
          'stack dev has the schema "warm-standby/outputs/v2"; allowed: warm-standby/outputs/v1; deploy it with a version that exports it',
        ],
      },
    );
    for (const outputs of [{}, undefined, null, "text"]) {
      assert.deepEqual(parseOutputs(outputs, "dev"), {
        kind: "invalid",
        messages: [
          "stack dev has no schema output; allowed: warm-standby/outputs/v1; deploy it with a version that exports it",
        ],
      });
    }
  });

  describe("through a StackReference", () => {
    const read = async (outputs: object): Promise<ReadOutputs> => {
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, outputs } }),
        call: () => ({}),
      });
      const reference = new pulumi.StackReference("organization/warm-standby/dev");
      return new Promise((resolve) => readOutputs(reference).apply(resolve));
    };

    it("gives the outputs, typed", async () => {
      assert.deepEqual(await read(SAMPLE_OUTPUTS), { kind: "ok", outputs: SAMPLE_OUTPUTS });
    });

    it("names the stack in every message", async () => {
      assert.deepEqual(await read({ ...SAMPLE_OUTPUTS, zoneId: "", healthCheckId: 7 }), {
        kind: "invalid",
        messages: [
          "organization/warm-standby/dev.healthCheckId is 7; allowed: a text",
          "organization/warm-standby/dev.zoneId is empty; allowed: a text",
        ],
      });
    });
  });
});
