import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "../../../model/unknown";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, stored, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { type Link, madeFrom } from "./made-from";
import { numberAt, stringAt } from "./read";

export const DATABASE = "aws:rds/instance:Instance";
const TO_DATABASE: Link["to"] = { [DATABASE]: ["identifier", "arn"] };
const TO_SNAPSHOT: Link["to"] = {
  "aws:rds/snapshot:Snapshot": ["dbSnapshotIdentifier", "dbSnapshotArn"],
  "aws:rds/snapshotCopy:SnapshotCopy": ["targetDbSnapshotIdentifier", "dbSnapshotArn"],
};

/** Where a database, a snapshot or a copy of backups names what it was made from. */
export const DATABASE_SOURCES: readonly Link[] = [
  { property: "replicateSourceDb", to: TO_DATABASE },
  { property: "snapshotIdentifier", to: TO_SNAPSHOT },
  { property: "dbInstanceIdentifier", to: TO_DATABASE },
  { property: "sourceDbSnapshotIdentifier", to: TO_SNAPSHOT },
  { property: "sourceDbInstanceArn", to: TO_DATABASE },
];

const TO_CLUSTER_SNAPSHOT = (service: string): Link["to"] => ({
  [`aws:${service}/clusterSnapshot:ClusterSnapshot`]: ["dbClusterSnapshotIdentifier", "dbClusterSnapshotArn"],
  [`aws:${service}/clusterSnapshotCopy:ClusterSnapshotCopy`]: [
    "targetDbClusterSnapshotIdentifier",
    "dbClusterSnapshotArn",
  ],
});
const CLUSTER_SOURCES = (service: string): readonly Link[] => [
  {
    property: "dbClusterIdentifier",
    to: { [`aws:${service}/cluster:Cluster`]: ["clusterIdentifier", "arn"] },
  },
  { property: "sourceDbClusterSnapshotIdentifier", to: TO_CLUSTER_SNAPSHOT(service) },
];

/** What a kind of snapshot keeps, until something tells that it keeps another. */
interface Kept {
  readonly what: string;
  readonly price: string;
  /** Where nothing in the stack tells its size. */
  readonly assumedGb: (assumptions: PricedStack["assumptions"]) => number;
}

/** Backups up to the size of the database are free, manual snapshots are not; its whole size is the bound. */
function snapshotMeters(
  sources: readonly Link[],
  kept: (snapshot: StackResource, stack: PricedStack) => Kept,
): Formula {
  return (snapshot, stack) => {
    const place = stack.regionOf(snapshot);
    const inputs = new Inputs(snapshot.properties, place);
    for (const { property } of sources) inputs.check(property, "text");
    if (!inputs.sound) return inputs.or([]);
    const known = firstGb(snapshot, stack, sources);
    if (isUnknown(known)) return [unknownInput("allocatedStorage", place)];
    const { what, price, assumedGb } = kept(snapshot, stack);
    const gb = known ?? assumedGb(stack.assumptions);
    const item = `${what} snapshot, ${amountText(gb, "GB")}${known === undefined ? " assumed" : ""}`;
    return stored(item, price, place, gb, { lever: "delete what is no longer needed" });
  };
}

export const databaseSnapshotMeters = snapshotMeters(DATABASE_SOURCES, () => ({
  what: "database",
  price: "rds/snapshot",
  assumedGb: ({ snapshotGb }) => snapshotGb,
}));

/** A snapshot of a cluster, whose storage grows by itself unless it is a Multi-AZ cluster of RDS. */
function clusterSnapshotMeters(what: string, service: string, price: string): Formula {
  const sources = CLUSTER_SOURCES(service);
  const assumedGb: Kept["assumedGb"] = ({ databaseGb }) => databaseGb;
  return snapshotMeters(sources, (snapshot, stack) =>
    isOfMultiAzCluster(snapshot, stack, sources)
      ? { what: "Multi-AZ cluster", price: "rds/snapshot", assumedGb }
      : { what, price, assumedGb },
  );
}

export const auroraSnapshotMeters = clusterSnapshotMeters("Aurora", "rds", "aurora/snapshot");
export const documentSnapshotMeters = clusterSnapshotMeters("DocumentDB", "docdb", "documentdb/snapshot");

/** Such a cluster names the class of its three instances itself, and its snapshots bill as those of RDS. */
function isOfMultiAzCluster(snapshot: StackResource, stack: PricedStack, sources: readonly Link[]): boolean {
  const { resources } = madeFrom(snapshot, stack, sources);
  return resources.some(({ properties }) => isPresent(stringAt(properties, "dbClusterInstanceClass")));
}

/** The size that is written nearest to the snapshot; AWS reports 0 where the storage grows by itself. */
function firstGb(
  snapshot: StackResource,
  stack: PricedStack,
  sources: readonly Link[],
): MaybeUnknown<number> | undefined {
  const { resources, isCut } = madeFrom(snapshot, stack, sources);
  for (const { properties } of resources) {
    const gb = numberAt(properties, "allocatedStorage");
    if (gb) return gb;
  }
  return isCut ? UNKNOWN : undefined;
}
