import assert from "node:assert/strict";
import fc from "fast-check";
import { BrokenJsonError, MemberReader } from "../../../../policy/prices/refresh/member-reader";

type Taken = readonly [path: string, value: unknown];

/** Enters the member `in` at any depth, passes over `skip`, and takes everything else. */
function read(text: string, bytesPerChunk = text.length): Taken[] {
  const taken: Taken[] = [];
  const reader = new MemberReader({
    use: (path) => (path.at(-1) === "in" ? "enter" : path.at(-1) === "skip" ? "skip" : "take"),
    take: (path, json) => taken.push([path.join("."), JSON.parse(json)]),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += bytesPerChunk) {
    // The reader must keep nothing of a chunk that its owner fills anew.
    const chunk = Buffer.from(bytes.subarray(at, at + bytesPerChunk));
    reader.write(chunk);
    chunk.fill(0x58);
  }
  reader.end();
  return taken;
}

const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof BrokenJsonError) return error.message;
    throw error;
  }
  return "nothing";
};

describe("policy/prices/refresh/member-reader", () => {
  const text = `{ "a": 1, "in": { "b" : "x\\"},{" , "in": {}, "skip": {"b": [{}]}, "c": [1, {"d": null}] },
    "skip": "}\\\\", "in\\u0032": {"e": {}}, "ü": true }`;
  const members = [
    ["a", 1],
    ["in.b", 'x"},{'],
    ["in.c", [1, { d: null }]],
    ["in2", { e: {} }],
    ["ü", true],
  ];

  it("takes members of entered objects and passes over the others", () => {
    assert.deepEqual(read(text), members);
  });

  it("reads the same in pieces of every size", () => {
    for (let size = 1; size <= 40; size += 1) assert.deepEqual(read(text, size), members, String(size));
  });

  it("takes every member of any object as JSON.parse reads it", () => {
    const key = fc.string().filter((name) => !["in", "skip", "__proto__"].includes(name));
    const object = fc.dictionary(key, fc.jsonValue());
    fc.assert(
      fc.property(object, fc.integer({ min: 1, max: 30 }), fc.boolean(), (value, size, spaced) => {
        const json = JSON.stringify(value, null, spaced ? 2 : 0);
        const whole = JSON.parse(json) as Record<string, unknown>;
        assert.deepEqual(read(json, size), Object.entries(whole));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it("refuses every beginning of an object as cut off", () => {
    const cut = [...text].map((_, end) => text.slice(0, end)).filter((start) => start.trim() !== "");
    assert.deepEqual(
      cut.filter((start) => refusal(start) !== "it ends in the middle"),
      [],
    );
  });

  it("refuses what is no object", () => {
    assert.equal(refusal(" \n"), "it is empty");
    assert.equal(refusal("<html></html>"), "it is not a JSON object");
    assert.equal(refusal("[{}]"), "it is not a JSON object");
    assert.equal(refusal("{} {}"), "it goes on after its end");
    assert.equal(refusal("{a: 1}"), "it is not JSON");
    assert.equal(refusal('{"a" 1}'), "it is not JSON");
    assert.equal(refusal('{"in": []}'), "its in is not an object");
  });
});
