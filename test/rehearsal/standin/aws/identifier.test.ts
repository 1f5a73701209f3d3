import assert from "node:assert/strict";
import fc from "fast-check";
import {
  characters,
  hex,
  hostedZoneId,
  LOWER_ALPHANUMERIC,
  number,
  uuid,
} from "../../../../rehearsal/standin/aws/identifier";

describe("standin/aws/identifier", () => {
  it("draws identifiers in AWS's forms from any seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 64 }), (seed, length) => {
        assert.match(uuid(seed), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        assert.match(hostedZoneId(seed), /^Z[A-Z0-9]{20}$/);
        assert.match(characters(seed, length, LOWER_ALPHANUMERIC), new RegExp(`^[a-z0-9]{${length}}$`));
        assert.match(hex(seed, length), new RegExp(`^[0-9a-f]{${length}}$`));
        const drawn = number(seed, length);
        assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn < length);
      }),
    );
  });

  it("draws every place of a UUID", () => {
    const places = [...uuid("a")].length;
    const seen = Array.from({ length: places }, () => new Set<string>());
    for (let seed = 0; seed < 200; seed++)
      for (const [place, digit] of [...uuid(String(seed))].entries()) seen[place]?.add(digit);
    // Four dashes and the version stand still; the variant is one of four.
    assert.deepEqual(
      seen.map((digits) => digits.size).filter((size) => size < 10),
      [1, 1, 1, 1, 4, 1],
    );
  });

  it("draws the same from the same seed and another from another", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        assert.equal(uuid(a), uuid(a));
        assert.equal(uuid(a) === uuid(b), a === b);
        assert.equal(hostedZoneId(a) === hostedZoneId(b), a === b);
      }),
    );
  });
});
