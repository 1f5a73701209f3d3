import assert from "node:assert/strict";
import fc from "fast-check";
import { chanceOf, everyWay, indexAt } from "../../../rehearsal/simulation/chance";
import { stream } from "../../../rehearsal/simulation/random";

describe("indexAt", () => {
  it("lays the weights side by side, each without its end, and never meets a weight of 0", () => {
    assert.deepEqual(
      [0, 0.249, 0.25, 0.999].map((point) => indexAt([1, 0, 3], point)),
      [0, 0, 2, 2],
    );
  });
});

describe("everyWay", () => {
  it("finds each way once, with its probability", () => {
    const ways = everyWay((chance) => {
      const first = chance.one([1, 3]);
      return first === 0 ? "a" : `b${chance.one([1, 0, 1])}`;
    });
    assert.deepEqual(ways, [
      { result: "a", probability: 0.25 },
      { result: "b0", probability: 0.375 },
      { result: "b2", probability: 0.375 },
    ]);
  });

  it("is one certain way where nothing is drawn", () => {
    assert.deepEqual(
      everyWay(() => 7),
      [{ result: 7, probability: 1 }],
    );
  });

  it("tells of several only who comes first, the others in a circle", () => {
    const ways = everyWay((chance) => chance.some(3, 2));
    assert.deepEqual(
      ways.map(({ result }) => result),
      [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
    );
    assert.deepEqual(new Set(ways.map(({ probability }) => probability)), new Set([1 / 3]));
  });

  it("adds up to certainty, and agrees with drawing", () => {
    const trees = fc.array(fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(trees, fc.integer(), (levels, seed) => {
        const path = (chance: Parameters<Parameters<typeof everyWay>[0]>[0]) =>
          levels.map((weights) => chance.one(weights)).join();
        const ways = everyWay(path);
        assert.ok(Math.abs(ways.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-9);
        assert.equal(
          ways.length,
          levels.reduce((product, { length }) => product * length, 1),
        );
        const drawn = path(chanceOf(stream(seed, "x")));
        assert.ok(ways.some(({ result }) => result === drawn));
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
