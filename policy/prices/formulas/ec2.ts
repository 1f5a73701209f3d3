import { hasElasticIp } from "../../../model/interface-join";
import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { attachedVolumes, rootVolumeMeters, separateVolumes } from "./ebs";
import { type Formula, hourly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { type Launch, launchTemplate, TEMPLATE_DEVICES, templateLaunch } from "./launch";
import { imageLicence, windowsLicence } from "./licence";
import {
  addressMeter,
  addressMeters,
  machineHours,
  mappedVolumes,
  monitoringMeters,
  ON_DEMAND_NOTE,
  type OwnDevices,
  optimizedMeters,
  subnetsMapAddresses,
  tenancyProblem,
} from "./machine";
import { at, booleanAt, listAt, stringAt } from "./read";

const TEMPLATE_REFERENCE = { path: "launchTemplate", id: "id", name: "name" };

/** Hours of the instance, its volumes, its public address and its monitoring, running or not yet asked. */
export const instanceMeters: Formula = (instance, stack) => {
  const { properties } = instance;
  const place = stack.regionOf(instance);
  const launch = ownLaunch(instance, place, stack);
  if (launch === "unread") return [...ownHours(instance, place, stack), unreadTemplate(instance, place)];
  const inputs = new Inputs(properties, place);
  for (const flag of ["associatePublicIpAddress", "monitoring"]) inputs.check(flag, "flag");
  if (!inputs.sound) return inputs.or([]);
  const type = stringAt(properties, "instanceType") ?? launch?.instanceType;
  const tenancy = stringAt(properties, "tenancy");
  const watched = booleanAt(properties, "monitoring");
  const monitoring = monitoringMeters(watched ?? false, "monitoring", place);
  const hours = [
    ...tenantHours(type, tenancy, place, stack),
    ...optimizedMeters(type, booleanAt(properties, "ebsOptimized"), "ebsOptimized", place, stack),
    ...licence(instance, place, stack),
  ];
  const volumes = ownVolumes(instance, launch !== undefined, stack);
  if (!launch) return [...hours, ...volumes, ...monitoring, ...ownAddressMeters(instance, stack, place)];
  // What the instance says itself wins over its template, thing by thing.
  const extras = launch.extras(1, asksForAddress(instance, stack), {
    devices: ownDevices(instance),
    tenancy: isPresent(tenancy),
    monitoring: watched !== undefined,
    image: isPresent(properties.ami),
  });
  const counted = hasElasticIp(instance, stack.joins) ? extras.filter(isNoAddress) : extras;
  return [...hours, ...counted, ...volumes, ...monitoring];
};

/** What a licence adds to the hours, once. */
function licence(instance: StackResource, place: Place, stack: PricedStack): Meter[] {
  const windows = windowsLicence(instance, place);
  return windows.length > 0 ? windows : imageLicence(instance, "ami", place, stack);
}

/** Hardware of one's own costs more than the shared hours; on a dedicated host, the host bills in their place. */
function tenantHours(
  instanceType: MaybeUnknown<string> | undefined,
  tenancy: MaybeUnknown<string> | undefined,
  place: Place,
  stack: PricedStack,
): Meter[] {
  const problem = tenancyProblem(tenancy, "tenancy", place);
  if (tenancy === "host") return problem;
  return [...typeHours(instanceType, place, stack), ...problem];
}

function typeHours(
  instanceType: MaybeUnknown<string> | undefined,
  place: Place,
  stack: PricedStack,
): Meter[] {
  if (isUnknown(instanceType)) return [unknownInput("instanceType", place)];
  if (!instanceType) return [unpriced("instanceType is not set", "instanceType", place)];
  return machineHours([{ instanceType, count: 1 }], place, stack);
}

/** What an instance runs for certain where its template is not read: its own type wins over the template's. */
function ownHours(instance: StackResource, place: Place, stack: PricedStack): Meter[] {
  const { properties } = instance;
  const type = stringAt(properties, "instanceType");
  const hours = type ? tenantHours(type, stringAt(properties, "tenancy"), place, stack) : [];
  return [...hours, ...licence(instance, place, stack)];
}

/** Every volume that the instance starts with, those of its template among them. */
export function instanceVolumes(instance: StackResource, stack: PricedStack): Meter[] {
  const template = launchTemplate(instance, TEMPLATE_REFERENCE, stack);
  const own = ownVolumes(instance, template !== undefined, stack);
  if (!template) return own;
  const mapped = mappedVolumes(template.properties, TEMPLATE_DEVICES, {
    place: stack.regionOf(instance),
    count: 1,
    rootGb: stack.assumptions.rootVolumeGb,
    own: ownDevices(instance),
  });
  return [...own, ...mapped];
}

/** A template brings the root volume where the instance says nothing of it. */
function ownVolumes(instance: StackResource, hasTemplate: boolean, stack: PricedStack): Meter[] {
  const { properties } = instance;
  const place = stack.regionOf(instance);
  return [
    ...(hasTemplate && !isPresent(properties.rootBlockDevice)
      ? []
      : rootVolumeMeters(at(properties, "rootBlockDevice"), stack, { place, path: "rootBlockDevice." })),
    ...attachedVolumes(properties, place, 1, separateVolumes(instance, stack)),
  ];
}

function ownDevices({ properties }: StackResource): OwnDevices {
  return { root: isPresent(properties.rootBlockDevice), names: deviceNames(properties) };
}

function deviceNames(properties: StackResource["properties"]): string[] {
  const devices = listAt(properties, "ebsBlockDevices") ?? [];
  if (isUnknown(devices)) return [];
  return devices.map((device) => stringAt(device, "deviceName")).filter((name) => typeof name === "string");
}

/** A template of another stack can add volumes, monitoring and hardware that nothing here tells. */
function unreadTemplate({ properties }: StackResource, place: Place): Meter {
  const template = properties.launchTemplate;
  const id = [template, at(template, "id"), at(template, "name")];
  if (id.some(isUnknown)) return unknownInput("launchTemplate", place);
  return unpriced("its launch template is not in this stack and cannot be read", "launchTemplate", place);
}

function ownLaunch(instance: StackResource, place: Place, stack: PricedStack): Launch | "unread" | undefined {
  if (!isPresent(instance.properties.launchTemplate)) return undefined;
  const template = launchTemplate(instance, TEMPLATE_REFERENCE, stack);
  return template ? templateLaunch(template, place, stack) : "unread";
}

function isNoAddress(meter: Meter): boolean {
  return meter.kind !== "metered" || meter.price !== "ec2/public-ipv4";
}

/** A spot price moves; the price on demand is its bound. */
export const spotInstanceMeters: Formula = (instance, stack) =>
  instanceMeters(instance, stack).map((meter) =>
    meter.kind === "metered" && meter.price.startsWith("ec2/instance/")
      ? { ...meter, note: `the bound of its spot price; ${ON_DEMAND_NOTE}` }
      : meter,
  );

/** An address that the subnet or the instance asks for; an Elastic IP takes its place and bills by itself. */
function ownAddressMeters(instance: StackResource, stack: PricedStack, place: Place): Meter[] {
  if (hasElasticIp(instance, stack.joins)) return [];
  return addressMeters(asksForAddress(instance, stack), "associatePublicIpAddress", place, 1);
}

function asksForAddress(instance: StackResource, stack: PricedStack): MaybeUnknown<boolean> {
  const own = booleanAt(instance.properties, "associatePublicIpAddress");
  if (own !== undefined) return own;
  // Only an interface that AWS makes at the start gets an address of its own (EC2 API, RunInstances).
  const primary = at(instance.properties, "primaryNetworkInterface");
  if (isUnknown(primary)) return UNKNOWN;
  if (isPresent(primary)) {
    // Its id is required, so a value without one is not read at all.
    const isRead = stringAt(primary, "networkInterfaceId") !== undefined;
    return isRead ? isPresent(stringAt(instance.properties, "publicIp")) : UNKNOWN;
  }
  const subnet = stack.reference(instance, "subnetId", "aws:ec2/subnet:Subnet");
  if (subnet) return subnetsMapAddresses(instance, "subnetId", stack);
  // The default subnets of a region map public addresses, and a foreign subnet may.
  const interfaces = listAt(instance.properties, "networkInterfaces");
  if (isUnknown(interfaces)) return UNKNOWN;
  return isPresent(stringAt(instance.properties, "publicIp")) || interfaces === undefined;
}

/** Pools of addresses that one brings oneself are named so; that of AWS is `amazon`. */
const OWN_POOL = "ipv4pool-ec2-";

/**
 * Charged in use as well as idle since February 2024, unless it is of a range that the account brought itself (VPC
 * pricing page, "Public IPv4 Address"). A pool of IPAM may be one of AWS's ranges, which is charged.
 */
export const elasticIpMeters: Formula = (resource, stack) => {
  const { publicIpv4Pool: pool, ipamPoolId } = resource.properties;
  const isOwn = typeof pool === "string" && pool.startsWith(OWN_POOL) && (ipamPoolId ?? "") === "";
  return isOwn ? [] : [addressMeter(1, stack.regionOf(resource))];
};

/** A reservation bills what its instances would, used or not. */
export const capacityReservationMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const platform = inputs.text("instancePlatform");
  const instanceType = inputs.text("instanceType");
  const count = inputs.number("instanceCount");
  if (inputs.sound && platform !== "Linux/UNIX") {
    inputs.refuse(`${platform} has no price in the list`, "instancePlatform");
  }
  const tenancy = tenancyProblem(stringAt(resource.properties, "tenancy"), "tenancy", place);
  const hours = machineHours([{ instanceType, count }], place, stack);
  return inputs.or([...reserved(hours), ...tenancy]);
};

function reserved(hours: readonly Meter[]): Meter[] {
  return hours.map((meter) =>
    meter.kind === "metered"
      ? {
          ...meter,
          item: `reserved ${meter.item}`,
          note: "billed used or not, and not again by an instance that fills it",
          lever: "cancel the reservation",
          leaves: undefined,
        }
      : meter,
  );
}

/** A host bills by its family, whatever runs on it. */
export const dedicatedHostMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const family = inputs.has("instanceFamily")
    ? inputs.text("instanceFamily")
    : (inputs.text("instanceType").split(".")[0] ?? "");
  return inputs.or(
    hourly(`dedicated host of the ${family} family`, `ec2/dedicated-host/${family}`, place, 1, {
      lever: "use shared tenancy",
    }),
  );
};

/** The advanced tier, which is the default, bills every active address of the account; one is the least. */
export const ipamMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const tier = inputs.text("tier", "advanced");
  if (tier === "free") return inputs.or([]);
  return inputs.or(
    hourly("IPAM, one active address at least", "vpc/ipam-advanced-address", place, 1, {
      lever: "set tier to free",
    }),
  );
};
