import { fromEngineValue, isUnknown, type Properties, type PropertyValue } from "../../model/unknown";

/** Pulumi's mark on special objects in its property encoding, and the marks that matter here. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Wire = Record<string, unknown>;

/**
 * Inputs from the wire as a provider sees them that takes neither secrets nor resources: secrets are opened,
 * a resource stands for its id.
 */
export function toProviderInputs(wire: Wire): Properties {
  return fromEngineValue(withIds(wire)) as Properties;
}

function withIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIds);
  if (value === null || typeof value !== "object") return value;
  const record = value as Wire;
  if (record[SIGNATURE_KEY] === RESOURCE_REFERENCE) return record.id ?? record.urn;
  // The SDK's own marks on assets and archives, which the engine drops too.
  const entries = Object.entries(record).filter(([key]) => !/^__pulumi(Asset|Archive)$/.test(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, withIds(item)]));
}

/** Properties for the wire: unknown values as the engine's sentinel, absent ones left out. */
export function toWire(properties: Properties): Wire {
  return encode(properties) as Wire;
}

function encode(value: PropertyValue): unknown {
  if (isUnknown(value)) return UNKNOWN_STRING;
  if (Array.isArray(value)) return value.map(encode);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, encode(item)]),
  );
}

/** The top-level properties that hold a secret somewhere. */
export function secretKeys(wire: Wire): string[] {
  return Object.keys(wire).filter((key) => holdsSecret(wire[key]));
}

function holdsSecret(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  if ((value as Wire)[SIGNATURE_KEY] === SECRET) return true;
  return Object.values(value).some(holdsSecret);
}

/** Marks properties as secret again, as the engine does for a provider that takes no secrets. */
export function withSecrets(wire: Wire, keys: readonly string[]): Wire {
  return mark(wire, keys, (value) => ({ [SIGNATURE_KEY]: SECRET, value }));
}

/** The same in the form of a state file, whose secrets are text. */
export function withStoredSecrets(wire: Wire, keys: readonly string[]): Wire {
  return mark(wire, keys, (value) => ({ [SIGNATURE_KEY]: SECRET, plaintext: JSON.stringify(value) }));
}

function mark(wire: Wire, keys: readonly string[], as: (value: unknown) => unknown): Wire {
  return Object.fromEntries(
    Object.entries(wire).map(([key, value]) => [key, keys.includes(key) ? as(value) : value]),
  );
}

/** Values of the wire in the form of a state file. */
export function toStored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toStored);
  if (value === null || typeof value !== "object") return value;
  const record = value as Wire;
  if (record[SIGNATURE_KEY] === SECRET)
    return { [SIGNATURE_KEY]: SECRET, plaintext: JSON.stringify(record.value ?? null) };
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, toStored(item)]));
}
