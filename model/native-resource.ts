import type { ResourceIndex } from "./resource-placement";
import { AWS_PROVIDER_TYPE, NATIVE_PROVIDER_TYPE, type StackResource } from "./stack-resource";

const NATIVE_PREFIX = "aws-native:";

/** A resource together with its provider, if that is known. */
export interface PlacedResource {
  readonly resource: StackResource;
  readonly providers: readonly StackResource[];
}

/**
 * A resource of AWS's Cloud Control package in the shape of the classic one, as far as placement reads it: type,
 * region and provider. Undefined for every other package.
 */
export function nativeAsClassic(resource: StackResource, index: ResourceIndex): PlacedResource | undefined {
  if (!resource.type.startsWith(NATIVE_PREFIX)) return undefined;
  const [, module = "", name = ""] = resource.type.split(":");
  const provider = resource.provider === undefined ? undefined : index.get(resource.provider);
  return {
    resource: {
      ...resource,
      type: `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`,
      properties: {
        ...resource.properties,
        // A resource of this package is where its provider is; a property of the name is its own.
        region: undefined,
      },
    },
    providers: provider?.type === NATIVE_PROVIDER_TYPE ? [{ ...provider, type: AWS_PROVIDER_TYPE }] : [],
  };
}
