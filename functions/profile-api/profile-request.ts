import { ok, type Parsed, refused } from "../shared/problem";
import type { ProfileDraft } from "./profile";

const BODY_BYTES_MAX = 16 * 1024;
const DISPLAY_NAME_CHARACTERS_MAX = 80;
const BIO_CHARACTERS_MAX = 1_000;
const INTERESTS_MAX = 20;
const INTEREST_CHARACTERS_MAX = 40;

/** Begins with a letter or digit, so that no profile can have the key that the health check reads. */
const PROFILE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const JSON_CONTENT_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
const FIELDS = ["displayName", "bio", "interests", "expectedVersion"];

/** Control characters and halves of surrogate pairs; a text may have line breaks and tabs, a name may not. */
const NOT_IN_NAME = /[\p{Cc}\p{Cs}]/u;
const NOT_IN_TEXT = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;

export function parseProfileId(id: string | undefined): Parsed<string> {
  if (id !== undefined && PROFILE_ID.test(id)) return ok(id);
  return refused(
    400,
    "invalid_id",
    "The profile id must be 1 to 64 letters, digits, - or _, the first a letter or digit.",
  );
}

/** A body of the PUT: the new content, and optionally the version that the caller has read. */
export interface ProfileWrite {
  readonly draft: ProfileDraft;
  readonly expectedVersion: number | undefined;
}

/**
 * Reads the body of a PUT. API Gateway sends a body in base64 where it takes it for binary.
 * At most 16 KiB of UTF-8 JSON: one object, known fields only; every wrong field is reported at once.
 */
export function parseProfileWrite(request: {
  readonly contentType: string | undefined;
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
}): Parsed<ProfileWrite> {
  if (!JSON_CONTENT_TYPE.test(request.contentType?.trim() ?? "")) {
    return refused(415, "unsupported_media_type", "The content type must be application/json in UTF-8.");
  }
  const bytes = Buffer.from(request.body ?? "", request.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > BODY_BYTES_MAX) {
    return refused(
      413,
      "body_too_large",
      `The body has ${bytes.length} bytes; allowed are ${BODY_BYTES_MAX}.`,
    );
  }
  const json = parseJson(bytes);
  if (json.kind === "refused") return json;
  if (typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return refused(400, "invalid_body", "The body must be a JSON object.");
  }
  return parseFields(json.value as Record<string, unknown>);
}

function parseJson(bytes: Buffer): Parsed<unknown> {
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return refused(400, "invalid_json", "The body is not valid JSON in UTF-8.");
  }
}

function parseFields(fields: Record<string, unknown>): Parsed<ProfileWrite> {
  const { displayName, bio = "", interests = [], expectedVersion } = fields;
  const wrong = [
    ...Object.keys(fields).flatMap((name) =>
      FIELDS.includes(name) ? [] : [`${quoted(name)} is not a field; fields are ${FIELDS.join(", ")}`],
    ),
    ...(isText(displayName, NOT_IN_NAME, DISPLAY_NAME_CHARACTERS_MAX) && displayName.trim() !== ""
      ? []
      : [`displayName must be a line of 1 to ${DISPLAY_NAME_CHARACTERS_MAX} characters, not all blank`]),
    ...(isText(bio, NOT_IN_TEXT, BIO_CHARACTERS_MAX)
      ? []
      : [`bio must be a text of at most ${BIO_CHARACTERS_MAX} characters`]),
    ...(isInterests(interests)
      ? []
      : [
          `interests must be a list of at most ${INTERESTS_MAX} different lines of 1 to ${INTEREST_CHARACTERS_MAX} characters, none all blank`,
        ]),
    ...(expectedVersion === undefined || isVersion(expectedVersion)
      ? []
      : ["expectedVersion must be a whole number, 1 or more"]),
  ];
  if (wrong.length > 0) return refused(400, "invalid_profile", `${wrong.join("; ")}.`);
  return ok({
    draft: { displayName, bio, interests } as ProfileDraft,
    expectedVersion: expectedVersion as number | undefined,
  });
}

export function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** Characters are code points: an emoji outside the basic plane counts once. */
function isText(value: unknown, forbidden: RegExp, charactersMax: number): value is string {
  return typeof value === "string" && !forbidden.test(value) && [...value].length <= charactersMax;
}

function isInterests(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= INTERESTS_MAX &&
    new Set(value).size === value.length &&
    value.every((item) => isText(item, NOT_IN_NAME, INTEREST_CHARACTERS_MAX) && item.trim() !== "")
  );
}

/** A caller's own text in an answer: short and with escapes. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
