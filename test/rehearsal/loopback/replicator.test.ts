import assert from "node:assert/strict";
import type { ItemWrite } from "../../../rehearsal/loopback/region-store";
import { type Replica, Replicator } from "../../../rehearsal/loopback/replicator";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import { stream } from "../../../rehearsal/simulation/random";

const EAST = "us-east-1";
const WEST = "us-west-2";

/** A store that takes everything and remembers it. */
function recordingStore(region: string) {
  const taken: string[] = [];
  return {
    region,
    taken,
    apply: async (write: ItemWrite) => {
      taken.push(String(write.item?.text?.S));
      return "applied" as const;
    },
  };
}

describe("rehearsal/loopback/replicator", () => {
  let clock: SystemClock;
  let ending: AbortController;
  let replicas: Replica[];
  let running: Promise<void>;

  function start(lagMs: number) {
    clock = new SystemClock(50);
    ending = new AbortController();
    replicas = [];
    const east = recordingStore(EAST);
    const west = recordingStore(WEST);
    const replicator = new Replicator({
      clock,
      lagMs,
      random: stream(1, "replicator"),
      onReplica: (replica) => replicas.push(replica),
    });
    replicator.connect(east, west);
    running = replicator.run(ending.signal).catch(() => undefined);
    const write = (region: string, text: string) =>
      replicator.accept({
        table: "profiles",
        key: { id: { S: "a" } },
        item: { id: { S: "a" }, text: { S: text } },
        stamp: { atMs: clock.nowMs(), region },
      });
    return { replicator, east, west, write };
  }

  afterEach(async () => {
    ending.abort();
    await running;
  });

  it("brings every write to the other region after the lag, never before", async () => {
    const { replicator, east, west, write } = start(1_000);
    write(EAST, "from the east");
    write(WEST, "from the west");
    assert.equal(replicator.pending, 2);
    await replicator.drain(ending.signal);
    assert.deepEqual([east.taken, west.taken], [["from the west"], ["from the east"]]);
    assert.deepEqual(replicas.map(({ region }) => region).sort(), [EAST, WEST]);
    for (const { lagMs } of replicas) assert.ok(lagMs >= 750 && lagMs < 10_000, `${lagMs} ms`);
  });

  it("draws the lag of each write from three to five quarters of the setting", async () => {
    const { replicator, write } = start(10_000);
    const texts = Array.from({ length: 30 }, (_, index) => String(index));
    for (const text of texts) write(EAST, text);
    await replicator.drain(ending.signal);
    const lags = replicas.map(({ lagMs }) => lagMs);
    assert.ok(Math.min(...lags) >= 7_500, `least ${Math.min(...lags)}`);
    assert.ok(Math.max(...lags) < 12_500 + 5_000, `most ${Math.max(...lags)}`);
    assert.ok(Math.max(...lags) - Math.min(...lags) > 500);
  });

  it("keeps the order of a region's writes, however the lags fall", async () => {
    const { replicator, west, write } = start(2_000);
    const texts = Array.from({ length: 100 }, (_, index) => String(index));
    for (const text of texts) write(EAST, text);
    await replicator.drain(ending.signal);
    assert.deepEqual(west.taken, texts);
  });

  it("holds everything back while it is stopped, and brings all of it when it goes on", async () => {
    const { replicator, east, west, write } = start(100);
    write(EAST, "before");
    await replicator.drain(ending.signal);
    write(EAST, "on its way");
    replicator.stop();
    write(EAST, "during");
    write(WEST, "other way");
    await clock.sleep(2_000, ending.signal);
    assert.deepEqual([west.taken, east.taken, replicator.pending], [["before"], [], 3]);
    replicator.resume();
    await replicator.drain(ending.signal);
    assert.deepEqual([west.taken, east.taken], [["before", "on its way", "during"], ["other way"]]);
    const late = replicas.filter(({ lagMs }) => lagMs >= 1_900);
    assert.equal(late.length, 3);
  });

  it("knows nothing of a region that is not connected", () => {
    const { replicator, write } = start(100);
    write("eu-west-1", "lost");
    assert.equal(replicator.pending, 0);
  });

  it("ends at once, with writes on their way", async () => {
    const { write } = start(1_000_000);
    write(EAST, "never");
    const before = performance.now();
    ending.abort();
    await running;
    assert.ok(performance.now() - before < 100);
  });
});
