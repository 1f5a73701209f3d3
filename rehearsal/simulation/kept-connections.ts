import type { Endpoints } from "./endpoints";
import type { HeldAnswers } from "./held-answers";

/** The connection that a resolver's client keeps to where the answer in use leads, where it keeps any. */
export class KeptConnections {
  /** Until when it may stay open; in the past where there is none. */
  private readonly untilMs: Float64Array;

  constructor(
    resolvers: number,
    private readonly endpoints: Endpoints,
    private readonly inUse: HeldAnswers,
  ) {
    this.untilMs = new Float64Array(resolvers);
  }

  startCutover(): void {
    this.untilMs.fill(Number.NEGATIVE_INFINITY);
  }

  open(resolver: number, untilMs: number): void {
    this.untilMs[resolver] = untilMs;
  }

  /** One that broke stays broken, however the endpoint does later. */
  drop(resolver: number): void {
    this.untilMs[resolver] = Number.NEGATIVE_INFINITY;
  }

  isOpen(resolver: number, nowMs: number): boolean {
    return (
      nowMs < (this.untilMs[resolver] as number) &&
      this.endpoints.keepsConnections(this.inUse.endpoints[resolver] as number, nowMs)
    );
  }

  /** Whether it leads to `endpoint`, which has just changed, and is gone or may break with time. */
  isBreaking(resolver: number, endpoint: number, nowMs: number): boolean {
    if (this.inUse.endpoints[resolver] !== endpoint || nowMs >= (this.untilMs[resolver] as number))
      return false;
    return !this.endpoints.isSteady(endpoint) || !this.endpoints.keepsConnections(endpoint, nowMs);
  }

  /** From when on it has to be tried again: from its end, or from now on where it may break before. */
  triedFromMs(resolver: number, nowMs: number): number {
    const isSteady = this.endpoints.isSteady(this.inUse.endpoints[resolver] as number);
    return isSteady ? (this.untilMs[resolver] as number) : nowMs;
  }
}
