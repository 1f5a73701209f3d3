import { asWritten } from "./as-written";
import { type FailoverPlan, failoverPairs, type RecordSet } from "./failover-plan";
import { type ResourceIndex, resourceRole } from "./resource-placement";
import { ResourceTags } from "./resource-tags";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown } from "./unknown";

const REPLICA_TYPES: readonly string[] = ["aws:dynamodb/tableReplica:TableReplica"];

/** Where the two sides of a failover are, and whether there is a second side at all. */
export interface FailoverSides {
  readonly primaryRegion: string | undefined;
  readonly standbyRegion: string | undefined;
  /** Whether there is a standby at all: a pair, a replica, or a resource that says so. */
  readonly exists: boolean;
  /** Where there is none, the first resource whose tags are not known, so that it may say that it is one. */
  readonly unknownMark: { readonly urn: string; readonly path: "tags" } | undefined;
  /** A SECONDARY whose target is not known yet: then the standby's region cannot be told either. */
  readonly unknownLocation: { readonly urn: string; readonly path: string } | undefined;
}

/** The sides as the records tell them; where they do not, as a global table does. */
export function failoverSides(
  plan: FailoverPlan,
  resources: readonly StackResource[],
  index: ResourceIndex,
): FailoverSides {
  // Where no record tells the regions, a global table does: its own, and the only other one.
  const replicated = plan.tables.filter(({ replicas }) => replicas.length > 0);
  const standbyRegion =
    plan.standbyRegion ??
    onlyRegion(replicated.flatMap(({ replicas }) => replicas.map(({ region }) => region)));
  const exists = standbyExists(plan, resources, index);
  return {
    primaryRegion: plan.primaryRegion ?? onlyRegion(replicated.map(({ region }) => region)),
    standbyRegion,
    exists,
    unknownMark: exists ? undefined : unknownMark(resources, index),
    unknownLocation: standbyRegion === undefined ? unknownSecondary(plan) : undefined,
  };
}

function standbyExists(
  plan: FailoverPlan,
  resources: readonly StackResource[],
  index: ResourceIndex,
): boolean {
  return (
    plan.standbyRegion !== undefined ||
    plan.recordSets.some(({ routing }) => routing.kind === "failover") ||
    plan.tables.some(({ replicas }) => replicas.length > 0) ||
    resources.some(
      (resource) =>
        REPLICA_TYPES.includes(resource.type) ||
        (resource.custom && resourceRole(resource, index) === "standby"),
    )
  );
}

/** What the provider reports as `tagsAll` is unknown of everything before it exists, and says nothing by that. */
function unknownMark(
  resources: readonly StackResource[],
  index: ResourceIndex,
): FailoverSides["unknownMark"] {
  const tags = new ResourceTags(index);
  const marked = resources.find((resource) => {
    if (!resource.custom || !resource.type.startsWith("aws:")) return false;
    const { tagsAll, ...properties } = asWritten(resource).properties;
    const told = isUnknown(tagsAll) ? properties : { ...properties, tagsAll: tagsAll ?? null };
    return isUnknown(tags.tagOf({ ...resource, properties: told }, "role"));
  });
  return marked && { urn: marked.urn, path: "tags" };
}

function unknownSecondary(plan: FailoverPlan): FailoverSides["unknownLocation"] {
  for (const { secondary } of failoverPairs(plan)) {
    const path = unknownTarget(secondary);
    if (secondary.endpoint === undefined && path !== undefined) return { urn: secondary.urn, path };
  }
  return undefined;
}

function unknownTarget({ target }: RecordSet): string | undefined {
  if (target.kind === "alias") return isUnknown(target.dnsName) ? "aliases[0].name" : undefined;
  return isUnknown(target.values) ? "records" : undefined;
}

function onlyRegion(places: readonly (MaybeUnknown<string> | undefined)[]): string | undefined {
  const [first, ...others] = new Set(places);
  return typeof first === "string" && others.length === 0 ? first : undefined;
}
