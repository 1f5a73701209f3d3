import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type Properties } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { AWAKE_MIN_ACU, keptAwakeBy } from "./aurora-pause";
import { inExtendedSupport, refuseExtendedSupport, supportedVersion } from "./extended-support";
import { amountText, type Formula, hourly, stored, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { managedSecret } from "./keys";
import { publicAddresses } from "./public-address";
import { extendedSupport, refuseEnhancedMonitoring, refuseInsights } from "./rds";
import { stringAt } from "./read";
import { vcpusOf } from "./vcpu";

const AURORA = "aws:rds/cluster:Cluster";
const AURORA_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const SERVERLESS_CLASS = "db.serverless";
/** Instances of a Multi-AZ cluster of RDS. */
const CLUSTER_INSTANCES = 3;
/** Aurora Serverless v1 pauses where nothing forbids it, and then keeps its storage only. */
const SERVERLESS_V1_MIN_ACU = 1;

/** Storage that grows by itself; the instances are resources of their own, except in two kinds of cluster. */
export const auroraClusterMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const engine = inputs.text("engine");
  const mode = inputs.text("engineMode", "provisioned");
  const memberClass = inputs.text("dbClusterInstanceClass", "");
  const storageType = inputs.text("storageType", "aurora");
  const { extras } = inputs;
  if (extras.number("backtrackWindow", 0) > 0) {
    extras.refuse("backtracking keeps changes at a price that is not in the list", "backtrackWindow");
  }
  refuseInsights(extras);
  refuseEnhancedMonitoring(extras);
  const secret = managedSecret(inputs, "manageMasterUserPassword");
  if (memberClass !== "") {
    // A Multi-AZ cluster of RDS: three instances with storage of their own, all within this resource.
    const item = `${memberClass} ${engine} cluster of three`;
    const { version, extended } = support(engine, extras, stack);
    const vcpus = vcpusOf(memberClass);
    if (extended && vcpus === undefined) {
      extras.refuse(`the vCPUs of ${memberClass} are not known`, "dbClusterInstanceClass");
    }
    return inputs.or([
      ...hourly(item, `rds/cluster-instance/${engine}/${memberClass}`, place),
      ...(extended && vcpus !== undefined ? extendedSupport(version, vcpus * CLUSTER_INSTANCES, place) : []),
      ...secret,
    ]);
  }
  return inputs.or([
    ...(mode === "serverless" ? serverlessV1(inputs) : []),
    ...auroraStorage(storageType, place, stack),
    ...secret,
  ]);
};

function auroraStorage(storageType: string, place: Place, stack: PricedStack): Meter[] {
  const gb = stack.assumptions.databaseGb;
  const price = storageType === "aurora-iopt1" ? "aurora/storage-io-optimized" : "aurora/storage";
  return stored(`Aurora storage, ${amountText(gb, "GB")} assumed`, price, place, gb);
}

function serverlessV1(inputs: Inputs): Meter[] {
  if (inputs.flag("scalingConfiguration.autoPause", true)) return [];
  const units = inputs.number("scalingConfiguration.minCapacity", SERVERLESS_V1_MIN_ACU);
  return hourly("", "aurora/serverless-v1", inputs.place, units, {
    lever: "set autoPause to true",
  }).map((meter) => ({ ...meter, item: `Aurora Serverless v1, ${amountText(units, "ACU")} at least` }));
}

const STORAGE_UNREAD = "its cluster is not in this stack, so its storage type cannot be read";

/** An instance of an Aurora cluster; a serverless one costs what the cluster's minimum costs. */
export const auroraInstanceMeters: Formula = (instance, stack) => {
  const place = stack.regionOf(instance);
  const inputs = new Inputs(instance.properties, place);
  const instanceClass = inputs.text("instanceClass");
  const engine = inputs.text("engine");
  const cluster = clusterOf(instance, stack);
  const address = publicAddresses(1, inputs);
  refuseEnhancedMonitoring(inputs.extras);
  refuseInsights(inputs.extras);
  if (!inputs.sound) return inputs.or([]);
  if (instanceClass === SERVERLESS_CLASS) {
    return inputs.or([...serverlessMeters(instance, cluster, engine, inputs, stack), ...address]);
  }
  const storageType = stringAt(cluster?.properties, "storageType");
  if (isUnknown(storageType)) inputs.unknown("storageType");
  if (!cluster) inputs.refuse(STORAGE_UNREAD, "clusterIdentifier");
  const kind = storageType === "aurora-iopt1" ? "instance-io-optimized" : "instance";
  const item = `${instanceClass} ${engine} instance`;
  return inputs.or([
    ...hourly(item, `aurora/${kind}/${instanceClass}`, place, 1, {
      lever: "use a smaller class, or db.serverless",
      leaves: "untold",
    }),
    ...supportMeters(instance, cluster, engine, instanceClass, inputs, stack),
    ...address,
  ]);
};

