import { defaultTagsOf, type ResourceIndex } from "./resource-placement";
import type { StackResource } from "./stack-resource";
import { tagValue } from "./tag-value";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "./unknown";

/** The tags that a resource will have: its own over its provider's default tags. */
export class ResourceTags {
  private readonly defaults = new Map<string, PropertyValue>();

  constructor(private readonly index: ResourceIndex) {}

  /** The tag's text; undefined where the resource has no such tag, UNKNOWN where that cannot be told. */
  tagOf(resource: StackResource, key: string): MaybeUnknown<string> | undefined {
    // What AWS reports as `tagsAll` is the two others together, and is often unknown until the update.
    const places: PropertyValue[] = [
      resource.properties.tags,
      this.defaultTagsOf(resource.provider),
      resource.properties.tagsAll,
    ];
    const values = places.map((tags) => tagValue(tags, key));
    const [own, ...others] = values;
    if (isUnknown(own)) return UNKNOWN;
    return [own, ...others].find(isText) ?? (others.some(isUnknown) ? UNKNOWN : undefined);
  }

  private defaultTagsOf(provider: string | undefined): PropertyValue {
    if (provider === undefined) return undefined;
    if (!this.defaults.has(provider)) {
      this.defaults.set(provider, defaultTagsOf(this.index.get(provider)));
    }
    return this.defaults.get(provider);
  }
}

function isText(value: PropertyValue): value is string {
  return typeof value === "string";
}
