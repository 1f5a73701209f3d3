import { ipv4Range } from "../../model/cidr";
import { isPresent } from "../../model/property";
import type { Properties, PropertyValue } from "../../model/unknown";
import { ROUTE, ROUTE_TABLE_ASSOCIATION } from "./aws/ec2-route";
import { INTERNET_GATEWAY, ROUTE_TABLE, SUBNET, VPC } from "./aws/ec2-vpc";
import { text, texts, whole } from "./aws/known";
import { isObject } from "./aws/property-path";
import { Refusal } from "./aws/refusal";

export const AWSX_VPC = "awsx:ec2:Vpc";

/** A child as the component registers it. */
export interface Child {
  readonly type: string;
  readonly name: string;
  /** URN of the resource it hangs under. */
  readonly parent: string;
  readonly inputs: Properties;
  /** URNs by the input that refers to them. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

export interface ChildMade {
  readonly urn: string;
  readonly id: string;
}

export interface Constructed {
  readonly outputs: Properties;
  /** URNs that each output comes from. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Arguments that the stand-in plays; awsx has more. */
const ARGUMENTS = [
  "availabilityZoneNames",
  "cidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "natGateways",
  "numberOfAvailabilityZones",
  "region",
  "subnetSpecs",
  "subnetStrategy",
  "tags",
];

/** awsx takes three zones and a block of its own where the program names none. */
const ZONES = 3;
const CIDR_BLOCK = "10.0.0.0/16";
/** The smallest mask that its older strategy gives a public subnet. */
const PUBLIC_MASK_MIN = 20;

/**
 * Makes what `awsx.ec2.Vpc` 3.x makes for public subnets without NAT gateways: a VPC and a gateway, and in each
 * zone a subnet, a route table, its association and a route to the gateway. Under the real engine the real
 * awsx does it.
 *
 * @param zones every zone of the region, in order.
 * @param make registers one child.
 * @throws Refusal for arguments that it does not play.
 */
export function constructVpc(
  component: { readonly urn: string; readonly name: string; readonly args: Properties },
  zones: readonly string[],
  make: (child: Child) => ChildMade,
): Constructed {
  const { urn, name, args } = component;
  const { specName, mask, specTags } = publicSpec(component);
  const region = given(args, "region");
  const tags = { Name: name, ...objectAt(args.tags) };
  const cidrBlock = text(args, "cidrBlock") || CIDR_BLOCK;
  const names = zoneNames(component, zones);
  const vpc = make({
    type: VPC,
    name,
    parent: urn,
    inputs: {
      ...region,
      cidrBlock,
      ...given(args, "enableDnsHostnames"),
      ...given(args, "enableDnsSupport"),
      tags,
    },
    references: {},
  });
  const inVpc: Properties = { ...region, vpcId: vpc.id };
  const gateway = make({
    type: INTERNET_GATEWAY,
    name,
    parent: vpc.urn,
    inputs: { ...inVpc, tags },
    references: { vpcId: [vpc.urn] },
  });
  const subnets = names.map((availabilityZone, index) => {
    const own = `${name}-${specName}-${index + 1}`;
    const ownTags = { ...tags, Name: own, SubnetType: "Public" };
    const subnet = make({
      type: SUBNET,
      name: own,
      parent: vpc.urn,
      inputs: {
        ...inVpc,
        assignIpv6AddressOnCreation: false,
        availabilityZone,
        cidrBlock: subnetBlock(cidrBlock, names.length, index, mask),
        mapPublicIpOnLaunch: true,
        tags: { ...tags, ...specTags, Name: own, SubnetType: "Public" },
      },
      references: { vpcId: [vpc.urn] },
    });
    const table = make({
      type: ROUTE_TABLE,
      name: own,
      parent: subnet.urn,
      inputs: { ...inVpc, tags: ownTags },
      references: { vpcId: [vpc.urn] },
    });
    make({
      type: ROUTE_TABLE_ASSOCIATION,
      name: own,
      parent: table.urn,
      inputs: { ...region, routeTableId: table.id, subnetId: subnet.id },
      references: { routeTableId: [table.urn], subnetId: [subnet.urn] },
    });
    make({
      type: ROUTE,
      name: own,
      parent: table.urn,
      inputs: { ...region, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id, routeTableId: table.id },
      references: { gatewayId: [gateway.urn], routeTableId: [table.urn] },
    });
    return subnet;
  });
  const made = [vpc, ...subnets].map(({ urn }) => urn);
  return {
    outputs: {
      vpcId: vpc.id,
      publicSubnetIds: subnets.map(({ id }) => id),
      privateSubnetIds: [],
      isolatedSubnetIds: [],
    },
    // awsx gives its outputs out together.
    dependencies: { vpcId: made, publicSubnetIds: made },
  };
}

/** The one kind of subnet that every zone gets. */
function publicSpec({ name, args }: { readonly name: string; readonly args: Properties }) {
  const specs = Array.isArray(args.subnetSpecs) ? args.subnetSpecs : [];
  const faults = Object.keys(args)
    .filter((key) => isPresent(args[key]) && !ARGUMENTS.includes(key))
    .map((key) => `${key} is not known to the stand-in`);
  if (text(args, "natGateways", "strategy") !== "None")
    faults.push('natGateways.strategy is not "None", and a NAT gateway bills while idle');
  if (specs.length !== 1 || text(specs[0], "type").toLowerCase() !== "public")
    faults.push('subnetSpecs is not one of type "Public"');
  const strategy = text(args, "subnetStrategy") || "Legacy";
  const mask = whole(specs[0], "cidrMask");
  if (strategy !== "Legacy" && (strategy !== "Auto" || mask === undefined))
    faults.push(`subnetStrategy ${strategy} is played as Auto only, with cidrMask in the spec`);
  if (faults.length > 0)
    throw new Refusal(
      faults.map(
        (fault) =>
          `${AWSX_VPC} ${JSON.stringify(name)}: ${fault}; rehearse an exported state with --state FILE`,
      ),
    );
  return {
    specName: text(specs[0], "name") || "public",
    mask,
    specTags: objectAt(isObject(specs[0]) ? specs[0].tags : undefined),
  };
}

function zoneNames(
  { name, args }: { readonly name: string; readonly args: Properties },
  zones: readonly string[],
): readonly string[] {
  const named = texts(args, "availabilityZoneNames");
  if (named.length > 0) return named;
  const count = whole(args, "numberOfAvailabilityZones") ?? ZONES;
  if (zones.length >= count) return zones.slice(0, count);
  throw new Refusal([
    `${AWSX_VPC} ${JSON.stringify(name)}: the region has ${zones.length} zones, got numberOfAvailabilityZones ${count}; name the zones in availabilityZoneNames`,
  ]);
}

/** The first block of a zone's share, which is an even part of the VPC's block. */
function subnetBlock(cidrBlock: string, zones: number, index: number, mask: number | undefined): string {
  const first = ipv4Range(cidrBlock)?.first ?? 0;
  const zoneMask = Number(cidrBlock.split("/")[1]) + Math.ceil(Math.log2(zones));
  const start = first + index * 2 ** (32 - zoneMask);
  const address = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
  return `${address}/${mask ?? Math.max(zoneMask, PUBLIC_MASK_MIN)}`;
}

function given(args: Properties, key: string): Properties {
  return isPresent(args[key]) ? { [key]: args[key] } : {};
}

function objectAt(value: PropertyValue): Properties {
  return isObject(value) ? value : {};
}
