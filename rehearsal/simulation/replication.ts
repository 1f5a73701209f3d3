/** What the replication from one region to the other does; times in ms of the virtual clock. */
export interface ReplicationCourse {
  /** From a write to its arrival while all is well. */
  readonly lagMs: number;
  /** The lag grows evenly from `lagMs` to `toMs` between the two moments, and stays there until the heal. */
  readonly growth?: { readonly fromMs: number; readonly overMs: number; readonly toMs: number };
  /** From here on nothing arrives. */
  readonly stoppedAtMs?: number;
  /** The heal: replication goes on, and the lag is `lagMs` again for new writes. */
  readonly resumedAtMs?: number;
  /** So many seconds of writes that wait are replicated in one second from the heal on; above 1. */
  readonly drainFactor: number;
}

/**
 * When a write made at `writtenMs` is there in the other region; infinite while nothing arrives. Writes arrive in
 * their order, so a write behind a backlog waits for all of it.
 */
export function arrivalMs(course: ReplicationCourse, writtenMs: number): number {
  const { stoppedAtMs, resumedAtMs, drainFactor } = course;
  const freeMs = writtenMs + lagMs(course, writtenMs);
  const haltMs = stoppedAtMs ?? resumedAtMs;
  if (haltMs === undefined || freeMs <= haltMs) return freeMs;
  if (resumedAtMs === undefined) return Number.POSITIVE_INFINITY;
  // What was on its way when replication halted, or fell behind, is drained in the order of writing.
  const backlogStartMs = newestArrived({ ...course, stoppedAtMs: undefined, resumedAtMs: undefined }, haltMs);
  const drainedMs = resumedAtMs + Math.max(0, writtenMs - backlogStartMs) / drainFactor;
  return Math.max(writtenMs + course.lagMs, drainedMs);
}

/** The newest write that is there at `atMs`: it and all before it have arrived. */
export function newestArrived(course: ReplicationCourse, atMs: number): number {
  // Nothing has ever waited: what the heal would drain is not there.
  if (!course.growth && course.stoppedAtMs === undefined) return Math.floor(atMs - course.lagMs);
  const isThere = (writtenMs: number) => arrivalMs(course, writtenMs) <= atMs;
  // Arrivals never overtake each other, so the newest is found by halving.
  let thereMs = atMs - course.lagMs - Math.max(course.lagMs, course.growth?.toMs ?? 0);
  while (!isThere(thereMs)) thereMs -= Math.max(1_000, atMs - thereMs);
  let missingMs = atMs + 1;
  while (missingMs - thereMs > 1) {
    const middleMs = Math.floor((thereMs + missingMs) / 2);
    if (isThere(middleMs)) thereMs = middleMs;
    else missingMs = middleMs;
  }
  return thereMs;
}

function lagMs({ lagMs: base, growth }: ReplicationCourse, writtenMs: number): number {
  if (!growth || writtenMs <= growth.fromMs) return base;
  const share = growth.overMs === 0 ? 1 : Math.min(1, (writtenMs - growth.fromMs) / growth.overMs);
  return base + (growth.toMs - base) * share;
}
