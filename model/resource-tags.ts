import { at } from "./property";
import type { ResourceIndex } from "./resource-placement";
import { AWS_PROVIDER_TYPE, type StackResource } from "./stack-resource";
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
    const values = places.map((tags) => at(tags, key));
    const [own, ...others] = values;
    if (isUnknown(own)) return UNKNOWN;
    return [own, ...others].find(isText) ?? (others.some(isUnknown) ? UNKNOWN : undefined);
  }

  private defaultTagsOf(provider: string | undefined): PropertyValue {
    if (provider === undefined) return undefined;
    if (!this.defaults.has(provider)) {
      const found = this.index.get(provider);
      const defaults = found?.type === AWS_PROVIDER_TYPE ? found.properties.defaultTags : undefined;
      this.defaults.set(provider, at(decoded(defaults), "tags"));
    }
    return this.defaults.get(provider);
  }
}

function isText(value: PropertyValue): value is string {
  return typeof value === "string";
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
