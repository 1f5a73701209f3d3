import assert from "node:assert/strict";
import fc from "fast-check";
import { draws, stream } from "../../../rehearsal/simulation/random";

const SEEDS = fc.integer();
const NAMES = fc.string({ maxLength: 40 });

describe("stream", () => {
  it("gives the same numbers for the same seed and name, whatever other streams do", () => {
    fc.assert(
      fc.property(SEEDS, NAMES, (seed, name) => {
        const alone = stream(seed, name);
        const first = Array.from({ length: 5 }, () => alone.uniform());
        const again = stream(seed, name);
        const other = stream(seed, `${name}x`);
        const second = first.map(() => {
          other.uniform();
          return again.uniform();
        });
        assert.deepEqual(second, first);
      }),
      { seed: 1 },
    );
  });

  it("gives other numbers for another seed or name", () => {
    fc.assert(
      fc.property(SEEDS, NAMES, (seed, name) => {
        const numbers = (s: number, n: string) => {
          const random = stream(s, n);
          return [random.uniform(), random.uniform()];
        };
        assert.notDeepEqual(numbers(seed, name), numbers(seed, `${name}x`));
        assert.notDeepEqual(numbers(seed, name), numbers(seed + 1, name));
      }),
      { seed: 1 },
    );
  });

  it("keeps its numbers, for reports of the same seed are compared across versions", () => {
    const random = stream(1, "checker/us-east-1/1/phase");
    assert.deepEqual(
      [random.below(10_000), random.below(10_000), random.below(10_000)],
      [5_872, 5_664, 7_738],
    );
  });

  it("spreads evenly over [0, 1)", () => {
    const random = stream(7, "spread");
    assertEven(() => random.uniform());
  });
});

describe("draws", () => {
  it("gives the number of a position whatever was asked before", () => {
    fc.assert(
      fc.property(SEEDS, NAMES, fc.nat(1_000_000), fc.nat(100), (seed, name, position, step) => {
        const used = draws(seed, name);
        for (let before = 0; before < 5; before++) used.uniform(before, before);
        assert.equal(used.uniform(position, step), draws(seed, name).uniform(position, step));
      }),
      { seed: 1 },
    );
  });

  it("keeps its numbers", () => {
    const phase = draws(1, "checker/us-east-1/1/phase");
    assert.deepEqual(
      [phase.below(10_000, 0), phase.below(10_000, 1), phase.below(10_000, 1, 1)],
      [5_946, 8_414, 9_191],
    );
  });

  it("spreads evenly over [0, 1) by position, by step and by name", () => {
    const byPosition = draws(7, "spread");
    assertEven((index) => byPosition.uniform(index));
    assertEven((index) => byPosition.uniform(3, index));
    assertEven((index) => draws(7, `resolver/${index}/cache-age`).uniform(0));
  });

  it("has no relation between neighbouring names", () => {
    const pairs = Array.from({ length: 10_000 }, (_, index) => [
      draws(1, `checker/${index}`).uniform(5) - 0.5,
      draws(1, `checker/${index + 1}`).uniform(5) - 0.5,
    ]);
    const covariance = pairs.reduce((sum, [a = 0, b = 0]) => sum + a * b, 0) / pairs.length;
    // The variance of a product of two independent uniforms is (1/12)^2; four standard errors.
    assert.ok(Math.abs(covariance) < 4 / 12 / Math.sqrt(pairs.length), `covariance ${covariance}`);
  });
});

describe("below", () => {
  it("gives every integer in [0, n) and nothing else", () => {
    const random = stream(3, "dice");
    const phase = draws(3, "dice");
    const thrown = new Set(Array.from({ length: 500 }, () => random.below(6)));
    const drawn = new Set(Array.from({ length: 500 }, (_, index) => phase.below(6, index)));
    assert.deepEqual([...thrown].sort(), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual([...drawn].sort(), [0, 1, 2, 3, 4, 5]);
  });
});

/** Chi-square over 64 bins; the limit is far out for 63 degrees of freedom (p about 1e-6). */
function assertEven(next: (index: number) => number): void {
  const bins = new Array<number>(64).fill(0);
  const count = 64_000;
  for (let index = 0; index < count; index++) {
    const value = next(index);
    assert.ok(value >= 0 && value < 1, `${value} is outside [0, 1)`);
    const bin = Math.floor(value * 64);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const expected = count / 64;
  const chiSquare = bins.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
  assert.ok(chiSquare < 130, `chi-square ${chiSquare}`);
}
