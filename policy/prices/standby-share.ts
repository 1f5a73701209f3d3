import type { Alarm } from "../../model/failover-plan";
import { type FailoverSides, failoverSides } from "../../model/failover-sides";
import { nativeAsClassic } from "../../model/native-resource";
import {
  isGlobalType,
  type ResourceIndex,
  type ResourceRole,
  resourceRegion,
  resourceRole,
} from "../../model/resource-placement";
import { type RecordMembers, recordMembers } from "../../model/secondary-members";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../model/unknown";
import type { Place } from "./meter";
import type { PricedStack } from "./priced-stack";

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const ZONE = "aws:route53/zone:Zone";

/** Services that exist only to switch between regions. */
const SWITCHING_PREFIXES: readonly string[] = [
  "aws:arcregionswitch/",
  "aws:globalaccelerator/",
  "aws:route53/trafficPolicy",
  "aws:route53recoverycontrol/",
  "aws:route53recoveryreadiness/",
];

type TaggedRegion = "standby" | "both";

interface Placed {
  readonly type: string;
  readonly role: ResourceRole | undefined;
  readonly region: Place;
}

/**
 * Tells what the month would not cost without the standby: what a SECONDARY leads to, everything in the
 * standby's region or tagged `role: standby`, copies of data kept outside the primary's region, and the failover
 * wiring: health checks, alarms on them and on replication wherever they are. What neither records nor a tag nor
 * a region places counts too. The zone and the primary count in the stack's total only.
 */
export class StandbyShare {
  /** Whether there is a standby at all: a pair, a replica, or a resource that says so. */
  readonly exists: boolean;
  /** A SECONDARY whose target is not known yet: then its standby's region cannot be told either. */
  readonly unknownLocation: { readonly urn: string; readonly path: string } | undefined;
  private readonly wiring: ReadonlySet<string>;
  private readonly behind: RecordMembers;
  private readonly sides: FailoverSides;
  /** Where neither records nor tables tell all standby regions: those of what is tagged `role: standby`. */
  private readonly taggedRegions: ReadonlyMap<string, TaggedRegion>;
  private readonly hasFailoverRecord: boolean;

  constructor(private readonly stack: PricedStack) {
    const { plan, resources, byUrn } = stack;
    const sides = failoverSides(plan, resources, byUrn);
    this.exists = sides.exists;
    this.unknownLocation = sides.unknownLocation;
    this.sides = sides;
    this.behind = recordMembers(plan);
    this.hasFailoverRecord = plan.recordSets.some(({ routing }) => routing.kind === "failover");
    this.taggedRegions =
      sides.exists && this.isAnyUntold() ? this.readTags() : new Map<string, TaggedRegion>();
    this.wiring = new Set(plan.alarms.filter((alarm) => isWiring(alarm, byUrn)).map(({ urn }) => urn));
  }

  /** Whether the resource's price is a part of the standby's. */
  holds(resource: StackResource): boolean {
    if (resource.type === ZONE) return false;
    const { type, role, region } = this.placed(resource);
    if (type === HEALTH_CHECK || this.wiring.has(resource.urn)) return true;
    if (SWITCHING_PREFIXES.some((prefix) => type.startsWith(prefix))) return true;
    // The records tell more than a tag, which a provider may give to all that it makes.
    if (role === "standby" || this.behind.secondary.has(resource.urn)) return true;
    const untold = role === undefined && this.exists;
    if (region === undefined) return untold && !this.behind.primary.has(resource.urn);
    if (isUnknown(region)) return untold;
    const { primaryRegions, standbyRegions } = this.sides;
    if (standbyRegions.has(region)) {
      // Where some name has its PRIMARY in the region too, only a tag or the records tell the sides apart.
      if (!primaryRegions.has(region)) return true;
      return role !== "primary" && !this.behind.primaryOnly.has(resource.urn);
    }
    if (!this.isAnyUntold()) return false;
    const tagged = this.taggedRegions.get(region);
    if (tagged !== undefined) return role !== "primary" || tagged === "standby";
    if (this.taggedRegions.size > 0 && !this.hasFailoverRecord) return false;
    // A SECONDARY leads to nothing that the plan can place, so all that is not surely the primary's counts.
    return untold && this.unknownLocation === undefined && !primaryRegions.has(region);
  }

  /** Whether a standby may be in another region than those that records and tables tell. */
  private isAnyUntold(): boolean {
    return this.sides.standbyRegions.size === 0 || this.sides.isPartlyUnplaced;
  }

  /** A region is the primary's where the plan says so or more is tagged for it; a stack's only region is both's. */
  private readTags(): ReadonlyMap<string, TaggedRegion> {
    const counts = new Map<string, { standby: number; primary: number }>();
    for (const resource of this.stack.resources) {
      if (!resource.custom) continue;
      const { role, region } = this.placed(resource);
      if (region === undefined || isUnknown(region)) continue;
      const count = counts.get(region) ?? { standby: 0, primary: 0 };
      counts.set(region, count);
      if (role === "standby" || role === "primary") count[role] += 1;
    }
    const found = new Map<string, TaggedRegion>();
    for (const [region, { standby, primary }] of counts) {
      if (standby === 0 || this.sides.primaryRegions.has(region)) continue;
      if (counts.size === 1) found.set(region, "both");
      else if (standby >= primary) found.set(region, "standby");
    }
    return found;
  }

  /** What tells the side: the regions of other clouds and clusters do not. */
  private placed(resource: StackResource): Placed {
    const { type } = resource;
    const { byUrn } = this.stack;
    if (type.startsWith("aws:")) {
      return { type, role: resourceRole(resource, byUrn), region: this.stack.regionOf(resource) };
    }
    const native = nativeAsClassic(resource, byUrn);
    if (native === undefined) return { type, role: resourceRole(resource, byUrn), region: undefined };
    return {
      type: native.resource.type,
      role: resourceRole(native.resource, native.providers),
      region: resourceRegion(native.resource, native.providers),
    };
  }

  /** A copy of data belongs to the standby unless it is kept where only primaries are. */
  holdsReplica(place: Place): boolean {
    if (place === undefined || isUnknown(place)) return true;
    return !this.sides.primaryRegions.has(place) || this.sides.standbyApart.has(place);
  }
}

/** Metrics that a table has because it has replicas. */
const REPLICATION_METRICS: readonly PropertyValue[] = ["ReplicationLatency", "PendingReplicationCount"];

/** Alarms on health checks, and on the replication of tables: without a standby there is nothing to watch. */
function isWiring({ urn, healthCheck, namespace }: Alarm, byUrn: ResourceIndex): boolean {
  if (healthCheck !== undefined || namespace === "AWS/Route53") return true;
  if (namespace !== "AWS/DynamoDB") return false;
  return REPLICATION_METRICS.includes(byUrn.get(urn)?.properties.metricName);
}

/** The region to print for a resource's lines. */
export function regionText(resource: StackResource, place: Place): string {
  if (isUnknown(place)) return "unknown";
  if (place !== undefined) return place;
  return isGlobalType(resource.type) ? "global" : "unknown";
}
