/**
 * A value that Pulumi cannot tell yet: an output of a resource that does not exist at preview, or a secret
 * whose plain text is not in the file. Unknown is never a pass and never zero.
 */
export const UNKNOWN: unique symbol = Symbol.for("warm-standby/unknown");
export type Unknown = typeof UNKNOWN;
export type MaybeUnknown<T> = T | Unknown;

export function isUnknown(value: unknown): value is Unknown {
  return value === UNKNOWN;
}

/** What a resource property can hold once engine encodings are gone. */
export type PropertyValue =
  | Unknown
  | string
  | number
  | boolean
  | null
  | undefined
  | PropertyValue[]
  | { [key: string]: PropertyValue };

export type Properties = { [key: string]: PropertyValue };

/** The wire strings by which Pulumi's engine says "known after the update", one per value kind. */
export const ENGINE_UNKNOWN_STRINGS: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** What Pulumi writes in place of a secret that it does not show: `preview --json`, `policy analyze`. */
export const SECRET_MASK = "[secret]";

/** The key that marks a special object in Pulumi's property encoding, and its value for a secret. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Turns a property as the engine writes it (state files, preview JSON, a pack's resources) into a plain one.
 * Secrets with a plain text in the file are opened; encrypted ones become UNKNOWN.
 */
export function fromEngineValue(value: unknown): PropertyValue {
  if (typeof value === "string") return ENGINE_UNKNOWN_STRINGS.has(value) ? UNKNOWN : value;
  if (isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(fromEngineValue);
  if (value === null || typeof value !== "object") return value as PropertyValue;
  const record = value as Record<string, unknown>;
  if (record[SIGNATURE_KEY] === SECRET_SIGNATURE) return secretPlainText(record);
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, fromEngineValue(item)]));
}

function secretPlainText(record: Record<string, unknown>): PropertyValue {
  if (typeof record.plaintext === "string") {
    try {
      return fromEngineValue(JSON.parse(record.plaintext));
    } catch {
      return UNKNOWN;
    }
  }
  return "value" in record ? fromEngineValue(record.value) : UNKNOWN;
}