/** Instances of an Aurora cluster in the stack. */
export function clusterInstances(cluster: StackResource, stack: PricedStack): readonly StackResource[] {
  const byCluster = stack.joins.grouped("Aurora instances by cluster", AURORA_INSTANCE, (one) => {
    const found = clusterOf(one, stack);
    return found ? [found.urn] : [];
  });
  return byCluster.get(cluster.urn) ?? [];
}

function clusterOf(instance: StackResource, stack: PricedStack, type = AURORA): StackResource | undefined {
  const text = stringAt(instance.properties, "clusterIdentifier");
  const found =
    stack.reference(instance, "clusterIdentifier", type) ??
    (typeof text === "string" ? stack.named(instance, type, "clusterIdentifier", text) : undefined);
  return found && stack.asWritten(found);
}

function serverlessMeters(
  instance: StackResource,
  cluster: StackResource | undefined,
  engine: string,
  inputs: Inputs,
  stack: PricedStack,
): Meter[] {
  const path = "serverlessv2ScalingConfiguration.minCapacity";
  if (!cluster)
    return [
      unpriced(
        "its cluster is not in this stack, so its minimum cannot be read",
        "clusterIdentifier",
        inputs.place,
      ),
    ];
  const of = clusterInputs(instance, cluster, inputs.place);
  const least = of.number(path);
  const awake = keptAwakeBy(cluster, stack);
  const units = awake === undefined ? least : Math.max(least, AWAKE_MIN_ACU);
  if (of.text("storageType", "aurora") === "aurora-iopt1") {
    of.refuse("units of a cluster with storageType aurora-iopt1 have no price in the list", "storageType");
  }
  const { version, extended } = support(engine, of.extras, stack);
  if (extended && units > 0) {
    of.extras.refuse(
      `extended support of ${engine} ${version} by the unit has no price in the list`,
      "engineVersion",
    );
  }
  const reason = units > least ? `, as ${awake} keeps it from pausing` : "";
  const item = `Aurora Serverless v2, ${amountText(units, "ACU")} at least${reason}`;
  const lever =
    awake === undefined
      ? "set minCapacity to 0, which pauses it, or to 0.5"
      : `do without ${awake}, beside which it does not pause${least > AWAKE_MIN_ACU ? ", or set minCapacity to 0.5" : ""}`;
  return of.or(
    hourly("", "aurora/serverless-v2", inputs.place, units, { lever }).map((meter) => ({ ...meter, item })),
  );
}

function supportMeters(
  instance: StackResource,
  cluster: StackResource | undefined,
  engine: string,
  instanceClass: string,
  inputs: Inputs,
  stack: PricedStack,
): Meter[] {
  const of = clusterInputs(instance, cluster, inputs.place);
  const { version, extended } = support(engine, of, stack);
  if (!of.sound || !extended) return of.or([]);
  const vcpus = vcpusOf(instanceClass);
  if (vcpus === undefined) {
    return [unpriced(`the vCPUs of ${instanceClass} are not known`, "instanceClass", inputs.place)];
  }
  return extendedSupport(version, vcpus, inputs.place);
}

/** What an instance's cluster says, with the instance's own version where it says one. */
function clusterInputs(instance: StackResource, cluster: StackResource | undefined, place: Place): Inputs {
  const properties: Properties = { ...cluster?.properties };
  const { engineVersion } = instance.properties;
  if (isPresent(engineVersion)) properties.engineVersion = engineVersion;
  return new Inputs(properties, place);
}

