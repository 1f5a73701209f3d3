import type { RecordType } from "dns-packet";
import { normalizeDnsName } from "../../model/dns-name";
import { ResolverCache } from "../simulation/resolver-cache";
import { queryDns } from "./dns-query";
import type { SystemClock } from "./system-clock";

/** More CNAMEs in a row than this are taken for a loop. */
const CHAIN_LENGTH_MAX = 8;

interface RecordValues {
  readonly ttlSeconds: number;
  readonly data: readonly string[];
}

export interface Resolution {
  /** Empty where the name has none of this type. */
  readonly addresses: readonly string[];
  /** TTL of the first record behind the name itself: the one that failover changes. */
  readonly ttlSeconds: number;
  /** Whether a DNS server was asked, or the cache knew it all. */
  readonly asked: boolean;
}

/**
 * A resolver that asks the rehearsal's DNS server by UDP, follows CNAMEs and keeps every set of records for its
 * TTL in system time.
 */
export class StubResolver {
  private readonly cache = new ResolverCache<RecordValues>();
  private firstAnswerAge: number;

  /**
   * @param settings.keeps false for an observer that asks anew each time.
   * @param settings.firstAnswerAge the share [0, 1) of its TTL that the first answer has lived already: the
   *   resolver stands for one that others use too, so a rehearsal does not begin with a fresh cache.
   */
  constructor(
    private readonly settings: {
      readonly port: number;
      readonly clock: SystemClock;
      readonly keeps: boolean;
      readonly firstAnswerAge?: number;
    },
  ) {
    this.firstAnswerAge = settings.firstAnswerAge ?? 0;
  }

  /** @throws Error when the DNS server does not answer, or refuses. */
  async resolve(name: string, type: "A" | "AAAA", signal: AbortSignal): Promise<Resolution> {
    // What was asked in this resolution counts even with a TTL of 0, which no cache keeps.
    const fresh = new Map<string, RecordValues>();
    const find = (key: string) => fresh.get(key) ?? this.cache.lookup(key, this.settings.clock.nowMs());
    const asked = new Set<string>();
    let ttlSeconds: number | undefined;
    let current = normalizeDnsName(name);
    for (let step = 0; step < CHAIN_LENGTH_MAX; ) {
      const addresses = find(`${current} ${type}`);
      ttlSeconds ??= addresses?.ttlSeconds;
      if (addresses) return { addresses: addresses.data, ttlSeconds: ttlSeconds ?? 0, asked: asked.size > 0 };
      const alias = find(`${current} CNAME`);
      ttlSeconds ??= alias?.ttlSeconds;
      if (alias) {
        current = normalizeDnsName(alias.data[0] ?? "");
        step += 1;
      } else if (asked.has(current)) {
        return { addresses: [], ttlSeconds: 0, asked: true };
      } else {
        asked.add(current);
        for (const [key, values] of await this.ask(current, type, signal)) fresh.set(key, values);
      }
    }
    throw new Error(`${name} leads through more than ${CHAIN_LENGTH_MAX} names`);
  }

  private async ask(name: string, type: RecordType, signal: AbortSignal): Promise<Map<string, RecordValues>> {
    const { port, clock, keeps } = this.settings;
    const reply = await queryDns(port, { name, type }, signal);
    if (reply.rcode !== "NOERROR") throw new Error(`DNS answered ${reply.rcode} for ${name} ${type}`);
    const sets = new Map<string, { ttlSeconds: number; data: string[] }>();
    for (const record of reply.answers) {
      if (record.type !== type && record.type !== "CNAME") continue;
      const { ttl = 0, data } = record as { ttl?: number; data: string };
      const key = `${normalizeDnsName(record.name)} ${record.type}`;
      const set = sets.get(key) ?? { ttlSeconds: ttl, data: [] };
      set.data.push(data);
      sets.set(key, set);
    }
    if (keeps) {
      const share = 1 - this.firstAnswerAge;
      this.firstAnswerAge = 0;
      for (const [key, set] of sets) this.cache.store(key, set, set.ttlSeconds * share, clock.nowMs());
    }
    return sets;
  }
}
