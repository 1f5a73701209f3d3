import assert from "node:assert/strict";
import { type ClaimVerdict, claimVerdict, shareWithin } from "../../../drill/seeds/claim-verdict";
import type { Claim } from "../../../drill/seeds/seed";
import { Distribution } from "../../../rehearsal/simulation/distribution";

/** 1, 2, ... 100 s, once each: the n-th percentile is n. */
function hundred(): Distribution {
  const samples = new Distribution();
  for (let seconds = 1; seconds <= 100; seconds++) samples.add(seconds);
  return samples;
}

describe("drill/seeds/claim-verdict", () => {
  it("counts the samples that are not above the number", () => {
    const samples = hundred();
    assert.deepEqual(
      [0.999, 1, 49.999, 50, 100, 101].map((seconds) => shareWithin(samples, seconds)),
      [0, 0.01, 0.49, 0.5, 1, 1],
    );
  });

  const cases: [kind: Claim["kind"], seconds: number, verdict: ClaimVerdict][] = [
    ["took", 0.999, "not reproducible"],
    ["took", 1, "lucky"],
    ["took", 4.999, "lucky"],
    ["took", 5, "likely"],
    ["took", 95, "likely"],
    ["took", 96, "cautious"],
    ["took", 99.999, "cautious"],
    ["took", 100.001, "not reproducible"],
    ["about", 0.9, "not reproducible"],
    ["about", 0.91, "lucky"],
    ["about", 4.999, "lucky"],
    ["about", 5, "likely"],
    ["about", 95, "likely"],
    ["about", 96, "cautious"],
    ["about", 500, "cautious"],
    ["within", 0.999, "not reproducible"],
    ["within", 1, "lucky"],
    ["within", 94.999, "lucky"],
    ["within", 95, "likely"],
    ["within", 500, "likely"],
  ];
  for (const [kind, seconds, verdict] of cases) {
    it(`calls ${kind} ${seconds} s ${verdict}`, () => {
      assert.equal(claimVerdict({ kind, seconds }, hundred()), verdict);
    });
  }

  it("takes what less than one sample in 1,000 shows for not seen, however few there are beyond it", () => {
    const [edge, common] = [10, 50];
    const samples = (atEdge: number, total: number) => {
      const made = new Distribution();
      made.addMs(edge * 1_000, atEdge);
      made.addMs(common * 1_000, total - atEdge);
      return made;
    };
    const early = (kind: Claim["kind"], atEdge: number) =>
      claimVerdict({ kind, seconds: edge }, samples(atEdge, 5_000));
    for (const kind of ["took", "about", "within"] as const) {
      assert.deepEqual(
        [0, 4, 5].map((atEdge) => early(kind, atEdge)),
        ["not reproducible", "not reproducible", "lucky"],
        kind,
      );
    }
    // 60 s is above all but so many of the samples, which are at 100 s.
    const late = (above: number) => {
      const made = new Distribution();
      made.addMs(common * 1_000, 5_000 - above);
      made.addMs(100_000, above);
      return claimVerdict({ kind: "took", seconds: 60 }, made);
    };
    assert.deepEqual([0, 4, 5].map(late), ["not reproducible", "not reproducible", "cautious"]);
  });

  it("takes a number for about that where the median is within 10 % of it, though few cutovers are as fast", () => {
    const narrow = new Distribution();
    for (let ms = 95_000; ms <= 99_000; ms += 100) narrow.addMs(ms);
    const about = (seconds: number) => claimVerdict({ kind: "about", seconds }, narrow);
    // The median is 97 s: 88.2 s and 10 % is 97.02 s, 107.8 s less 10 % is 97.02 s.
    assert.deepEqual([88.1, 88.2, 107.7, 107.9].map(about), ["lucky", "likely", "likely", "cautious"]);
  });

  it("says nothing without samples", () => {
    assert.throws(() => claimVerdict({ kind: "took", seconds: 1 }, new Distribution()), RangeError);
  });
});
