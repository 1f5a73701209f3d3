import assert from "node:assert/strict";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";
import { type Draws, draws, SENDER_FATE } from "../../../rehearsal/simulation/random";
import { isConnectedAt, isServedAt } from "../../../rehearsal/simulation/request-fate";

/** One endpoint that half of the requests, or of the senders, cannot connect to. */
function half(kind: "partial" | "zone-lost"): Endpoints {
  const endpoints = new Endpoints(1);
  endpoints.behave(0, kind === "partial" ? { kind, as: "refuse", share: 0.5 } : { kind, share: 0.5 }, 0);
  return endpoints;
}

const FATE = draws(1, "fate");
const CUTOVER = 7;

describe("request fate", () => {
  it("connects by the chance by which the first attempt is served", () => {
    for (const kind of ["partial", "zone-lost"] as const) {
      const endpoints = half(kind);
      const outcomes = Array.from({ length: 40 }, (_, request) =>
        [isConnectedAt, isServedAt].map((is) => is(endpoints, 0, 0, FATE, CUTOVER, request, 1)),
      );
      for (const [isConnected, isServed] of outcomes) assert.equal(isConnected, isServed);
      const connected = outcomes.filter(([isConnected]) => isConnected).length;
      // A sender that lost its zone, or kept it, does so for all of its requests.
      if (kind === "partial") assert.ok(connected > 10 && connected < 30, `${connected}`);
      else assert.ok(connected === 0 || connected === 40, `${connected}`);
    }
  });

  it("draws anew for each attempt, and once for a sender", () => {
    const asked: number[] = [];
    const never: Draws = { uniform: (_, step = 0) => asked.push(step) && 0, below: () => 0 };
    assert.equal(isServedAt(half("partial"), 0, 0, never, CUTOVER, 5, 3), false);
    assert.equal(isConnectedAt(half("partial"), 0, 0, never, CUTOVER, 5, 3), false);
    assert.equal(isServedAt(half("zone-lost"), 0, 0, never, CUTOVER, 5, 3), false);
    assert.equal(isConnectedAt(half("zone-lost"), 0, 0, never, CUTOVER, 5, 3), false);
    assert.deepEqual(asked, [15, 16, 17, 15, SENDER_FATE, SENDER_FATE]);
  });
});
