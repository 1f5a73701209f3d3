import { EventEmitter, once, setMaxListeners } from "node:events";
import type { RandomStream } from "../simulation/random";
import type { ItemWrite, RegionStore } from "./region-store";
import type { SystemClock } from "./system-clock";

/** The lag of one write is drawn evenly from this much below the setting to as much above it. */
const JITTER = 0.25;

export interface Replica {
  readonly write: ItemWrite;
  /** The region that has it now. */
  readonly region: string;
  /** From the write to its arrival, in system milliseconds. */
  readonly lagMs: number;
  /** `superseded` arrived after a later write of the same item and changed nothing. */
  readonly outcome: "applied" | "superseded";
}

type ReplicaStore = Pick<RegionStore, "region" | "apply">;

interface Direction {
  readonly to: ReplicaStore;
  readonly queue: { readonly write: ItemWrite; readonly dueMs: number }[];
}

/**
 * Asynchronous replication of a global table between two region stores: every write reaches the other region after
 * a lag, in the order of the writes of its region, and the last writer of an item wins (DynamoDB developer guide,
 * multi-Region eventual consistency).
 */
export class Replicator {
  private readonly directions = new Map<string, Direction>();
  private readonly changes = new EventEmitter();
  private stopped = false;

  /** @param settings.lagMs the middle of the lags, in system milliseconds. */
  constructor(
    private readonly settings: {
      readonly clock: SystemClock;
      readonly lagMs: number;
      readonly random: RandomStream;
      readonly onReplica: (replica: Replica) => void;
    },
  ) {
    this.changes.setMaxListeners(0);
  }

  /** Joins two stores; writes noted before are not replicated. */
  connect(a: ReplicaStore, b: ReplicaStore): void {
    this.directions.set(a.region, { to: b, queue: [] });
    this.directions.set(b.region, { to: a, queue: [] });
  }

  /** Takes a write of `write.stamp.region`, to be applied to the other region. */
  accept(write: ItemWrite): void {
    const direction = this.directions.get(write.stamp.region);
    if (!direction) return;
    const jitter = 1 + JITTER * (2 * this.settings.random.uniform() - 1);
    const dueMs = write.stamp.atMs + this.settings.lagMs * jitter;
    direction.queue.push({ write, dueMs });
    this.changes.emit("change");
  }

  /** A region is lost: nothing passes in either direction until `resume`, and nothing is forgotten. */
  stop(): void {
    this.stopped = true;
  }

  resume(): void {
    this.stopped = false;
    this.changes.emit("change");
  }

  /** Writes that have not arrived yet, in both directions. */
  get pending(): number {
    return [...this.directions.values()].reduce((sum, { queue }) => sum + queue.length, 0);
  }

  /** Replicates until `signal` fires. */
  async run(signal: AbortSignal): Promise<void> {
    setMaxListeners(0, signal);
    await Promise.all([...this.directions.values()].map((direction) => this.runDirection(direction, signal)));
  }

  /** Returns when every write accepted so far, and since, has arrived. */
  async drain(signal: AbortSignal): Promise<void> {
    while (this.pending > 0) await once(this.changes, "change", { signal });
  }

  private async runDirection({ to, queue }: Direction, signal: AbortSignal): Promise<void> {
    const { clock, onReplica } = this.settings;
    while (!signal.aborted) {
      // First in, first out: nothing overtakes an earlier write, so the order per item is kept.
      const next = queue[0];
      if (!next || this.stopped) {
        await once(this.changes, "change", { signal });
        continue;
      }
      if (clock.nowMs() < next.dueMs) {
        await clock.sleepUntil(next.dueMs, signal);
        continue;
      }
      const outcome = await to.apply(next.write);
      queue.shift();
      onReplica({
        write: next.write,
        region: to.region,
        lagMs: clock.nowMs() - next.write.stamp.atMs,
        outcome,
      });
      this.changes.emit("change");
    }
  }
}
