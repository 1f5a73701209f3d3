import type { StackResource } from "./stack-resource";
import { isUnknown } from "./unknown";

/**
 * The resource with what its program left open taken as absent. Before a resource exists the engine shows such
 * a property as unknown, because the provider will fill it in; what the program gave stays unknown.
 */
export function asWritten(resource: StackResource): StackResource {
  if (!isUnknown(resource.id)) return resource;
  const properties = Object.fromEntries(
    Object.entries(resource.properties).filter(
      ([name, value]) => !isUnknown(value) || mayBeGiven(resource, name),
    ),
  );
  return { ...resource, properties };
}

/** A program's SDK names every input among the dependencies, those that depend on nothing with an empty list. */
function mayBeGiven({ givenUnknown, propertyDependencies }: StackResource, name: string): boolean {
  if ((propertyDependencies[name] ?? []).length > 0) return true;
  if (givenUnknown) return givenUnknown.includes(name);
  // Where nothing at all is told, nothing may pass for absent.
  return Object.hasOwn(propertyDependencies, name) || Object.keys(propertyDependencies).length === 0;
}
