import { at } from "../../../model/property";
import { isUnknown, type Properties, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { ACCOUNT_ID } from "./account";
import { regionProblem } from "./region";
import type { Problem, ProviderScope } from "./resource-type";

/** What is wrong with a provider's own properties; objects arrive as JSON text. */
export function checkProvider(config: Properties): Problem[] {
  const problems: Problem[] = [];
  const { region } = config;
  if (!isUnknown(region) && region !== undefined && region !== null) {
    const wrong =
      typeof region === "string" ? regionProblem(region) : "region: AWS takes text such as us-east-1";
    if (wrong !== undefined) problems.push({ property: "region", reason: wrong });
  }
  if (config.defaultTags !== undefined && decoded(config.defaultTags) === undefined)
    problems.push({
      property: "defaultTags",
      reason: 'defaultTags: AWS takes an object such as {"tags":{}}',
    });
  return problems;
}

/** What the resources of a provider take over from it. */
export function providerScope(config: Properties): ProviderScope {
  const region = config.region;
  return {
    accountId: ACCOUNT_ID,
    region: typeof region === "string" && region !== "" ? region : isUnknown(region) ? UNKNOWN : undefined,
    defaultTags: tagsIn(decoded(config.defaultTags)),
  };
}

function tagsIn(defaults: PropertyValue): ProviderScope["defaultTags"] {
  const tags = at(defaults, "tags");
  if (isUnknown(tags)) return UNKNOWN;
  if (tags === null || typeof tags !== "object" || Array.isArray(tags)) return {};
  const entries = Object.entries(tags);
  if (entries.some(([, value]) => isUnknown(value))) return UNKNOWN;
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** The value behind JSON text, the value itself where it is none, undefined where the text is broken. */
function decoded(value: PropertyValue): PropertyValue {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return undefined;
  }
}
