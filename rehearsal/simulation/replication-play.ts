import type { Assumptions } from "./assumptions";
import { newestArrived, type ReplicationCourse } from "./replication";
import type { Happening } from "./scenario";

type ReplicationHappening = Extract<Happening, { do: "stop-replication" | "grow-lag" | "drain-slowly" }>;

/** What one phase gave; ms since the phase began, -1 for who never came over. */
interface OverTimes {
  readonly startMs: number;
  readonly clientMs: Float64Array;
}

/**
 * The data side of a cutover. Somebody writes without a pause to the side that serves; what counts is how much of
 * it the other side has when its first client arrives. All times are ms since the cutover's steady state began.
 */
export class ReplicationPlay {
  faultAtMs = 0;
  /** Time before the fault whose writes the standby did not have when it first served; -1 where it never did. */
  lostMs = -1;
  /** How far the primary's data was behind the standby's when the first client came back; -1 where none did. */
  behindMs = -1;
  private toStandby: ReplicationCourse;
  private toPrimary: ReplicationCourse;
  private readonly usual: ReplicationCourse;

  constructor({ replicationLagMs, replicationDrainFactor }: Assumptions) {
    this.usual = { lagMs: replicationLagMs, drainFactor: replicationDrainFactor };
    this.toStandby = this.usual;
    this.toPrimary = this.usual;
  }

  reset(): void {
    this.toStandby = this.usual;
    this.toPrimary = this.usual;
    this.lostMs = -1;
    this.behindMs = -1;
  }

  happen(happening: ReplicationHappening, atMs: number): void {
    switch (happening.do) {
      case "stop-replication":
        this.toStandby = { ...this.toStandby, stoppedAtMs: atMs };
        this.toPrimary = { ...this.toPrimary, stoppedAtMs: atMs };
        break;
      case "grow-lag": {
        const { toMs, overSeconds } = happening;
        this.toStandby = { ...this.toStandby, growth: { fromMs: atMs, overMs: overSeconds * 1_000, toMs } };
        break;
      }
      case "drain-slowly":
        this.toStandby = { ...this.toStandby, drainFactor: happening.factor };
        this.toPrimary = { ...this.toPrimary, drainFactor: happening.factor };
        break;
    }
  }

  /** The heal: both directions go on. */
  resume(atMs: number): void {
    this.toStandby = { ...this.toStandby, resumedAtMs: atMs };
    this.toPrimary = { ...this.toPrimary, resumedAtMs: atMs };
  }

  /** A phase has ended; the first client that came over met the data as it was then. */
  note(phase: "cutover" | "failback", { startMs, clientMs }: OverTimes): void {
    let firstMs = Number.POSITIVE_INFINITY;
    for (const ms of clientMs) if (ms >= 0 && ms < firstMs) firstMs = ms;
    if (firstMs === Number.POSITIVE_INFINITY) return;
    const atMs = startMs + firstMs;
    if (phase === "cutover") {
      this.lostMs = Math.max(0, this.faultAtMs - newestArrived(this.toStandby, atMs));
    } else if (this.lostMs >= 0) {
      this.behindMs = atMs - newestArrived(this.toPrimary, atMs);
    }
  }
}
