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

  it("takes a number within 10 % of the median for about that, though few cutovers are as fast", () => {
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
