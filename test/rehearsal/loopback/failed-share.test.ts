import assert from "node:assert/strict";
import { failedShares } from "../../../rehearsal/loopback/failed-share";
import type { Sample } from "../../../rehearsal/simulation/sample";

const mark = (atSeconds: number, which: "fault" | "heal" | "end"): Sample => ({
  atSeconds,
  kind: "mark",
  mark: which,
});
const request = (atSeconds: number, ok = true): Sample => ({
  ...{ atSeconds, kind: "request", ok, status: null, endpoint: null, region: null, latencyMs: 1 },
});

describe("rehearsal/loopback/failed-share", () => {
  it("counts requests in slices of ten seconds from the fault, to the end of the main act", () => {
    const samples = [
      request(95),
      mark(100, "fault"),
      request(100, false),
      request(109.999),
      request(110, false),
      mark(130, "heal"),
      request(130),
      mark(140, "end"),
      request(141, false),
    ];
    assert.deepEqual(failedShares(samples), [
      { fromSeconds: -10, requests: 1, failed: 0 },
      { fromSeconds: 0, requests: 2, failed: 1 },
      { fromSeconds: 10, requests: 1, failed: 1 },
      { fromSeconds: 30, requests: 1, failed: 0 },
    ]);
  });

  it("has nothing to count from without a fault", () => {
    assert.deepEqual(failedShares([request(1), mark(2, "end")]), []);
  });
});
