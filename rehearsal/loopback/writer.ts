import { PACE_REAL_MS_MIN, type Place, visitByName } from "./client";
import type { RegionStore } from "./region-store";
import type { AppWrites, WriteMark } from "./rehearsed-app";
import type { Replica } from "./replicator";
import type { Emit } from "./system-clock";
import type { ItemKey } from "./written-items";

const INTERVAL_MS = 500;
/** Every other write goes to one of a few ids that are written again and again, in whichever region serves. */
const CONTESTED_IDS = 4;

/** A write that the caller was told is stored. */
export interface AcknowledgedWrite extends WriteMark {
  readonly id: string;
  /** URN of the endpoint that acknowledged, and who it says it is. */
  readonly endpoint: string;
  readonly region: string | null;
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
  private refused = 0;
  private counting = false;
  private finishing = false;
  private current: Promise<void> | undefined;

  constructor(
    private readonly settings: Place & {
      readonly writes: AppWrites;
      readonly emit: Emit;
    },
  ) {}

  /** Writes that nobody acknowledged, while `counting`. */
  get unacknowledged(): number {
    return this.refused;
  }

  /** Whether writes that nobody acknowledges count as lost from now on; only where nothing can be looked up. */
  countRefused(counting: boolean): void {
    this.counting = counting && !this.settings.writes.stored;
  }

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
    const mark = write.item && this.settings.writes.stored?.mark(write.item);
    if (!mark || !this.ids.has(mark.id)) return;
    this.arrived.set(mark.revision, outcome);
    if (outcome === "superseded") return;
    const { id, version } = mark;
    this.lagsMs.push(Math.round(lagMs));
    this.settings.emit({ kind: "replica", id, version, region, lagMs: Math.round(lagMs) });
  }

  /**
   * The writes that `endpoint` acknowledged and `other`, the store of those who serve now, does not show and has
   * never shown: the data that visitors miss while `endpoint` is away.
   * @param isShared whether that is the store which `endpoint` wrote to: then a later version of an item, which has
   *   taken the place of an earlier one, shows that this was there.
   */
  async missingIn(
    other: Pick<RegionStore, "read">,
    endpoint: string,
    isShared = false,
  ): Promise<AcknowledgedWrite[]> {
    const { stored } = this.settings.writes;
    if (!stored) return [];
    const writes = this.acknowledged.filter((write) => write.endpoint === endpoint);
    const items = await Promise.all(writes.map((write) => other.read(keyOf(stored, write.id, write))));
    return writes.filter(({ version, revision }, index) => {
      const item = items[index];
      if (!item) return true;
      const mark = stored.mark(item);
      if (mark?.revision === revision) return false;
      if (isShared) return mark === undefined || mark.version <= version;
      // Another write may stand there now; then it matters whether this one stood there before.
      return this.arrived.get(revision) !== "applied";
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
    const { stored } = this.settings.writes;
    if (!stored) return true;
    for (const id of this.ids) {
      const items = await Promise.all(stores.map((store) => store.read(keyOf(stored, id))));
      const marks = items.map((item) => item && stored.mark(item)?.revision);
      if (new Set(marks).size > 1) return false;
    }
    return true;
  }

  private async write(signal: AbortSignal): Promise<void> {
    const { writes, emit } = this.settings;
    const number = this.written++;
    const id = number % 2 === 0 ? `write-${number}` : `contested-${((number - 1) / 2) % CONTESTED_IDS}`;
    this.ids.add(id);
    const request = { ...writes.write(id, `write ${number}`), scheme: writes.scheme };
    const outcome = await visitByName(this.settings, request, signal);
    const reply = outcome.kind === "reply" ? outcome.reply : undefined;
    const mark = reply && writes.acknowledged(reply);
    const region = reply ? writes.servedBy(reply) : null;
    if (mark && outcome.endpoint !== null) {
      this.acknowledged.push({ id, endpoint: outcome.endpoint, region, ...mark });
    }
    // A write without an acknowledgement has no version; 0 is before the first.
    emit({ kind: "write", id, version: mark?.version ?? 0, ok: mark !== undefined, region });
    if (mark || !this.counting) return;
    this.refused += 1;
    emit({ kind: "write-lost", id, version: 0, region: null });
  }
}

function keyOf({ table, key }: NonNullable<AppWrites["stored"]>, id: string, mark?: WriteMark): ItemKey {
  return { table, key: key(id, mark) };
}
