import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, countedText, type Formula, hourly, stored, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { at, numberAt, stringAt } from "./read";

const VOLUME = "aws:ebs/volume:Volume";
const SNAPSHOT = "aws:ebs/snapshot:Snapshot";

/** gp3 includes 125 MiB/s and 3,000 operations per second. */
const GP3_THROUGHPUT_INCLUDED = 125;
const GP3_IOPS_INCLUDED = 3000;
/** What AWS creates where a type is not given; images of today say gp3, which is cheaper. */
const DEFAULT_VOLUME_TYPE = "gp2";

export interface BlockDevice {
  readonly place: Place;
  /** Where the device stands in its resource, `rootBlockDevice.` say. */
  readonly path: string;
  readonly what: string;
  readonly typeProperty: "type" | "volumeType";
  readonly sizeProperty: "size" | "sizeInGb" | "volumeSize";
  /** GB where the program gives no size. */
  readonly assumedGb?: number;
  /** Machines that have one each; 1 where absent. */
  readonly count?: number;
}

/** The volumes that machines start from; one that the program says nothing of has the size that is assumed. */
export function rootVolumeMeters(
  properties: PropertyValue,
  stack: PricedStack,
  device: Pick<BlockDevice, "place" | "path" | "count">,
): Meter[] {
  return blockDeviceMeters(properties, {
    ...device,
    what: "root volume",
    typeProperty: "volumeType",
    sizeProperty: "volumeSize",
    assumedGb: stack.assumptions.rootVolumeGb,
  });
}

/** Storage of EBS volumes of one kind, alone or on machines. */
export function blockDeviceMeters(properties: PropertyValue, device: BlockDevice): Meter[] {
  const { place, path, typeProperty, sizeProperty, assumedGb, count = 1 } = device;
  const inputs = new Inputs(properties, place, path);
  const type = inputs.text(typeProperty, DEFAULT_VOLUME_TYPE);
  const gb = inputs.number(sizeProperty, assumedGb);
  const iops = inputs.number("iops", 0);
  const throughput = inputs.number("throughput", 0);
  const provisioned = type === "io1" || type === "io2";
  if (provisioned && iops === 0) inputs.refuse("iops is not set", "iops");
  const what = countedText(count, device.what);
  const size = `${amountText(gb, "GB")} ${type}${inputs.has(sizeProperty) ? "" : " assumed"}`;
  const lever = type === "gp2" ? { lever: "use gp3" } : {};
  const meters = stored(`${what}, ${size}`, `ebs/${type}`, place, gb * count, lever);
  if (provisioned) {
    const text = `${what} operations, ${amountText(iops, "IOPS")} provisioned`;
    meters.push(...stored(text, "ebs/provisioned-iops", place, iops * count, { lever: "use gp3" }));
  }
  if (type === "gp3" && iops > GP3_IOPS_INCLUDED) {
    const extra = iops - GP3_IOPS_INCLUDED;
    const text = `${what} operations, ${extra} IOPS above the included ${GP3_IOPS_INCLUDED}`;
    const cheaper = { lever: `set iops to ${GP3_IOPS_INCLUDED}` };
    meters.push(...stored(text, "ebs/gp3-iops", place, extra * count, cheaper));
  }
  if (type === "gp3" && throughput > GP3_THROUGHPUT_INCLUDED) {
    const extra = throughput - GP3_THROUGHPUT_INCLUDED;
    const text = `${what} throughput, ${extra} MiB/s above the included ${GP3_THROUGHPUT_INCLUDED}`;
    const cheaper = { lever: `set throughput to ${GP3_THROUGHPUT_INCLUDED}` };
    meters.push(...stored(text, "ebs/gp3-throughput", place, extra * count, cheaper));
  }
  return inputs.or(meters);
}

/** Every further volume that an instance declares. */
export function attachedVolumes(properties: PropertyValue, place: Place, count = 1): Meter[] {
  const inputs = new Inputs(properties, place);
  const devices = inputs.list("ebsBlockDevices");
  return inputs.or(
    devices.flatMap((device, index) =>
      blockDeviceMeters(at(device), {
        place,
        path: `ebsBlockDevices[${index}].`,
        what: "volume",
        typeProperty: "volumeType",
        sizeProperty: "volumeSize",
        count,
      }),
    ),
  );
}

