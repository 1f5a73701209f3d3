import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const VPN = "aws:ec2/vpnConnection:VpnConnection";
const FIREWALL = "aws:networkfirewall/firewall:Firewall";
const PORT = "aws:directconnect/connection:Connection";
const ASSOCIATION = "aws:directconnect/gatewayAssociation:GatewayAssociation";
const MEMORY = "its price is from memory, which may refuse and never pass";
const gateway = standby("aws:ec2/vpnGateway:VpnGateway", "g", {}, { id: "vgw-1" });

/** One at each tunnel. */
const TUNNELS = { "2 x public IPv4 address": 7_300_000 };

const CASES: readonly Case[] = [
  ["a VPN connection", VPN, { vpnGatewayId: "vgw-1" }, { "VPN connection": 36_500_000, ...TUNNELS }],
  [
    "a VPN connection to a transit gateway",
    VPN,
    { transitGatewayId: "tgw-1" },
    { "VPN connection": 36_500_000, "VPN attachment to the transit gateway": 36_500_000, ...TUNNELS },
  ],
  [
    "a private VPN over Direct Connect",
    VPN,
    { transitGatewayId: "tgw-1", outsideIpAddressType: "PrivateIpv4" },
    { "VPN connection": 36_500_000, "VPN attachment to the transit gateway": 36_500_000 },
  ],
  [
    "a VPN of an unknown kind of address",
    VPN,
    { outsideIpAddressType: UNKNOWN },
    { "input outsideIpAddressType": "outsideIpAddressType is not known yet" },
  ],
  [
    "an accelerated VPN",
    VPN,
    { enableAcceleration: true },
    {
      "VPN connection": 36500000,
      "2 x public IPv4 address": 7300000,
      "price enableAcceleration": "acceleration has a price of its own, which is not in the list",
    },
  ],
  [
    "large tunnels",
    VPN,
    { tunnelBandwidth: "large" },
    {
      "VPN connection": 36500000,
      "2 x public IPv4 address": 7300000,
      "price tunnelBandwidth": "large tunnels have a price of their own, which is not in the list",
    },
  ],
  [
    "an unknown acceleration",
    VPN,
    { enableAcceleration: UNKNOWN },
    {
      "VPN connection": 36500000,
      "2 x public IPv4 address": 7300000,
      "input enableAcceleration": "enableAcceleration is not known yet",
    },
  ],
  [
    "a client VPN",
    "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
    {},
    { "client VPN in one subnet": 73_000_000 },
  ],
  [
    "a transit gateway's attachment",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    {},
    { "transit gateway attachment": 36_500_000 },
  ],
  [
    "a peering",
    "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
    {},
    { "transit gateway peering, one side": 36_500_000 },
  ],
  [
    "the other side of a peering",
    "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
    {},
    { "transit gateway peering, one side": 36_500_000 },
  ],
  [
    "a mirror session",
    "aws:ec2/trafficMirrorSession:TrafficMirrorSession",
    {},
    { "traffic mirror session": 10_950_000 },
  ],
  [
    "a firewall in two subnets",
    FIREWALL,
    { subnetMappings: [{ subnetId: "a" }, { subnetId: "b" }] },
    { "2 x firewall endpoint": 576_700_000 },
  ],
  [
    "a firewall on a transit gateway",
    FIREWALL,
    { availabilityZoneMappings: [{}] },
    { "firewall endpoint": 288_350_000 },
  ],
  ["a firewall without subnets", FIREWALL, {}, { "price subnetMappings": "its subnets are not set" }],
  [
    "a firewall in unknown subnets",
    FIREWALL,
    { subnetMappings: UNKNOWN },
    { "input subnetMappings": "subnetMappings is not known yet" },
  ],
  ["a port", PORT, { bandwidth: "1Gbps" }, { "Direct Connect port, 1Gbps": 219_000_000 }],
  [
    "a port of a size without a price",
    PORT,
    { bandwidth: "100Gbps" },
    { "price ": "the list has no price for Direct Connect port, 100Gbps" },
  ],
  [
    "a transit gateway on Direct Connect",
    ASSOCIATION,
    { associatedGatewayId: "tgw-1" },
    { "Direct Connect attachment of a transit gateway": 36_500_000 },
  ],
  ["a private gateway on Direct Connect", ASSOCIATION, { associatedGatewayId: "vgw-1" }, {}, [gateway]],
  ["a private gateway from elsewhere", ASSOCIATION, { associatedGatewayId: "vgw-2" }, {}],
  [
    "an unknown gateway",
    ASSOCIATION,
    { associatedGatewayId: UNKNOWN },
    { "input associatedGatewayId": "associatedGatewayId is not known yet" },
  ],
  [
    "a route server endpoint, from memory",
    "aws:vpc/routeServerEndpoint:RouteServerEndpoint",
    {},
    { "route server endpoint": 547_500_000, "memory ": MEMORY },
  ],
  [
    "a lattice service, from memory",
    "aws:vpclattice/service:Service",
    {},
    { "VPC Lattice service": 18_250_000, "memory ": MEMORY },
  ],
  [
    "an access endpoint, from memory",
    "aws:verifiedaccess/endpoint:Endpoint",
    {},
    { "Verified Access application": 197_100_000, "memory ": MEMORY },
  ],
  [
    "a core network, from memory",
    "aws:networkmanager/coreNetwork:CoreNetwork",
    { basePolicyRegions: ["us-east-1", "us-west-2"] },
    { "2 x Cloud WAN edge": 730_000_000, "memory ": MEMORY },
  ],
];

