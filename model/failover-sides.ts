import { leavesOf } from "./answer-tree";
import { arnRegion } from "./arn";
import { asWritten } from "./as-written";
import { type FailoverPlan, failoverPairs, type RecordSet } from "./failover-plan";
import { HeldAddresses } from "./held-addresses";
import { stringAt } from "./property";
import { type ResourceIndex, resourceRegion, resourceRole } from "./resource-placement";
import { ResourceTags } from "./resource-tags";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown } from "./unknown";
import { withUrn } from "./urn-index";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

/**
 * Where the two sides of a failover are, and whether there is a second side at all. Every name has sides of its own,
 * so one region can be among both.
 */
export interface FailoverSides {
  readonly primaryRegions: ReadonlySet<string>;
  readonly standbyRegions: ReadonlySet<string>;
  /** Those of `standbyRegions` in which some name stands by whose PRIMARY is not there too. */
  readonly standbyApart: ReadonlySet<string>;
  /** Whether a SECONDARY leads to what the plan cannot place, so that its standby may be in any region. */
  readonly isPartlyUnplaced: boolean;
  /** Whether there is a standby at all: a pair, a replica, or a resource that says so. */
  readonly exists: boolean;
  /** Where there is none, the first resource whose tags are not known, so that it may say that it is one. */
  readonly unknownMark: { readonly urn: string; readonly path: "tags" } | undefined;
  /** A SECONDARY whose target is not known yet: then its standby's region cannot be told either. */
  readonly unknownLocation: { readonly urn: string; readonly path: string } | undefined;
}

/** The sides as the records tell them; where they do not, as a global table does. */
export function failoverSides(
  plan: FailoverPlan,
  resources: readonly StackResource[],
  index: ResourceIndex,
): FailoverSides {
  const told = recordSides(plan, new EndpointRegions(plan, new HeldAddresses(plan, resources, index)));
  // Where records do not tell the regions, a global table does: its own, and the only other one.
  const tables = tableRegions(plan, resources, index);
  const home = onlyRegion(tables.homes);
  const copy = onlyRegion(tables.copies);
  const primaryRegions = told.primary.size > 0 ? told.primary : setOf(home);
  const isCopyTold = told.standby.size === 0 || told.isPartlyUnplaced;
  const copies = isCopyTold ? setOf(copy) : setOf(undefined);
  const standbyRegions = new Set([...told.standby, ...copies]);
  // Where no record tells a PRIMARY's region, none tells that its SECONDARY is elsewhere.
  const isApart = (region: string): boolean =>
    !primaryRegions.has(region) ||
    (told.primary.size > 0 && told.apart.has(region)) ||
    (told.primary.size > 1 && copies.has(region));
  const isPartlyUnplaced = told.isPartlyUnplaced && copy === undefined;
  const exists = standbyExists(plan, resources, index);
  return {
    primaryRegions,
    standbyRegions,
    standbyApart: new Set([...standbyRegions].filter(isApart)),
    isPartlyUnplaced,
    exists,
    unknownMark: exists ? undefined : unknownMark(resources, index),
    unknownLocation: isPartlyUnplaced ? unknownSecondary(plan) : undefined,
  };
}

type Region = MaybeUnknown<string> | undefined;

/** The regions of the tables that have copies, and of the copies, written in the table or as resources. */
function tableRegions(
  plan: FailoverPlan,
  resources: readonly StackResource[],
  index: ResourceIndex,
): { readonly homes: readonly Region[]; readonly copies: readonly Region[] } {
  const inline = plan.tables.filter(({ replicas }) => replicas.length > 0);
  const homes: Region[] = inline.map(({ region }) => region);
  const copies: Region[] = inline.flatMap(({ replicas }) => replicas.map(({ region }) => region));
  const separate = resources.filter(({ type }) => type === REPLICA);
  if (separate.length === 0) return { homes, copies };
  const byArn = new Map(
    resources.flatMap((resource) => {
      const arn = resource.type === TABLE ? stringAt(resource.properties, "arn") : undefined;
      return typeof arn === "string" ? [[arn, resource] as const] : [];
    }),
  );
  for (const replica of separate) {
    const home = homeOf(replica, byArn, index);
    if (home !== undefined) homes.push(home);
    copies.push(resourceRegion(replica, index));
  }
  return { homes, copies };
}

