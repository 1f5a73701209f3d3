import { ipv4Range } from "../../../model/cidr";
import { isPresent, numberAt } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Account } from "./account";
import { arn } from "./arn";
import { availabilityZoneId, availabilityZones } from "./availability-zone";
import { ec2Id } from "./ec2-names";
import { hex } from "./identifier";
import { isOn, text } from "./known";
import { isObject } from "./property-path";
import { exactlyOneOf, listed, oneOf, onPresent, show } from "./property-rules";
import { findHere, unreachable } from "./reference";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const INSTANCE = "aws:ec2/instance:Instance";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";

/** Why a text is no address block whose bits outside the mask are zero; undefined if it is one. */
function blockProblem(value: PropertyValue): string | undefined {
  const range = typeof value === "string" && value.includes("/") ? ipv4Range(value) : undefined;
  if (range === undefined) return `AWS takes an IPv4 block such as 10.0.0.0/16, got ${show(value)}`;
  const [address = "", bits = ""] = String(value).split("/");
  if (ipv4Range(address)?.first === range.first) return undefined;
  const base = [24, 16, 8, 0].map((shift) => Math.floor(range.first / 2 ** shift) % 256).join(".");
  return `${show(value)} has bits outside its mask; write ${base}/${bits}`;
}

/** VPCs and subnets are between /16 and /28 (VPC user guide, "VPC CIDR blocks"). */
const networkBlock = onPresent("cidrBlock", (value) => {
  const wrong = blockProblem(value);
  if (wrong !== undefined) return wrong;
  const bits = Number(String(value).split("/")[1]);
  return bits >= 16 && bits <= 28 ? undefined : `AWS takes a mask from /16 to /28, got ${show(value)}`;
});

/** Why a reference to a VPC leads nowhere. */
export function missingVpc(making: Making): string | undefined {
  return unreachable(making, VPC, text(making.inputs, "vpcId"), "VPC", "InvalidVpcID.NotFound");
}

/** What is in a VPC by its `vpcId`, of the given types. */
function firstIn(account: Account, vpcId: string, types: readonly string[]) {
  return types
    .flatMap((type) => account.list(type))
    .find(({ properties }) => text(properties, "vpcId") === vpcId);
}

const vpc: ResourceType = {
  token: VPC,
  inputs: words(`assignGeneratedIpv6CidrBlock cidrBlock enableDnsHostnames enableDnsSupport
    enableNetworkAddressUsageMetrics instanceTenancy ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock
    ipv6CidrBlockNetworkBorderGroup ipv6IpamPoolId ipv6NetmaskLength region tags`),
  replaceOn: words("cidrBlock ipv4IpamPoolId ipv4NetmaskLength region"),
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  computed: words(`arn cidrBlock defaultNetworkAclId defaultRouteTableId defaultSecurityGroupId dhcpOptionsId
    enableDnsHostnames enableNetworkAddressUsageMetrics ipv6AssociationId ipv6CidrBlock
    ipv6CidrBlockNetworkBorderGroup mainRouteTableId ownerId`),
  rules: [
    exactlyOneOf("cidrBlock", "ipv4IpamPoolId"),
    networkBlock,
    oneOf("instanceTenancy", ["default", "dedicated"]),
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const id = ec2Id("vpc", seed);
    const hasIpv6 = isOn(inputs, "assignGeneratedIpv6CidrBlock");
    const bits = numberAt(inputs, "ipv4NetmaskLength");
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `vpc/${id}`),
        cidrBlock: inputs.cidrBlock ?? `10.0.0.0/${isUnknown(bits) ? 16 : (bits ?? 16)}`,
        defaultNetworkAclId: ec2Id("acl", seed),
        defaultRouteTableId: ec2Id("rtb", seed),
        defaultSecurityGroupId: ec2Id("sg", seed),
        dhcpOptionsId: ec2Id("dopt", `${accountId} ${region}`),
        enableDnsHostnames: inputs.enableDnsHostnames ?? false,
        enableNetworkAddressUsageMetrics: inputs.enableNetworkAddressUsageMetrics ?? false,
        ipv6AssociationId: hasIpv6 ? ec2Id("vpc-cidr-assoc", seed) : "",
        ipv6CidrBlock:
          inputs.ipv6CidrBlock ??
          (hasIpv6 ? `2001:db8:${hex(seed, 4)}:${hex(`${seed} ipv6`, 2)}00::/56` : ""),
        ipv6CidrBlockNetworkBorderGroup: inputs.ipv6CidrBlockNetworkBorderGroup ?? (hasIpv6 ? region : ""),
        mainRouteTableId: ec2Id("rtb", seed),
        ownerId: accountId,
      },
    };
  },
  keeps: ({ id }, account) => {
    const held = firstIn(account, id, [SUBNET, INTERNET_GATEWAY, SECURITY_GROUP, ROUTE_TABLE]);
    return held && `${held.id} is still in it (DependencyViolation); delete that first`;
  },
};

const zoneInRegion: Rule = onPresent("availabilityZone", (value, { region }) =>
  typeof region !== "string" || availabilityZones(region).includes(String(value))
    ? undefined
    : `${region} has ${listed(availabilityZones(region))}, got ${show(value)}`,
);

