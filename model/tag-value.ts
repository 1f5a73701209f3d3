import { at, listAt, stringAt } from "./property";
import { isUnknown, type PropertyValue, UNKNOWN } from "./unknown";

/**
 * One tag's value: of a map, or of a list `[{ key, value }]`, as AWS's Cloud Control package writes most tags and
 * Auto Scaling groups theirs. UNKNOWN where an unknown key may be this one.
 */
export function tagValue(tags: PropertyValue, key: string): PropertyValue {
  const list = listAt(tags);
  if (list === undefined || isUnknown(list)) return at(tags, key);
  const own = list.find((tag) => stringAt(tag, "key") === key);
  if (own !== undefined) return at(own, "value");
  return list.some((tag) => isUnknown(stringAt(tag, "key"))) ? UNKNOWN : undefined;
}
