import { asWritten } from "../../../model/as-written";
import { booleanAt, listAt, stringAt } from "../../../model/property";
import { type ResourceIndex, resourceRegion } from "../../../model/resource-placement";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { JudgedStack } from "../../rule";
import { missingTags, type TagKeys, tagKeysOf } from "./tag-keys";

export const TABLE = "aws:dynamodb/table:Table";
export const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

/** What DynamoDB keeps for each copy on its own, as the first copy has it. */
export interface PrimaryCopy {
  readonly urn: string;
  readonly name: string;
  readonly region: MaybeUnknown<string> | undefined;
  readonly streamEnabled: MaybeUnknown<boolean>;
  readonly streamViewType: MaybeUnknown<string> | undefined;
  readonly pointInTimeRecovery: MaybeUnknown<boolean>;
  readonly deletionProtection: MaybeUnknown<boolean>;
  /** The customer's own key; undefined where AWS's keys encrypt. */
  readonly kmsKeyArn: MaybeUnknown<string> | undefined;
  readonly tags: TagKeys;
}

/** A further copy, written inside the table or as a resource of its own. */
export interface ReplicaCopy {
  /** The resource that the copy is written in, and where in it. */
  readonly urn: string;
  readonly prefix: string;
  readonly region: MaybeUnknown<string> | undefined;
  readonly consistencyMode: MaybeUnknown<string>;
  readonly pointInTimeRecovery: MaybeUnknown<boolean>;
  readonly deletionProtection: MaybeUnknown<boolean>;
  readonly kmsKeyArn: MaybeUnknown<string> | undefined;
  readonly tagProperty: "propagateTags" | "tags";
  /** Tags of the primary that the copy will not have. */
  readonly missingTags: MaybeUnknown<readonly string[]>;
}

export interface GlobalTableCopies {
  readonly primary: PrimaryCopy;
  /** UNKNOWN where the list itself is not known yet. */
  readonly replicas: MaybeUnknown<readonly ReplicaCopy[]>;
}

/** A replica resource whose table is not among the stack's resources. */
export interface StrayReplica {
  readonly urn: string;
  readonly region: MaybeUnknown<string> | undefined;
  readonly globalTableArn: MaybeUnknown<string> | undefined;
}

export interface ReplicatedTables {
  readonly tables: readonly GlobalTableCopies[];
  readonly strays: readonly StrayReplica[];
}

/** Every table with a further copy, in the order of the tables. */
export function replicatedTables({
  resources,
  joins,
}: Pick<JudgedStack, "resources" | "joins">): ReplicatedTables {
  const index = joins.byUrn;
  const tables = resources.filter(({ type }) => type === TABLE);
  const byArn = new Map<PropertyValue, StackResource>(tables.map((table) => [table.properties.arn, table]));
  const separate = new Map<string, StackResource[]>();
  const strays: StrayReplica[] = [];
  for (const replica of resources) {
    if (replica.type !== REPLICA) continue;
    const globalTableArn = stringAt(replica.properties, "globalTableArn");
    const table = tableOf(replica, globalTableArn, byArn, index);
    if (table === undefined) {
      strays.push({ urn: replica.urn, region: resourceRegion(replica, index), globalTableArn });
      continue;
    }
    const list = separate.get(table.urn);
    if (list) list.push(replica);
    else separate.set(table.urn, [replica]);
  }
  const copies = tables.map((table) => copiesOf(table, separate.get(table.urn) ?? [], index));
  return {
    tables: copies.filter(({ replicas }) => isUnknown(replicas) || replicas.length > 0),
    strays,
  };
}

function tableOf(
  replica: StackResource,
  arn: MaybeUnknown<string> | undefined,
  byArn: ReadonlyMap<PropertyValue, StackResource>,
  index: ResourceIndex,
): StackResource | undefined {
  const named = arn === undefined || isUnknown(arn) ? undefined : byArn.get(arn);
  if (named) return named;
  const sources = (replica.propertyDependencies.globalTableArn ?? []).flatMap((urn) => {
    const found = index.get(urn);
    return found?.type === TABLE ? [found] : [];
  });
  return sources.length === 1 ? sources[0] : undefined;
}

function copiesOf(
  table: StackResource,
  separate: readonly StackResource[],
  index: ResourceIndex,
): GlobalTableCopies {
  const { properties } = asWritten(table);
  const primary: PrimaryCopy = {
    urn: table.urn,
    name: table.name,
    region: resourceRegion(table, index),
    streamEnabled: booleanAt(properties, "streamEnabled") ?? false,
    streamViewType: stringAt(properties, "streamViewType") || undefined,
    pointInTimeRecovery: booleanAt(properties, "pointInTimeRecovery", "enabled") ?? false,
    deletionProtection: booleanAt(properties, "deletionProtectionEnabled") ?? false,
    kmsKeyArn: stringAt(properties, "serverSideEncryption", "kmsKeyArn") || undefined,
    tags: tagKeysOf(asWritten(table), index),
  };
  const apart = separate.map((replica) => separateCopy(replica, primary, index));
  // The list as it is, not as written: leaving out what is unknown would be taking it for no replica.
  const inline = listAt(table.properties, "replicas");
  if (isUnknown(inline)) return { primary, replicas: UNKNOWN };
  // AWS reports a separate replica among the table's own; it is judged once, where it is written.
  const written = new Set(apart.map(({ region }) => region));
  const within = (inline ?? [])
    .map((replica, position) => inlineCopy(replica, position, primary))
    .filter(({ region }) => isUnknown(region) || !written.has(region));
  return { primary, replicas: [...within, ...apart] };
}

function inlineCopy(replica: PropertyValue, position: number, primary: PrimaryCopy): ReplicaCopy {
  const propagated = booleanAt(replica, "propagateTags") ?? false;
  return {
    urn: primary.urn,
    prefix: `replicas[${position}].`,
    region: stringAt(replica, "regionName") || undefined,
    consistencyMode: stringAt(replica, "consistencyMode") || "EVENTUAL",
    pointInTimeRecovery: booleanAt(replica, "pointInTimeRecovery") ?? false,
    deletionProtection: booleanAt(replica, "deletionProtectionEnabled") ?? false,
    kmsKeyArn: stringAt(replica, "kmsKeyArn") || undefined,
    tagProperty: "propagateTags",
    missingTags:
      isUnknown(replica) || isUnknown(propagated) ? UNKNOWN : propagated ? [] : missingTags(primary.tags),
  };
}

function separateCopy(replica: StackResource, primary: PrimaryCopy, index: ResourceIndex): ReplicaCopy {
  const written = asWritten(replica);
  const { properties } = written;
  return {
    urn: replica.urn,
    prefix: "",
    region: resourceRegion(replica, index),
    consistencyMode: "EVENTUAL",
    pointInTimeRecovery: booleanAt(properties, "pointInTimeRecovery") ?? false,
    deletionProtection: booleanAt(properties, "deletionProtectionEnabled") ?? false,
    kmsKeyArn: stringAt(properties, "kmsKeyArn") || undefined,
    tagProperty: "tags",
    missingTags: missingTags(primary.tags, tagKeysOf(written, index)),
  };
}
