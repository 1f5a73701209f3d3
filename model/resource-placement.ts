import { arnRegion } from "./arn";
import { at } from "./property";
import { AWS_PROVIDER_TYPE, NATIVE_PROVIDER_TYPE, type StackResource } from "./stack-resource";
import { tagValue } from "./tag-value";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "./unknown";

export type ResourceRole = "primary" | "standby" | "dns";
const ROLES: readonly string[] = ["primary", "standby", "dns"];

/** Types that AWS serves as one global service; they have no region of their own. */
const GLOBAL_MODULES = ["aws:route53/", "aws:iam/", "aws:cloudfront/", "aws:globalaccelerator/"];

/** Of the modules above, what AWS serves per region all the same: Route 53 Resolver and Route 53 Profiles. */
const REGIONAL_TYPES = /^aws:route53\/(resolver|profiles)/;

export function isGlobalType(type: string): boolean {
  return GLOBAL_MODULES.some((module) => type.startsWith(module)) && !REGIONAL_TYPES.test(type);
}

/** Finds resources by URN once, for the many joins that a stack needs. */
export type ResourceIndex = ReadonlyMap<string, StackResource>;

export function indexByUrn(resources: readonly StackResource[]): ResourceIndex {
  return new Map(resources.map((resource) => [resource.urn, resource]));
}

/**
 * Where a resource lives: its own `region` (provider 7), else its provider's, else the one in the ARN that AWS gave
 * it. Undefined for a global service and where nothing says it; never a guessed default.
 */
export function resourceRegion(
  resource: StackResource,
  resources: readonly StackResource[] | ResourceIndex,
): MaybeUnknown<string> | undefined {
  if (isGlobalType(resource.type) || !resource.custom) return undefined;
  const own = resource.properties.region;
  if (isUnknown(own) || (typeof own === "string" && own !== "")) return own;
  const provider = providerOf(resource, resources);
  const region = provider?.type === AWS_PROVIDER_TYPE ? provider.properties.region : undefined;
  if (isUnknown(region) || (typeof region === "string" && region !== "")) return region;
  const { arn } = resource.properties;
  return typeof arn === "string" ? arnRegion(arn) : undefined;
}

/** The `role` tag: the resource's own, else the one among its provider's default tags. */
export function resourceRole(
  resource: StackResource,
  resources: readonly StackResource[] | ResourceIndex,
): ResourceRole | undefined {
  const { tags, tagsAll } = resource.properties;
  const own = roleIn(tags) ?? roleIn(tagsAll);
  if (own) return own;
  return roleIn(defaultTagsOf(providerOf(resource, resources)));
}

/** The tags that a provider gives to every resource of its own; UNKNOWN where they cannot be read. */
export function defaultTagsOf(provider: StackResource | undefined): PropertyValue {
  if (provider?.type !== AWS_PROVIDER_TYPE && provider?.type !== NATIVE_PROVIDER_TYPE) return undefined;
  return at(decoded(provider.properties.defaultTags), "tags");
}

function providerOf(
  { provider }: StackResource,
  resources: readonly StackResource[] | ResourceIndex,
): StackResource | undefined {
  if (!provider) return undefined;
  return resources instanceof Map
    ? (resources as ResourceIndex).get(provider)
    : (resources as readonly StackResource[]).find(({ urn }) => urn === provider);
}

/** Provider inputs that are objects arrive as JSON text in mocks and in state files. */
function decoded(value: PropertyValue): PropertyValue {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return UNKNOWN;
  }
}

function roleIn(tags: PropertyValue): ResourceRole | undefined {
  const role = tagValue(tags, "role");
  return typeof role === "string" && ROLES.includes(role) ? (role as ResourceRole) : undefined;
}