/** The version of an instance, and whether it bills support. */
function support(
  engine: string,
  inputs: Inputs,
  stack: PricedStack,
): { readonly version: string; readonly extended: boolean } {
  const version = supportedVersion(inputs);
  const lifecycle = inputs.text("engineLifecycleSupport", "open-source-rds-extended-support");
  const disabled = lifecycle.endsWith("-disabled");
  return { version, extended: !disabled && inExtendedSupport(engine, version, stack.asOf) };
}

/** Aurora Limitless keeps its minimum of units; 16 is the least that AWS takes. */
const SHARD_GROUP_MIN_ACU = 16;

export const shardGroupMeters: Formula = (group, stack) => {
  const place = stack.regionOf(group);
  const inputs = new Inputs(group.properties, place);
  const units = inputs.number("minAcu", SHARD_GROUP_MIN_ACU);
  const copies = 1 + inputs.number("computeRedundancy", 0);
  // Left open, it is public where the VPC has a way to the internet (RDS API, CreateDBShardGroup).
  if (inputs.extras.flag("publiclyAccessible", true)) {
    const why = "how many shards have a public IPv4 address is not told; set publiclyAccessible to false";
    inputs.extras.refuse(why, "publiclyAccessible");
  }
  return inputs.or(
    hourly("", "aurora/limitless", place, units * copies).map((meter) => ({
      ...meter,
      item: `Aurora Limitless, ${amountText(units * copies, "ACU")} at least`,
    })),
  );
};

interface ClusterKind {
  readonly name: string;
  readonly type: string;
  readonly engine: string;
  readonly prices: string;
  /** The storage type whose price is not the plain one. */
  readonly optimized: string;
}

const DOCUMENT: ClusterKind = {
  name: "DocumentDB",
  type: "aws:docdb/cluster:Cluster",
  engine: "docdb",
  prices: "documentdb",
  optimized: "iopt1",
};
const GRAPH: ClusterKind = {
  name: "Neptune",
  type: "aws:neptune/cluster:Cluster",
  engine: "neptune",
  prices: "neptune",
  optimized: "iopt1",
};

function clusterStorage({ name, engine, prices, optimized }: ClusterKind): Formula {
  return (cluster, stack) => {
    const place = stack.regionOf(cluster);
    const inputs = new Inputs(cluster.properties, place);
    const type = inputs.text("storageType", "standard");
    const gb = stack.assumptions.databaseGb;
    const price = `${prices}/storage${type === optimized ? "-io-optimized" : ""}`;
    refuseExtendedSupport(engine, inputs, stack.asOf);
    return inputs.or([
      ...stored(`${name} storage, ${amountText(gb, "GB")} assumed`, price, place, gb),
      ...managedSecret(inputs, "manageMasterUserPassword"),
    ]);
  };
}

function clusterInstance({ name, type, engine, prices, optimized }: ClusterKind): Formula {
  return (instance, stack) => {
    const place = stack.regionOf(instance);
    const inputs = new Inputs(instance.properties, place);
    const instanceClass = inputs.text("instanceClass");
    const cluster = clusterOf(instance, stack, type);
    const of = new Inputs(cluster?.properties ?? {}, place);
    const kind = of.text("storageType", "standard") === optimized ? "instance-io-optimized" : "instance";
    if (!cluster) inputs.refuse(STORAGE_UNREAD, "clusterIdentifier");
    const lever = "use a smaller class";
    refuseExtendedSupport(engine, inputs.has("engineVersion") ? inputs : of, stack.asOf);
    // DocumentDB has no public endpoint: its own `publiclyAccessible` does nothing.
    const address = engine === GRAPH.engine ? publicAddresses(1, inputs) : [];
    const item = `${instanceClass} ${name} instance`;
    return inputs.or([
      ...of.or(hourly(item, `${prices}/${kind}/${instanceClass}`, place, 1, { lever, leaves: "untold" })),
      ...address,
    ]);
  };
}

export const documentClusterMeters = clusterStorage(DOCUMENT);
export const documentInstanceMeters = clusterInstance(DOCUMENT);
export const graphClusterMeters = clusterStorage(GRAPH);
export const graphInstanceMeters = clusterInstance(GRAPH);
