import assert from "node:assert/strict";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { ReplicationPlay } from "../../../rehearsal/simulation/replication-play";

/** The fault is at 1,000 s and the heal at 2,000 s; times in ms. */
const FAULT_MS = 1_000_000;
const HEAL_MS = 2_000_000;

function played(happening?: Parameters<ReplicationPlay["happen"]>[0]): ReplicationPlay {
  const play = new ReplicationPlay(ASSUMPTIONS);
  play.faultAtMs = FAULT_MS;
  if (happening) play.happen(happening, FAULT_MS - 100_000);
  return play;
}

/** The first of these clients to come over, so long after the phase began, meets the data. */
const note = (play: ReplicationPlay, phase: "cutover" | "failback", ...clientMs: number[]) =>
  play.note(phase, {
    startMs: phase === "cutover" ? FAULT_MS : HEAL_MS,
    clientMs: Float64Array.from(clientMs),
  });

describe("ReplicationPlay", () => {
  it("has the usual lag both ways while nothing happens to it", () => {
    const play = played();
    note(play, "cutover", 60_000, 500);
    note(play, "failback", 30_000);
    assert.deepEqual([play.lostMs, play.behindMs], [500, 1_000]);
  });

  it("drains ten seconds of what waited in each second after the heal", () => {
    const play = played({ atSeconds: 0, do: "stop-replication" });
    note(play, "cutover", 60_000);
    play.resume(HEAL_MS);
    note(play, "failback", 20_000);
    // The newest write that was there at the stop is of 899 s; 20 s drain the 200 s after it.
    assert.deepEqual([play.lostMs, play.behindMs], [101_000, HEAL_MS + 20_000 - 1_099_000]);
  });

  it("takes what the standby lost from the way there, and how far the primary is behind from the way back", () => {
    const play = played({ atSeconds: 0, do: "grow-lag", toMs: 500_000, overSeconds: 100 });
    note(play, "cutover", 0);
    play.resume(HEAL_MS);
    note(play, "failback", 1_000);
    assert.ok(play.lostMs > 50_000, `${play.lostMs} ms`);
    assert.equal(play.behindMs, 1_000);
  });

  it("knows nothing of who never came over, and forgets it all for the next cutover", () => {
    const play = played({ atSeconds: 0, do: "stop-replication" });
    note(play, "cutover", -1);
    note(play, "failback", 0);
    assert.deepEqual([play.lostMs, play.behindMs], [-1, -1]);
    play.reset();
    note(play, "cutover", 0);
    assert.equal(play.lostMs, 1_000);
  });
});
