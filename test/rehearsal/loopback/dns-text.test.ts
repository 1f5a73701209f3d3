import assert from "node:assert/strict";
import { dataTokens, integer, octets, onWire, quotedStrings } from "../../../rehearsal/loopback/dns-text";

describe("rehearsal/loopback/dns-text", () => {
  it("reads whole numbers up to their limit", () => {
    assert.deepEqual([integer("0"), integer("255", 255), integer("4294967295")], [0, 255, 4_294_967_295]);
    for (const [text, max] of [["256", 255], ["4294967296"], ["-1"], ["1.5"], ["0x1"], [""]] as const) {
      assert.throws(() => integer(text, max), /is no number up to/, text);
    }
  });

  it("reads pairs of hexadecimal digits and nothing else", () => {
    assert.deepEqual(octets("00fFaB"), Buffer.from([0, 255, 171]));
    for (const text of ["", "0", "0g", "00 11"]) assert.throws(() => octets(text), /hexadecimal/, text);
  });

  it("takes what stands in quotes for one word", () => {
    const words = (data: string) => dataTokens(data).map(String);
    assert.deepEqual(words(' 1  "two words"\tthree "" "a \\"b\\""'), [
      "1",
      "two words",
      "three",
      "",
      'a "b"',
    ]);
    assert.deepEqual(words(""), []);
  });

  it("allows labels of 63 octets and names of 255, and the root", () => {
    const label = "x".repeat(63);
    const longest = `${label}.${label}.${label}.${"x".repeat(61)}`;
    assert.deepEqual(
      [onWire("."), onWire("a.example.com."), onWire(longest)],
      [".", "a.example.com", longest],
    );
    for (const name of ["", `${longest}x`, `x${label}.example.com`, "a..example.com"]) {
      assert.throws(() => onWire(name), /is no DNS name/, name);
    }
  });

  it("splits a text of 256 octets", () => {
    assert.deepEqual(
      quotedStrings("x".repeat(256)).map(({ length }) => length),
      [255, 1],
    );
  });
});
