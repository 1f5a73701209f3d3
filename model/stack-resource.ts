import { fromEngineValue, isUnknown, type MaybeUnknown, type Properties, UNKNOWN } from "./unknown";

/** One resource of a stack, whatever it was read from: mocks, preview JSON, exported state or a policy pack. */
export interface StackResource {
  readonly urn: string;
  /** Pulumi type token, `aws:route53/record:Record`. */
  readonly type: string;
  readonly name: string;
  /** False for components, which are containers and cost nothing. */
  readonly custom: boolean;
  /** Only read by this stack (`.get()` of Pulumi's SDKs): another one made it, and pays for it. */
  readonly external?: true;
  readonly id?: MaybeUnknown<string>;
  /** URN of the parent. */
  readonly parent?: string;
  /** URN of the explicit or default provider. */
  readonly provider?: string;
  /** Outputs laid over inputs; at preview the outputs that are not known yet are UNKNOWN. */
  readonly properties: Properties;
  /**
   * Properties that the program gave and that are not known yet, as against those that it leaves to the provider.
   * Undefined where the source does not tell the two apart.
   */
  readonly givenUnknown?: readonly string[];
  /** URNs. */
  readonly dependencies: readonly string[];
  /** Per top-level property, the URNs that its value was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** Of what stands for the stack as a whole. */
export const STACK_TYPE = "pulumi:pulumi:Stack";
export const PROVIDER_TYPE_PREFIX = "pulumi:providers:";
export const AWS_PROVIDER_TYPE = "pulumi:providers:aws";
/** The provider of AWS's Cloud Control package. */
export const NATIVE_PROVIDER_TYPE = "pulumi:providers:aws-native";

/** `urn:pulumi:dev::project::parent$aws:route53/record:Record::name` -> its own type and name. */
export function parseUrn(urn: string): { type: string; name: string } {
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return { type: qualifiedType.split("$").at(-1) ?? "", name: name.join("::") };
}

/** A provider reference is `<urn>::<id>`; this is its URN. */
export function providerUrnOf(reference: string | undefined): string | undefined {
  if (!reference) return undefined;
  const parts = reference.split("::");
  return parts.length > 4 ? parts.slice(0, -1).join("::") : reference;
}

/** The shape shared by a resource in `pulumi stack export` and in a step of `pulumi preview --json`. */
export interface EngineResource {
  urn: string;
  type?: string;
  custom?: boolean;
  external?: boolean;
  delete?: boolean;
  id?: string;
  parent?: string;
  provider?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[] | null>;
}

/**
 * A resource in the engine's encoding becomes ours.
 * @param known false at preview, where a missing output is not "absent" but not known yet.
 */
export function fromEngineResource(
  resource: EngineResource,
  { preview }: { preview: boolean },
): StackResource {
  const { type, name } = parseUrn(resource.urn);
  const inputs = fromEngineValue(resource.inputs ?? {}) as Properties;
  const outputs = fromEngineValue(resource.outputs ?? {}) as Properties;
  const id = resource.id ? fromEngineValue(resource.id) : undefined;
  return {
    urn: resource.urn,
    type: resource.type ?? type,
    name,
    custom: resource.custom ?? false,
    ...(resource.external === true ? { external: true } : {}),
    id: typeof id === "string" ? id : preview || isUnknown(id) ? UNKNOWN : undefined,
    parent: resource.parent || undefined,
    provider: providerUrnOf(resource.provider),
    properties: { ...inputs, ...outputs },
    ...(preview ? { givenUnknown: Object.keys(inputs).filter((key) => isUnknown(inputs[key])) } : {}),
    dependencies: resource.dependencies ?? [],
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
    ),
  };
}
