import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import { providerUrnOf, type StackResource } from "../../model/stack-resource";
import { isUnknown, type Properties, type PropertyValue } from "../../model/unknown";

/** The wire string of an unknown text. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The model's resources as `@pulumi/policy` hands them to a stack policy, proxy and all. */
export function policyResources(resources: readonly StackResource[]): PolicyResource[] {
  const byUrn = new Map<string, PolicyResource>();
  for (const resource of resources) byUrn.set(resource.urn, policyResource(resource, resources));
  for (const resource of resources) {
    const own = byUrn.get(resource.urn);
    if (!own) continue;
    const all = (urns: readonly string[]) => urns.flatMap((urn) => byUrn.get(urn) ?? []);
    own.dependencies = all(resource.dependencies);
    own.propertyDependencies = Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([name, urns]) => [name, all(urns)]),
    );
  }
  return [...byUrn.values()];
}

function policyResource(resource: StackResource, all: readonly StackResource[]): PolicyResource {
  const provider = all.find(({ urn }) => urn === resource.provider);
  const id: Properties = resource.id === undefined ? {} : { id: resource.id };
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    props: unknownCheckingProxy(wire({ ...resource.properties, ...id }) as object),
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      additionalSecretOutputs: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      parent: resource.parent,
    },
    ...(provider
      ? {
          provider: {
            type: provider.type,
            urn: providerUrnOf(provider.urn) ?? provider.urn,
            name: provider.name,
            props: unknownCheckingProxy(wire(provider.properties) as object),
          },
        }
      : {}),
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  } as PolicyResource;
}

/** Unknown values as the engine writes them, absent ones left out. */
export function wire(value: PropertyValue): unknown {
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(wire);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, wire(item)]])),
  );
}
