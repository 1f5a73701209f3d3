import type { AnswerView } from "./answer-book";

/** In the place of a time: who was never led to the lost endpoints, or by chance not to the healed ones. */
export const UNTOUCHED = -3;

/**
 * Who leaves what is lost, where other members of a set serve beside it. A resolver that was led to a lost endpoint
 * is over with the first request that is served after the last such one; it is settled once its name server can no
 * longer lead it back. After the heal it is over with the first request that a healed endpoint serves.
 */
export class Departures {
  /** Resolvers that are not settled. */
  waiting = 0;
  private phase: "steady" | "cutover" | "failback" = "steady";
  private phaseStartMs = 0;
  private readonly isSettled: Uint8Array;
  /** Led to a lost endpoint since the fault; since the heal, asked a name server that can lead back. */
  private readonly isConcerned: Uint8Array;
  private readonly isLost: readonly boolean[];

  /** `afterMs` is written: ms since the phase began, -1 while a resolver is not over. */
  constructor(
    private readonly afterMs: Float64Array,
    lost: readonly number[],
    endpoints: number,
  ) {
    this.isSettled = new Uint8Array(afterMs.length);
    this.isConcerned = new Uint8Array(afterMs.length);
    this.isLost = Array.from({ length: endpoints }, (_, endpoint) => lost.includes(endpoint));
  }

  /** To be told when every name server answers with the healed endpoints again, to whomever it does. */
  isHealed = false;

  startPhase(phase: "steady" | "cutover" | "failback", nowMs: number): void {
    this.phase = phase;
    this.phaseStartMs = nowMs;
    this.waiting = phase === "steady" ? 0 : this.afterMs.length;
    this.isSettled.fill(0);
    this.isConcerned.fill(0);
    this.isHealed = false;
    this.afterMs.fill(-1);
  }

  /** Whether a request to this endpoint meets what is lost. */
  leadsToLost(endpoint: number): boolean {
    return this.isLost[endpoint] === true;
  }

  /** Requests from `atMs` on are led to `endpoint`; `isServed` tells of the first. */
  led(resolver: number, atMs: number, endpoint: number, isServed: () => boolean): void {
    if (this.phase === "steady") return;
    const isLost = this.leadsToLost(endpoint);
    if (this.phase === "cutover") {
      if (isLost) {
        this.isConcerned[resolver] = 1;
        this.afterMs[resolver] = -1;
        this.settle(resolver, false);
      } else if (this.isConcerned[resolver] === 1 && this.isOut(resolver) && isServed())
        this.over(resolver, atMs);
    } else if (isLost && this.isOut(resolver) && isServed()) {
      this.over(resolver, atMs);
      this.settle(resolver, true);
    }
  }

  /** A resolver has just asked a name server with this view, and uses `endpoint` now. */
  asked(resolver: number, endpoint: number, { leadsToPrimary }: AnswerView): void {
    if (this.phase === "cutover" && !leadsToPrimary && !this.leadsToLost(endpoint))
      this.settle(resolver, true);
    if (this.phase !== "failback" || !this.isHealed) return;
    this.isConcerned[resolver] = 1;
    // Whom a healthy primary is never answered to has nothing to come back to.
    if (!leadsToPrimary) this.settle(resolver, true);
  }

  /** The phase is over: tells apart who never came over and who had nothing to leave. */
  close(): void {
    for (let resolver = 0; resolver < this.afterMs.length; resolver++) {
      if (this.phase === "cutover") {
        if (this.isConcerned[resolver] === 0) this.afterMs[resolver] = UNTOUCHED;
        else if (this.isSettled[resolver] === 0) this.afterMs[resolver] = -1;
      } else if (this.isOut(resolver) && this.isConcerned[resolver] === 1) this.afterMs[resolver] = UNTOUCHED;
    }
  }

  private isOut(resolver: number): boolean {
    return this.afterMs[resolver] === -1;
  }

  private over(resolver: number, atMs: number): void {
    this.afterMs[resolver] = atMs - this.phaseStartMs;
  }

  private settle(resolver: number, isSettled: boolean): void {
    if ((this.isSettled[resolver] === 1) === isSettled) return;
    this.isSettled[resolver] = Number(isSettled);
    this.waiting += isSettled ? -1 : 1;
  }
}
