import { createHash } from "node:crypto";

/** When everything in the stand-in was made: a fixed instant, so that two runs are equal to the byte. */
export const MADE_AT = "2026-01-01T00:00:00Z";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

export const LOWER_ALPHANUMERIC = LOWER + DIGITS;
export const UPPER_ALPHANUMERIC = LOWER.toUpperCase() + DIGITS;
export const LOWER_LETTERS = LOWER;

/** Hex digits drawn from a seed; `length` up to 128. */
export function hex(seed: string, length: number): string {
  return createHash("sha512").update(seed).digest("hex").slice(0, length);
}

/** Characters of `alphabet` drawn from a seed; `length` up to 64. */
export function characters(seed: string, length: number, alphabet: string): string {
  const bytes = createHash("sha512").update(seed).digest().subarray(0, length);
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join("");
}

/** An integer in [0, below) drawn from a seed. */
export function number(seed: string, below: number): number {
  return createHash("sha512").update(seed).digest().readUInt32BE(0) % below;
}

/** A version 4 UUID drawn from a seed. */
export function uuid(seed: string): string {
  const digits = hex(seed, 32);
  const variant = "89ab"[Number.parseInt(digits[16] ?? "0", 16) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}

/** `Z` and 20 characters, as Route 53 names hosted zones. */
export function hostedZoneId(seed: string): string {
  return `Z${characters(`${seed} zone`, 20, UPPER_ALPHANUMERIC)}`;
}

/** Base64 of a SHA-256 digest, as Lambda reports the hash of its code. */
export function sha256Base64(content: string): string {
  return createHash("sha256").update(content).digest("base64");
}
