import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import {
  isUnknown,
  type MaybeUnknown,
  type Properties,
  type PropertyValue,
  UNKNOWN,
} from "../../../model/unknown";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { blockDeviceMeters, storageGb } from "./ebs";
import { instanceVolumes } from "./ec2";
import { amountText, type Formula, hourly, stored, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { type Link, madeFrom } from "./made-from";
import { at, listAt, numberAt, stringAt } from "./read";

const VOLUME = "aws:ebs/volume:Volume";
const INSTANCE = "aws:ec2/instance:Instance";
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";
const VOLUMES: Link["to"] = { [VOLUME]: [], "aws:ebs/volumeCopy:VolumeCopy": [] };
const SNAPSHOTS: Link["to"] = {
  "aws:ebs/snapshot:Snapshot": [],
  "aws:ebs/snapshotCopy:SnapshotCopy": [],
  "aws:ebs/snapshotImport:SnapshotImport": [],
};
const IMAGES: Link["to"] = {
  "aws:ec2/ami:Ami": [],
  "aws:ec2/amiCopy:AmiCopy": [],
  "aws:ec2/amiFromInstance:AmiFromInstance": [],
};

/** Where each kind of volume, snapshot or image names what it holds. */
const SOURCES: readonly Link[] = [
  { property: "volumeId", to: VOLUMES },
  { property: "sourceVolumeId", to: VOLUMES },
  { property: "sourceSnapshotId", to: SNAPSHOTS },
  { property: "snapshotId", to: SNAPSHOTS },
  { property: "sourceAmiId", to: IMAGES },
  { property: "sourceInstanceId", to: { [INSTANCE]: [] } },
];

/** GB that something holds, and whether a part of them is assumed. */
interface Held {
  readonly gb: number;
  readonly isAssumed: boolean;
}
/** Undefined where the stack does not show it, UNKNOWN where it will be known later or cannot be read. */
type MaybeHeld = MaybeUnknown<Held> | undefined;

/** A volume made from a snapshot may leave its size to it. */
export const volumeMeters: Formula = (resource, stack) => {
  const size = isPresent(resource.properties.size) ? undefined : heldBy(resource, stack);
  const properties: Properties = isUnknown(size)
    ? { ...resource.properties, size: UNKNOWN }
    : resource.properties;
  return blockDeviceMeters(properties, {
    place: stack.regionOf(resource),
    path: "",
    what: "volume",
    typeProperty: "type",
    sizeProperty: "size",
    ...(size !== undefined && !isUnknown(size) ? { assumedGb: size.gb } : {}),
  });
};

/** A copy has its source's size unless it says more. */
export const volumeCopyMeters: Formula = (resource, stack) => {
  const source = madeFrom(resource, stack, SOURCES).resources[1];
  const properties = { ...resource.properties };
  const type = properties.volumeType ?? properties.type ?? source?.properties.type;
  const held = isPresent(properties.size) ? undefined : heldBy(resource, stack);
  const size = properties.size ?? (held === undefined || isUnknown(held) ? held : held.gb);
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

/** Blocks are kept once; a full copy is the bound. Without a size in the program one is assumed. */
export const snapshotMeters: Formula = (resource, stack) =>
  snapshotStorage("snapshot", heldBy(resource, stack), resource, stack);

/** An image costs what its snapshots cost; one that only refers to snapshots of the stack costs nothing more. */
export const imageMeters: Formula = (resource, stack) => {
  const inputs = new Inputs(resource.properties, stack.regionOf(resource));
  const devices = inputs.list("ebsBlockDevices");
  const own = devices.filter((device) => snapshotsOf(device, resource, stack).length === 0);
  if (!inputs.sound || (devices.length > 0 && own.length === 0)) return inputs.or([]);
  const held = own.length > 0 ? devicesHold(own, resource, stack) : heldBy(resource, stack);
  return snapshotStorage("image", held, resource, stack);
};

/** By the hour for every snapshot in every zone, whether or not a volume is made. */
export const fastRestoreMeters: Formula = (resource, stack) =>
  hourly("fast snapshot restore in one zone", "ebs/fast-snapshot-restore", stack.regionOf(resource), 1, {
    lever: "leave it out: a new volume is then slower at first",
  });

function snapshotStorage(
  what: string,
  held: MaybeHeld,
  resource: StackResource,
  stack: PricedStack,
): Meter[] {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  for (const { property } of SOURCES) inputs.check(property, "text");
  const tier = inputs.text("storageTier", "standard");
  if (!inputs.sound) return inputs.or([]);
  if (isUnknown(held)) return [unknownInput("volumeSize", place)];
  const { gb, isAssumed } = held ?? { gb: stack.assumptions.snapshotGb, isAssumed: true };
  const item = `${what}, ${amountText(gb, "GB")}${isAssumed ? " assumed" : ""}`;
  const rest = { note: "a full copy is the bound", lever: "delete what is no longer needed" };
  return stored(item, tier === "archive" ? "ebs/snapshot-archive" : "ebs/snapshot", place, gb, rest);
}

/** What each resource of a stack holds, worked out once: many images can be of one instance with many volumes. */
const KNOWN = new WeakMap<PricedStack, Map<string, MaybeHeld>>();

function heldBy(resource: StackResource, stack: PricedStack): MaybeHeld {
  let known = KNOWN.get(stack);
  if (!known) {
    known = new Map();
    KNOWN.set(stack, known);
  }
  if (known.has(resource.urn)) return known.get(resource.urn);
  // What holds itself, by ids that lead in a circle, is met again before it is known.
  known.set(resource.urn, UNKNOWN);
  const held = firstSize(resource, stack);
  known.set(resource.urn, held);
  return held;
}

/** The size that is written nearest to the resource, on the way back to what it was made from. */
function firstSize(resource: StackResource, stack: PricedStack): MaybeHeld {
  const { resources, isCut } = madeFrom(resource, stack, SOURCES);
  for (const one of resources) {
    const held = ownSize(one, stack);
    if (held !== undefined) return held;
  }
  return isCut ? UNKNOWN : undefined;
}

function ownSize(resource: StackResource, stack: PricedStack): MaybeHeld {
  const { type, properties } = resource;
  if (type === INSTANCE) return instanceHolds(resource, stack);
  if (Object.hasOwn(IMAGES, type)) {
    const devices = listAt(properties, "ebsBlockDevices");
    if (isUnknown(devices)) return devices;
    return devices && devices.length > 0 ? devicesHold(devices, resource, stack) : undefined;
  }
  const gb = numberAt(properties, Object.hasOwn(VOLUMES, type) ? "size" : "volumeSize");
  return gb === undefined || isUnknown(gb) ? gb : { gb, isAssumed: false };
}

/** Its root volume, the volumes that it declares, and those that are attached to it. */
function instanceHolds(instance: StackResource, stack: PricedStack): MaybeHeld {
  const attached = stack.referring(instance, "instanceId", ATTACHMENT).map((attachment) => {
    const volume = stack.reference(attachment, "volumeId", VOLUME);
    return volume && heldBy(volume, stack);
  });
  return sum([storageGb(instanceVolumes(instance, stack)), ...attached], stack);
}

function devicesHold(devices: readonly PropertyValue[], image: StackResource, stack: PricedStack): MaybeHeld {
  return sum(
    devices.map((device): MaybeHeld => {
      if (isUnknown(device)) return device;
      const gb = numberAt(at(device), "volumeSize");
      if (gb !== undefined) return isUnknown(gb) ? gb : { gb, isAssumed: false };
      const held = snapshotsOf(device, image, stack).map((snapshot) => heldBy(snapshot, stack));
      if (held.length < 2) return held[0];
      // Which of them it is will be known later.
      return UNKNOWN;
    }),
    stack,
  );
}

function snapshotsOf(device: PropertyValue, image: StackResource, stack: PricedStack): StackResource[] {
  const id = stringAt(device, "snapshotId");
  if (!isPresent(id)) return [];
  return Object.keys(SNAPSHOTS).flatMap((type) => stack.references(image, "ebsBlockDevices", type, id));
}

function sum(parts: readonly MaybeHeld[], { assumptions }: PricedStack): MaybeUnknown<Held> {
  let total: Held = { gb: 0, isAssumed: false };
  for (const part of parts) {
    if (isUnknown(part)) return part;
    const { gb, isAssumed } = part ?? { gb: assumptions.snapshotGb, isAssumed: true };
    total = { gb: total.gb + gb, isAssumed: total.isAssumed || isAssumed };
  }
  return total;
}
