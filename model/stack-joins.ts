import { indexByUrn, type ResourceIndex, resourceRegion } from "./resource-placement";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "./unknown";

/** What a property refers to: resources of the stack, and what is left over. */
export interface References {
  readonly found: readonly StackResource[];
  /** Ids that no resource of the stack has, and UNKNOWN for what nothing tells. */
  readonly outside: readonly MaybeUnknown<string>[];
}

type Groups = ReadonlyMap<string, readonly StackResource[]>;

/** Follows references both ways, by id once it exists and by dependency before; every index is made once. */
export class StackJoins {
  readonly byUrn: ResourceIndex;
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byId = new Map<string, StackResource[]>();
  private readonly groups = new Map<string, Groups>();

  constructor(readonly resources: readonly StackResource[]) {
    this.byUrn = indexByUrn(resources);
    for (const resource of resources) {
      append(this.byType, resource.type, resource);
      if (typeof resource.id === "string") append(this.byId, `${resource.type} ${resource.id}`, resource);
    }
  }

  ofType(type: string): readonly StackResource[] {
    return this.byType.get(type) ?? [];
  }

  regionOf(resource: StackResource): MaybeUnknown<string> | undefined {
    return resourceRegion(resource, this.byUrn);
  }

  /**
   * Resources of `type` that `value`, an id or a list of ids, refers to.
   * @param property the top-level property of `from` that holds the value, for the join by dependency.
   */
  references(
    from: StackResource,
    property: string,
    type: string,
    value: PropertyValue = from.properties[property],
  ): References {
    const found = new Set<StackResource>();
    const outside: MaybeUnknown<string>[] = [];
    const strangers: string[] = [];
    let unknowns = 0;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isUnknown(item)) unknowns += 1;
      if (typeof item !== "string" || item === "") continue;
      const resource = this.withId(type, item, from);
      if (resource) found.add(resource);
      else strangers.push(item);
    }
    const nameless = this.withoutId(type, property, from);
    // As many ids that nothing has as resources that tell none: they are each other's.
    if (strangers.length === nameless.length) for (const resource of nameless) found.add(resource);
    else outside.push(...strangers);
    if (unknowns === 0) return { found: [...found], outside };
    const byId = found.size;
    for (const urn of from.propertyDependencies[property] ?? []) {
      const resource = this.byUrn.get(urn);
      if (resource?.type === type) found.add(resource);
    }
    // One unknown list can hold everything it was computed from; a list of unknowns holds as many as it shows.
    const told = found.size - byId;
    if (told < (isUnknown(value) ? 1 : unknowns)) outside.push(UNKNOWN);
    return { found: [...found], outside };
  }

  /**
   * Resources of `type` whose `property` refers to `target`.
   * @param read the ids, where they lie deeper in the property.
   */
  referring(
    target: StackResource,
    property: string,
    type: string,
    read: (candidate: StackResource) => PropertyValue = ({ properties }) => properties[property],
  ): readonly StackResource[] {
    const found = this.grouped(`${type} ${property} ${target.type}`, type, (candidate) =>
      this.references(candidate, property, target.type, read(candidate) ?? null).found.map(({ urn }) => urn),
    );
    return found.get(target.urn) ?? [];
  }

  /** Resources of `type` that have a property computed from `target`, known by now or not. */
  dependents(target: StackResource, type: string): readonly StackResource[] {
    const found = this.grouped(`${type} dependents`, type, ({ propertyDependencies }) =>
      Object.values(propertyDependencies).flat(),
    );
    return found.get(target.urn) ?? [];
  }

  /** Resources of `type` by whatever keys each has; made once for each `name`. */
  grouped(name: string, type: string, keysOf: (resource: StackResource) => readonly string[]): Groups {
    const known = this.groups.get(name);
    if (known) return known;
    const made = new Map<string, StackResource[]>();
    for (const resource of this.ofType(type)) {
      for (const key of new Set(keysOf(resource))) append(made, key, resource);
    }
    this.groups.set(name, made);
    return made;
  }

  /** Providers need not repeat an id among the outputs, which are all that a policy pack is told of what exists. */
  private withoutId(type: string, property: string, from: StackResource): StackResource[] {
    const sources = (from.propertyDependencies[property] ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
    return [...new Set(sources.filter((source) => source.type === type && typeof source.id !== "string"))];
  }

  /** Names may be ids, and two regions may hold the same; the one beside the referrer is meant. */
  private withId(type: string, id: string, from: StackResource): StackResource | undefined {
    const candidates = this.byId.get(`${type} ${id}`) ?? [];
    if (candidates.length < 2) return candidates[0];
    const region = this.regionOf(from);
    return candidates.find((candidate) => this.regionOf(candidate) === region);
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
