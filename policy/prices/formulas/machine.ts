import { HOURS_PER_MONTH } from "../../../model/money";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { type BlockDevice, blockDeviceMeters } from "./ebs";
import { amountText, dearest, hourly, stored, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { at, booleanAt, listAt, stringAt } from "./read";

const SUBNET = "aws:ec2/subnet:Subnet";

/** An instance's basic metrics are free; detailed monitoring publishes seven at the custom price. */
const DETAILED_METRICS = 7;
export const ON_DEMAND_NOTE = "Linux on demand; an image with a licence costs more";
const SMALLEST = "t4g.nano";
const SMALLER_LEVER = `use a smaller size (${SMALLEST} is the smallest)`;

/** One kind of machine that may be started, and how many of that kind. */
export interface Choice {
  readonly instanceType: string;
  readonly count: number;
}

/** Hours of machines; where AWS chooses among several kinds, the dearest counts. */
export function machineHours(choices: readonly Choice[], place: Place, stack: PricedStack): Meter[] {
  const note =
    choices.length > 1 ? `the dearest of ${choices.length} types; ${ON_DEMAND_NOTE}` : ON_DEMAND_NOTE;
  const hours = choices.flatMap(({ instanceType, count }) =>
    hourly(
      `${instanceType} instance, ${amountText(HOURS_PER_MONTH, "h")}`,
      `ec2/instance/${instanceType}`,
      place,
      count,
      {
        note,
        ...(instanceType !== SMALLEST && {
          lever: SMALLER_LEVER,
          leaves: { price: `ec2/instance/${SMALLEST}` },
        }),
      },
    ),
  );
  return dearest(hours, stack);
}

/**
 * Families of previous generations for which EBS optimization is a choice with an hourly price. Every later one
 * includes it, and t1 and t2 have none (Amazon EC2 user guide, "EBS-optimized instance types").
 */
const OPTIMIZED_AT_A_PRICE: readonly string[] = ["c1", "c3", "g2", "i2", "m1", "m2", "m3", "r3"];

/** What bandwidth to its volumes of its own adds to a machine's hours. */
export function optimizedMeters(
  instanceType: MaybeUnknown<string> | undefined,
  optimized: MaybeUnknown<boolean> | undefined,
  path: string,
  place: Place,
  stack: PricedStack,
  count = 1,
): Meter[] {
  if (typeof instanceType !== "string" || !optimized || count === 0) return [];
  const [family = ""] = instanceType.split(".");
  if (!OPTIMIZED_AT_A_PRICE.includes(family)) return [];
  if (isUnknown(optimized)) return [unknownInput(path, place)];
  const price = `ec2/ebs-optimized/${instanceType}`;
  const item = `ebsOptimized on ${instanceType}`;
  if (!stack.prices.has(price)) {
    const why = `the list has no price for ${item}, which bills by the hour; set it to false, or use a later type`;
    return [unpriced(why, path, place)];
  }
  return hourly(item, price, place, count, { lever: "set ebsOptimized to false, or use a later type" });
}

/** Where the volumes of a machine are declared. */
export interface Volumes {
  readonly place: Place;
  readonly count: number;
  readonly rootGb: number;
  /** Devices that the machine declares itself, which take the place of those mapped here. */
  readonly own?: OwnDevices;
}

/** Devices that a machine declares besides its template. */
export interface OwnDevices {
  readonly root: boolean;
  readonly names: readonly string[];
}

/** Volumes of a launch template: mappings with their storage under `ebs`, the root volume among them or not. */
export function mappedVolumes(properties: PropertyValue, path: string, volumes: Volumes): Meter[] {
  const { place, count, rootGb, own } = volumes;
  const inputs = new Inputs(properties, place);
  const mappings = inputs.list(path);
  const isRoot = (mapping: PropertyValue) => {
    const device = stringAt(mapping, "deviceName");
    return typeof device === "string" && ROOT_DEVICES.includes(device);
  };
  const isOwn = (mapping: PropertyValue) => {
    const device = stringAt(mapping, "deviceName");
    if (own?.root && isRoot(mapping)) return true;
    return typeof device === "string" && own?.names.includes(device) === true;
  };
  const hasRoot = own?.root === true || mappings.some(isRoot);
  const root: Meter[] = hasRoot
    ? []
    : blockDeviceMeters({}, { ...DEVICE, place, path: "", what: "root volume", assumedGb: rootGb, count });
  const declared = mappings.flatMap((mapping, index) => {
    if (isUnknown(mapping)) return [unknownInput(`${path}[${index}]`, place)];
    if (isOwn(mapping)) return [];
    return blockDeviceMeters(at(mapping, "ebs"), {
      ...DEVICE,
      place,
      path: `${path}[${index}].ebs.`,
      what: isRoot(mapping) ? "root volume" : "volume",
      count,
      ...(isRoot(mapping) ? { assumedGb: rootGb } : {}),
    });
  });
  return inputs.or([...root, ...declared]);
}

const DEVICE: Pick<BlockDevice, "typeProperty" | "sizeProperty"> = {
  typeProperty: "volumeType",
  sizeProperty: "volumeSize",
};

/** Names under which images of AWS mount their root volume. */
const ROOT_DEVICES: readonly string[] = ["/dev/xvda", "/dev/sda1", "/dev/sda"];

export function monitoringMeters(
  enabled: MaybeUnknown<boolean>,
  path: string,
  place: Place,
  count = 1,
): Meter[] {
  if (isUnknown(enabled)) return [unknownInput(path, place)];
  if (!enabled || count === 0) return [];
  const metrics = DETAILED_METRICS * count;
  const lever = "set monitoring to false";
  return stored(`detailed monitoring, ${metrics} metrics`, "ec2/detailed-monitoring", place, metrics, {
    lever,
  });
}

/** Anything but shared hardware has a price of its own. */
export function tenancyProblem(
  tenancy: MaybeUnknown<string> | undefined,
  path: string,
  place: Place,
): Meter[] {
  if (isUnknown(tenancy)) return [unknownInput(path, place)];
  if (tenancy === undefined || tenancy === "" || tenancy === "default") return [];
  return [unpriced(`${tenancy} tenancy has no price in the list`, path, place)];
}

export function addressMeter(count: number, place: Place): Meter {
  return {
    kind: "metered",
    item: count === 1 ? "public IPv4 address" : `${count} public IPv4 addresses`,
    price: "ec2/public-ipv4",
    place,
    quantity: count * HOURS_PER_MONTH,
    lever: "serve over IPv6, or from a service that brings its own addresses",
  };
}

export function addressMeters(
  asked: MaybeUnknown<boolean>,
  path: string,
  place: Place,
  count: number,
): Meter[] {
  if (count === 0) return [];
  if (isUnknown(asked)) return [unknownInput(path, place)];
  return asked ? [addressMeter(count, place)] : [];
}

/**
 * Whether subnets give a public address to what starts in them. A subnet that is not in the stack may, and so
 * may the default subnets of a region.
 */
export function subnetsMapAddresses(
  resource: StackResource,
  property: string,
  stack: PricedStack,
  value: PropertyValue = resource.properties[property],
): MaybeUnknown<boolean> {
  const found = stack.references(resource, property, SUBNET, value);
  const known = listAt(value);
  const expected = Array.isArray(known) ? known.length : 1;
  const mapped = found.map((subnet) => booleanAt(stack.asWritten(subnet).properties, "mapPublicIpOnLaunch"));
  if (mapped.some((one) => one === true)) return true;
  if (mapped.some(isUnknown)) return UNKNOWN;
  return found.length < expected || found.length === 0;
}
