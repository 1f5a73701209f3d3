/** Requests of one stretch after the fault, over all cutovers. */
export interface OutcomeShare {
  /** Where the stretch begins, in seconds since the fault. */
  readonly atSeconds: number;
  readonly failed: number;
  readonly sent: number;
}

/** How long a stretch is. */
export const OUTCOME_SECONDS = 5;

const WIDTH_MS = OUTCOME_SECONDS * 1_000;

/**
 * What became of the requests since the fault, in stretches of `OUTCOME_SECONDS`, until the heal. Its memory follows
 * the longest outage, not how many there are.
 */
export class RequestOutcomes {
  private sent = new Float64Array(64);
  private failed = new Float64Array(64);
  private stretches = 0;

  /** So many requests failed, the first `firstMs` after the fault, one each `intervalMs`. */
  addFailed(firstMs: number, requests: number, intervalMs: number): void {
    // A stretch of whole intervals holds as many wherever it begins, so that only the first has to be cut.
    const whole = WIDTH_MS % intervalMs === 0 ? WIDTH_MS / intervalMs : undefined;
    let left = requests;
    let atMs = firstMs;
    let stretch = Math.floor(atMs / WIDTH_MS);
    let here = Math.min(left, requestsIn(stretch, atMs, intervalMs));
    while (left > 0) {
      this.reach(stretch);
      this.failed[stretch] = (this.failed[stretch] as number) + here;
      left -= here;
      if (whole === undefined) {
        atMs += here * intervalMs;
        stretch = Math.floor(atMs / WIDTH_MS);
        here = Math.min(left, requestsIn(stretch, atMs, intervalMs));
      } else {
        stretch++;
        here = Math.min(left, whole);
      }
    }
  }

  /** Whatever was sent in an outage of `lengthMs` by senders with one request each `intervalMs`. */
  addSent(
    lengthMs: number,
    intervalMs: number,
    senders: number,
    firstMsOf: (sender: number) => number,
  ): void {
    const sentBefore = (sender: number, ms: number) =>
      Math.max(0, Math.ceil((ms - firstMsOf(sender)) / intervalMs));
    // In a stretch of whole intervals each sends the same number, wherever in them its requests fall.
    const whole = WIDTH_MS % intervalMs === 0 ? Math.floor(lengthMs / WIDTH_MS) : 0;
    const last = Math.ceil(lengthMs / WIDTH_MS);
    if (last > 0) this.reach(last - 1);
    for (let stretch = 0; stretch < last; stretch++) {
      let sent = senders * (WIDTH_MS / intervalMs);
      if (stretch >= whole) {
        const endMs = Math.min(lengthMs, (stretch + 1) * WIDTH_MS);
        sent = 0;
        for (let sender = 0; sender < senders; sender++)
          sent += sentBefore(sender, endMs) - sentBefore(sender, stretch * WIDTH_MS);
      }
      this.sent[stretch] = (this.sent[stretch] as number) + sent;
    }
  }

  /** Every stretch in order, those without a request left out. */
  shares(): OutcomeShare[] {
    return Array.from({ length: this.stretches }, (_, stretch) => ({
      atSeconds: stretch * OUTCOME_SECONDS,
      failed: this.failed[stretch] as number,
      sent: this.sent[stretch] as number,
    })).filter(({ sent }) => sent > 0);
  }

  private reach(stretch: number): void {
    if (stretch < this.stretches) return;
    this.stretches = stretch + 1;
    if (stretch >= this.sent.length) this.grow(stretch);
  }

  private grow(stretch: number): void {
    const grown = (old: Float64Array) => {
      const larger = new Float64Array(2 * (stretch + 1));
      larger.set(old);
      return larger;
    };
    this.sent = grown(this.sent);
    this.failed = grown(this.failed);
  }
}

/** Requests from `atMs` to the end of its stretch, one each `intervalMs`. */
function requestsIn(stretch: number, atMs: number, intervalMs: number): number {
  return Math.ceil(((stretch + 1) * WIDTH_MS - atMs) / intervalMs);
}
