import { type EngineResource, parseUrn } from "../../model/stack-resource";
import { fromEngineValue, isUnknown, SECRET_MASK } from "../../model/unknown";

/** Pulumi's mark on special objects in its property encoding. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

const MASKED = { [SIGNATURE_KEY]: "1b47061264138c4ac30d75fd1eb44270" };

/** The properties of an exported resource whose values are encrypted: `masterPassword of database`. */
export function hiddenValues(resource: EngineResource): string[] {
  return named(resource, (value) => SIGNATURE_KEY in value && isUnknown(fromEngineValue(value)));
}

/** A previewed resource whose masked values are unknown ones. */
export function withoutMasks<T>(value: T): T {
  if (value === SECRET_MASK) return MASKED as T;
  if (Array.isArray(value)) return value.map(withoutMasks) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutMasks(item)])) as T;
}

type Marked = (value: Record<string, unknown>) => boolean;

function named(resource: EngineResource, isMarked: Marked): string[] {
  const names = new Set<string>();
  for (const properties of [resource.inputs, resource.outputs]) {
    for (const [name, value] of Object.entries(properties ?? {})) {
      if (!names.has(name) && holds(value, isMarked)) names.add(name);
    }
  }
  return [...names].map((name) => `${name} of ${parseUrn(resource.urn).name}`);
}

function holds(value: unknown, isMarked: Marked): boolean {
  if (value === null || typeof value !== "object") return false;
  if (Array.isArray(value)) return value.some((item) => holds(item, isMarked));
  const record = value as Record<string, unknown>;
  return isMarked(record) || Object.values(record).some((item) => holds(item, isMarked));
}
