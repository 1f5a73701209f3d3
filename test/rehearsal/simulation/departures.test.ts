import assert from "node:assert/strict";
import type { AnswerView } from "../../../rehearsal/simulation/answer-book";
import { Departures, UNTOUCHED } from "../../../rehearsal/simulation/departures";

const LOST = 0;
const LEFT = 1;
const served = () => true;
const failed = () => false;
const view = (leadsToPrimary: boolean) => ({ leadsToPrimary }) as AnswerView;

/** Two resolvers after a fault at 10 s. */
function afterFault() {
  const afterMs = new Float64Array(2);
  const departures = new Departures(afterMs, [LOST], 2);
  departures.startPhase("cutover", 10_000);
  return { departures, afterMs };
}

describe("Departures, after the fault", () => {
  it("counts from the fault to the first request served after the last one to what is lost", () => {
    const { departures, afterMs } = afterFault();
    departures.led(0, 10_500, LOST, failed);
    departures.led(0, 20_500, LEFT, failed);
    departures.led(0, 21_500, LEFT, served);
    assert.equal(afterMs[0], 11_500);
    departures.led(0, 30_500, LOST, failed);
    assert.equal(afterMs[0], -1);
    departures.led(0, 40_500, LEFT, served);
    departures.led(0, 41_500, LEFT, served);
    assert.equal(afterMs[0], 30_500);
  });

  it("waits for who can be led back, and again for who is", () => {
    const { departures } = afterFault();
    departures.asked(0, LEFT, view(true));
    departures.asked(0, LOST, view(false));
    assert.equal(departures.waiting, 2);
    departures.asked(0, LEFT, view(false));
    assert.equal(departures.waiting, 1);
    departures.led(0, 50_000, LOST, failed);
    assert.equal(departures.waiting, 2);
  });

  it("tells apart who was never led there and who may be led there again", () => {
    const { departures, afterMs } = afterFault();
    departures.led(0, 10_500, LOST, failed);
    departures.led(0, 20_500, LEFT, served);
    departures.led(1, 10_500, LEFT, served);
    departures.close();
    assert.deepEqual([...afterMs], [-1, UNTOUCHED]);
  });
});

describe("Departures, after the heal", () => {
  it("counts to the first request that the healed one serves", () => {
    const { departures, afterMs } = afterFault();
    departures.startPhase("failback", 100_000);
    departures.led(0, 110_000, LEFT, served);
    departures.led(0, 120_000, LOST, failed);
    departures.led(0, 121_000, LOST, served);
    departures.led(0, 122_000, LOST, served);
    assert.deepEqual([afterMs[0], departures.waiting], [21_000, 1]);
  });

  it("does not wait for who is never answered with it, once it is answered again", () => {
    const { departures, afterMs } = afterFault();
    departures.startPhase("failback", 100_000);
    departures.asked(0, LEFT, view(false));
    assert.equal(departures.waiting, 2);
    departures.isHealed = true;
    departures.asked(0, LEFT, view(false));
    assert.equal(departures.waiting, 1);
    departures.asked(0, LEFT, view(true));
    departures.close();
    assert.deepEqual([...afterMs], [UNTOUCHED, -1]);
  });
});