/** The ARN tells the region of the first copy even where that is in another stack; before it exists, its table does. */
function homeOf(
  replica: StackResource,
  byArn: ReadonlyMap<string, StackResource>,
  index: ResourceIndex,
): Region {
  const arn = stringAt(replica.properties, "globalTableArn");
  if (typeof arn === "string") {
    const table = byArn.get(arn);
    return (table && resourceRegion(table, index)) ?? arnRegion(arn);
  }
  const tables = (replica.propertyDependencies.globalTableArn ?? []).flatMap((urn) => {
    const source = index.get(urn);
    return source?.type === TABLE ? [source] : [];
  });
  const [table] = tables;
  return table && tables.length === 1 ? resourceRegion(table, index) : undefined;
}

interface RecordSides {
  readonly primary: ReadonlySet<string>;
  readonly standby: ReadonlySet<string>;
  /** Those of `standby` that are not surely the same name's PRIMARY's too. */
  readonly apart: ReadonlySet<string>;
  readonly isPartlyUnplaced: boolean;
}

/** A SECONDARY whose PRIMARY is in another stack places its own side only, and leaves open where the other is. */
function recordSides(plan: FailoverPlan, places: EndpointRegions): RecordSides {
  const primaries = new Map(
    failoverPairs(plan).map(({ primary, secondary }) => [secondary, places.of(primary).regions]),
  );
  const standby = new Set<string>();
  const apart = new Set<string>();
  let isPartlyUnplaced = false;
  for (const record of secondaries(plan)) {
    const { regions, isWhole } = places.of(record);
    const ofPrimary = primaries.get(record);
    if (!isWhole || ofPrimary === undefined) isPartlyUnplaced = true;
    for (const region of regions) {
      standby.add(region);
      if (!ofPrimary?.has(region)) apart.add(region);
    }
  }
  const primary = new Set([...new Set(primaries.values())].flatMap((regions) => [...regions]));
  return { primary, standby, apart, isPartlyUnplaced };
}

function secondaries({ recordSets }: FailoverPlan): RecordSet[] {
  return recordSets.filter(({ routing }) => routing.kind === "failover" && routing.role === "SECONDARY");
}

interface RegionsBehind {
  readonly regions: ReadonlySet<string>;
  /** Whether everything that the record leads to has a region that is known. */
  readonly isWhole: boolean;
}

/** The regions of what records lead to, through however many sets; records that lead to one set share its answer. */
class EndpointRegions {
  private readonly known = new Map<readonly RecordSet[], RegionsBehind>();

  constructor(
    private readonly plan: FailoverPlan,
    private readonly held: HeldAddresses,
  ) {}

  of(record: RecordSet): RegionsBehind {
    const leaves = leavesOf(this.plan, record, "all");
    let found = this.known.get(leaves);
    if (!found) {
      const all = leaves.flatMap((leaf): readonly Region[] => {
        const endpoint = withUrn(this.plan.endpoints, leaf.endpoint);
        if (endpoint) return [endpoint.region];
        const held = this.held.regionsOf(leaf);
        return held.length > 0 ? held : [undefined];
      });
      const regions = new Set(all.filter((region) => typeof region === "string"));
      found = { regions, isWhole: all.length > 0 && all.every((region) => typeof region === "string") };
      this.known.set(leaves, found);
    }
    return found;
  }
}

function standbyExists(
  plan: FailoverPlan,
  resources: readonly StackResource[],
  index: ResourceIndex,
): boolean {
  return (
    plan.recordSets.some(({ routing }) => routing.kind === "failover") ||
    plan.tables.some(({ replicas }) => replicas.length > 0) ||
    resources.some(
      (resource) =>
        resource.type === REPLICA || (resource.custom && resourceRole(resource, index) === "standby"),
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
  for (const record of secondaries(plan)) {
    const path = unknownTarget(record);
    if (record.endpoint === undefined && path !== undefined) return { urn: record.urn, path };
  }
  return undefined;
}

function unknownTarget({ target }: RecordSet): string | undefined {
  if (target.kind === "alias") return isUnknown(target.dnsName) ? "aliases[0].name" : undefined;
  return isUnknown(target.values) ? "records" : undefined;
}

function setOf(region: string | undefined): ReadonlySet<string> {
  return new Set(region === undefined ? [] : [region]);
}

function onlyRegion(places: readonly (MaybeUnknown<string> | undefined)[]): string | undefined {
  const [first, ...others] = new Set(places);
  return typeof first === "string" && others.length === 0 ? first : undefined;
}
