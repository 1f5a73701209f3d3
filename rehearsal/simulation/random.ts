/** A sequence of random numbers that depends on its seed and its name only. */
export interface RandomStream {
  /** The next number in [0, 1). */
  uniform(): number;
  /** The next integer in [0, n). */
  below(n: number): number;
}

/**
 * Random numbers by position instead of by turn: the same position gives the same number, whatever was asked
 * before. One per thing that is drawn anew in every cutover, so that one cutover can be replayed alone.
 */
export interface Draws {
  /** The number in [0, 1) at this position. */
  uniform(position: number, step?: number): number;
  /** The integer in [0, n) at this position. */
  below(n: number, position: number, step?: number): number;
}

/** The step of a fate that stays through a cutover, apart from those of single attempts. */
export const SENDER_FATE = -1;

const UINT32_VALUES = 2 ** 32;

/** The stream of this name. Streams of other names are independent, so a new one reshuffles none of them. */
export function stream(seed: number, name: string): RandomStream {
  let [a, b, c, counter] = hash(`${seed}/${name}`);
  // sfc32 (Chris Doty-Humphrey, PractRand): small, fast and exact in 32-bit integers on every platform.
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Names that differ in one letter need a few rounds to part.
  for (let round = 0; round < 12; round++) next();
  return {
    uniform: () => next() / UINT32_VALUES,
    below: (n) => Math.floor((next() / UINT32_VALUES) * n),
  };
}

/** The draws of this name; as independent of each other as streams are. */
export function draws(seed: number, name: string): Draws {
  const [key, salt] = hash(`${seed}/${name}`);
  const at = (position: number, step: number): number => {
    const mixed = avalanche(key ^ Math.imul(position + 1, 0x9e3779b1));
    return avalanche((mixed + salt) ^ Math.imul(step + 1, 0x85ebca77)) >>> 0;
  };
  return {
    uniform: (position, step = 0) => at(position, step) / UINT32_VALUES,
    below: (n, position, step = 0) => Math.floor((at(position, step) / UINT32_VALUES) * n),
  };
}

/** Four 32-bit words of a text (after MurmurHash3, Austin Appleby). */
function hash(text: string): [number, number, number, number] {
  let a = 0x3c074a61;
  let b = 0x1c6ef372;
  let c = 0x5a827999;
  let d = 0x27d4eb2f;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  return [avalanche(a ^ c), avalanche(b ^ d), avalanche(c ^ b), avalanche(d ^ a)];
}

/** Every input bit reaches every output bit (MurmurHash3's finalizer). */
function avalanche(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
