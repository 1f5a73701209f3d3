import type { EngineResource } from "../../model/stack-resource";

/** A member of a JSON value that may be anything. */
export function member(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined;
}

/**
 * Whether a JSON value is a resource in the engine's form: it has a URN.
 *
 * @throws Error of one line where it has one and a field of it is of another kind than the engine writes.
 */
export function isEngineResource(value: unknown): value is EngineResource {
  const urn = member(value, "urn");
  if (typeof urn !== "string" || !urn.startsWith("urn:pulumi:")) return false;
  for (const [field, { allowed, holds }] of Object.entries(FIELDS)) {
    const got = member(value, field);
    // What a resource does not have is left out, or null.
    if (got === undefined || got === null || holds(got)) continue;
    throw new Error(
      `${field} of ${urn.split("::").slice(2).join("::")} is ${shown(got)}; allowed: ${allowed}, as the engine writes it`,
    );
  }
  return true;
}

interface Kind {
  readonly allowed: string;
  readonly holds: (value: unknown) => boolean;
}

const TEXT: Kind = { allowed: "text", holds: (value) => typeof value === "string" };
const OBJECT: Kind = { allowed: "an object", holds: isObject };
const TEXTS: Kind = { allowed: "a list of URNs", holds: isTextList };

/** What is read of a resource, as far as a wrong kind of it could not be read. */
const FIELDS: Readonly<Record<string, Kind>> = {
  type: TEXT,
  id: TEXT,
  parent: TEXT,
  provider: TEXT,
  inputs: OBJECT,
  outputs: OBJECT,
  dependencies: TEXTS,
  propertyDependencies: {
    allowed: "an object of lists of URNs",
    holds: (value) =>
      isObject(value) && Object.values(value).every((urns) => urns === null || isTextList(urns)),
  },
};

function isObject(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

const SHOWN_MAX = 40;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}
