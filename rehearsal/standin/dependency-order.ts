import { providerUrnOf } from "../../model/stack-resource";

/** What of a resource says what must be there before it. */
export interface Referring {
  readonly urn: string;
  readonly parent?: string;
  /** A URN, or a reference `urn::id`. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/** URNs of everything that a resource needs. */
export function referencesOf(resource: Referring): string[] {
  return [
    ...(resource.provider ? [providerUrnOf(resource.provider) ?? ""] : []),
    ...(resource.parent ? [resource.parent] : []),
    ...(resource.dependencies ?? []),
    ...Object.values(resource.propertyDependencies ?? {}).flatMap((urns) => urns ?? []),
  ];
}

/** What is needed before what needs it; otherwise in the order given. */
export function dependencyOrder<T extends Referring>(resources: readonly T[]): T[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const seen = new Set<string>();
  const order: T[] = [];
  const visit = (resource: T) => {
    if (seen.has(resource.urn)) return;
    seen.add(resource.urn);
    for (const urn of referencesOf(resource)) {
      const needed = byUrn.get(urn);
      if (needed) visit(needed);
    }
    order.push(resource);
  };
  for (const resource of resources) visit(resource);
  return order;
}
