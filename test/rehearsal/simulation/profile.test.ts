import assert from "node:assert/strict";
import fc from "fast-check";
import {
  apportion,
  type ClientProfile,
  honoursTtl,
  longestDelayMs,
  profileByName,
  profileNames,
  racesFamilies,
} from "../../../rehearsal/simulation/profile";

const ALL = profileNames().map((name) => profileByName(name) as ClientProfile);

describe("profiles", () => {
  it("are found by name, the compliant one first, and each names its source", () => {
    assert.deepEqual(profileNames(), [
      "compliant",
      "clamps-ttl",
      "serves-stale",
      "jvm-30s",
      "jvm-for-ever",
      "kept-connection",
      "happy-eyeballs",
      "retries",
    ]);
    assert.equal(profileByName("nobody"), undefined);
    for (const { name, source } of ALL) assert.match(source, /RFC \d+|Java SE|AWS SDKs|\(\d\)/, name);
  });

  it("honour TTLs or not; the bound holds for those only that do", () => {
    assert.deepEqual(
      ALL.filter(honoursTtl).map(({ name }) => name),
      ["compliant", "happy-eyeballs", "retries"],
    );
  });

  it("ask for one address family or for both", () => {
    assert.deepEqual(
      ALL.filter(racesFamilies).map(({ name }) => name),
      ["happy-eyeballs"],
    );
  });

  it("are late by what they keep, as far as that is waited for", () => {
    assert.deepEqual(ALL.map(longestDelayMs), [0, 300_000, 30_000, 30_000, 0, 0, 0, 0]);
  });
});

describe("apportion", () => {
  const [compliant, clamps, stale] = ALL as [ClientProfile, ClientProfile, ClientProfile];
  const shares = (...weights: number[]) =>
    weights.map((weight, index) => ({ profile: [compliant, clamps, stale][index] ?? compliant, weight }));

  it("divides in proportion, the remainder to the largest fractions", () => {
    assert.deepEqual(apportion(shares(50, 25, 25), 100), [50, 25, 25]);
    assert.deepEqual(apportion(shares(1, 1, 1), 100), [34, 33, 33]);
    assert.deepEqual(apportion(shares(1, 2, 2), 4), [1, 2, 1]);
    assert.deepEqual(apportion(shares(0, 1, 0), 7), [0, 7, 0]);
  });

  it("gives every resolver to one, and nobody more than one too many", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 10_000 }), (drawn, resolvers) => {
        fc.pre(drawn.some((weight) => weight > 0));
        const counts = apportion(shares(...drawn), resolvers);
        const total = drawn.reduce((sum, weight) => sum + weight, 0);
        assert.equal(
          counts.reduce((sum, count) => sum + count, 0),
          resolvers,
        );
        for (const [index, count] of counts.entries()) {
          assert.ok(Math.abs(count - ((drawn[index] ?? 0) / total) * resolvers) < 1);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("refuses weights that say nothing", () => {
    for (const weights of [[0], [-1, 2], [Number.NaN]]) {
      assert.throws(() => apportion(shares(...weights), 10), RangeError);
    }
  });
});
