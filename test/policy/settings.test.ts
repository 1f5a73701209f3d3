import assert from "node:assert/strict";
import { resolveSettings, type SettingsSchema } from "../../policy/settings";

interface Example {
  readonly seconds: number;
  readonly share: number;
  readonly strict: boolean;
  readonly amounts: Readonly<Record<string, number>>;
  readonly ids: readonly string[];
}

const schema: SettingsSchema<Example> = {
  seconds: { type: "integer", default: 60, minimum: 1, maximum: 100, description: "" },
  share: { type: "number", default: 0.5, exclusiveMinimum: 0, description: "" },
  strict: { type: "boolean", default: true, description: "" },
  amounts: {
    type: "object",
    default: {},
    additionalProperties: { type: "number", minimum: 0 },
    description: "",
  },
  ids: {
    type: "array",
    default: [],
    items: { type: "string", pattern: "^(pl|sg)-[0-9a-f]+$" },
    description: "",
  },
};
const defaults = { seconds: 60, share: 0.5, strict: true, amounts: {}, ids: [] };

describe("policy/settings", () => {
  it("lays what is given over the defaults", () => {
    assert.deepEqual(resolveSettings(schema, {}), { kind: "ok", settings: defaults });
    assert.deepEqual(resolveSettings(schema, { seconds: 100, amounts: { "aws:x/y:Z": 3 }, ids: ["pl-0a"] }), {
      kind: "ok",
      settings: { ...defaults, seconds: 100, amounts: { "aws:x/y:Z": 3 }, ids: ["pl-0a"] },
    });
  });

  it("reports every wrong setting at once, with what is allowed", () => {
    const given = { seconds: 101, share: 0, strict: "yes", amounts: { a: -1 }, ids: ["eni-1"], secnods: 5 };
    assert.deepEqual(resolveSettings(schema, given), {
      kind: "wrong",
      messages: [
        "setting seconds is 101; allowed: a whole number from 1 to 100",
        "setting share is 0; allowed: a number above 0",
        'setting strict is "yes"; allowed: true or false',
        'setting amounts is {"a":-1}; allowed: an object of numbers of 0 or more',
        'setting ids is ["eni-1"]; allowed: a list of texts that match ^(pl|sg)-[0-9a-f]+$',
        "setting secnods does not exist; allowed: seconds, share, strict, amounts, ids",
      ],
    });
  });

  for (const [name, value] of [
    ["seconds", 0],
    ["seconds", 1.5],
    ["seconds", Number.NaN],
    ["seconds", "60"],
    ["seconds", null],
    ["share", Number.POSITIVE_INFINITY],
    ["amounts", [1]],
    ["amounts", { a: "1" }],
    ["ids", "pl-0a"],
    ["ids", [7]],
    ["ids", ["pl-0a", "pl-0g"]],
    ["ids", { 0: "pl-0a" }],
    ["__proto__x", 1],
  ] as const) {
    it(`refuses ${name} = ${JSON.stringify(value)}`, () => {
      assert.equal(resolveSettings(schema, { [name]: value }).kind, "wrong");
    });
  }

  for (const [name, value] of [
    ["seconds", 1],
    ["share", 1e-9],
    ["amounts", { a: 0 }],
    ["ids", []],
    ["ids", ["pl-0a", "sg-1"]],
  ] as const) {
    it(`takes ${name} = ${JSON.stringify(value)}`, () => {
      assert.equal(resolveSettings(schema, { [name]: value }).kind, "ok");
    });
  }
});
