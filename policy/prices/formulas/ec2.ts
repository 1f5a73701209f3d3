import { HOURS_PER_MONTH } from "../../../model/money";
import { at, booleanAt, isPresent, stringAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, unknownInput, unpriced } from "./formula";
import { attachedVolumes, blockDeviceMeters } from "./storage";

/** An instance's basic metrics are free; detailed monitoring publishes seven at the custom price. */
const DETAILED_METRICS = 7;

/** Hours of the instance, its volumes, its public address and its monitoring, running or not yet asked. */
export const instanceMeters: Formula = (instance, stack) => {
  const { properties } = instance;
  const place = stack.regionOf(instance);
  const type = stringAt(properties, "instanceType");
  if (isUnknown(type)) return [unknownInput("instanceType", place)];
  if (type === undefined) return [unpriced("instanceType is not set", "instanceType", place)];
  const tenancy = stringAt(properties, "tenancy");
  if (isUnknown(tenancy)) return [unknownInput("tenancy", place)];
  if (tenancy !== undefined && tenancy !== "" && tenancy !== "default") {
    return [unpriced(`${tenancy} tenancy has no price in the list`, "tenancy", place)];
  }
  const monitoring = booleanAt(properties, "monitoring");
  if (isUnknown(monitoring)) return [unknownInput("monitoring", place)];
  const meters: Meter[] = [
    {
      kind: "metered",
      item: `${type} instance, ${amountText(HOURS_PER_MONTH, "h")}`,
      price: `ec2/instance/${type}`,
      place,
      quantity: HOURS_PER_MONTH,
      note: "Linux on demand; an image with a licence costs more",
      lever: "use a smaller size (t4g.nano is the smallest)",
    },
    ...blockDeviceMeters(at(properties, "rootBlockDevice"), {
      place,
      path: "rootBlockDevice.",
      what: "root volume",
      typeProperty: "volumeType",
      sizeProperty: "volumeSize",
      assumedGb: stack.assumptions.rootVolumeGb,
    }),
    ...attachedVolumes(properties, place),
  ];
  if (monitoring) {
    meters.push({
      kind: "metered",
      item: `detailed monitoring, ${DETAILED_METRICS} metrics`,
      price: "ec2/detailed-monitoring",
      place,
      quantity: DETAILED_METRICS,
      lever: "set monitoring to false",
    });
  }
  return [...meters, ...ownAddressMeters(instance, stack, place)];
};

/** An address that the subnet or the instance asks for; an Elastic IP takes its place and bills by itself. */
function ownAddressMeters(instance: StackResource, stack: PricedStack, place: Place): Meter[] {
  const elastic =
    stack.referring(instance, "instance", "aws:ec2/eip:Eip").length +
    stack.referring(instance, "instanceId", "aws:ec2/eipAssociation:EipAssociation").length;
  if (elastic > 0) return [];
  const asked = asksForAddress(instance, stack);
  if (isUnknown(asked)) return [unknownInput("associatePublicIpAddress", place)];
  return asked ? [addressMeter(1, place)] : [];
}

function asksForAddress(instance: StackResource, stack: PricedStack): MaybeUnknown<boolean> {
  const own = booleanAt(instance.properties, "associatePublicIpAddress");
  if (own !== undefined && !isUnknown(own)) return own;
  const subnet = stack.reference(instance, "subnetId", "aws:ec2/subnet:Subnet");
  if (subnet) return booleanAt(subnet.properties, "mapPublicIpOnLaunch") ?? false;
  // The default subnets of a region map public addresses, and a foreign subnet may.
  return (
    isPresent(stringAt(instance.properties, "publicIp")) || !isPresent(instance.properties.networkInterfaces)
  );
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

/** Charged in use as well as idle since February 2024. */
export const elasticIpMeters: Formula = (resource, stack) => [addressMeter(1, stack.regionOf(resource))];
