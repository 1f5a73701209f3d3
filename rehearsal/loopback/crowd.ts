import type { Client } from "./client";
import type { FirstSeen } from "./first-seen";

/** All visitors of a rehearsal as one. */
export class Crowd {
  /** @param served is told of every request by the first group of them. */
  constructor(
    readonly clients: readonly Client[],
    readonly served: FirstSeen,
  ) {}

  /** Requests that have ended. */
  get requests(): number {
    return this.clients.reduce((sum, { requests }) => sum + requests, 0);
  }

  /** Requests that ended without a good answer. */
  get failed(): number {
    return this.clients.reduce((sum, { failed }) => sum + failed, 0);
  }

  /** Whether the latest request of one of them was served by this endpoint. */
  isServedBy(endpoint: string): boolean {
    return this.clients.some(({ servedBy }) => servedBy === endpoint);
  }

  /** Whether nobody's cache leads elsewhere any more. */
  areLedTo(endpoint: string): boolean {
    return this.clients.every(({ ledTo }) => ledTo === endpoint);
  }

  /** Whether the latest request of each was served by anybody. */
  get isServed(): boolean {
    return this.clients.every(({ servedBy }) => servedBy !== null);
  }
}
