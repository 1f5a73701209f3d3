import assert from "node:assert/strict";
import { schemaFaults } from "../../contract/json-schema";

describe("contract/json-schema", () => {
  it("tells each kind of fault in its own line", () => {
    const faults = (value: unknown, schema: Parameters<typeof schemaFaults>[1]) =>
      schemaFaults(value, schema, "it");
    assert.deepEqual(faults(1, { type: "string" }), ["it is 1; allowed: a text"]);
    assert.deepEqual(faults("", { type: "string", minLength: 1 }), ["it is empty; allowed: a text"]);
    assert.deepEqual(faults("http://a", { type: "string", pattern: "^https://" }), [
      'it is "http://a"; allowed: a text that matches ^https://',
    ]);
    assert.deepEqual(faults("1", { type: "number" }), ['it is "1"; allowed: a number']);
    assert.deepEqual(faults(0, { type: "number", exclusiveMinimum: 0 }), [
      "it is 0; allowed: a number above 0",
    ]);
    assert.deepEqual(faults(Number.NaN, { type: "number" }), ["it is null; allowed: a number"]);
    assert.deepEqual(faults("b", { const: "a" }), ['it is "b"; allowed: "a"']);
    assert.deepEqual(faults("c", { enum: ["a", "b"] }), ['it is "c"; allowed: "a", "b"']);
    assert.deepEqual(faults([], { type: "object" }), ["it is []; allowed: an object"]);
    assert.deepEqual(faults(null, { type: "object" }), ["it is null; allowed: an object"]);
    assert.deepEqual(faults({}, { type: "array" }), ["it is {}; allowed: a list"]);
    assert.deepEqual(faults(["a"], { type: "array", minItems: 2 }), ["it has 1 items; allowed: 2 or more"]);
    assert.deepEqual(faults({}, { type: "object", required: ["a"] }), ["it.a is missing"]);
  });

  it("goes into lists and objects and reports everything at once", () => {
    const schema = {
      type: "object",
      required: ["list", "other"],
      properties: { list: { type: "array", items: { type: "string" } }, other: {} },
    } as const;
    assert.deepEqual(schemaFaults({ list: ["a", 1, null] }, schema, "it"), [
      "it.other is missing",
      "it.list[1] is 1; allowed: a text",
      "it.list[2] is null; allowed: a text",
    ]);
  });

  it("lets a value pass that fits, and properties that a later version adds", () => {
    const schema = { type: "object", properties: { a: { type: "number", exclusiveMinimum: 0 } } } as const;
    assert.deepEqual(schemaFaults({ a: 0.001, later: true }, schema, "it"), []);
  });

  it("holds every value of an open object to one schema", () => {
    const schema = {
      type: "object",
      properties: { a: {} },
      additionalProperties: { type: "string" },
    } as const;
    assert.deepEqual(schemaFaults({ a: 1, b: "b", c: 2 }, schema, "it"), ["it.c is 2; allowed: a text"]);
  });

  it("asks for more only where the condition holds", () => {
    const schema = {
      type: "object",
      allOf: [
        {
          if: { required: ["kind"], properties: { kind: { const: "pair" } } },
          // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema; nobody awaits a schema.
          then: { required: ["secondary"] },
        },
      ],
    } as const;
    assert.deepEqual(schemaFaults({ kind: "pair" }, schema, "it"), ["it.secondary is missing"]);
    for (const value of [{ kind: "pair", secondary: 1 }, { kind: "set" }, {}])
      assert.deepEqual(schemaFaults(value, schema, "it"), []);
    assert.deepEqual(schemaFaults(1, schema, "it"), ["it is 1; allowed: an object"]);
  });

  it("refuses a schema with a keyword that it would not check", () => {
    assert.throws(() => schemaFaults("a", { maxLength: 1 } as object, "it"), {
      message: "the schema of it uses maxLength, which this checker does not know",
    });
  });
});
