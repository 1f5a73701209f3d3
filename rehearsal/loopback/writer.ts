import { PACE_REAL_MS_MIN, type Place, visitByName } from "./client";
import type { RegionStore } from "./region-store";
import type { RehearsedApp, WriteMark } from "./rehearsed-app";
import type { Replica } from "./replicator";
import type { Emit } from "./system-clock";
import type { ItemKey } from "./written-items";

const INTERVAL_MS = 500;
/** Every other write goes to one of a few ids that are written again and again, in whichever region serves. */
const CONTESTED_IDS = 4;

/** A write that the caller was told is stored. */
export interface AcknowledgedWrite extends WriteMark {
  readonly id: string;
  readonly region: string;
}

/** What became, in the end, of the acknowledged writes that the other region did not show when it was asked. */
export interface LateWrites {
  /** Arrived after all, once replication went on. */
  readonly late: number;
  /** Lost for good: a later write of the same item won. */
  readonly overwritten: number;
}

/** Writes through the failover name without a pause, and afterwards looks for what it was promised. */
export class Writer {
  readonly acknowledged: AcknowledgedWrite[] = [];
  /** Every id that was written, acknowledged or not. */
  readonly ids = new Set<string>();
  /** From each write to its arrival in the other region, in system milliseconds. */
  readonly lagsMs: number[] = [];
  private readonly arrived = new Map<string, Replica["outcome"]>();
  private written = 0;
  private finishing = false;
  private current: Promise<void> | undefined;

  constructor(
    private readonly settings: Place & {
      readonly app: RehearsedApp;
      readonly keyOf: (id: string) => ItemKey;
      readonly emit: Emit;
    },
  ) {}

  /** Writes until `signal` fires or `finish` is called; one write at a time, as one user does. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.settings;
    const paceMs = Math.max(INTERVAL_MS, PACE_REAL_MS_MIN * clock.speed);
    while (!signal.aborted && !this.finishing) {
      const dueMs = clock.nowMs() + paceMs;
      this.current = this.write(signal);
      await this.current;
      await clock.sleepUntil(dueMs, signal);
    }
  }

  /** Begins no more writes and waits for the one under way: cut off, it could still be stored later. */
  async finish(): Promise<void> {
    this.finishing = true;
    await this.current;
  }

  /** Takes note of what replication has brought to the other region. */
  noteReplica({ write, region, lagMs, outcome }: Replica): void {
    const mark = write.item && this.settings.app.stored(write.item);
    if (!mark || !this.ids.has(mark.id)) return;
    this.arrived.set(mark.revision, outcome);
    if (outcome === "superseded") return;
    const { id, version } = mark;
    this.lagsMs.push(Math.round(lagMs));
    this.settings.emit({ kind: "replica", id, version, region, lagMs: Math.round(lagMs) });
  }

  /**
   * The acknowledged writes of `region` that `other`, the other region's store, does not show and has never shown:
   * the data that visitors miss while `region` is away.
   */
  async missingIn(other: Pick<RegionStore, "read">, region: string): Promise<AcknowledgedWrite[]> {
    const { keyOf, app } = this.settings;
    const writes = this.acknowledged.filter((write) => write.region === region);
    const items = await Promise.all(writes.map(({ id }) => other.read(keyOf(id))));
    return writes.filter(({ revision }, index) => {
      const item = items[index];
      if (!item) return true;
      // Another write may stand there now; then it matters whether this one stood there before.
      return app.stored(item)?.revision !== revision && this.arrived.get(revision) !== "applied";
    });
  }

  /** Judges writes that were missing, once replication has caught up. */
  judgeLate(missing: readonly AcknowledgedWrite[]): LateWrites {
    const count = (outcome: Replica["outcome"]) =>
      missing.filter(({ revision }) => this.arrived.get(revision) === outcome).length;
    return { late: count("applied"), overwritten: count("superseded") };
  }

  /** Whether the stores hold the same items under every id that was ever written. */
  async seesTheSame(stores: readonly Pick<RegionStore, "read">[]): Promise<boolean> {
    for (const id of this.ids) {
      const items = await Promise.all(stores.map((store) => store.read(this.settings.keyOf(id))));
      const marks = items.map((item) => item && this.settings.app.stored(item)?.revision);
      if (new Set(marks).size > 1) return false;
    }
    return true;
  }

  private async write(signal: AbortSignal): Promise<void> {
    const { app, emit } = this.settings;
    const number = this.written++;
    const id = number % 2 === 0 ? `write-${number}` : `contested-${((number - 1) / 2) % CONTESTED_IDS}`;
    this.ids.add(id);
    const outcome = await visitByName(this.settings, app.write(id, `write ${number}`), signal);
    const reply = outcome.kind === "reply" ? outcome.reply : undefined;
    const mark = reply && app.acknowledged(reply);
    const region = reply ? app.region(reply) : null;
    if (mark && region !== null) this.acknowledged.push({ id, region, ...mark });
    // A write without an acknowledgement has no version; 0 is before the first.
    emit({ kind: "write", id, version: mark?.version ?? 0, ok: mark !== undefined, region });
  }
}
