import assert from "node:assert/strict";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";
import { HeldAnswers } from "../../../rehearsal/simulation/held-answers";
import { KeptConnections } from "../../../rehearsal/simulation/kept-connections";

/** One client connected to endpoint 0 until 10 s. */
function connected() {
  const endpoints = new Endpoints(2);
  endpoints.reset(0);
  const connections = new KeptConnections(1, endpoints, new HeldAnswers(1));
  connections.startCutover();
  connections.open(0, 10_000);
  return { endpoints, connections };
}

describe("KeptConnections", () => {
  it("are open until their end, which is outside, unless they are dropped", () => {
    const { connections } = connected();
    assert.deepEqual([connections.isOpen(0, 9_999), connections.isOpen(0, 10_000)], [true, false]);
    connections.drop(0);
    assert.equal(connections.isOpen(0, 0), false);
    connections.open(0, 10_000);
    connections.startCutover();
    assert.equal(connections.isOpen(0, 0), false);
  });

  it("break with a refusal at their own endpoint, not with an error answer and not once they are over", () => {
    const { endpoints, connections } = connected();
    endpoints.behave(0, { kind: "http-503" }, 5_000);
    assert.equal(connections.isBreaking(0, 0, 5_000), false);
    endpoints.behave(0, { kind: "refuse" }, 5_000);
    assert.deepEqual(
      [
        connections.isBreaking(0, 0, 9_999),
        connections.isBreaking(0, 1, 9_999),
        connections.isBreaking(0, 0, 10_000),
      ],
      [true, false, false],
    );
    assert.equal(connections.isOpen(0, 5_000), false);
  });

  it("are tried again at their end, or at once and ever again where they may break before", () => {
    const { endpoints, connections } = connected();
    assert.equal(connections.triedFromMs(0, 5_000), 10_000);
    endpoints.behave(0, { kind: "slows", toMs: 9_000, overSeconds: 60 }, 5_000);
    assert.deepEqual([connections.triedFromMs(0, 5_000), connections.isBreaking(0, 0, 5_000)], [5_000, true]);
  });
});
