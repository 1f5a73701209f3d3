/**
 * A map that forgets what was not used lately, so that no stream of keys makes it grow. It keeps the last `size`
 * used entries at least and twice as many at most: cheaper than an exact order, and enough for a cache.
 */
export class RecentMap<K, V> {
  private recent = new Map<K, V>();
  private older = new Map<K, V>();

  /** @param size at least 1. */
  constructor(private readonly size: number) {}

  get(key: K): V | undefined {
    const found = this.recent.get(key);
    if (found !== undefined) return found;
    const old = this.older.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    if (this.recent.size >= this.size && !this.recent.has(key)) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, value);
  }

  /** How many entries it holds; one that stands in both halves counts twice. */
  get held(): number {
    return this.recent.size + this.older.size;
  }
}
