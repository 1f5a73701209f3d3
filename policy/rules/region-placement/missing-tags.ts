import { asWritten } from "../../../model/as-written";
import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import type { StackTags } from "./stack-tags";

/** Resources that take tags and lack one that the stack uses elsewhere. */
export function missingTags(
  resources: readonly StackResource[],
  tags: StackTags,
): { readonly urn: string; readonly keys: readonly string[] }[] {
  return resources.flatMap((resource) => {
    if (!takesTags(resource) || tags.regionOf(resource) === undefined) return [];
    const written = asWritten(resource);
    const keys = [
      ...(tags.roleOf(written) === undefined ? ["role"] : []),
      ...(tags.usesRegions && tags.regionTagOf(written) === undefined ? ["region"] : []),
    ];
    return keys.length > 0 ? [{ urn: resource.urn, keys }] : [];
  });
}

/**
 * Only a resource that shows tags is known to take any; the provider reports `tagsAll` of every one that does, before
 * it exists as an unknown value.
 */
function takesTags({ properties }: StackResource): boolean {
  return isPresent(properties.tags) || isPresent(properties.tagsAll);
}
