import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import type { MaybeUnknown, PropertyValue } from "../../../model/unknown";
import type { Meter, Place, UnpricedItem } from "../meter";
import type { PricedStack } from "../priced-stack";
import { blockDeviceMeters } from "./ebs";
import { defaultDisk, hasLocalDisks, rootVolumeOf } from "./emr-disks";
import { dearest, dearestOf, type Formula, hourly, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { addressMeters, machineHours, subnetsMapAddresses } from "./machine";
import { at, stringAt } from "./read";

const CLUSTER = "aws:emr/cluster:Cluster";

interface NodeGroup {
  readonly instanceType: string;
  readonly count: number;
  readonly ebsConfigs: readonly PropertyValue[];
  readonly path: string;
}

/** What all nodes of a cluster have from it. */
interface NodeSettings {
  readonly place: Place;
  /** Why it cannot be read where its own image decides it. */
  readonly rootVolume: { readonly volumeSize: number } | UnpricedItem;
  readonly addresses: MaybeUnknown<boolean>;
}

/** A cluster's nodes bill as instances and once more for EMR. Spot nodes count at the price on demand. */
export const emrClusterMeters: Formula = (cluster, stack) => {
  const { properties } = cluster;
  const settings = nodeSettings(cluster, stack);
  if (Array.isArray(settings)) return settings;
  const meters: Meter[] = [];
  for (const path of ["masterInstanceGroup", "coreInstanceGroup"]) {
    if (isPresent(at(properties, path)))
      meters.push(...groupMeters(at(properties, path), `${path}.`, settings, stack));
  }
  for (const path of ["masterInstanceFleet", "coreInstanceFleet"]) {
    if (isPresent(at(properties, path)))
      meters.push(...fleetMeters(at(properties, path), `${path}.`, settings, stack));
  }
  return meters.length > 0
    ? meters
    : [unpriced("its instances are not set", "masterInstanceGroup", settings.place)];
};

export const emrInstanceGroupMeters: Formula = (group, stack) => addedMeters(group, groupMeters, stack);

export const emrInstanceFleetMeters: Formula = (fleet, stack) => addedMeters(fleet, fleetMeters, stack);

/** Nodes added to a cluster start as its other nodes do. */
function addedMeters(nodes: StackResource, meters: typeof groupMeters, stack: PricedStack): Meter[] {
  const place = stack.regionOf(nodes);
  const cluster = stack.reference(nodes, "clusterId", CLUSTER);
  if (!cluster) {
    const why = "its cluster is not in this stack, so the disks and addresses of its nodes cannot be read";
    return [unpriced(why, "clusterId", place)];
  }
  const settings = nodeSettings(stack.asWritten(cluster), stack);
  return Array.isArray(settings) ? settings : meters(nodes.properties, "", { ...settings, place }, stack);
}

function nodeSettings(cluster: StackResource, stack: PricedStack): NodeSettings | Meter[] {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const sized = inputs.has("ebsRootVolumeSize");
  const volume = rootVolumeOf(stringAt(cluster.properties, "releaseLabel"));
  const volumeSize = sized ? inputs.number("ebsRootVolumeSize") : volume.volumeSize;
  if (!inputs.sound) return inputs.or([]);
  const why = "its own image decides the size of the root volume; set ebsRootVolumeSize";
  const rootVolume =
    inputs.has("customAmiId") && !sized ? unpriced(why, "customAmiId", place) : { ...volume, volumeSize };
  return { place, rootVolume, addresses: nodesGetAddresses(cluster, stack) };
}

/** The default subnets of a region, in which a cluster without any starts, map public addresses. */
function nodesGetAddresses(cluster: StackResource, stack: PricedStack): MaybeUnknown<boolean> {
  const attributes = cluster.properties.ec2Attributes;
  const subnets = ["subnetId", "subnetIds"].map((path) => at(attributes, path)).find(isPresent);
  return subnets === undefined || subnetsMapAddresses(cluster, "ec2Attributes", stack, subnets);
}

function groupMeters(
  properties: PropertyValue,
  prefix: string,
  settings: NodeSettings,
  stack: PricedStack,
): Meter[] {
  const inputs = new Inputs(properties, settings.place, prefix);
  const instanceType = inputs.text("instanceType");
  const count = inputs.number("instanceCount", 1);
  const ebsConfigs = inputs.list("ebsConfigs");
  if (!inputs.sound || count === 0) return inputs.or([]);
  return nodeMeters([{ instanceType, count, ebsConfigs, path: prefix }], settings, stack);
}

function fleetMeters(
  properties: PropertyValue,
  prefix: string,
  settings: NodeSettings,
  stack: PricedStack,
): Meter[] {
  const { place } = settings;
  const inputs = new Inputs(properties, place, prefix);
  const capacity = inputs.number("targetOnDemandCapacity", 0) + inputs.number("targetSpotCapacity", 0);
  const configs = inputs.list("instanceTypeConfigs");
  if (!inputs.sound || capacity === 0) return inputs.or([]);
  if (configs.length === 0) inputs.refuse("its instance types are not set", "instanceTypeConfigs");
  const nodes: NodeGroup[] = [];
  for (const [index, config] of configs.entries()) {
    const path = `${prefix}instanceTypeConfigs[${index}].`;
    const of = new Inputs(config, place, path);
    const instanceType = of.text("instanceType");
    const weight = of.number("weightedCapacity", 1);
    const ebsConfigs = of.list("ebsConfigs");
    if (of.sound && weight <= 0) of.refuse("a weight is not above 0", "weightedCapacity");
    if (!of.sound) return of.or([]);
    nodes.push({ instanceType, count: Math.ceil(capacity / weight), ebsConfigs, path });
  }
  return inputs.or(nodeMeters(nodes, settings, stack));
}

/** Of several types that may start, the dearest of each kind of cost counts. */
function nodeMeters(nodes: readonly NodeGroup[], settings: NodeSettings, stack: PricedStack): Meter[] {
  const { place, rootVolume, addresses } = settings;
  const most = Math.max(0, ...nodes.map(({ count }) => count));
  if (most === 0) return [];
  const charges = nodes.flatMap(({ instanceType, count }) =>
    hourly(`EMR charge of ${instanceType}`, `emr/service-charge/${instanceType}`, place, count),
  );
  return [
    ...machineHours(nodes, place, stack),
    ...dearest(charges, stack),
    ...("kind" in rootVolume
      ? [rootVolume]
      : blockDeviceMeters(rootVolume, { ...VOLUME, place, path: "", what: "root volume", count: most })),
    ...dearestOf(
      nodes.map((group) => nodeDisks(group, place)),
      stack,
    ),
    ...addressMeters(addresses, "ec2Attributes.subnetId", place, most),
  ];
}

const VOLUME = { typeProperty: "volumeType", sizeProperty: "volumeSize" } as const;

/** Declared disks take the place of those that EMR gives to types without disks of their own. */
function nodeDisks({ instanceType, ebsConfigs, count, path }: NodeGroup, place: Place): Meter[] {
  if (ebsConfigs.length > 0) return declaredDisks(ebsConfigs, count, path, place);
  if (hasLocalDisks(instanceType)) return [];
  const disk = defaultDisk(instanceType);
  if (disk === undefined) {
    const why = `the disks that EMR gives to ${instanceType} are not in its table; set ebsConfigs`;
    return [unpriced(why, `${path}ebsConfigs`, place)];
  }
  const device = { volumeSize: disk.sizeGb };
  return blockDeviceMeters(device, {
    ...VOLUME,
    place,
    path,
    what: "node volume",
    count: disk.count * count,
  });
}

function declaredDisks(
  ebsConfigs: readonly PropertyValue[],
  count: number,
  path: string,
  place: Place,
): Meter[] {
  return ebsConfigs.flatMap((config, index) => {
    const prefix = `${path}ebsConfigs[${index}].`;
    const inputs = new Inputs(config, place, prefix);
    const each = inputs.number("volumesPerInstance", 1);
    return inputs.or(
      blockDeviceMeters(config, {
        place,
        path: prefix,
        what: "node volume",
        typeProperty: "type",
        sizeProperty: "size",
        count: each * count,
      }),
    );
  });
}
