import assert from "node:assert/strict";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";

function two(): Endpoints {
  const endpoints = new Endpoints(2);
  endpoints.reset(1_000);
  return endpoints;
}

describe("Endpoints", () => {
  it("all serve at first, and each changes alone", () => {
    const endpoints = two();
    endpoints.behave(1, { kind: "refuse" }, 5_000);
    assert.deepEqual([endpoints.serves(0, 5_000, 0), endpoints.serves(1, 5_000, 0)], [true, false]);
    assert.deepEqual(
      [0, 1].map((index) => endpoints.keepsConnections(index, 5_000)),
      [true, false],
    );
  });

  it("take a connection where they listen, and none outside the plan", () => {
    const endpoints = two();
    endpoints.behave(0, { kind: "flaps", as: "refuse", downMs: 10, upMs: 10 }, 5_000);
    assert.deepEqual(
      [5_000, 5_009, 5_010, 5_020].map((atMs) => endpoints.takesConnection(0, atMs, 0)),
      [false, false, true, false],
    );
    assert.deepEqual(
      [endpoints.takesConnection(1, 5_000, 0), endpoints.takesConnection(-1, 5_000, 0)],
      [true, false],
    );
  });

  it("do alike to all requests of a sender, unless time or each attempt's chance decides", () => {
    const endpoints = two();
    const kinds = [
      { kind: "refuse" },
      { kind: "zone-lost", share: 0.5 },
      { kind: "partial", as: "refuse", share: 0.5 },
      { kind: "flaps", as: "refuse", downMs: 10, upMs: 10 },
    ] as const;
    const alike = kinds.map((behaviour) => {
      endpoints.behave(0, behaviour, 5_000);
      return endpoints.meetsAlike(0);
    });
    assert.deepEqual([...alike, endpoints.meetsAlike(-1)], [true, true, false, false, true]);
  });

  it("count time from the moment of the change", () => {
    const endpoints = two();
    endpoints.behave(0, { kind: "flaps", as: "hang", downMs: 10, upMs: 10 }, 5_000);
    assert.deepEqual(
      [5_000, 5_009, 5_010, 5_020].map((atMs) => endpoints.serves(0, atMs, 0)),
      [false, false, true, false],
    );
    assert.equal(endpoints.isSteady(0), false);
  });

  it("never serve where an answer has no address", () => {
    const endpoints = two();
    assert.deepEqual(
      [endpoints.serves(-1, 0, 0), endpoints.isSteady(-1), endpoints.keepsConnections(-1, 0)],
      [false, true, false],
    );
  });

  it("remember what was before, and forget it when they are reset", () => {
    const endpoints = two();
    endpoints.behave(0, { kind: "http-503" }, 5_000);
    endpoints.behave(0, { kind: "serves" }, 7_000);
    const shares = [0, 4_999, 5_000, 6_999, 7_000].map((atMs) => endpoints.failingPart(0, atMs, "requests"));
    assert.deepEqual(shares, [0, 0, 1, 1, 0]);
    endpoints.reset(0);
    assert.equal(endpoints.failingPart(0, 6_000, "requests"), 0);
  });
});
