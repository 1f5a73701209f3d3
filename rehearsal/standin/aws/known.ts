import { booleanAt, numberAt, stringAt, stringListAt } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";

/** Reads for the moment of making, when nothing is unknown: absent text is empty, an absent list has no items. */
export function text(value: PropertyValue, ...path: readonly (string | number)[]): string {
  const found = stringAt(value, ...path);
  return found === undefined || isUnknown(found) ? "" : found;
}

export function texts(value: PropertyValue, ...path: readonly (string | number)[]): string[] {
  const found = stringListAt(value, ...path);
  return found === undefined || isUnknown(found) ? [] : found;
}

export function whole(value: PropertyValue, ...path: readonly (string | number)[]): number | undefined {
  const found = numberAt(value, ...path);
  return found === undefined || isUnknown(found) ? undefined : found;
}

export function isOn(value: PropertyValue, ...path: readonly (string | number)[]): boolean {
  return booleanAt(value, ...path) === true;
}
