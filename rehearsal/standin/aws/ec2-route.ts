import { crc32 } from "node:zlib";
import { isPresent } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { arn } from "./arn";
import { ec2Id } from "./ec2-names";
import { anyBlockProblem, INTERNET_GATEWAY, missingVpc, ROUTE_TABLE, SUBNET } from "./ec2-vpc";
import { text } from "./known";
import { exactlyOneOf, onPresent } from "./property-rules";
import { findHere, unreachable } from "./reference";
import { type Making, type ResourceType, words } from "./resource-type";

export const ROUTE = "aws:ec2/route:Route";
export const ROUTE_TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";

const routeTable: ResourceType = {
  token: ROUTE_TABLE,
  inputs: words("propagatingVgws region routes tags vpcId"),
  required: ["vpcId"],
  replaceOn: words("region vpcId"),
  computed: words("arn ownerId propagatingVgws routes"),
  make: ({ inputs, accountId, region, seed }) => {
    const id = ec2Id("rtb", seed);
    return {
      id,
      outputs: {
        arn: arn("ec2", region, accountId, `route-table/${id}`),
        ownerId: accountId,
        propagatingVgws: inputs.propagatingVgws ?? [],
        routes: inputs.routes ?? [],
      },
    };
  },
  admit: missingVpc,
  keeps: ({ id }, account) => {
    const held = account
      .list(ROUTE_TABLE_ASSOCIATION)
      .find(({ properties }) => text(properties, "routeTableId") === id);
    return held && `${held.id} still uses it (DependencyViolation); delete that first`;
  },
};

const DESTINATIONS = words("destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId");
const TARGETS =
  words(`carrierGatewayId coreNetworkArn egressOnlyGatewayId gatewayId localGatewayId natGatewayId
  networkInterfaceId odbNetworkArn transitGatewayId vpcEndpointId vpcPeeringConnectionId`);

const route: ResourceType = {
  token: ROUTE,
  inputs: [...DESTINATIONS, ...TARGETS, "region", "routeTableId"],
  required: ["routeTableId"],
  replaceOn: [...DESTINATIONS, "region", "routeTableId"],
  computed: words("instanceId instanceOwnerId networkInterfaceId origin state"),
  rules: [
    exactlyOneOf(...DESTINATIONS),
    exactlyOneOf(...TARGETS),
    onPresent("destinationCidrBlock", (value) => (isUnknown(value) ? undefined : anyBlockProblem(value))),
  ],
  make: ({ inputs }) => ({
    id: `r-${text(inputs, "routeTableId")}${crc32(destinationOf(inputs))}`,
    outputs: {
      instanceId: "",
      instanceOwnerId: "",
      networkInterfaceId: inputs.networkInterfaceId ?? "",
      origin: "CreateRoute",
      state: "active",
    },
  }),
  admit: (making) => missingTable(making) ?? secondRoute(making) ?? missingGateway(making),
};

function destinationOf(inputs: Making["inputs"]): string {
  return DESTINATIONS.map((key) => text(inputs, key)).find((destination) => destination !== "") ?? "";
}

function missingTable(making: Making): string | undefined {
  const id = text(making.inputs, "routeTableId");
  return unreachable(making, ROUTE_TABLE, id, "route table", "InvalidRouteTableID.NotFound");
}

function secondRoute({ inputs, account, urn }: Making): string | undefined {
  const destination = destinationOf(inputs);
  const other = account
    .list(ROUTE)
    .find(
      (found) =>
        found.urn !== urn &&
        text(found.properties, "routeTableId") === text(inputs, "routeTableId") &&
        destinationOf(found.properties) === destination,
    );
  return (
    other &&
    `${text(inputs, "routeTableId")} has a route to ${destination} (RouteAlreadyExists); a table takes one per destination`
  );
}

/** A gateway serves the VPC that it is attached to. */
function missingGateway(making: Making): string | undefined {
  const gatewayId = text(making.inputs, "gatewayId");
  if (!gatewayId.startsWith("igw-")) return undefined;
  const missing = unreachable(
    making,
    INTERNET_GATEWAY,
    gatewayId,
    "internet gateway",
    "InvalidInternetGatewayID.NotFound",
  );
  if (missing !== undefined) return missing;
  const gateway = findHere(making, INTERNET_GATEWAY, gatewayId);
  const table = findHere(making, ROUTE_TABLE, text(making.inputs, "routeTableId"));
  const [there, here] = [text(gateway?.properties, "vpcId"), text(table?.properties, "vpcId")];
  return gateway && table && there !== here
    ? `${gatewayId} is attached to ${there || "no VPC"} and the table is of ${here} (InvalidParameterValue); give both one VPC`
    : undefined;
}

const routeTableAssociation: ResourceType = {
  token: ROUTE_TABLE_ASSOCIATION,
  inputs: words("gatewayId region routeTableId subnetId"),
  required: ["routeTableId"],
  replaceOn: words("gatewayId region subnetId"),
  computed: [],
  rules: [exactlyOneOf("gatewayId", "subnetId")],
  make: ({ seed }) => ({ id: ec2Id("rtbassoc", seed), outputs: {} }),
  admit: (making) => missingTable(making) ?? missingSubnet(making) ?? secondTable(making),
};

/** Why a reference to a subnet leads nowhere. */
export function missingSubnet(making: Making): string | undefined {
  const id = text(making.inputs, "subnetId");
  return unreachable(making, SUBNET, id, "subnet", "InvalidSubnetID.NotFound");
}

function secondTable(making: Making): string | undefined {
  const { inputs, account, urn } = making;
  const subnetId = text(inputs, "subnetId");
  if (!isPresent(inputs.subnetId)) return undefined;
  const other = account
    .list(ROUTE_TABLE_ASSOCIATION)
    .find((found) => found.urn !== urn && text(found.properties, "subnetId") === subnetId);
  if (other)
    return `${subnetId} has table ${text(other.properties, "routeTableId")} (Resource.AlreadyAssociated); a subnet takes one`;
  const subnet = findHere(making, SUBNET, subnetId);
  const table = findHere(making, ROUTE_TABLE, text(inputs, "routeTableId"));
  return subnet && table && text(subnet.properties, "vpcId") !== text(table.properties, "vpcId")
    ? `${subnetId} and ${table.id} are of two VPCs (InvalidParameterValue); give both one VPC`
    : undefined;
}

export const EC2_ROUTES: readonly ResourceType[] = [routeTable, route, routeTableAssociation];
