import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "./secret";
import type { SecretCache } from "./secret-cache";

/** Fewer could be guessed; SSM holds at most 4096 in a standard parameter. */
const TOKEN_CHARACTERS_MIN = 32;
const TOKEN_CHARACTERS_MAX = 512;
const TOKEN = /^[A-Za-z0-9._~+/=-]+$/;
const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i;

/** Whether a text can be a bearer token (RFC 6750) of 32 to 512 characters. */
export function isToken(text: string): boolean {
  return text.length >= TOKEN_CHARACTERS_MIN && text.length <= TOKEN_CHARACTERS_MAX && TOKEN.test(text);
}

/** Whether the header `Authorization` holds the token; asks once more when the token may have changed. */
export async function isAuthorized(header: string | undefined, token: SecretCache): Promise<boolean> {
  const [, given] = BEARER.exec(header ?? "") ?? [];
  // What cannot be a token is refused without a comparison, and without a call of SSM.
  if (given === undefined || !isToken(given)) return false;
  if (isSame(given, await token.get())) return true;
  return isSame(given, await token.getRenewed());
}

/** Compares digests of equal length, so that the time taken says nothing about the token, its length included. */
function isSame(given: string, expected: Secret): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected.reveal()));
}
