import assert from "node:assert/strict";
import fc from "fast-check";
import {
  binSecondsFor,
  binsOf,
  endSecondsOf,
  shareBefore,
  sharesOf,
  spreadOf,
  totalOf,
} from "../../../../drill/report/plots/spread";
import { durations } from "../html-fixture";

describe("drill/report/plots/spread", () => {
  it("counts a duration under the second that it begins, on both sides of the boundary", () => {
    assert.deepEqual(spreadOf(durations(59.999, 60, 60.999, 61), 2), {
      counts: [
        [59, 1],
        [60, 2],
        [61, 1],
      ],
      stranded: 2,
    });
  });

  it("keeps nothing of nothing", () => {
    const none = spreadOf(durations());
    assert.deepEqual([totalOf(none), endSecondsOf(none), binsOf(none, 5), sharesOf(none)], [0, 0, [], []]);
    assert.equal(shareBefore([], 10), 0);
  });

  it("bins whole widths from zero and leaves empty ones out", () => {
    assert.deepEqual(binsOf(spreadOf(durations(4.999, 5, 9.999, 20), 4), 5), [
      { fromSeconds: 0, toSeconds: 5, count: 1, share: 1 / 8 },
      { fromSeconds: 5, toSeconds: 10, count: 2, share: 2 / 8 },
      { fromSeconds: 20, toSeconds: 25, count: 1, share: 1 / 8 },
    ]);
  });

  it("never reaches the whole where somebody is stranded", () => {
    assert.deepEqual(sharesOf(spreadOf(durations(3, 7), 2)), [
      { atSeconds: 3, share: 0 },
      { atSeconds: 4, share: 0.25 },
      { atSeconds: 7, share: 0.25 },
      { atSeconds: 8, share: 0.5 },
    ]);
  });

  it("tells the share before any moment", () => {
    const points = sharesOf(spreadOf(durations(3, 7)));
    const at = (seconds: number) => shareBefore(points, seconds);
    assert.deepEqual([0, 3, 3.5, 4, 6, 8, 100].map(at), [0, 0, 0.25, 0.5, 0.5, 1, 1]);
  });

  it("takes the narrowest width that fits", () => {
    assert.deepEqual(
      [binSecondsFor(60, 60), binSecondsFor(61, 60), binSecondsFor(300, 60), binSecondsFor(301, 60)],
      [1, 2, 5, 10],
    );
    assert.equal(binSecondsFor(7_200_000, 60), 120_000);
  });

  it("loses nobody, whatever the durations and the width", () => {
    const seconds = fc.array(
      fc.integer({ min: 0, max: 400_000 }).map((ms) => ms / 1_000),
      { maxLength: 50 },
    );
    fc.assert(
      fc.property(
        seconds,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 90 }),
        (all, lost, width) => {
          const spread = spreadOf(durations(...all), lost);
          const binned = binsOf(spread, width).reduce((sum, { count }) => sum + count, 0);
          assert.equal(totalOf(spread), all.length + lost);
          assert.equal(binned, all.length);
          const shares = sharesOf(spread).map(({ share }) => share);
          assert.deepEqual(
            shares,
            [...shares].sort((a, b) => a - b),
          );
          if (all.length > 0) assert.equal(shares.at(-1), all.length / (all.length + lost));
        },
      ),
    );
  });
});
