import { at, isPresent } from "../../../model/property";
import { isUnknown, type Properties, type PropertyValue } from "../../../model/unknown";

export interface Place {
  /** The path with its indexes, `replicas[0].arn`. */
  readonly written: string;
  readonly value: PropertyValue;
}

/** The places that a path names: `replicas[].arn` is one place per replica. An absent list has none. */
export function placesAt(root: PropertyValue, path: string): Place[] {
  const [head = "", ...rest] = path.split(".");
  const isList = head.endsWith("[]");
  const key = isList ? head.slice(0, -2) : head;
  const value = at(root, key);
  if (isUnknown(value)) return [{ written: key, value }];
  const here: Place[] = isList
    ? (Array.isArray(value) ? value : []).map((item, index) => ({
        written: `${key}[${index}]`,
        value: item,
      }))
    : [{ written: key, value }];
  if (rest.length === 0) return here;
  return here
    .filter(({ value: item }) => isPresent(item))
    .flatMap(({ written, value: item }) =>
      placesAt(item, rest.join(".")).map((found) => ({
        written: `${written}.${found.written}`,
        value: found.value,
      })),
    );
}

/** A copy of `root` in which every place that `path` names is replaced. Absent parents stay absent. */
export function replaceAt(
  root: PropertyValue,
  path: string,
  replace: (value: PropertyValue) => PropertyValue,
): PropertyValue {
  if (!isObject(root)) return root;
  const [head = "", ...rest] = path.split(".");
  const key = head.replace(/\[\]$/, "");
  const inner = (value: PropertyValue) =>
    rest.length === 0 ? replace(value) : replaceAt(value, rest.join("."), replace);
  const value = root[key];
  if (head === key) {
    return rest.length > 0 && !isPresent(value) ? root : { ...root, [key]: inner(value) };
  }
  return Array.isArray(value) ? { ...root, [key]: value.map(inner) } : root;
}

/** Whether a value, or anything inside it, is not known yet. */
export function holdsUnknown(value: PropertyValue): boolean {
  if (isUnknown(value)) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some((item) => holdsUnknown(item as PropertyValue));
}

export function isObject(value: PropertyValue): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