describe("policy/prices/formulas/connections", () => {
  priceCases(CASES);

  it("charges an accelerator once, everywhere", () => {
    for (const type of ["accelerator:Accelerator", "customRoutingAccelerator:CustomRoutingAccelerator"]) {
      const one = standby(`aws:globalaccelerator/${type}`, "one", { enabled: false });
      assert.deepEqual(
        costOf([one]).lines.map(({ item, region, monthlyMicroUsd }) => ({ item, region, monthlyMicroUsd })),
        [
          { item: "accelerator", region: "global", monthlyMicroUsd: 18_250_000 },
          { item: "2 x public IPv4 address", region: "us-west-2", monthlyMicroUsd: 7_300_000 },
        ],
      );
    }
  });

  it("says that it is not sure of the addresses of an accelerator and of a VPN connection", () => {
    const notes = costOf([
      standby("aws:globalaccelerator/accelerator:Accelerator", "one"),
      standby(VPN, "two", { vpnGatewayId: "vgw-1" }),
    ]).lines.flatMap(({ item, note }) => (item.endsWith("address") ? [note] : []));
    assert.deepEqual(notes, [
      "not sure that AWS bills them beside the accelerator's fee; the dearer",
      "not sure that AWS bills a tunnel's address apart; the dearer",
    ]);
  });

  for (const [addresses, expected] of [
    [["192.0.2.1"], [18_250_000, 3_650_000]],
    [["192.0.2.1", "198.51.100.1"], [18_250_000]],
    [UNKNOWN, []],
  ] as const) {
    it(`charges no address that its owner brings: ${String(addresses)}`, () => {
      const ipAddresses = addresses === UNKNOWN ? UNKNOWN : [...addresses];
      const report = costOf([
        standby("aws:globalaccelerator/accelerator:Accelerator", "one", { ipAddresses }),
      ]);
      assert.deepEqual(
        report.lines.map(({ monthlyMicroUsd }) => monthlyMicroUsd),
        expected,
      );
      assert.deepEqual(
        report.unpriced.map(({ kind, path }) => `${kind} ${path}`),
        addresses === UNKNOWN ? ["input ipAddresses"] : [],
      );
    });
  }
});
