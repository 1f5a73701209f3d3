import type { Sample } from "../simulation/sample";

/** So long, and in so many answers, a member must not have been named before it counts as left out. */
const QUIET_SECONDS = 30;
const OTHERS_MIN = 40;

/**
 * When everybody had left a member of a set that several serve: the first time that another is seen, after which the
 * member is never seen again. Chance may spare a member for a while, so that it is gone shows only later
 * (`isFinal`): a member with a tenth of the weight goes unnamed in 40 answers once in 70 times, one with half never.
 */
export class Departure {
  private latestSeconds: number;
  private leftSeconds: number | undefined;
  private others = 0;

  /** @param sinceSeconds what was seen before does not count. */
  constructor(
    readonly member: string,
    private readonly sinceSeconds: number,
  ) {
    this.latestSeconds = sinceSeconds;
  }

  /** Somebody was led to `endpoint`; null for nobody. Sights come in the order of time. */
  see(endpoint: string | null, atSeconds: number): void {
    if (atSeconds < this.sinceSeconds || endpoint === null) return;
    if (endpoint === this.member) {
      this.latestSeconds = atSeconds;
      this.leftSeconds = undefined;
      this.others = 0;
    } else {
      this.leftSeconds ??= atSeconds;
      this.others += 1;
    }
  }

  /** How long ago the member was seen for the last time. */
  quietSeconds(nowSeconds: number): number {
    return nowSeconds - this.latestSeconds;
  }

  isFinal(nowSeconds: number): boolean {
    return this.quietSeconds(nowSeconds) >= QUIET_SECONDS && this.others >= OTHERS_MIN;
  }

  /** Seconds from the beginning to that moment, final or not; null where nobody else has been seen since. */
  get afterSeconds(): number | null {
    if (this.leftSeconds === undefined) return null;
    return Math.round((this.leftSeconds - this.sinceSeconds) * 1_000) / 1_000;
  }
}

/** Of the answers of the DNS server, and of the requests of the visitors. */
export interface Departures {
  readonly answers: Departure;
  readonly requests: Departure;
}

export function departuresOf(member: string, sinceSeconds: number): Departures {
  return { answers: new Departure(member, sinceSeconds), requests: new Departure(member, sinceSeconds) };
}

/** Shows both a sample. Whoever is led to the member counts, served or not; whoever is led elsewhere when served. */
export function look({ answers, requests }: Departures, sample: Sample): void {
  if (sample.kind === "answer" && sample.server === "authoritative") {
    answers.see(sample.endpoint, sample.atSeconds);
  }
  if (sample.kind === "request" && (sample.ok || sample.endpoint === requests.member)) {
    requests.see(sample.endpoint, sample.atSeconds);
  }
}
