import { defaultTagsOf, type ResourceIndex } from "../../../model/resource-placement";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";

/** The keys of a resource's tags, and whether there may be more. */
export interface TagKeys {
  readonly keys: ReadonlySet<string>;
  readonly complete: boolean;
}

/** A resource's own tags, its provider's default tags, and what AWS reports as both together. */
export function tagKeysOf(resource: StackResource, index: ResourceIndex): TagKeys {
  const provider = resource.provider === undefined ? undefined : index.get(resource.provider);
  const places: readonly PropertyValue[] = [
    resource.properties.tags,
    resource.properties.tagsAll,
    defaultTagsOf(provider),
  ];
  return { keys: new Set(places.flatMap((tags) => keysIn(tags))), complete: !places.some(isUnknown) };
}

/** Keys of `wanted` that `had` lacks; UNKNOWN where neither the one nor the other is told in full. */
export function missingTags(
  wanted: TagKeys,
  had: TagKeys = { keys: new Set(), complete: true },
): MaybeUnknown<readonly string[]> {
  const missing = [...wanted.keys].filter((key) => !had.keys.has(key)).sort();
  if (missing.length > 0) return had.complete ? missing : UNKNOWN;
  return wanted.complete ? [] : UNKNOWN;
}

function keysIn(tags: PropertyValue): string[] {
  if (tags === null || typeof tags !== "object" || Array.isArray(tags)) return [];
  // AWS keeps tags of its own under this prefix, and nobody else can set them.
  return Object.keys(tags).filter((key) => !key.startsWith("aws:"));
}
