import { normalizeDnsName } from "../../model/dns-name";
import type { DnsAnswer } from "../simulation/answer";
import { PACE_REAL_MS_MIN, type Place } from "./client";
import type { DnsQuestion } from "./dns-message";
import { FirstSeen } from "./first-seen";
import type { Emit } from "./system-clock";

const INTERVAL_MS = 500;

/**
 * Watches whom the authoritative server names for the failover name: it asks twice a system second, and hears every
 * answer that others get, so that no visitor learns of a change before it does.
 */
export class Monitor {
  readonly answered = new FirstSeen();
  private last: { readonly endpoint: string | null; readonly atMs: number } | undefined;

  /** @param settings.resolver must keep nothing. */
  constructor(private readonly settings: Place & { readonly emit: Emit }) {}

  async run(signal: AbortSignal): Promise<void> {
    const { name, addressType, resolver, clock } = this.settings;
    while (!signal.aborted) {
      // A refusal is an answer too: it was heard.
      await resolver.resolve(name, addressType, signal).catch(() => signal.throwIfAborted());
      await clock.sleep(this.paceMs, signal);
    }
  }

  /** Takes an answer that the server gives; writes a sample of each change, and of the rest one per interval. */
  hear(question: DnsQuestion, found: DnsAnswer): void {
    const { name, addressType, book, clock, emit } = this.settings;
    if (normalizeDnsName(question.name) !== name || question.type !== addressType) return;
    const addresses = found.records.filter(({ type }) => type === addressType).map(({ data }) => data);
    const [address] = addresses;
    const endpoint = (address !== undefined && book.endpointAt(address)) || null;
    const isDue = !this.last || clock.nowMs() - this.last.atMs >= this.paceMs;
    if (!isDue && endpoint === this.last?.endpoint) return;
    const ttlSeconds = found.records[0]?.ttlSeconds ?? 0;
    const atSeconds = emit({
      kind: "answer",
      server: "authoritative",
      name,
      type: addressType,
      endpoint,
      addresses,
      ttlSeconds,
    });
    this.last = { endpoint, atMs: clock.nowMs() };
    this.answered.see(endpoint, atSeconds);
  }

  /** Whom the latest answer named; null before the first, and where it named none of the endpoints. */
  get named(): string | null {
    return this.last?.endpoint ?? null;
  }

  private get paceMs(): number {
    return Math.max(INTERVAL_MS, PACE_REAL_MS_MIN * this.settings.clock.speed);
  }
}
