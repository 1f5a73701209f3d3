import assert from "node:assert/strict";
import { requestsPerLife } from "../../../rehearsal/simulation/request-grid";

describe("requestsPerLife", () => {
  it("is the number of the first request that finds the answer gone: at exactly its end it is", () => {
    const requests = [59_999, 60_000, 60_001].map((lifeMs) => requestsPerLife(lifeMs, 1_000));
    assert.deepEqual(requests, [60, 60, 61]);
  });

  it("is the next one for an answer that is not kept, or is gone already", () => {
    assert.deepEqual(
      [1, 0, -5_000].map((lifeMs) => requestsPerLife(lifeMs, 1_000)),
      [1, 1, 1],
    );
  });
});
