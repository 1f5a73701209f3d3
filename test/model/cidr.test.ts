import assert from "node:assert/strict";
import fc from "fast-check";
import { ipv4Range, uncovered } from "../../model/cidr";

describe("model/cidr", () => {
  for (const [cidr, first, last] of [
    ["0.0.0.0/0", 0, 2 ** 32 - 1],
    ["128.0.0.0/1", 2 ** 31, 2 ** 32 - 1],
    ["192.0.2.0/24", 3221225984, 3221226239],
    ["192.0.2.77/24", 3221225984, 3221226239],
    ["192.0.2.1/32", 3221225985, 3221225985],
    ["192.0.2.1", 3221225985, 3221225985],
    [" 192.0.2.1 ", 3221225985, 3221225985],
  ] as const) {
    it(`reads ${JSON.stringify(cidr)}`, () => assert.deepEqual(ipv4Range(cidr), { first, last }));
  }

  for (const cidr of ["", "192.0.2.0/33", "192.0.2.256", "192.0.2", "::/0", "a.b.c.d/8", "1.2.3.4/"]) {
    it(`takes ${JSON.stringify(cidr)} for none`, () => assert.equal(ipv4Range(cidr), undefined));
  }

  const range = (first: number, last: number) => ({ first, last });

  it("takes adjacent blocks together, and gaps for gaps", () => {
    const wanted = [range(10, 20)];
    assert.deepEqual(uncovered(wanted, [range(16, 20), range(10, 15)]), []);
    assert.deepEqual(uncovered(wanted, [range(10, 15), range(17, 20)]), wanted);
    assert.deepEqual(uncovered(wanted, [range(10, 19)]), wanted);
    assert.deepEqual(uncovered(wanted, [range(11, 30)]), wanted);
    assert.deepEqual(uncovered(wanted, [range(0, 100), range(12, 13)]), []);
    assert.deepEqual(uncovered([], []), []);
  });

  it("agrees with counting every address", () => {
    const small = fc.tuple(fc.nat(30), fc.nat(8)).map(([first, size]) => range(first, first + size));
    fc.assert(
      fc.property(small, fc.array(small, { maxLength: 6 }), (wanted, blocks) => {
        const held = (address: number) =>
          blocks.some(({ first, last }) => first <= address && address <= last);
        const all = Array.from({ length: wanted.last - wanted.first + 1 }, (_, i) => wanted.first + i);
        assert.equal(uncovered([wanted], blocks).length, all.every(held) ? 0 : 1);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
