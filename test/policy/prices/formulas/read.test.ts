import assert from "node:assert/strict";
import { type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import {
  at,
  booleanAt,
  listAt,
  numberAt,
  stringAt,
  withWrongReads,
} from "../../../../policy/prices/formulas/read";

describe("policy/prices/formulas/read", () => {
  it("goes down objects by name and lists by number, and nothing else", () => {
    assert.equal(at({ a: [{ b: 1 }] }, "a", 0, "b"), 1);
    assert.equal(at({ a: [{ b: 1 }] }, "a", "0", "b"), 1);
    assert.equal(at({ a: [] }, "a", 0, "b"), undefined);
    assert.equal(at({ a: null }, "a", "b"), undefined);
    assert.equal(at({ a: UNKNOWN }, "a", "b"), UNKNOWN);
    for (const wrong of ["text", 7, true, [{ b: 1 }]]) assert.equal(at({ a: wrong }, "a", "b"), UNKNOWN);
    assert.equal(at({ a: { b: 1 } }, "a", 0), UNKNOWN);
  });

  it("tells what was read of a wrong kind, and nothing of what is absent or not known yet", () => {
    const value: PropertyValue = {
      text: "abc",
      flag: "yes",
      list: [{ units: {} }],
      none: null,
      later: UNKNOWN,
    };
    const { result, wrong } = withWrongReads(() => [
      numberAt(value, "text"),
      booleanAt(value, "flag"),
      numberAt(value, "list", 0, "units"),
      stringAt(value, "text", "inner"),
      stringAt(value, "list"),
      numberAt({ text: "x".repeat(60) }, "text"),
      numberAt({ size: Number.POSITIVE_INFINITY }, "size"),
      listAt(value, "none"),
      listAt(value, "later"),
      stringAt(value, "text"),
    ]);
    assert.deepEqual(result, [...Array.from({ length: 7 }, () => UNKNOWN), undefined, UNKNOWN, "abc"]);
    assert.deepEqual(wrong, [
      { path: "text", what: 'text is "abc", not a number' },
      { path: "flag", what: 'flag is "yes", not true or false' },
      { path: "list[0].units", what: "list[0].units is an object, not a number" },
      { path: "text.inner", what: 'text is "abc", not an object' },
      { path: "list", what: "list is a list, not text" },
      { path: "text", what: `text is "${"x".repeat(39)}..., not a number` },
      { path: "size", what: "size is beyond all numbers, not a number" },
    ]);
    assert.deepEqual(
      withWrongReads(() => 1),
      { result: 1, wrong: [] },
    );
  });

  for (const [kind, read, values] of [
    ["text", stringAt, ["text", "7"]],
    ["numbers", numberAt, [7, 0.5]],
    ["booleans", booleanAt, [true, false]],
    ["lists", listAt, [[], ["a"]]],
  ] as const) {
    it(`reads ${kind}, absent as absent, and any other kind as unknown`, () => {
      for (const value of values) assert.deepEqual(read({ a: value as PropertyValue }, "a"), value);
      for (const absent of [undefined, null]) assert.equal(read({ a: absent }, "a"), undefined);
      const others: readonly PropertyValue[] = ["abc", 7, true, {}, ["x"]];
      const kinds = others.filter((other) => kindOf(other) !== kindOf(values[0] as PropertyValue));
      assert.equal(kinds.length, 4);
      for (const wrong of kinds) assert.equal(read({ a: wrong }, "a"), UNKNOWN);
      assert.equal(read({ a: UNKNOWN }, "a"), UNKNOWN);
    });
  }

  it("takes numbers and booleans that are written as text, and empty text for absent", () => {
    assert.deepEqual([numberAt({ a: "60" }, "a"), booleanAt({ a: "true" }, "a")], [60, true]);
    assert.deepEqual([numberAt({ a: "" }, "a"), booleanAt({ a: "" }, "a")], [undefined, undefined]);
    assert.equal(numberAt({ a: Number.NaN }, "a"), UNKNOWN);
  });
});

function kindOf(value: PropertyValue): string {
  return Array.isArray(value) ? "list" : typeof value;
}
