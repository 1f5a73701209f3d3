/** What to do with a member's value: hand it over as text, look at its own members, or pass over it. */
export type MemberUse = "take" | "enter" | "skip";

export interface MemberWants {
  /** Asked once for each member of an entered object. */
  use(path: readonly string[]): MemberUse;
  /** The value's JSON text. */
  take(path: readonly string[], json: string): void;
}

/** The text is not one whole JSON object; the message says how, without saying where it came from. */
export class BrokenJsonError extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/**
 * Reads one JSON object of any size in pieces and keeps no more of it than one taken member. An offer file is a
 * flat object of a hundred thousand small ones, so that its brackets are enough to find them; `JSON.parse` reads
 * each. What is passed over is not checked beyond its brackets and quotes.
 */
export class MemberReader {
  /** The keys of the entered objects and, last, that of the member being read. */
  private readonly path: string[] = [];
  /** How many objects are entered. Members of entered objects are at this depth. */
  private entered = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Set from a key's opening quote to its closing one, and from a taken value's start to its end. */
  private reading: "key" | "value" | undefined;
  private pieces: Buffer[] = [];
  private from = 0;
  private expects: "key" | "colon" | "value" | "rest" = "key";
  private ended = false;

  constructor(private readonly wants: MemberWants) {}

  /** @throws BrokenJsonError */
  write(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (this.inString) at = this.string(bytes, at);
      else if (byte > 0x20) this.structure(bytes, at, byte);
    }
    if (this.reading) this.pieces.push(Buffer.from(bytes.subarray(this.from)));
  }

  /** @throws BrokenJsonError where the object is not whole. */
  end(): void {
    if (this.ended) return;
    throw new BrokenJsonError(this.depth === 0 ? "it is empty" : "it ends in the middle");
  }

  /** Goes on inside a string from `at`; the place of the byte that it read last. */
  private string(bytes: Buffer, at: number): number {
    let next = at;
    if (this.escaped) {
      this.escaped = false;
      return next;
    }
    while (next < bytes.length) {
      const byte = bytes[next];
      if (byte === QUOTE) {
        this.inString = false;
        if (this.reading === "key") this.key(bytes, next);
        return next;
      }
      if (byte === BACKSLASH) {
        if (next + 1 === bytes.length) this.escaped = true;
        next += 1;
      }
      next += 1;
    }
    return next;
  }

  private structure(bytes: Buffer, at: number, byte: number): void {
    if (this.ended) throw new BrokenJsonError("it goes on after its end");
    if (this.depth === 0) {
      if (byte !== OPEN_OBJECT) throw new BrokenJsonError("it is not a JSON object");
      this.depth = 1;
      this.entered = 1;
      this.expects = "key";
      return;
    }
    const atMembers = this.depth === this.entered;
    if (atMembers && this.expects === "value") {
      this.value(at, byte);
      return;
    }
    if (byte === QUOTE) {
      this.inString = true;
      if (!atMembers || this.expects !== "key") return;
      this.reading = "key";
      this.from = at;
      return;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.close(bytes, at, atMembers);
    else if (atMembers && byte === COLON && this.expects === "colon") this.expects = "value";
    else if (atMembers && byte === COMMA) this.endMember(bytes, at);
    else if (atMembers && this.expects !== "rest") throw new BrokenJsonError("it is not JSON");
  }

  private key(bytes: Buffer, at: number): void {
    this.path[this.entered - 1] = JSON.parse(this.text(bytes, at + 1)) as string;
    this.path.length = this.entered;
    this.expects = "colon";
  }

  private value(at: number, byte: number): void {
    const use = this.wants.use(this.path);
    this.expects = "rest";
    if (use === "enter") {
      if (byte !== OPEN_OBJECT) throw new BrokenJsonError(`its ${this.path.join(".")} is not an object`);
      this.depth += 1;
      this.entered += 1;
      this.expects = "key";
      return;
    }
    if (use === "take") {
      this.reading = "value";
      this.from = at;
    }
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.depth += 1;
  }

  private close(bytes: Buffer, at: number, atMembers: boolean): void {
    this.depth -= 1;
    if (!atMembers) return;
    this.endMember(bytes, at);
    this.entered -= 1;
    this.path.length = this.entered;
    this.expects = "rest";
    this.ended = this.depth === 0;
  }

  /** A comma or the end of the object closes the member before it. */
  private endMember(bytes: Buffer, at: number): void {
    if (this.reading === "value") {
      const json = this.text(bytes, at);
      this.wants.take(this.path, json);
    }
    this.expects = "key";
  }

  private text(bytes: Buffer, end: number): string {
    const last = bytes.subarray(this.from, end);
    const text = this.pieces.length === 0 ? last : Buffer.concat([...this.pieces, last]);
    this.pieces = [];
    this.reading = undefined;
    return text.toString("utf8");
  }
}