/** A volume made from a snapshot may leave its size to it. */
export const volumeMeters: Formula = (resource, stack) => {
  const snapshot = stack.reference(resource, "snapshotId", SNAPSHOT);
  const size = numberAt(snapshot?.properties, "volumeSize");
  return blockDeviceMeters(resource.properties, {
    place: stack.regionOf(resource),
    path: "",
    what: "volume",
    typeProperty: "type",
    sizeProperty: "size",
    ...(typeof size === "number" ? { assumedGb: size } : {}),
  });
};

/** A copy has its source's size unless it says more. */
export const volumeCopyMeters: Formula = (resource, stack) => {
  const source = stack.reference(resource, "sourceVolumeId", VOLUME);
  const properties = { ...resource.properties };
  const type = properties.volumeType ?? properties.type ?? source?.properties.type;
  const size = properties.size ?? source?.properties.size;
  return blockDeviceMeters(
    { ...properties, type, size },
    {
      place: stack.regionOf(resource),
      path: "",
      what: "copied volume",
      typeProperty: "type",
      sizeProperty: "size",
    },
  );
};

/** Where each kind of snapshot or image names what it holds. */
const SNAPSHOT_SOURCES: readonly (readonly [property: string, type: string, size: string])[] = [
  ["volumeId", VOLUME, "size"],
  ["sourceSnapshotId", SNAPSHOT, "volumeSize"],
  ["sourceInstanceId", "aws:ec2/instance:Instance", "rootBlockDevice.volumeSize"],
];

/** Blocks are kept once; a full copy is the bound. Without a size in the program one is assumed. */
export const snapshotMeters: Formula = (resource, stack) =>
  snapshotStorage(
    "snapshot",
    numberAt(resource.properties, "volumeSize") ?? sourceGb(resource, stack),
    resource,
    stack,
  );

/** An image costs what its snapshots cost; one that only refers to snapshots of the stack costs nothing more. */
export const imageMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource));
  const devices = inputs.list("ebsBlockDevices");
  const own = devices.filter((device) => !isSnapshotOfStack(device, resource, stack));
  if (!inputs.sound || (devices.length > 0 && own.length === 0)) return inputs.or([]);
  return snapshotStorage("image", devicesGb(own) ?? sourceGb(resource, stack), resource, stack);
};

/** The sum of what the devices hold; undefined where one does not say. */
function devicesGb(devices: readonly PropertyValue[]): MaybeUnknown<number> | undefined {
  let sum = 0;
  for (const device of devices) {
    const gb = numberAt(device, "volumeSize");
    if (gb === undefined || isUnknown(gb)) return gb;
    sum += gb;
  }
  return devices.length > 0 ? sum : undefined;
}

function isSnapshotOfStack(device: PropertyValue, image: StackResource, stack: PricedStack): boolean {
  const id = stringAt(device, "snapshotId");
  return isPresent(id) && stack.references(image, "ebsBlockDevices", SNAPSHOT, id).length > 0;
}

function sourceGb(resource: StackResource, stack: PricedStack): MaybeUnknown<number> | undefined {
  for (const [property, type, size] of SNAPSHOT_SOURCES) {
    const source = stack.reference(resource, property, type);
    const gb = source && numberAt(stack.asWritten(source).properties, ...size.split("."));
    if (gb !== undefined) return gb;
  }
  return undefined;
}

function snapshotStorage(
  what: string,
  known: MaybeUnknown<number> | undefined,
  resource: StackResource,
  stack: PricedStack,
): Meter[] {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  for (const [property] of SNAPSHOT_SOURCES) inputs.check(property, "text");
  const tier = inputs.text("storageTier", "standard");
  if (!inputs.sound) return inputs.or([]);
  if (isUnknown(known)) return [unknownInput("volumeSize", place)];
  const gb = known ?? stack.assumptions.snapshotGb;
  const item = `${what}, ${amountText(gb, "GB")}${known === undefined ? " assumed" : ""}`;
  const rest = { note: "a full copy is the bound", lever: "delete what is no longer needed" };
  return stored(item, tier === "archive" ? "ebs/snapshot-archive" : "ebs/snapshot", place, gb, rest);
}

/** By the hour for every snapshot in every zone, whether or not a volume is made. */
export const fastRestoreMeters: Formula = (resource, stack) =>
  hourly("fast snapshot restore in one zone", "ebs/fast-snapshot-restore", stack.regionOf(resource), 1, {
    lever: "leave it out: a new volume is then slower at first",
  });
