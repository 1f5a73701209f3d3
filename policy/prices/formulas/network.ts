import { HOURS_PER_MONTH } from "../../../model/money";
import { at } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { amountText, type Formula, hourly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { addressMeter } from "./machine";
import { booleanAt, listAt, numberAt, stringAt } from "./read";

/** By the hour; its address is an Elastic IP, which is a resource of its own. */
export const natGatewayMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const mode = stringAt(resource.properties, "availabilityMode");
  return [
    ...furtherZones(mode, place),
    {
      kind: "metered",
      item: `NAT gateway, ${amountText(HOURS_PER_MONTH, "h")}`,
      price: "vpc/nat-gateway",
      place,
      quantity: HOURS_PER_MONTH,
      lever: "do without: a public subnet, IPv6 egress or gateway endpoints",
    },
  ];
};

/** A regional gateway bills in one zone at least. */
function furtherZones(mode: MaybeUnknown<string> | undefined, place: Place): Meter[] {
  if (isUnknown(mode)) return [unknownInput("availabilityMode", place)];
  if (mode !== "regional") return [];
  const why = "a regional gateway bills in every further zone that it serves, whose number is not told";
  return [unpriced(why, "availabilityMode", place)];
}

/** By the hour, and one public address in every subnet where it faces the internet. */
export const loadBalancerMeters: Formula = (resource, stack) => {
  const { properties } = resource;
  const place = stack.regionOf(resource);
  const type = stringAt(properties, "loadBalancerType") ?? "application";
  if (isUnknown(type)) return [unknownInput("loadBalancerType", place)];
  const hours: Meter = {
    kind: "metered",
    item: `${type} load balancer, ${amountText(HOURS_PER_MONTH, "h")}`,
    price: `elb/${type}`,
    place,
    quantity: HOURS_PER_MONTH,
    note: "capacity units come on top once it is used",
    lever: "serve through an HTTP API, which has no hourly price",
  };
  // A gateway load balancer is entered through its endpoints alone.
  const addresses = type === "gateway" ? [] : balancerAddresses(resource, place);
  return [hours, ...addresses, ...reservedCapacity(resource, place)];
};

/** Capacity units that are kept whether or not requests come. */
function reservedCapacity({ properties }: StackResource, place: Place): Meter[] {
  const path = "minimumLoadBalancerCapacity.capacityUnits";
  const units = numberAt(properties, "minimumLoadBalancerCapacity", "capacityUnits") ?? 0;
  if (isUnknown(units)) return [unknownInput(path, place)];
  return units > 0 ? [unpriced("reserved capacity units have no price in the list", path, place)] : [];
}

function balancerAddresses({ properties }: StackResource, place: Place): Meter[] {
  const internal = booleanAt(properties, "internal") ?? false;
  if (isUnknown(internal)) return [unknownInput("internal", place)];
  if (internal) return [];
  const addressType = stringAt(properties, "ipAddressType");
  if (isUnknown(addressType)) return [unknownInput("ipAddressType", place)];
  if (addressType === "dualstack-without-public-ipv4") return [];
  const mappings = listAt(properties, "subnetMappings");
  const subnets = listAt(properties, "subnets");
  if (isUnknown(mappings)) return [unknownInput("subnetMappings", place)];
  if (mappings && mappings.length > 0) {
    // A mapping with an allocation uses an Elastic IP, which is a resource of its own.
    const bare = mappings.filter((mapping) => !isAllocated(mapping)).length;
    return bare === 0 ? [] : [addressMeter(bare, place)];
  }
  if (isUnknown(subnets)) return [unknownInput("subnets", place)];
  if (!subnets || subnets.length === 0) return [unpriced("its subnets are not set", "subnets", place)];
  return [addressMeter(subnets.length, place)];
}

/** An id that is not known yet is one all the same; what can be no id is none. */
function isAllocated(mapping: PropertyValue): boolean {
  const allocationId = at(mapping, "allocationId");
  return (
    (isUnknown(allocationId) && !isUnknown(mapping)) ||
    (typeof allocationId === "string" && allocationId !== "")
  );
}

/** A classic balancer names its zones itself where it is in no subnets. */
export const classicBalancerMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const internal = inputs.flag("internal", false);
  const zones = Math.max(inputs.list("subnets").length, inputs.list("availabilityZones").length);
  if (inputs.sound && !internal && zones === 0) inputs.refuse("its subnets are not set", "subnets");
  const hours = hourly(
    `classic load balancer, ${amountText(HOURS_PER_MONTH, "h")}`,
    "elb/classic",
    place,
    1,
    {
      note: "data that it carries comes on top once it is used",
      lever: "serve through an HTTP API, which has no hourly price",
    },
  );
  return [...hours, ...inputs.or(internal ? [] : [addressMeter(zones, place)])];
};

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ENDPOINT_SUBNET = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation";
const ENDPOINT_PRICES: Readonly<Record<string, string>> = {
  Interface: "vpc/interface-endpoint",
  GatewayLoadBalancer: "vpc/gateway-load-balancer-endpoint",
};

/** Gateway endpoints, the default, are free; the others bill by the hour in every zone. */
export const vpcEndpointMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const type = stringAt(resource.properties, "vpcEndpointType") || "Gateway";
  if (isUnknown(type)) return [unknownInput("vpcEndpointType", place)];
  if (type === "Gateway") return [];
  const price = ENDPOINT_PRICES[type];
  if (!price) return [unpriced(`${type} endpoints have no price in the list`, "vpcEndpointType", place)];
  const zones = zoneCount(resource);
  if (isUnknown(zones)) return [unknownInput("subnetIds", place)];
  if (zones === 0) {
    // Zones that are associated apart count there.
    const separate = stack.referring(resource, "vpcEndpointId", ENDPOINT_SUBNET);
    return separate.length > 0 ? [] : [unpriced("its zones are not set", "subnetIds", place)];
  }
  return [
    {
      kind: "metered",
      item: `${type === "Interface" ? "interface" : "load balancer"} endpoint in ${zones} ${zones === 1 ? "zone" : "zones"}`,
      price,
      place,
      quantity: zones * HOURS_PER_MONTH,
      lever: "use a gateway endpoint or the public endpoint, in fewer zones",
    },
  ];
};

function zoneCount({ properties }: StackResource): MaybeUnknown<number> {
  const subnets = listAt(properties, "subnetIds");
  const configured = listAt(properties, "subnetConfigurations");
  if (isUnknown(subnets) || isUnknown(configured))
    return (isUnknown(subnets) ? subnets : configured) as MaybeUnknown<number>;
  return Math.max(subnets?.length ?? 0, configured?.length ?? 0);
}

/** Adds one zone to an interface endpoint, once: AWS reports the subnet among the endpoint's own after a refresh. */
export const endpointSubnetMeters: Formula = (resource, stack) => {
  const endpoint = stack.reference(resource, "vpcEndpointId", ENDPOINT);
  const subnets = endpoint ? listAt(stack.asWritten(endpoint).properties, "subnetIds") : undefined;
  const { subnetId } = resource.properties;
  if (typeof subnetId === "string" && Array.isArray(subnets) && subnets.includes(subnetId)) return [];
  return [
    {
      kind: "metered",
      item: "interface endpoint in one more zone",
      price: "vpc/interface-endpoint",
      place: stack.regionOf(resource),
      quantity: HOURS_PER_MONTH,
    },
  ];
};