const subnet: ResourceType = {
  token: SUBNET,
  inputs:
    words(`assignIpv6AddressOnCreation availabilityZone availabilityZoneId cidrBlock customerOwnedIpv4Pool
    enableDns64 enableLniAtDeviceIndex enableResourceNameDnsARecordOnLaunch
    enableResourceNameDnsAaaaRecordOnLaunch ipv4IpamPoolId ipv4NetmaskLength ipv6CidrBlock ipv6IpamPoolId
    ipv6Native ipv6NetmaskLength mapCustomerOwnedIpOnLaunch mapPublicIpOnLaunch outpostArn
    privateDnsHostnameTypeOnLaunch region tags vpcId`),
  required: ["vpcId"],
  replaceOn: words("availabilityZone availabilityZoneId cidrBlock ipv6Native outpostArn region vpcId"),
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  },
  computed: words(`arn availabilityZone availabilityZoneId cidrBlock ipv6CidrBlock ipv6CidrBlockAssociationId
    ownerId privateDnsHostnameTypeOnLaunch`),
  rules: [
    networkBlock,
    zoneInRegion,
    (inputs) =>
      isPresent(inputs.cidrBlock) || isPresent(inputs.ipv4IpamPoolId) || inputs.ipv6Native === true
        ? []
        : [
            {
              property: "cidrBlock",
              reason: "cidrBlock is missing, and only a subnet of IPv6 alone does without; set it",
            },
          ],
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const id = ec2Id("subnet", seed);
    const byId = availabilityZones(region).find(
      (zone) => availabilityZoneId(zone) === inputs.availabilityZoneId,
    );
    const zone = text(inputs, "availabilityZone") || byId || availabilityZones(region)[0] || "";
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `subnet/${id}`),
        availabilityZone: zone,
        availabilityZoneId: availabilityZoneId(zone),
        cidrBlock: inputs.cidrBlock ?? "",
        ipv6CidrBlock: inputs.ipv6CidrBlock ?? "",
        ipv6CidrBlockAssociationId: isPresent(inputs.ipv6CidrBlock) ? ec2Id("subnet-cidr-assoc", seed) : "",
        ownerId: accountId,
        privateDnsHostnameTypeOnLaunch: inputs.privateDnsHostnameTypeOnLaunch ?? "ip-name",
      },
    };
  },
  admit: (making) => missingVpc(making) ?? misplacedBlock(making),
  keeps: ({ id }, account) => {
    const instance = account.list(INSTANCE).find(({ properties }) => text(properties, "subnetId") === id);
    return instance && `instance ${instance.id} is still in it (DependencyViolation); terminate it first`;
  },
};

/** A subnet takes a part of its VPC's block that no other subnet has. */
function misplacedBlock(making: Making): string | undefined {
  const { inputs, account, urn } = making;
  const block = text(inputs, "cidrBlock");
  const own = ipv4Range(block);
  const around = findHere(making, VPC, text(inputs, "vpcId"));
  if (own === undefined || around === undefined) return undefined;
  const vpcBlock = text(around.properties, "cidrBlock");
  const outer = ipv4Range(vpcBlock);
  if (outer && (own.first < outer.first || own.last > outer.last))
    return `cidrBlock: ${block} is not inside ${vpcBlock}, the block of ${around.id} (InvalidSubnet.Range); take a part of it`;
  const clash = account.list(SUBNET).find(({ urn: other, properties }) => {
    const range = ipv4Range(text(properties, "cidrBlock"));
    return (
      other !== urn &&
      text(properties, "vpcId") === around.id &&
      range !== undefined &&
      range.first <= own.last &&
      own.first <= range.last
    );
  });
  return (
    clash &&
    `cidrBlock: ${block} overlaps ${text(clash.properties, "cidrBlock")} of ${clash.id} (InvalidSubnet.Conflict); take another part of ${vpcBlock}`
  );
}

const internetGateway: ResourceType = {
  token: INTERNET_GATEWAY,
  inputs: words("region tags vpcId"),
  replaceOn: ["region"],
  computed: words("arn ownerId vpcId"),
  make: ({ inputs, accountId, region, seed }) => {
    const id = ec2Id("igw", seed);
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `internet-gateway/${id}`),
        ownerId: accountId,
        vpcId: inputs.vpcId ?? "",
      },
    };
  },
  admit: (making) => missingVpc(making) ?? secondGateway(making),
};

function secondGateway({ inputs, account, urn }: Making): string | undefined {
  const vpcId = text(inputs, "vpcId");
  const other = account
    .list(INTERNET_GATEWAY)
    .find((found) => found.urn !== urn && vpcId !== "" && text(found.properties, "vpcId") === vpcId);
  return (
    other &&
    `${vpcId} has ${other.id} attached (Resource.AlreadyAssociated); a VPC takes one internet gateway`
  );
}

/** Whether resources of a VPC can be reached from outside; undefined where an account cannot tell. */
export function hasInternetGateway(account: Account, vpcId: string): boolean | undefined {
  if (firstIn(account, vpcId, [INTERNET_GATEWAY])) return true;
  return account.complete ? false : undefined;
}

/** The VPC that every region of a new account has. */
export function defaultVpcId(accountId: string, region: string): string {
  return ec2Id("vpc", `${accountId} ${region} default`);
}

/** A block, IPv4 or IPv6, as security groups and routes take it. */
export function anyBlockProblem(value: PropertyValue): string | undefined {
  if (typeof value === "string" && /^[0-9a-f:]+\/\d{1,3}$/i.test(value) && value.includes(":"))
    return undefined;
  return isObject(value) ? `AWS takes a block, got ${show(value)}` : blockProblem(value);
}

export const EC2_NETWORKS: readonly ResourceType[] = [vpc, subnet, internetGateway];
