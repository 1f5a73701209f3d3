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

/** A value that was read and is of another kind than AWS defines. */
export interface WrongRead {
  /** As paths are written in messages: `globalSecondaryIndexes[0].readCapacity`, from where the read began. */
  readonly path: string;
  /** What stands there instead: `writeCapacity is "abc", not a number`. */
  readonly what: string;
}

let collected: WrongRead[] | undefined;

/**
 * What `read` gives, and the values of a wrong kind that it met. To the reader these are UNKNOWN like what is not
 * known yet, but no update will ever make them known.
 */
export function withWrongReads<Result>(read: () => Result): { result: Result; wrong: readonly WrongRead[] } {
  const outer = collected;
  const wrong: WrongRead[] = [];
  collected = wrong;
  try {
    return { result: read(), wrong };
  } finally {
    collected = outer;
  }
}

function noteWrong(asked: Path, found: Path, value: PropertyValue, kind: string): void {
  collected?.push({ path: pathText(asked), what: `${pathText(found)} is ${valueText(value)}, not ${kind}` });
}

function pathText(path: Path): string {
  return path
    .map((step) => (/^\d+$/.test(String(step)) ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

const TEXT_MAX = 40;

/** A scalar as it is written, cut off where it is long. */
export function valueText(value: PropertyValue): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "number" && !Number.isFinite(value)) return "beyond all numbers";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}...` : text;
}

/**
 * The reads of `model/property.ts` as prices need them: what is there and of another kind than AWS defines, or lies
 * behind such a value, is UNKNOWN. Absent has a default, and a value that cannot be read must not get that one.
 */
export function at(value: PropertyValue, ...path: Path): PropertyValue {
  let current = value;
  for (const [taken, step] of path.entries()) {
    if (isUnknown(current)) return UNKNOWN;
    if (current === undefined || current === null) return undefined;
    const isList = /^\d+$/.test(String(step));
    if (typeof current !== "object" || Array.isArray(current) !== isList) {
      if (taken > 0) noteWrong(path, path.slice(0, taken), current, isList ? "a list" : "an object");
      return UNKNOWN;
    }
    current = (current as Properties)[step];
  }
  return current;
}

export const stringAt = strict(property.stringAt, "text");
export const numberAt = strict(property.numberAt, "a number");
export const booleanAt = strict(property.booleanAt, "true or false");
export const listAt = strict(property.listAt, "a list");

function strict<Value>(read: Reader<Value>, kind: string): Reader<Value> {
  return (value, ...path) => {
    const found = at(value, ...path);
    const known = read(found);
    if (known !== undefined || !property.isPresent(found)) return known;
    if (path.length > 0) noteWrong(path, path, found, kind);
    return UNKNOWN;
  };
}
