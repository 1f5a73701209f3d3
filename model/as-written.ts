import type { StackResource } from "./stack-resource";
import { isUnknown } from "./unknown";

/**
 * The resource with what its program left open taken as absent. Before a resource exists the engine shows such
 * a property as unknown, because the provider will fill it in; what was computed from another resource has a
 * dependency and stays unknown.
 */
export function asWritten(resource: StackResource): StackResource {
  if (!isUnknown(resource.id)) return resource;
  const properties = Object.fromEntries(
    Object.entries(resource.properties).filter(
      ([name, value]) => !isUnknown(value) || (resource.propertyDependencies[name] ?? []).length > 0,
    ),
  );
  return { ...resource, properties };
}
