import assert from "node:assert/strict";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { NameServers } from "../../../rehearsal/simulation/name-servers";
import { endpointCheck } from "./plan-fixture";

const CHECKS = ["urn:one", "urn:two"].map((urn) => endpointCheck({ urn }));

function servers(): NameServers {
  const made = new NameServers(CHECKS, 1, ASSUMPTIONS);
  made.reset(0b11);
  return made;
}

describe("NameServers", () => {
  it("learn about one check at one server, and nothing else", () => {
    const four = servers();
    four.learn(1, 0, false, 0);
    four.learn(2, 1, false, 1);
    assert.deepEqual([...four.beliefs], [0b11, 0b10, 0b01, 0b11]);
    four.learn(1, 0, true, 2);
    assert.deepEqual([...four.beliefs], [0b11, 0b11, 0b01, 0b11]);
  });

  it("drop news that is older than what they know", () => {
    const four = servers();
    four.learn(0, 0, true, 5);
    four.learn(0, 0, false, 4);
    assert.equal(four.beliefs[0], 0b11);
    four.learn(0, 1, false, 4);
    assert.equal(four.beliefs[0], 0b01);
  });

  it("forget at a reset", () => {
    const four = servers();
    four.learn(0, 0, false, 5);
    four.reset(0b01);
    assert.deepEqual([...four.beliefs], [0b01, 0b01, 0b01, 0b01]);
    four.learn(0, 0, false, 0);
    assert.equal(four.beliefs[0], 0b00);
  });

  it("hear of a change within the assumed time, each server and each change after a time of its own", () => {
    const four = servers();
    const delays: number[] = [];
    for (let cutover = 0; cutover < 500; cutover++) {
      for (let server = 0; server < four.count; server++) {
        delays.push(four.delayMs(server, 0, cutover, 0), four.delayMs(server, 0, cutover, 1));
      }
    }
    assert.ok(Math.min(...delays) >= 0 && Math.max(...delays) <= 5_000);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    assert.ok(Math.abs(mean - 2_500) < 100, `mean ${mean}`);
    assert.ok(new Set(delays).size > 2_500);
  });

  it("hear at once when nothing is assumed", () => {
    const instant = new NameServers(CHECKS, 1, { ...ASSUMPTIONS, propagationSecondsMax: 0 });
    assert.equal(instant.delayMs(3, 1, 17, 2), 0);
  });
});
