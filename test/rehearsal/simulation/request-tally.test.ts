import assert from "node:assert/strict";
import { RequestTally } from "../../../rehearsal/simulation/request-tally";

describe("RequestTally", () => {
  it("counts runs as served or failed, and places the failed ones after the fault where there is one", () => {
    const tally = new RequestTally(1_000);
    tally.add(3, true, 0);
    tally.add(2, false, undefined);
    tally.add(6, false, 500);
    tally.addOutage(10_000, 20_000, Float64Array.of(10_500));
    assert.deepEqual(tally.requests, { sent: 0, served: 3, failed: 8 });
    assert.deepEqual(tally.outcomes.shares(), [
      { atSeconds: 0, failed: 5, sent: 5 },
      { atSeconds: 5, failed: 1, sent: 5 },
    ]);
  });

  it("counts what each sender sends from its first request on, that of the very end left out", () => {
    const tally = new RequestTally(1_000);
    tally.addSent(3_000, Float64Array.of(0, 999, 1_000, 3_000, 4_000));
    assert.equal(tally.requests.sent, 3 + 3 + 2 + 0 + 0);
  });
});
