import { isPresent } from "../../../model/property";
import { parseUrn } from "../../../model/stack-resource";
import {
  isUnknown,
  type MaybeUnknown,
  type Properties,
  type PropertyValue,
  UNKNOWN,
} from "../../../model/unknown";
import { hex } from "./identifier";
import { holdsUnknown, isObject } from "./property-path";
import { missingPaths, show } from "./property-rules";
import { regionProblem } from "./region";
import type { Problem, ProviderScope, ResourceType } from "./resource-type";

export interface Checked {
  /** The inputs as AWS's provider would hold them: defaults, generated name, region and merged tags filled in. */
  readonly inputs: Properties;
  readonly problems: readonly Problem[];
}

/**
 * Judges inputs by themselves and fills in what the provider fills in.
 * @param olds the inputs of the resource that is already there, whose generated name it keeps.
 */
export function check(
  type: ResourceType,
  urn: string,
  news: Properties,
  scope: ProviderScope,
  olds?: Properties,
): Checked {
  const given = present(news);
  const documents: Properties = Object.fromEntries(
    (type.jsonDocuments ?? []).filter((key) => key in given).map((key) => [key, jsonText(given[key])]),
  );
  const filled: Properties = { ...type.defaults, ...given, ...documents };
  if (type.inputs.includes("region") && !isPresent(filled.region)) filled.region = scope.region;
  const inputs: Properties = {
    ...filled,
    ...generatedName(type, urn, filled, olds),
    ...mergedTags(type, filled, scope),
  };
  return {
    inputs,
    problems: [
      ...Object.keys(given)
        .filter((key) => !type.inputs.includes(key) && key !== "tagsAll")
        .map((key) => ({ property: key, reason: `${key} is no property of ${type.token}; leave it out` })),
      ...missingPaths(inputs, type.required ?? []),
      ...documentProblems(type, inputs),
      ...placeProblems(type, inputs),
      ...(type.rules ?? []).flatMap((rule) => rule(inputs)),
    ],
  };
}

/** One seed per life of a resource: the URN and whatever cannot change without a replacement. */
export function seedOf(type: ResourceType, urn: string, inputs: Properties, keys: readonly string[]): string {
  const fixed = [...keys].sort().map((key) => [key, inputs[key] ?? null]);
  const parts = type.fixedParts?.(inputs);
  if (parts !== undefined) fixed.push(["parts", parts]);
  return `${type.token} ${urn} ${JSON.stringify(fixed, (_, value) => (isUnknown(value) ? null : value))}`;
}

function generatedName(
  type: ResourceType,
  urn: string,
  inputs: Properties,
  olds: Properties | undefined,
): Properties {
  const key = type.autoName;
  if (key === undefined || isPresent(inputs[key])) return {};
  const logicalName = nameStart(type, urn);
  if (type.autoNameStyle === "exact") return { [key]: logicalName };
  const old = olds?.[key];
  if (typeof old === "string" && isGenerated(type, urn, { ...inputs, [key]: old })) return { [key]: old };
  const prefix = inputs[`${key}Prefix`];
  if (isUnknown(prefix)) return { [key]: UNKNOWN };
  const suffix = hex(
    seedOf(
      type,
      urn,
      inputs,
      type.replaceOn.filter((other) => other !== key),
    ),
    7,
  );
  return {
    [key]: typeof prefix === "string" && prefix !== "" ? prefix + suffix : `${logicalName}-${suffix}`,
  };
}

/** How a generated name begins: with the logical name, in the case that the service takes. */
function nameStart(type: ResourceType, urn: string): string {
  const { name } = parseUrn(urn);
  return type.autoNameStyle === "lower" ? name.toLowerCase() : name;
}

/** Whether the name that these inputs hold is one that their prefix, or the URN, would give. */
export function isGenerated(type: ResourceType, urn: string, inputs: Properties): boolean {
  const value = type.autoName === undefined ? undefined : inputs[type.autoName];
  const prefix = inputs[`${type.autoName}Prefix`];
  const start = typeof prefix === "string" && prefix !== "" ? prefix : `${nameStart(type, urn)}-`;
  return (
    typeof value === "string" && value.startsWith(start) && /^[0-9a-f]{7}$/.test(value.slice(start.length))
  );
}

/** The provider's default tags under the resource's own. */
function mergedTags(type: ResourceType, inputs: Properties, scope: ProviderScope): Properties {
  if (!type.inputs.includes("tags")) return {};
  const own = inputs.tags;
  if (isUnknown(own) || isUnknown(scope.defaultTags)) return { tagsAll: UNKNOWN };
  return { tagsAll: { ...scope.defaultTags, ...(isObject(own) ? own : {}) } };
}

function placeProblems(type: ResourceType, inputs: Properties): Problem[] {
  if (!type.inputs.includes("region") || isUnknown(inputs.region)) return [];
  const wrong = isPresent(inputs.region)
    ? regionProblem(String(inputs.region))
    : "region is missing; set aws:region, or region on the provider";
  return wrong === undefined ? [] : [{ property: "region", reason: wrong }];
}

function documentProblems(type: ResourceType, inputs: Properties): Problem[] {
  return (type.jsonDocuments ?? []).flatMap((property) => {
    const value = inputs[property];
    if (!isPresent(value) || isUnknown(value)) return [];
    try {
      JSON.parse(String(value));
      return [];
    } catch {
      return [{ property, reason: `${property}: AWS takes JSON, got ${show(value)}` }];
    }
  });
}

function jsonText(value: PropertyValue): MaybeUnknown<string> {
  if (typeof value === "string" || isUnknown(value)) return value;
  return holdsUnknown(value) ? UNKNOWN : JSON.stringify(value);
}

function present(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  );
}
