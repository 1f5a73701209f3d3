/**
 * The cache of a resolver that honours TTLs (RFC 1034, RFC 2181). An answer lives in [stored, stored + ttl): at
 * exactly ttl it is gone. A TTL of 0 is never kept.
 */
export class ResolverCache<Entry> {
  private readonly slots = new Map<string, { entry: Entry; expiresAtMs: number }>();

  /** The entry of `key` where it still lives at `nowMs`. */
  lookup(key: string, nowMs: number): Entry | undefined {
    const slot = this.slots.get(key);
    return slot !== undefined && nowMs < slot.expiresAtMs ? slot.entry : undefined;
  }

  /** The entry of `key`, expired or not: what a resolver that serves stale data still has. */
  peek(key: string): Entry | undefined {
    return this.slots.get(key)?.entry;
  }

  /** When the entry of `key` goes, in ms; undefined where there was never one. */
  expiresAtMs(key: string): number | undefined {
    return this.slots.get(key)?.expiresAtMs;
  }

  store(key: string, entry: Entry, ttlSeconds: number, nowMs: number): void {
    const expiresAtMs = nowMs + ttlSeconds * 1_000;
    const slot = this.slots.get(key);
    if (slot === undefined) {
      this.slots.set(key, { entry, expiresAtMs });
      return;
    }
    // A simulation stores some million times; the slot is kept so that it does not allocate.
    slot.entry = entry;
    slot.expiresAtMs = expiresAtMs;
  }

  clear(): void {
    this.slots.clear();
  }
}
