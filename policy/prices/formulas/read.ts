import * as property from "../../../model/property";
import {
  isUnknown,
  type MaybeUnknown,
  type Properties,
  type PropertyValue,
  UNKNOWN,
} from "../../../model/unknown";

type Path = readonly (string | number)[];
type Reader<Value> = (value: PropertyValue, ...path: Path) => MaybeUnknown<Value> | undefined;

/**
 * The reads of `model/property.ts` as prices need them: what is there and of another kind than AWS defines, or lies
 * behind such a value, is UNKNOWN. Absent has a default, and a value that cannot be read must not get that one.
 */
export function at(value: PropertyValue, ...path: Path): PropertyValue {
  let current = value;
  for (const step of path) {
    if (isUnknown(current)) return UNKNOWN;
    if (current === undefined || current === null) return undefined;
    if (typeof current !== "object") return UNKNOWN;
    if (Array.isArray(current) !== /^\d+$/.test(String(step))) return UNKNOWN;
    current = (current as Properties)[step];
  }
  return current;
}

export const stringAt = strict(property.stringAt);
export const numberAt = strict(property.numberAt);
export const booleanAt = strict(property.booleanAt);
export const listAt = strict(property.listAt);

function strict<Value>(read: Reader<Value>): Reader<Value> {
  return (value, ...path) => {
    const found = at(value, ...path);
    return read(found) ?? (property.isPresent(found) ? UNKNOWN : undefined);
  };
}
