import { at, listAt, numberAt, stringAt } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { amountText, type Formula, unknownInput, unpriced } from "./formula";

export const bucketMeters: Formula = (resource, stack) => {
  const gb = stack.assumptions.bucketGb;
  return [
    {
      kind: "metered",
      item: `bucket storage, ${amountText(gb, "GB")} assumed`,
      price: "s3/storage",
      place: stack.regionOf(resource),
      quantity: gb,
    },
  ];
};

export const volumeMeters: Formula = (resource, stack) =>
  blockDeviceMeters(resource.properties, {
    place: stack.regionOf(resource),
    path: "",
    what: "volume",
    typeProperty: "type",
    sizeProperty: "size",
  });

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
  readonly sizeProperty: "size" | "volumeSize";
  /** GB where the program gives no size. */
  readonly assumedGb?: number;
}

/** Storage of one EBS volume, alone or on an instance. */
export function blockDeviceMeters(properties: PropertyValue, device: BlockDevice): Meter[] {
  const { place, path, what } = device;
  const type = stringAt(properties, device.typeProperty) || DEFAULT_VOLUME_TYPE;
  if (isUnknown(type)) return [unknownInput(`${path}${device.typeProperty}`, place)];
  const size = numberAt(properties, device.sizeProperty);
  if (isUnknown(size)) return [unknownInput(`${path}${device.sizeProperty}`, place)];
  const gb = size ?? device.assumedGb;
  if (gb === undefined)
    return [unpriced(`${device.sizeProperty} is not set`, `${path}${device.sizeProperty}`, place)];
  const iops = numberAt(properties, "iops");
  const throughput = numberAt(properties, "throughput");
  if (isUnknown(iops) || isUnknown(throughput)) return [unknownInput(`${path}iops`, place)];
  if (type === "gp3" && (iops ?? 0) > GP3_IOPS_INCLUDED) {
    return [unpriced("gp3 operations above 3,000 have no price in the list", `${path}iops`, place)];
  }
  const storage: Meter = {
    kind: "metered",
    item: `${what}, ${amountText(gb, "GB")} ${type}${size === undefined ? " assumed" : ""}`,
    price: `ebs/${type}`,
    place,
    quantity: gb,
    ...(type === "gp2" ? { lever: "use gp3" } : {}),
  };
  const fast = type === "gp3" ? (throughput ?? 0) - GP3_THROUGHPUT_INCLUDED : 0;
  if (fast <= 0) return [storage];
  const extra: Meter = {
    kind: "metered",
    item: `${what} throughput, ${fast} MiB/s above the included ${GP3_THROUGHPUT_INCLUDED}`,
    price: "ebs/gp3-throughput",
    place,
    quantity: fast,
    lever: `set throughput to ${GP3_THROUGHPUT_INCLUDED}`,
  };
  return [storage, extra];
}

/** Every further volume that an instance declares. */
export function attachedVolumes(properties: PropertyValue, place: Place): Meter[] {
  const devices = listAt(properties, "ebsBlockDevices") ?? [];
  if (isUnknown(devices)) return [unknownInput("ebsBlockDevices", place)];
  return devices.flatMap((device, index) =>
    blockDeviceMeters(at(device), {
      place,
      path: `ebsBlockDevices[${index}].`,
      what: "volume",
      typeProperty: "volumeType",
      sizeProperty: "volumeSize",
    }),
  );
}
