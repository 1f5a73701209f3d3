import { ok, type Parsed, refused } from "../shared/problem";

/** The most of a request body that is read. */
export const BODY_BYTES_MAX = 16 * 1024;
export const MESSAGE_CHARACTERS_MAX = 2_000;

/** What a client of `/chat` sends. */
export interface ChatRequest {
  readonly message: string;
  /** Which conversation it belongs to. */
  readonly conversation: string;
  /** The client's own id; the same id again gets the same answer and does nothing twice. */
  readonly messageId: string | undefined;
}

const JSON_CONTENT_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
const FIELDS = ["message", "conversation", "messageId"];
const CONVERSATION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const MESSAGE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
/** Control characters and halves of surrogate pairs, but for line breaks and tabs. */
const NOT_IN_TEXT = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;

/** Refuses a body by its headers alone, so that it need not be read. */
export function refuseByHeaders(headers: {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly contentLength: string | undefined;
}): Parsed<undefined> {
  if (!JSON_CONTENT_TYPE.test(headers.contentType?.trim() ?? "")) {
    return refused(415, "unsupported_media_type", "The content type must be application/json in UTF-8.");
  }
  if (headers.contentEncoding !== undefined && headers.contentEncoding !== "identity") {
    return refused(415, "unsupported_encoding", "The body must not be compressed.");
  }
  if (Number(headers.contentLength ?? 0) > BODY_BYTES_MAX) return tooLarge();
  return ok(undefined);
}

export function tooLarge(): Parsed<never> {
  return refused(413, "body_too_large", `The body has more than ${BODY_BYTES_MAX} bytes.`);
}

/** Reads a body: UTF-8 JSON, one object, known fields only; every wrong field is reported at once. */
export function parseChatRequest(body: Uint8Array): Parsed<ChatRequest> {
  if (body.byteLength > BODY_BYTES_MAX) return tooLarge();
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return refused(400, "invalid_json", "The body is not valid JSON in UTF-8.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refused(400, "invalid_body", "The body must be a JSON object.");
  }
  const { message, conversation = "default", messageId } = value as Record<string, unknown>;
  const matches = (text: unknown, pattern: RegExp) => typeof text === "string" && pattern.test(text);
  const wrong = [
    ...(Object.keys(value).every((name) => FIELDS.includes(name))
      ? []
      : [`fields are ${FIELDS.join(", ")} and no other`]),
    ...(isMessage(message)
      ? []
      : [`message must be a text of 1 to ${MESSAGE_CHARACTERS_MAX} characters, not all blank`]),
    ...(matches(conversation, CONVERSATION)
      ? []
      : ["conversation must be 1 to 64 letters, digits, - or _, the first a letter or digit"]),
    ...(messageId === undefined || matches(messageId, MESSAGE_ID)
      ? []
      : ["messageId must be 1 to 128 letters, digits, - or _, the first a letter or digit"]),
  ];
  if (wrong.length > 0) return refused(400, "invalid_request", `${wrong.join("; ")}.`);
  return ok({ message, conversation, messageId } as ChatRequest);
}

/** Characters are code points: an emoji outside the basic plane counts once. */
function isMessage(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.trim() !== "" &&
    !NOT_IN_TEXT.test(value) &&
    [...value].length <= MESSAGE_CHARACTERS_MAX
  );
}
