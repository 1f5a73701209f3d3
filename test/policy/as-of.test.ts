import assert from "node:assert/strict";
import { asOfDay } from "../../policy/as-of";

const NOW = new Date("2026-11-21T23:59:59Z");

describe("policy/as-of", () => {
  it("is the day of the clock in UTC where nothing else is asked for", () => {
    assert.equal(asOfDay({}, NOW), "2026-11-21");
    assert.equal(asOfDay({ WARM_STANDBY_AS_OF: "" }, NOW), "2026-11-21");
  });

  it("is the day that the environment names", () => {
    assert.equal(asOfDay({ WARM_STANDBY_AS_OF: "2025-01-01" }, NOW), "2025-01-01");
  });

  for (const wrong of ["2025-01", "2025-13-01", "yesterday", "2025-01-01T00:00:00Z"]) {
    it(`takes ${wrong} for no day`, () => {
      assert.equal(asOfDay({ WARM_STANDBY_AS_OF: wrong }, NOW), "2026-11-21");
    });
  }
});
