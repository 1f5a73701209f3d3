import { answeringPlaces } from "../../model/answering-places";
import { asWritten } from "../../model/as-written";
import type { Endpoint, FailoverPlan, HealthCheck } from "../../model/failover-plan";
import { at, stringAt } from "../../model/property";
import type { ResourceIndex } from "../../model/resource-placement";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import type { PropertyValue } from "../../model/unknown";
import type { CostAssumptions } from "./assumptions";
import type { Place } from "./meter";
import { PRICES, type PriceList } from "./price-list";

/** A stack with the joins that formulas need, made once so that pricing stays linear. */
export class PricedStack {
  readonly byUrn: ResourceIndex;
  private readonly byText = new Map<string, ReadonlyMap<string, readonly StackResource[]>>();
  private readonly checks: ReadonlyMap<string, HealthCheck>;
  private readonly endpoints: ReadonlyMap<string, Endpoint>;

  constructor(
    readonly resources: readonly StackResource[],
    readonly plan: FailoverPlan,
    readonly assumptions: CostAssumptions,
    readonly prices: PriceList = PRICES,
    readonly joins = new StackJoins(resources),
    /** The day that prices are judged on, `2026-11-22`, where it is told. */
    readonly asOf?: string,
  ) {
    this.byUrn = this.joins.byUrn;
    this.checks = new Map(plan.healthChecks.map((check) => [check.urn, check]));
    this.endpoints = new Map(plan.endpoints.flatMap((one) => one.sources.map((urn) => [urn, one] as const)));
  }

  ofType(type: string): readonly StackResource[] {
    return this.joins.ofType(type);
  }

  asWritten(resource: StackResource): StackResource {
    return asWritten(resource);
  }

  regionOf(resource: StackResource): Place {
    return this.joins.regionOf(resource);
  }

  healthCheck(urn: string): HealthCheck | undefined {
    return this.checks.get(urn);
  }

  /** The endpoint that a resource is, or is part of. */
  endpointOf(urn: string): Endpoint | undefined {
    return this.endpoints.get(urn);
  }

  /** The endpoint that a host name leads to, by itself or through simple records; the first of several. */
  endpointNamed(hostName: string): Endpoint | undefined {
    for (const place of answeringPlaces(this.plan).ofName(hostName)) {
      const endpoint = this.endpoints.get(place);
      if (endpoint) return endpoint;
    }
    return undefined;
  }

  /**
   * The resource of `type` that the property at `path` refers to: by id, else by what it was computed from,
   * which works before anything exists. Undefined where several could be meant.
   * @param path with dots, `launchTemplate.id`; dependencies are known of its first step.
   */
  reference(resource: StackResource, path: string, type: string): StackResource | undefined {
    const steps = path.split(".");
    const [property = path] = steps;
    const value = at(resource.properties, ...steps);
    const { found } = this.joins.references(resource, property, type, value);
    const candidates = found.length > 0 ? found : this.sourcesOf(resource, property, type);
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  /** The resources of `type` that `value`, an id or ids from within `property`, stands for. */
  references(
    resource: StackResource,
    property: string,
    type: string,
    value?: PropertyValue,
  ): readonly StackResource[] {
    return this.joins.references(resource, property, type, value).found;
  }

  /** The resources of `type` that a property was computed from. */
  sourcesOf(resource: StackResource, property: string, type: string): readonly StackResource[] {
    const sources = (resource.propertyDependencies[property] ?? []).map((urn) => this.byUrn.get(urn));
    return sources.filter((source): source is StackResource => source?.type === type);
  }

  /** Resources of `type` whose `property` refers to `target`. */
  referring(target: StackResource, property: string, type: string): readonly StackResource[] {
    return this.joins.referring(target, property, type);
  }

  /** Resources of `type` whose `property` is exactly `text`: joins by name or ARN. */
  withText(type: string, property: string, text: string): readonly StackResource[] {
    const key = `${type} ${property}`;
    let known = this.byText.get(key);
    if (!known) {
      const collected = new Map<string, StackResource[]>();
      for (const resource of this.ofType(type)) {
        const value = stringAt(resource.properties, property);
        if (typeof value !== "string") continue;
        const list = collected.get(value);
        if (list) list.push(resource);
        else collected.set(value, [resource]);
      }
      known = collected;
      this.byText.set(key, known);
    }
    return known.get(text) ?? [];
  }

  /** The same in the region of `beside`, where names are unique. */
  named(beside: StackResource, type: string, property: string, text: string): StackResource | undefined {
    const region = this.regionOf(beside);
    return this.withText(type, property, text).find((resource) => this.regionOf(resource) === region);
  }
}
