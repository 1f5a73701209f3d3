import type { Alarm } from "../../model/failover-plan";
import { failoverSides } from "../../model/failover-sides";
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
  /** A SECONDARY whose target is not known yet: then the standby's region cannot be told either. */
  readonly unknownLocation: { readonly urn: string; readonly path: string } | undefined;
  private readonly wiring: ReadonlySet<string>;
  private readonly behind: RecordMembers;
  private readonly standbyRegion: string | undefined;
  private readonly primaryRegion: string | undefined;

  constructor(private readonly stack: PricedStack) {
    const { plan, resources, byUrn } = stack;
    const sides = failoverSides(plan, resources, byUrn);
    this.exists = sides.exists;
    this.unknownLocation = sides.unknownLocation;
    this.primaryRegion = sides.primaryRegion;
    this.standbyRegion = sides.standbyRegion;
    this.behind = recordMembers(plan);
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
    if (this.standbyRegion === undefined) {
      // The SECONDARY leads to nothing that the plan can place, so all that is not surely the primary's counts.
      return untold && this.unknownLocation === undefined && region !== this.primaryRegion;
    }
    if (region !== this.standbyRegion) return false;
    // Where both sides share a region, only the tag tells them apart.
    return role !== "primary" || this.standbyRegion !== this.primaryRegion;
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

  /** A copy of data belongs to the standby unless it is kept in the primary's own region. */
  holdsReplica(place: Place): boolean {
    return place === undefined || place !== this.primaryRegion;
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
