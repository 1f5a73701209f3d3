import type { PolicyProviderResource, PolicyResource } from "@pulumi/policy";
import { PROVIDER_TYPE_PREFIX, providerUrnOf, type StackResource } from "../model/stack-resource";
import {
  ENGINE_UNKNOWN_STRINGS,
  fromEngineValue,
  isUnknown,
  type Properties,
  SECRET_MASK,
  UNKNOWN,
} from "../model/unknown";
import type { GivenInputs } from "./given-inputs";
import type { Phase } from "./rule";

/**
 * The engine's resources as the model's. Properties are read behind the proxy of `@pulumi/policy`, which throws
 * at the first unknown value and so would end a whole rule for one of them.
 * @param given what the engine showed of the inputs, if it did.
 */
export function stackResourcesOf(
  resources: readonly PolicyResource[],
  phase: Phase,
  given?: GivenInputs,
): StackResource[] {
  const own = resources.map((resource) => stackResourceOf(resource, phase, given));
  const known = new Set(own.map(({ urn }) => urn));
  const providers = new Map<string, StackResource>();
  for (const { provider } of resources) {
    // Default providers are not among the resources; each resource carries its own.
    const found = provider && providerOf(provider);
    if (found && !known.has(found.urn)) providers.set(found.urn, found);
  }
  return [...providers.values(), ...own];
}

/** Whether the engine calls any value unknown yet, at any depth. */
export function awaitsValues(resources: readonly PolicyResource[]): boolean {
  return resources.some(({ props }) => isAwaited(rawProperties(props)));
}

function isAwaited(value: unknown): boolean {
  if (typeof value === "string") return ENGINE_UNKNOWN_STRINGS.has(value);
  return value !== null && typeof value === "object" && Object.values(value).some(isAwaited);
}

function stackResourceOf(
  resource: PolicyResource,
  phase: Phase,
  given: GivenInputs | undefined,
): StackResource {
  const properties = propertiesOf(resource.props);
  const { id } = properties;
  const unborn = phase === "preview" ? UNKNOWN : undefined;
  return {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    custom: isCustom(resource),
    id: typeof id === "string" ? id : isUnknown(id) ? UNKNOWN : unborn,
    parent: resource.opts?.parent ?? resource.parent?.urn,
    provider: resource.provider && providerUrnOf(resource.provider.urn),
    properties,
    ...(phase === "preview"
      ? { givenUnknown: given?.unknownOf(resource.urn) ?? dependentUnknownOf(resource, properties) }
      : {}),
    dependencies: resource.dependencies.map(({ urn }) => urn),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([name, sources]) => [
        name,
        sources.map(({ urn }) => urn),
      ]),
    ),
  };
}

/** The engine leaves out what depends on no resource: without the inputs, a lone unknown counts as the provider's. */
function dependentUnknownOf({ propertyDependencies }: PolicyResource, properties: Properties): string[] {
  return Object.keys(propertyDependencies).filter((name) => isUnknown(properties[name]));
}

/** Components have no provider, every other resource has one; the engine says no more. AWS's package has none. */
function isCustom({ type, provider }: PolicyResource): boolean {
  return provider !== undefined || type.startsWith(PROVIDER_TYPE_PREFIX) || type.startsWith("aws:");
}

function providerOf(provider: PolicyProviderResource): StackResource {
  const urn = providerUrnOf(provider.urn) ?? provider.urn;
  return {
    urn,
    type: provider.type,
    name: provider.name,
    custom: true,
    properties: propertiesOf(provider.props),
    dependencies: [],
    propertyDependencies: {},
  };
}

/** `__getSpecialProxyTarget` of `@pulumi/policy`: the object that a proxy of its stands for. */
const PROXY_TARGET = "__getSpecialProxyTarget";

function rawProperties(props: Record<string, unknown>): Record<string, unknown> {
  return (props[PROXY_TARGET] ?? props) as Record<string, unknown>;
}

function propertiesOf(props: Record<string, unknown>): Properties {
  const plain = fromEngineValue(withoutObjects(rawProperties(props)));
  return plain as Properties;
}

/** Assets and archives are objects of the SDK that no rule reads; all else is plain data. */
function withoutObjects(value: unknown): unknown {
  if (value === SECRET_MASK) return UNKNOWN;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutObjects);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutObjects(item)]));
}
