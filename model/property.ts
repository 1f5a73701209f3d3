import { isUnknown, type MaybeUnknown, type Properties, type PropertyValue, UNKNOWN } from "./unknown";

/**
 * Typed reads of resource properties. Each gives the value, `undefined` where the property is absent or of
 * another kind than AWS defines, and UNKNOWN where it, or anything on the way to it, is not known yet.
 */
export function at(value: PropertyValue, ...path: readonly (string | number)[]): PropertyValue {
  let current = value;
  for (const step of path) {
    if (isUnknown(current)) return UNKNOWN;
    if (current === null || typeof current !== "object") return undefined;
    current = Array.isArray(current) ? current[step as number] : (current as Properties)[step];
  }
  return current;
}

export function stringAt(
  value: PropertyValue,
  ...path: readonly (string | number)[]
): MaybeUnknown<string> | undefined {
  const found = at(value, ...path);
  return isUnknown(found) || typeof found === "string" ? found : undefined;
}

/** Numbers also arrive as text, from YAML programs and from some provider outputs. */
export function numberAt(
  value: PropertyValue,
  ...path: readonly (string | number)[]
): MaybeUnknown<number> | undefined {
  const found = at(value, ...path);
  if (isUnknown(found)) return found;
  if (typeof found === "string" && found.trim() !== "" && Number.isFinite(Number(found)))
    return Number(found);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** Booleans also arrive as the words "true" and "false". */
export function booleanAt(
  value: PropertyValue,
  ...path: readonly (string | number)[]
): MaybeUnknown<boolean> | undefined {
  const found = at(value, ...path);
  if (isUnknown(found) || typeof found === "boolean") return found;
  return found === "true" ? true : found === "false" ? false : undefined;
}

export function listAt(
  value: PropertyValue,
  ...path: readonly (string | number)[]
): MaybeUnknown<PropertyValue[]> | undefined {
  const found = at(value, ...path);
  return isUnknown(found) || Array.isArray(found) ? found : undefined;
}

/** A list of text; one unknown member makes the whole list unknown. */
export function stringListAt(
  value: PropertyValue,
  ...path: readonly (string | number)[]
): MaybeUnknown<string[]> | undefined {
  const found = listAt(value, ...path);
  if (found === undefined || isUnknown(found)) return found;
  if (found.some(isUnknown)) return UNKNOWN;
  return found.filter((item): item is string => typeof item === "string");
}

export function isPresent(value: PropertyValue): boolean {
  return value !== undefined && value !== null && value !== "";
}
