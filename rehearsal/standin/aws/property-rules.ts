import { isPresent, numberAt } from "../../../model/property";
import { isUnknown, type Properties, type PropertyValue } from "../../../model/unknown";
import { placesAt } from "./property-path";
import type { Problem, Rule } from "./resource-type";

/** A whole number from `least` to `most`; `why` says what to do about another one. */
export function wholeNumber(property: string, least: number, most: number): Rule {
  return onPresent(property, (value, inputs) => {
    const number = numberAt(inputs, property);
    if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most)
      return undefined;
    return `AWS takes a whole number from ${least} to ${most}, got ${show(value)}`;
  });
}

export function oneOf(property: string, allowed: readonly (string | number)[], lever = ""): Rule {
  return onPresent(property, (value) =>
    allowed.some((item) => item === value || String(item) === value)
      ? undefined
      : `AWS takes ${listed(allowed)}, got ${show(value)}${lever === "" ? "" : `; ${lever}`}`,
  );
}

/** As `oneOf`, for every place that a path such as `rules[].status` names. */
export function oneOfAt(path: string, allowed: readonly (string | number)[], lever = ""): Rule {
  return (inputs) =>
    placesAt(inputs, path)
      .filter(({ value }) => isPresent(value) && !isUnknown(value) && !allowed.some((item) => item === value))
      .map(({ written, value }) => ({
        property: written,
        reason: `${written}: AWS takes ${listed(allowed)}, got ${show(value)}${lever === "" ? "" : `; ${lever}`}`,
      }));
}

export function matches(property: string, pattern: RegExp, description: string): Rule {
  return onPresent(property, (value) =>
    typeof value === "string" && pattern.test(value)
      ? undefined
      : `AWS takes ${description}, got ${show(value)}`,
  );
}

/** Calls `judge` with a top-level property that is there and known; its answer names the fault. */
export function onPresent(
  property: string,
  judge: (value: PropertyValue, inputs: Properties) => string | undefined,
): Rule {
  return (inputs) => {
    const value = inputs[property];
    if (!isPresent(value) || isUnknown(value)) return [];
    const fault = judge(value, inputs);
    return fault === undefined ? [] : [{ property, reason: `${property}: ${fault}` }];
  };
}

/** At most one of the properties is set. */
export function atMostOneOf(...properties: string[]): Rule {
  return (inputs) => {
    const set = properties.filter((property) => isPresent(inputs[property]));
    return set.length <= 1
      ? []
      : [{ property: set[1] ?? "", reason: `${set.join(" and ")} exclude each other; keep one` }];
  };
}

/** Exactly one of the properties is set. */
export function exactlyOneOf(...properties: string[]): Rule {
  const most = atMostOneOf(...properties);
  return (inputs) =>
    properties.some((property) => isPresent(inputs[property]))
      ? most(inputs)
      : [{ property: properties[0] ?? "", reason: `none of ${listed(properties)} is set; set one` }];
}

/** `property` is needed once `when` holds; an unknown condition demands nothing. */
export function requiredWhen(property: string, when: (inputs: Properties) => boolean, why: string): Rule {
  return (inputs) =>
    when(inputs) && !isPresent(inputs[property])
      ? [{ property, reason: `${property} is missing, and ${why}` }]
      : [];
}

/** Every path that is demanded and absent; `aliases[].name` looks into each alias. */
export function missingPaths(inputs: Properties, paths: readonly string[]): Problem[] {
  return paths.flatMap((path) =>
    placesAt(inputs, path)
      .filter(({ value }) => !isPresent(value))
      .map(({ written }) => ({
        property: written,
        reason: `${written} is missing, and AWS cannot do without it`,
      })),
  );
}

/** A value as an error message shows it. */
export function show(value: PropertyValue): string {
  return isUnknown(value) ? "a value that is not known yet" : JSON.stringify(value);
}

/** `a, b or c` */
export function listed(items: readonly (string | number)[]): string {
  const last = items.at(-1);
  return items.length < 2 ? String(last ?? "") : `${items.slice(0, -1).join(", ")} or ${last}`;
}
