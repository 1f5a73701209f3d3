import { failoverPairs } from "../../model/failover-plan";
import { isGlobalType, resourceRole } from "../../model/resource-placement";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import type { Place } from "./meter";
import type { PricedStack } from "./priced-stack";

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const ZONE = "aws:route53/zone:Zone";
const REPLICA_TYPES: readonly string[] = ["aws:dynamodb/tableReplica:TableReplica"];

/** Services that exist only to switch between regions. */
const SWITCHING_PREFIXES: readonly string[] = [
  "aws:arcregionswitch/",
  "aws:globalaccelerator/",
  "aws:route53/trafficPolicy",
  "aws:route53recoverycontrol/",
  "aws:route53recoveryreadiness/",
];

/**
 * Tells what the month would not cost without the standby: everything in the standby's region or tagged
 * `role: standby`, copies of data kept outside the primary's region, and the failover wiring. The zone and the
 * primary count in the stack's total only.
 */
export class StandbyShare {
  /** Whether there is a standby at all: a pair, a replica, or a resource that says so. */
  readonly exists: boolean;
  /** A SECONDARY whose target is not known yet: then the standby's region cannot be told either. */
  readonly unknownLocation: { readonly urn: string; readonly path: string } | undefined;
  private readonly wiring: ReadonlySet<string>;
  private readonly standbyRegion: string | undefined;
  private readonly primaryRegion: string | undefined;

  constructor(private readonly stack: PricedStack) {
    const { plan } = stack;
    // Where no record tells the regions, a global table does: its own, and the only other one.
    const replicated = plan.tables.filter(({ replicas }) => replicas.length > 0);
    this.primaryRegion = plan.primaryRegion ?? onlyRegion(replicated.map(({ region }) => region));
    this.standbyRegion =
      plan.standbyRegion ??
      onlyRegion(replicated.flatMap(({ replicas }) => replicas.map(({ region }) => region)));
    this.wiring = new Set(
      plan.alarms
        .filter(({ healthCheck, namespace }) => healthCheck !== undefined || namespace === "AWS/Route53")
        .map(({ urn }) => urn),
    );
    this.exists = this.findStandby();
    this.unknownLocation = this.findUnknownLocation();
  }

  /** @param undecided whether the resource's price is unknown, which then counts unless it is surely elsewhere. */
  holds(resource: StackResource, undecided: boolean): boolean {
    if (resource.type === ZONE) return false;
    if (resource.type === HEALTH_CHECK || this.wiring.has(resource.urn)) return true;
    if (SWITCHING_PREFIXES.some((prefix) => resource.type.startsWith(prefix))) return true;
    const role = resourceRole(resource, this.stack.byUrn);
    if (role === "standby") return true;
    const region = this.stack.regionOf(resource);
    const untold = role === undefined && this.exists;
    if (region === undefined) return untold && undecided && resource.type.startsWith("aws:");
    if (isUnknown(region)) return untold;
    if (this.standbyRegion === undefined) {
      // The SECONDARY leads to nothing that the plan can place, so all that is not surely the primary's counts.
      return untold && this.unknownLocation === undefined && region !== this.primaryRegion;
    }
    if (region !== this.standbyRegion) return false;
    // Where both sides share a region, only the tag tells them apart.
    return role !== "primary" || this.standbyRegion !== this.primaryRegion;
  }

  /** A copy of data belongs to the standby unless it is kept in the primary's own region. */
  holdsReplica(place: Place): boolean {
    return place === undefined || place !== this.primaryRegion;
  }

  private findStandby(): boolean {
    const { plan, resources, byUrn } = this.stack;
    return (
      plan.standbyRegion !== undefined ||
      plan.recordSets.some(({ routing }) => routing.kind === "failover") ||
      plan.tables.some(({ replicas }) => replicas.length > 0) ||
      resources.some(
        (resource) =>
          REPLICA_TYPES.includes(resource.type) ||
          (resource.custom && resourceRole(resource, byUrn) === "standby"),
      )
    );
  }

  private findUnknownLocation(): { urn: string; path: string } | undefined {
    if (this.standbyRegion !== undefined) return undefined;
    for (const { secondary } of failoverPairs(this.stack.plan)) {
      const { urn, target } = secondary;
      if (secondary.endpoint !== undefined) continue;
      if (target.kind === "alias" && isUnknown(target.dnsName)) return { urn, path: "aliases[0].name" };
      if (target.kind === "values" && isUnknown(target.values)) return { urn, path: "records" };
    }
    return undefined;
  }
}

function onlyRegion(places: readonly Place[]): string | undefined {
  const [first, ...others] = new Set(places);
  return typeof first === "string" && others.length === 0 ? first : undefined;
}

/** The region to print for a resource's lines. */
export function regionText(resource: StackResource, place: Place): string {
  if (isUnknown(place)) return "unknown";
  if (place !== undefined) return place;
  return isGlobalType(resource.type) ? "global" : "unknown";
}
