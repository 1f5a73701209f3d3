import { isUnknown } from "../../../model/unknown";
import { type Formula, hourly, unknownInput } from "./formula";
import { Inputs } from "./inputs";
import { serviceAddresses } from "./public-address";
import { stringAt } from "./read";

const TRANSIT_GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";
const PRIVATE_GATEWAY = "aws:ec2/vpnGateway:VpnGateway";

/** Each has an address at AWS's end. */
const VPN_TUNNELS = 2;

/** By the hour from the day that it stands, with or without traffic. */
export const vpnConnectionMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const { extras } = inputs;
  if (extras.flag("enableAcceleration", false)) {
    extras.refuse("acceleration has a price of its own, which is not in the list", "enableAcceleration");
  }
  if (extras.text("tunnelBandwidth", "standard") !== "standard") {
    extras.refuse("large tunnels have a price of their own, which is not in the list", "tunnelBandwidth");
  }
  if (inputs.has("vpnConcentratorId")) {
    extras.refuse("a concentrator has a price of its own, which is not in the list", "vpnConcentratorId");
  }
  const lever = "peer the networks, or do without: region to region traffic needs no VPN";
  const outside = inputs.text("outsideIpAddressType", "PublicIpv4");
  const addresses = outside === "PrivateIpv4" ? 0 : VPN_TUNNELS;
  const attached = inputs.has("transitGatewayId") || inputs.has("transportTransitGatewayAttachmentId");
  return inputs.or([
    ...hourly("VPN connection", "vpc/vpn-connection", place, 1, { lever }),
    ...(attached
      ? hourly("VPN attachment to the transit gateway", "vpc/vpn-transit-gateway-attachment", place)
      : []),
    ...serviceAddresses(
      addresses,
      inputs,
      "use a private VPN over Direct Connect",
      "not sure that AWS bills a tunnel's address apart; the dearer",
    ),
  ]);
};

export const clientVpnMeters: Formula = (resource, stack) =>
  hourly("client VPN in one subnet", "vpc/client-vpn-association", stack.regionOf(resource), 1, {
    lever: "associate fewer subnets",
    leaves: "untold",
  });

export const transitAttachmentMeters: Formula = (resource, stack) =>
  hourly("transit gateway attachment", "vpc/transit-gateway-attachment", stack.regionOf(resource), 1, {
    lever: "peer the networks, which has no hourly price",
  });

/** Each side of a peering pays its own attachment. */
export const transitPeeringMeters: Formula = (resource, stack) =>
  hourly("transit gateway peering, one side", "vpc/transit-gateway-peering", stack.regionOf(resource));

export const trafficMirrorMeters: Formula = (resource, stack) =>
  hourly("traffic mirror session", "vpc/traffic-mirror-session", stack.regionOf(resource));

export const routeServerEndpointMeters: Formula = (resource, stack) =>
  hourly("route server endpoint", "vpc/route-server-endpoint", stack.regionOf(resource));

export const latticeServiceMeters: Formula = (resource, stack) =>
  hourly("VPC Lattice service", "vpc/lattice-service", stack.regionOf(resource));

export const verifiedAccessMeters: Formula = (resource, stack) =>
  hourly("Verified Access application", "vpc/verified-access-application", stack.regionOf(resource));

/** An edge in every region of the base policy; a policy document of its own can name more. */
export const coreNetworkMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const edges = Math.max(1, inputs.list("basePolicyRegions").length);
  return inputs.or(hourly("Cloud WAN edge", "vpc/cloud-wan-edge", place, edges));
};

/** One endpoint in every subnet or zone that the firewall watches. */
export const firewallMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const endpoints = Math.max(
    inputs.list("subnetMappings").length,
    inputs.list("availabilityZoneMappings").length,
  );
  if (inputs.sound && endpoints === 0) inputs.refuse("its subnets are not set", "subnetMappings");
  return inputs.or(
    hourly("firewall endpoint", "network-firewall/endpoint", place, endpoints, {
      lever: "filter with security groups, which are free, or in fewer zones",
    }),
  );
};

/** A port bills from the day that it is ready, or 90 days after it was ordered, plugged in or not. */
export const directConnectMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const bandwidth = inputs.text("bandwidth");
  return inputs.or(
    hourly(`Direct Connect port, ${bandwidth}`, `direct-connect/port/${bandwidth.toLowerCase()}`, place, 1, {
      lever: "use a VPN connection",
      leaves: { price: "vpc/vpn-connection" },
    }),
  );
};

/** A private gateway is associated for nothing; a transit gateway pays for an attachment. */
export const directConnectAssociationMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  if (stack.reference(resource, "associatedGatewayId", PRIVATE_GATEWAY)) return [];
  const id = stringAt(resource.properties, "associatedGatewayId");
  if (typeof id === "string" && id.startsWith("vgw-")) return [];
  if (isUnknown(id) && !stack.reference(resource, "associatedGatewayId", TRANSIT_GATEWAY)) {
    return [unknownInput("associatedGatewayId", place)];
  }
  return hourly(
    "Direct Connect attachment of a transit gateway",
    "direct-connect/transit-gateway-association",
    place,
  );
};

const ACCELERATOR_ADDRESSES = 2;
/** The only region that creates accelerators (Global Accelerator API reference). */
const ACCELERATOR_REGION = "us-west-2";

/** By the hour, enabled or not, with two addresses less those that its owner brings, which are free. */
export const acceleratorMeters: Formula = ({ properties }) => {
  const inputs = new Inputs(properties, ACCELERATOR_REGION);
  const brought = inputs.list("ipAddresses").length;
  const lever = "fail over by Route 53 records, which have no hourly price";
  const note = "not sure that AWS bills them beside the accelerator's fee; the dearer";
  return inputs.or([
    ...hourly("accelerator", "global-accelerator/accelerator", "global", 1, { lever }),
    ...serviceAddresses(Math.max(0, ACCELERATOR_ADDRESSES - brought), inputs, lever, note),
  ]);
};
