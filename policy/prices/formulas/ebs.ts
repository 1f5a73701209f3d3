import type { StackResource } from "../../../model/stack-resource";
import { type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, countedText, stored } from "./formula";
import { Inputs } from "./inputs";
import { at, stringAt } from "./read";

/** gp3 includes 125 MiB/s and 3,000 operations per second. */
const GP3_THROUGHPUT_INCLUDED = 125;
const GP3_IOPS_INCLUDED = 3000;
/** What AWS creates where a type is not given; images of today say gp3, which is cheaper. */
const DEFAULT_VOLUME_TYPE = "gp2";
/** What ends the item of a volume whose size the program does not say. */
const ASSUMED = " assumed";
/** Of io2, what is beyond costs less (Amazon EBS pricing); of io1 it does not. */
const IOPS_OF_ONE_PRICE = 32_000;
/** Prices of what volumes do, beside those of what they hold. */
const BESIDE_STORAGE: readonly string[] = ["ebs/provisioned-iops", "ebs/gp3-iops", "ebs/gp3-throughput"];

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
  const size = `${amountText(gb, "GB")} ${type}${inputs.has(sizeProperty) ? "" : ASSUMED}`;
  const lever = type === "gp2" ? { lever: "use gp3", leaves: { price: "ebs/gp3" } } : {};
  const meters = stored(`${what}, ${size}`, `ebs/${type}`, place, gb * count, lever);
  if (provisioned) {
    const beyond = iops > IOPS_OF_ONE_PRICE ? `, all at the price of the first ${IOPS_OF_ONE_PRICE}` : "";
    const text = `${what} operations, ${amountText(iops, "IOPS")} provisioned${beyond}`;
    const times = (iops - GP3_IOPS_INCLUDED) / iops;
    const kept = times > 0 ? { leaves: { price: "ebs/gp3-iops", times } } : {};
    meters.push(...stored(text, "ebs/provisioned-iops", place, iops * count, { lever: "use gp3", ...kept }));
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

/**
 * Every further volume that a machine declares.
 * @param isElsewhere whether a device is a volume that counts as a resource of its own.
 */
export function attachedVolumes(
  properties: PropertyValue,
  place: Place,
  count = 1,
  isElsewhere: (device: PropertyValue) => boolean = () => false,
): Meter[] {
  const inputs = new Inputs(properties, place);
  const devices = inputs.list("ebsBlockDevices");
  return inputs.or(
    devices.flatMap((device, index) => {
      if (isElsewhere(device)) return [];
      return blockDeviceMeters(at(device), {
        place,
        path: `ebsBlockDevices[${index}].`,
        what: "volume",
        typeProperty: "volumeType",
        sizeProperty: "volumeSize",
        count,
      });
    }),
  );
}

const VOLUME = "aws:ebs/volume:Volume";
const VOLUME_ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";

/**
 * Tells which devices of an instance are volumes that are declared apart: AWS reports what is attached among the
 * instance's own devices. By the volume's id, else by the device's name, which an instance has once.
 */
export function separateVolumes(
  instance: StackResource,
  stack: PricedStack,
): (device: PropertyValue) => boolean {
  const attachments = stack.referring(instance, "instanceId", VOLUME_ATTACHMENT);
  const names = attachments.map(({ properties }) => stringAt(properties, "deviceName"));
  return (device) => {
    const id = stringAt(device, "volumeId");
    if (typeof id === "string" && stack.references(instance, "", VOLUME, id).length > 0) return true;
    const name = stringAt(device, "deviceName");
    return typeof name === "string" && names.includes(name);
  };
}

/** GB of the volumes that meters of this file stand for; UNKNOWN where one of them has no amount. */
export function storageGb(meters: readonly Meter[]): MaybeUnknown<{ gb: number; isAssumed: boolean }> {
  let gb = 0;
  let isAssumed = false;
  for (const meter of meters) {
    if (meter.kind !== "metered") return UNKNOWN;
    if (BESIDE_STORAGE.includes(meter.price)) continue;
    gb += meter.quantity;
    isAssumed ||= meter.item.endsWith(ASSUMED);
  }
  return { gb, isAssumed };
}
