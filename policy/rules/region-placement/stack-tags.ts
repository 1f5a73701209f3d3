import { type ResourceIndex, resourceRegion } from "../../../model/resource-placement";
import { ResourceTags } from "../../../model/resource-tags";
import type { StackResource } from "../../../model/stack-resource";
import type { MaybeUnknown } from "../../../model/unknown";

const ROLES: readonly unknown[] = ["primary", "standby", "dns"];

/** What the stack's resources say of side and region, and whether it uses those tags at all. */
export class StackTags {
  readonly usesRoles: boolean;
  /** A `region` tag means ours only beside the roles; elsewhere the word may mean a sales region. */
  readonly usesRegions: boolean;
  private readonly tags: ResourceTags;

  constructor(
    resources: readonly StackResource[],
    private readonly index: ResourceIndex,
  ) {
    this.tags = new ResourceTags(index);
    this.usesRoles = resources.some((resource) => ROLES.includes(this.roleOf(resource)));
    this.usesRegions =
      this.usesRoles && resources.some((resource) => typeof this.regionTagOf(resource) === "string");
  }

  roleOf(resource: StackResource): MaybeUnknown<string> | undefined {
    return this.tags.tagOf(resource, "role");
  }

  regionTagOf(resource: StackResource): MaybeUnknown<string> | undefined {
    return this.tags.tagOf(resource, "region");
  }

  /** Where the resource really lives; undefined for a global service and where nothing tells. */
  regionOf(resource: StackResource): MaybeUnknown<string> | undefined {
    return resourceRegion(resource, this.index);
  }
}
