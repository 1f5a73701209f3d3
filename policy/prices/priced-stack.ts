import type { FailoverPlan, HealthCheck } from "../../model/failover-plan";
import { indexByUrn, type ResourceIndex, resourceRegion } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import type { CostAssumptions } from "./assumptions";
import type { Place } from "./meter";

type BackReferences = ReadonlyMap<string, readonly StackResource[]>;

/** A stack with the joins that formulas need, made once so that pricing stays linear. */
export class PricedStack {
  readonly byUrn: ResourceIndex;
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byId = new Map<string, StackResource>();
  private readonly backReferences = new Map<string, BackReferences>();
  private readonly checks: ReadonlyMap<string, HealthCheck>;

  constructor(
    readonly resources: readonly StackResource[],
    readonly plan: FailoverPlan,
    readonly assumptions: CostAssumptions,
  ) {
    this.byUrn = indexByUrn(resources);
    this.checks = new Map(plan.healthChecks.map((check) => [check.urn, check]));
    for (const resource of resources) {
      const list = this.byType.get(resource.type);
      if (list) list.push(resource);
      else this.byType.set(resource.type, [resource]);
      if (typeof resource.id === "string") this.byId.set(`${resource.type} ${resource.id}`, resource);
    }
  }

  ofType(type: string): readonly StackResource[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * The resource with what its program left open taken as absent. Before a resource exists the engine shows
   * such a property as unknown, because the provider will fill it in; what was computed from another resource
   * has a dependency and stays unknown.
   */
  asWritten(resource: StackResource): StackResource {
    if (!isUnknown(resource.id)) return resource;
    const properties = Object.fromEntries(
      Object.entries(resource.properties).filter(
        ([name, value]) => !isUnknown(value) || (resource.propertyDependencies[name] ?? []).length > 0,
      ),
    );
    return { ...resource, properties };
  }

  regionOf(resource: StackResource): Place {
    return resourceRegion(resource, this.byUrn);
  }

  healthCheck(urn: string): HealthCheck | undefined {
    return this.checks.get(urn);
  }

  /**
   * The resource of `type` that `property` refers to: by what it was computed from, which works before
   * anything exists, else by id.
   */
  reference(resource: StackResource, property: string, type: string): StackResource | undefined {
    for (const urn of resource.propertyDependencies[property] ?? []) {
      const found = this.byUrn.get(urn);
      if (found?.type === type) return found;
    }
    const id = resource.properties[property];
    return typeof id === "string" ? this.byId.get(`${type} ${id}`) : undefined;
  }

  /** Resources of `type` whose `property` refers to `target`. */
  referring(target: StackResource, property: string, type: string): readonly StackResource[] {
    const key = `${type} ${property} ${target.type}`;
    const known = this.backReferences.get(key) ?? this.collectBackReferences(type, property, target.type);
    this.backReferences.set(key, known);
    return known.get(target.urn) ?? [];
  }

  private collectBackReferences(type: string, property: string, targetType: string): BackReferences {
    const found = new Map<string, StackResource[]>();
    for (const candidate of this.ofType(type)) {
      const urn = this.reference(candidate, property, targetType)?.urn;
      if (urn === undefined) continue;
      const list = found.get(urn);
      if (list) list.push(candidate);
      else found.set(urn, [candidate]);
    }
    return found;
  }
}
