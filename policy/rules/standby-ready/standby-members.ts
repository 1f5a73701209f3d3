import { failoverSides } from "../../../model/failover-sides";
import { resourceRole } from "../../../model/resource-placement";
import { type RecordMembers, recordMembers } from "../../../model/secondary-members";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { JudgedStack } from "../../rule";

/** Tells which resources stand by: what a SECONDARY leads to, what says so, and what is in the standby's region. */
export class StandbyMembers {
  private readonly sides: ReturnType<typeof failoverSides>;
  private readonly behind: RecordMembers;

  constructor(
    { plan, resources }: Pick<JudgedStack, "plan" | "resources">,
    private readonly joins: StackJoins,
  ) {
    this.sides = failoverSides(plan, resources, joins.byUrn);
    // What serves both names is judged by its tag and its region like everything else.
    this.behind = recordMembers(plan);
  }

  get exists(): boolean {
    return this.sides.exists;
  }

  /** Without a standby: a resource whose unknown tags may make it one. */
  get unknownMark(): { readonly urn: string; readonly path: string } | undefined {
    return this.sides.unknownMark;
  }

  /** A SECONDARY whose target is not known yet, so that nobody can tell what it leads to. */
  get unknownLocation(): { readonly urn: string; readonly path: string } | undefined {
    return this.sides.unknownLocation;
  }

  /** UNKNOWN region and no tag: it may stand by. */
  sideOf(resource: StackResource): "standby" | "elsewhere" | "unknown" {
    if (this.behind.secondary.has(resource.urn)) return "standby";
    const role = resourceRole(resource, this.joins.byUrn);
    if (role !== undefined && role !== "dns") return role === "standby" ? "standby" : "elsewhere";
    const { primaryRegions, standbyApart } = this.sides;
    // Where a name has both its sides in one region, only tags and records tell them apart.
    if (standbyApart.size === 0) return "elsewhere";
    const region = this.joins.regionOf(resource);
    if (isUnknown(region)) return "unknown";
    if (region === undefined || !standbyApart.has(region)) return "elsewhere";
    // A region where one name stands by and another has its PRIMARY is the standby's, but for what only that one has.
    const isPrimarys = primaryRegions.has(region) && this.behind.primaryOnly.has(resource.urn);
    return isPrimarys ? "elsewhere" : "standby";
  }
}
