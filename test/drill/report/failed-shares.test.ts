import assert from "node:assert/strict";
import { failedSharesText } from "../../../drill/report/failed-shares";

/** Stretches of 5 s with 1,000 requests each. */
const shares = (...failed: readonly number[]) =>
  failed.map((each, stretch) => ({ atSeconds: 5 * stretch, sent: 1_000, failed: each }));

describe("drill/report/failed-shares", () => {
  for (const [failed, text] of [
    [[], "no request failed after the fault"],
    [[0, 0], "no request failed after the fault"],
    [[1_000, 1_000, 0], "100 % failed at first, none from 10 s on"],
    [[999, 0], "99 % failed at first, none from 5 s on"],
    [[500, 504, 0], "50 % failed at first, none from 10 s on"],
    [[500, 506, 0], "50 % failed at first, at worst 51 % (from 5 s), none from 10 s on"],
    [[500, 10, 9, 0], "50 % failed at first, less than 1 % from 10 s and none from 15 s on"],
    [[500, 9], "50 % failed at first, less than 1 % from 5 s on"],
    [[500, 10], "50 % failed at first, and some until the heal"],
    [[1, 0], "less than 1 % failed at first, less than 1 % from 0 s and none from 5 s on"],
    [[0, 300, 0], "0 % failed at first, at worst 30 % (from 5 s), none from 10 s on"],
  ] as const) {
    it(`says: ${text} (${failed.join(", ")})`, () => {
      assert.equal(failedSharesText(shares(...failed)), text);
    });
  }
});
