import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { costOf, priced, standby } from "../meters";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const HOURS = "application load balancer, 730 h";

describe("policy/prices/formulas/network", () => {
  it("does not price capacity units that a load balancer keeps", () => {
    const kept = (capacityUnits: number | typeof UNKNOWN) =>
      priced(BALANCER, { internal: true, minimumLoadBalancerCapacity: { capacityUnits } });
    assert.deepEqual(kept(0), { [HOURS]: 16_425_000 });
    assert.deepEqual(kept(100), {
      [HOURS]: 16_425_000,
      "price minimumLoadBalancerCapacity.capacityUnits": "reserved capacity units have no price in the list",
    });
    assert.deepEqual(kept(UNKNOWN), {
      [HOURS]: 16_425_000,
      "input minimumLoadBalancerCapacity.capacityUnits":
        "minimumLoadBalancerCapacity.capacityUnits is not known yet",
    });
  });

  it("charges a NAT gateway by the hour", () => {
    assert.deepEqual(priced("aws:ec2/natGateway:NatGateway"), { "NAT gateway, 730 h": 32_850_000 });
    assert.deepEqual(priced("aws:ec2/natGateway:NatGateway", { availabilityMode: "regional" }), {
      "NAT gateway, 730 h": 32_850_000,
      "price availabilityMode":
        "a regional gateway bills in every further zone that it serves, whose number is not told",
    });
    assert.deepEqual(priced("aws:ec2/natGateway:NatGateway", { availabilityMode: UNKNOWN }), {
      "NAT gateway, 730 h": 32_850_000,
      "input availabilityMode": "availabilityMode is not known yet",
    });
  });

  it("charges a public load balancer for an address in every subnet", () => {
    assert.deepEqual(priced(BALANCER, { subnets: ["a", "b"] }), {
      [HOURS]: 16_425_000,
      "2 public IPv4 addresses": 7_300_000,
    });
    assert.deepEqual(priced(BALANCER, { subnets: ["a", "b", "c"] }), {
      [HOURS]: 16_425_000,
      "3 public IPv4 addresses": 10_950_000,
    });
    assert.deepEqual(priced(BALANCER, { subnets: ["a", "b", "c", "d"] }), {
      [HOURS]: 16_425_000,
      "4 public IPv4 addresses": 14_600_000,
    });
    assert.deepEqual(priced(BALANCER, { subnets: [UNKNOWN, UNKNOWN] }), {
      [HOURS]: 16_425_000,
      "2 public IPv4 addresses": 7_300_000,
    });
    assert.deepEqual(priced(BALANCER, { subnetMappings: [], subnets: ["a"] }), {
      [HOURS]: 16_425_000,
      "public IPv4 address": 3_650_000,
    });
    assert.deepEqual(priced(BALANCER, { internal: true, subnets: ["a", "b"] }), { [HOURS]: 16_425_000 });
  });

  it("leaves mapped Elastic IPs to themselves", () => {
    const mappings = [{ subnetId: "a", allocationId: "eip-1" }, { subnetId: "b" }];
    assert.deepEqual(priced(BALANCER, { loadBalancerType: "network", subnetMappings: mappings }), {
      "network load balancer, 730 h": 16_425_000,
      "public IPv4 address": 3_650_000,
    });
    assert.deepEqual(priced(BALANCER, { subnetMappings: mappings.slice(0, 1) }), { [HOURS]: 16_425_000 });
    const bare = [{ subnetId: "b" }, { subnetId: "c" }, { subnetId: "d" }];
    assert.deepEqual(priced(BALANCER, { subnetMappings: [...mappings.slice(0, 1), ...bare] }), {
      [HOURS]: 16_425_000,
      "3 public IPv4 addresses": 10_950_000,
    });
  });

  it("does not price what the list has not, nor guess the zones", () => {
    assert.deepEqual(priced(BALANCER, { loadBalancerType: "gateway", internal: true }), {
      "price ": "the list has no price for gateway load balancer, 730 h",
    });
    assert.deepEqual(priced(BALANCER, {}), {
      [HOURS]: 16_425_000,
      "price subnets": "its subnets are not set",
    });
    assert.deepEqual(priced(BALANCER, { subnets: UNKNOWN }), {
      [HOURS]: 16_425_000,
      "input subnets": "subnets is not known yet",
    });
    assert.deepEqual(priced(BALANCER, { internal: UNKNOWN }), {
      [HOURS]: 16_425_000,
      "input internal": "internal is not known yet",
    });
  });

  it("charges an endpoint by its zones, and a gateway endpoint, the default, for nothing", () => {
    assert.deepEqual(priced(ENDPOINT), {});
    assert.deepEqual(priced(ENDPOINT, { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] }), {
      "interface endpoint in 3 zones": 21_900_000,
    });
    assert.deepEqual(priced(ENDPOINT, { vpcEndpointType: "GatewayLoadBalancer", subnetIds: ["a"] }), {
      "load balancer endpoint in 1 zone": 7_300_000,
    });
    assert.deepEqual(priced(ENDPOINT, { vpcEndpointType: "Interface" }), {
      "price subnetIds": "its zones are not set",
    });
    assert.deepEqual(priced(ENDPOINT, { vpcEndpointType: "Interface", subnetIds: UNKNOWN }), {
      "input subnetIds": "subnetIds is not known yet",
    });
    assert.deepEqual(priced(ENDPOINT, { vpcEndpointType: "Resource" }), {
      "price vpcEndpointType": "Resource endpoints have no price in the list",
    });
    assert.deepEqual(priced("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation"), {
      "interface endpoint in one more zone": 7_300_000,
    });
  });

  it("charges a zone once that is associated apart, reported by the endpoint or not", () => {
    const association = standby("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", "more", {
      vpcEndpointId: "endpoint-id",
      subnetId: "b",
    });
    const of = (subnetIds: string[]) => {
      const endpoint = standby(ENDPOINT, "endpoint", { vpcEndpointType: "Interface", subnetIds });
      const { lines, unpriced } = costOf([endpoint, association]);
      return [...lines.map(({ item }) => item), ...unpriced.map(({ why }) => why)];
    };
    assert.deepEqual(of(["a"]), ["interface endpoint in 1 zone", "interface endpoint in one more zone"]);
    assert.deepEqual(of(["a", "b"]), ["interface endpoint in 2 zones"]);
    assert.deepEqual(of([]), ["interface endpoint in one more zone"]);
  });

  it("charges a classic balancer for its zones, named by subnets or by themselves", () => {
    const hours = { "classic load balancer, 730 h": 18_250_000 };
    const two = { "2 public IPv4 addresses": 7_300_000 };
    assert.deepEqual(priced(CLASSIC, { subnets: ["a", "b"] }), { ...hours, ...two });
    assert.deepEqual(priced(CLASSIC, { availabilityZones: ["a", "b"] }), { ...hours, ...two });
    const four = { "4 public IPv4 addresses": 14_600_000 };
    assert.deepEqual(priced(CLASSIC, { subnets: ["a", "b", "c", "d"] }), { ...hours, ...four });
    assert.deepEqual(priced(CLASSIC, { availabilityZones: ["a", "b", "c", "d"] }), { ...hours, ...four });
    assert.deepEqual(priced(CLASSIC, { internal: true }), hours);
    assert.deepEqual(priced(CLASSIC, {}), { ...hours, "price subnets": "its subnets are not set" });
    assert.deepEqual(priced(CLASSIC, { internal: UNKNOWN }), {
      ...hours,
      "input internal": "internal is not known yet",
    });
  });

  it("charges no address to a balancer that has none", () => {
    // The hours have no price yet, and nothing else of it bills.
    const gateway = { "price ": "the list has no price for gateway load balancer, 730 h" };
    const endpoints = { loadBalancerType: "gateway", subnets: ["a", "b"] };
    assert.deepEqual(priced(BALANCER, endpoints), gateway);
    assert.deepEqual(priced(BALANCER, { ...endpoints, internal: UNKNOWN }), gateway);
    const dual = { subnets: ["a", "b"], ipAddressType: "dualstack-without-public-ipv4" };
    assert.deepEqual(priced(BALANCER, dual), { [HOURS]: 16_425_000 });
    assert.deepEqual(priced(BALANCER, { ...dual, ipAddressType: UNKNOWN }), {
      [HOURS]: 16_425_000,
      "input ipAddressType": "ipAddressType is not known yet",
    });
  });
});
