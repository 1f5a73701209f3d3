import assert from "node:assert/strict";
import { createTableHealth } from "../../../functions/shared/table-health";
import { VirtualClock } from "./virtual-clock";

const START_MS = Date.UTC(2026, 0, 1);

/** A replica whose reads end when the test says so. */
function rig() {
  const clock = new VirtualClock(START_MS);
  const reads: { end: (error?: Error) => void; signal: AbortSignal }[] = [];
  const failures: string[] = [];
  const check = createTableHealth({
    touch: (signal) =>
      new Promise((resolve, reject) => {
        reads.push({ signal, end: (error) => (error ? reject(error) : resolve()) });
      }),
    now: clock.now,
    after: clock.after,
  });
  const ask = () => check((error) => failures.push((error as Error).message));
  return { clock, reads, failures, ask };
}

describe("functions/shared/table-health", () => {
  it("reports the read's duration and when it ended", async () => {
    const { clock, reads, ask } = rig();
    const asked = ask();
    await clock.advance(7);
    reads[0]?.end();
    assert.deepEqual(await asked, {
      reachable: true,
      latencyMs: 7,
      checkedAt: "2026-01-01T00:00:00.007Z",
    });
    assert.equal(clock.pending, 0);
  });

  it("lets many probes share one read", async () => {
    const { reads, ask } = rig();
    const asked = [ask(), ask(), ask()];
    reads[0]?.end();
    const [first, ...others] = await Promise.all(asked);
    assert.equal(reads.length, 1);
    assert.deepEqual(others, [first, first]);
  });

  it("keeps a result for 2000 ms and at 2000 ms no more", async () => {
    const { clock, reads, ask } = rig();
    const first = ask();
    reads[0]?.end();
    await first;
    await clock.advance(1_999);
    assert.equal(await ask(), await first);
    await clock.advance(1);
    void ask();
    assert.equal(reads.length, 2);
  });

  it("does not trust a result from the future of a clock that was set back", async () => {
    const { clock, reads, ask } = rig();
    const first = ask();
    reads[0]?.end();
    await first;
    await clock.advance(-1);
    void ask();
    assert.equal(reads.length, 2);
  });

  it("answers after 1000 ms whatever the table does, and ends the read", async () => {
    const { clock, reads, failures, ask } = rig();
    let answered: unknown;
    void ask().then((health) => {
      answered = health;
    });
    await clock.advance(999);
    assert.deepEqual([answered, reads[0]?.signal.aborted], [undefined, false]);
    await clock.advance(1);
    assert.deepEqual(answered, {
      reachable: false,
      latencyMs: null,
      checkedAt: "2026-01-01T00:00:01.000Z",
    });
    assert.equal(reads[0]?.signal.aborted, true);
    assert.deepEqual(failures, ["no answer within 1000 ms"]);
  });

  it("keeps a failure as long as a success, and tells only the probe that caused the read", async () => {
    const { clock, reads, failures, ask } = rig();
    const both = [ask(), ask()];
    reads[0]?.end(new Error("refused"));
    const [first] = await Promise.all(both);
    assert.equal(await ask(), first);
    assert.deepEqual([first?.reachable, failures, reads.length], [false, ["refused"], 1]);
    await clock.advance(2_000);
    const next = ask();
    reads[1]?.end();
    assert.equal((await next).reachable, true);
  });
});
