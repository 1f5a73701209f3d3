import { RequestOutcomes } from "./request-outcomes";

/** What came of the requests of all cutovers. */
export interface RequestCount {
  sent: number;
  served: number;
  failed: number;
}

/** Counts the requests of senders that each have a grid of their own: one request every `intervalMs` from a first on. */
export class RequestTally {
  readonly requests: RequestCount = { sent: 0, served: 0, failed: 0 };
  /** What became of the requests between fault and heal. */
  readonly outcomes = new RequestOutcomes();

  constructor(private readonly intervalMs: number) {}

  /** So many requests in a row ended alike; the first was sent `sinceFaultMs` after the fault, where there is one. */
  add(requests: number, isServed: boolean, sinceFaultMs: number | undefined): void {
    if (isServed) {
      this.requests.served += requests;
      return;
    }
    this.requests.failed += requests;
    if (sinceFaultMs !== undefined) this.outcomes.addFailed(sinceFaultMs, requests, this.intervalMs);
  }

  /** An outage is over: whatever was sent in it is counted by arithmetic. `firstRequestMs` has a sender's each. */
  addOutage(startMs: number, endMs: number, firstRequestMs: Float64Array): void {
    const { intervalMs } = this;
    const firstMsOf = (sender: number) => {
      const sinceFirstMs = startMs - (firstRequestMs[sender] as number);
      return Math.max(0, Math.ceil(sinceFirstMs / intervalMs)) * intervalMs - sinceFirstMs;
    };
    this.outcomes.addSent(endMs - startMs, intervalMs, firstRequestMs.length, firstMsOf);
  }

  /** A cutover is over: counts what was sent in it, apart from what came of it. */
  addSent(endMs: number, firstRequestMs: Float64Array): void {
    for (const firstMs of firstRequestMs)
      this.requests.sent += Math.max(0, Math.ceil((endMs - firstMs) / this.intervalMs));
  }
}
