const CAPACITY_AT_FIRST = 256;

/**
 * The virtual clock: what will happen, ordered by time and, at the same time, by who asked first. `pop` puts the
 * next event into the public fields, so that a million events make no garbage.
 */
export class EventQueue {
  /** The event that `pop` took last; the time is the clock's present. */
  atMs = 0;
  kind = 0;
  subject = 0;
  detail = 0;

  private size = 0;
  private sequence = 0;
  /** A binary heap of slots, and what each slot holds. Slots from `size` on are free. */
  private heap = new Int32Array(CAPACITY_AT_FIRST).map((_, slot) => slot);
  private times = new Float64Array(CAPACITY_AT_FIRST);
  private sequences = new Float64Array(CAPACITY_AT_FIRST);
  private kinds = new Int32Array(CAPACITY_AT_FIRST);
  private subjects = new Int32Array(CAPACITY_AT_FIRST);
  private details = new Int32Array(CAPACITY_AT_FIRST);

  /** Forgets every event and sets the clock. */
  reset(nowMs: number): void {
    this.size = 0;
    this.sequence = 0;
    this.atMs = nowMs;
  }

  /** Something at `atMs`, which is not in the past. */
  push(atMs: number, kind: number, subject = 0, detail = 0): void {
    if (!(atMs >= this.atMs)) throw new RangeError(`an event at ${atMs} ms; the clock shows ${this.atMs} ms`);
    if (this.size === this.heap.length) this.grow();
    const slot = this.heap[this.size] as number;
    this.times[slot] = atMs;
    this.sequences[slot] = this.sequence++;
    this.kinds[slot] = kind;
    this.subjects[slot] = subject;
    this.details[slot] = detail;
    this.rise(this.size++, slot);
  }

  /** Moves the clock to the next event; false when there is none. */
  pop(): boolean {
    if (this.size === 0) return false;
    const first = this.heap[0] as number;
    const last = this.heap[--this.size] as number;
    this.heap[this.size] = first;
    if (this.size > 0) this.sink(last);
    this.atMs = this.times[first] as number;
    this.kind = this.kinds[first] as number;
    this.subject = this.subjects[first] as number;
    this.detail = this.details[first] as number;
    return true;
  }

  private isBefore(a: number, b: number): boolean {
    const difference = (this.times[a] as number) - (this.times[b] as number);
    return (
      difference < 0 || (difference === 0 && (this.sequences[a] as number) < (this.sequences[b] as number))
    );
  }

  private rise(from: number, slot: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.heap[parent] as number;
      if (!this.isBefore(slot, above)) break;
      this.heap[index] = above;
      index = parent;
    }
    this.heap[index] = slot;
  }

  private sink(slot: number): void {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.size) break;
      if (
        child + 1 < this.size &&
        this.isBefore(this.heap[child + 1] as number, this.heap[child] as number)
      ) {
        child++;
      }
      const below = this.heap[child] as number;
      if (!this.isBefore(below, slot)) break;
      this.heap[index] = below;
      index = child;
    }
    this.heap[index] = slot;
  }

  private grow(): void {
    const capacity = this.heap.length * 2;
    const grown = <T extends Int32Array | Float64Array>(larger: T, old: T): T => {
      larger.set(old);
      return larger;
    };
    const free = new Int32Array(capacity).map((_, slot) => slot);
    this.heap = grown(free, this.heap);
    this.times = grown(new Float64Array(capacity), this.times);
    this.sequences = grown(new Float64Array(capacity), this.sequences);
    this.kinds = grown(new Int32Array(capacity), this.kinds);
    this.subjects = grown(new Int32Array(capacity), this.subjects);
    this.details = grown(new Int32Array(capacity), this.details);
  }
}
