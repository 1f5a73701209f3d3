import assert from "node:assert/strict";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { checkersAdmitted } from "../../policy/rules/checkers-admitted/rule";
import {
  ADDRESS,
  BALANCER,
  ELASTIC_IP,
  group,
  permission,
  probe,
  INSTANCE as SERVER,
  SERVER_URN,
  STACK,
  server,
  verdict,
} from "../policy/rules/checkers-admitted/server";
import { judged } from "../policy/rules/judged";
import { resource, urn } from "./stack-fixture";

const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";
const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

describe("model/probed-hosts", () => {
  const closed = group([]);
  const judgedHosts = (...stack: StackResource[]) =>
    judged(checkersAdmitted, [STACK, ...stack]).map(({ verdict: found, urn: of }) => [found, of]);
  const found = [["fail", SERVER_URN]];
  const none = [["notApplicable", STACK.urn]];

  it("is found by Elastic IP, attached or associated", () => {
    const hidden = server({ publicIp: undefined });
    const eip = (properties: Properties) => resource(ELASTIC_IP, "eip", { publicIp: ADDRESS, ...properties });
    assert.deepEqual(judgedHosts(probe(), hidden, closed, eip({ instance: "server-id" })), found);
    const association = resource("aws:ec2/eipAssociation:EipAssociation", "association", {
      instanceId: "server-id",
      allocationId: "eip-id",
    });
    assert.deepEqual(judgedHosts(probe(), hidden, closed, eip({}), association), found);
  });

  it("is found by name, of its own or of a record", () => {
    const named = server({ publicDns: "ec2-1.example.com" });
    const byName = (fqdn: string) => probe({ ipAddress: undefined, fqdn });
    assert.deepEqual(judgedHosts(byName("ec2-1.example.com"), named, closed), found);
    const record = resource("aws:route53/record:Record", "origin", {
      name: "origin.example.com",
      type: "A",
      zoneId: "Z1",
      records: [ADDRESS],
      ttl: 60,
    });
    assert.deepEqual(judgedHosts(byName("origin.example.com"), named, closed, record), found);
  });

  it("is found by an IPv6 address, which IPv4 sources do not admit", () => {
    const six = server({ ipv6Addresses: ["2001:db8::a"] });
    const of = (properties: Properties) =>
      verdict([probe({ ipAddress: "2001:DB8::A" }), six, group([permission(properties)])]);
    assert.equal(of({})[0], "fail");
    assert.equal(of({ ipv6CidrBlocks: ["::/0"] })[0], "pass");
    assert.deepEqual(of({ ipv6CidrBlocks: ["2600:1f00::/24"] }), ["fail", "vpcSecurityGroupIds", "advisory"]);
  });

  it("is a load balancer with groups, and one without only of the network kind", () => {
    const balancer = (properties: Properties) =>
      resource(BALANCER, "web", { region: "us-east-1", dnsName: "web.elb.amazonaws.com", ...properties });
    const byName = probe({ ipAddress: undefined, fqdn: "web.elb.amazonaws.com" });
    const of = (properties: Properties, ...groups: StackResource[]) =>
      verdict([byName, balancer(properties), ...groups]);
    assert.deepEqual(of({ securityGroups: ["web-id"] }, group([permission()])), ["pass", "securityGroups"]);
    assert.deepEqual(of({ securityGroups: ["web-id"] }, closed), ["fail", "securityGroups"]);
    assert.deepEqual(of({ loadBalancerType: "network" }), ["pass", "securityGroups"]);
    assert.deepEqual(of({ loadBalancerType: "application" }), ["unknown", "securityGroups"]);
    assert.deepEqual(of({ loadBalancerType: UNKNOWN }), ["unknown", "loadBalancerType"]);
  });

  it("has its groups on its interface where it brings one", () => {
    const eni = resource("aws:ec2/networkInterface:NetworkInterface", "eni", {
      securityGroups: ["web-id"],
    });
    const host = server({
      vpcSecurityGroupIds: undefined,
      networkInterfaces: [{ networkInterfaceId: "eni-id", deviceIndex: 0 }],
    });
    assert.deepEqual(verdict([probe(), host, eni, group([permission()])]), ["pass", "networkInterfaces"]);
    assert.deepEqual(verdict([probe(), host, eni, closed]), ["fail", "networkInterfaces"]);
  });

  describe("on a network interface", () => {
    const hidden = { publicIp: "", vpcSecurityGroupIds: undefined };
    const eni = resource(NETWORK_INTERFACE, "eni", {
      securityGroups: ["web-id"],
      ipv6Addresses: ["2001:db8::b"],
    });
    const eip = (properties: Properties) => resource(ELASTIC_IP, "eip", { publicIp: ADDRESS, ...properties });
    const onEni = eip({ networkInterface: "eni-id" });
    const association = (properties: Properties) =>
      resource(ASSOCIATION, "association", { allocationId: "eip-id", ...properties });
    const by = {
      primaryNetworkInterface: { networkInterfaceId: "eni-id" },
      networkInterfaces: [
        { deviceIndex: 1, networkInterfaceId: "other-id" },
        { deviceIndex: 0, networkInterfaceId: "eni-id" },
      ],
    };

    for (const property of ["primaryNetworkInterface", "networkInterfaces"] as const) {
      const host = server({ ...hidden, [property]: by[property] });
      it(`is the instance that names it in ${property}, by Elastic IP or association`, () => {
        const associated = [eip({}), association({ networkInterfaceId: "eni-id" })];
        for (const addresses of [[onEni], associated]) {
          assert.deepEqual(judgedHosts(probe(), host, eni, closed, ...addresses), found);
          assert.deepEqual(verdict([probe(), host, eni, group([permission()]), ...addresses]), [
            "pass",
            property,
          ]);
        }
      });
    }

    it("is found by the interface's own IPv6 address", () => {
      const host = server({ ...hidden, primaryNetworkInterface: by.primaryNetworkInterface });
      assert.deepEqual(judgedHosts(probe({ ipAddress: "2001:DB8::b" }), host, eni, closed), found);
      assert.deepEqual(judgedHosts(probe({ ipAddress: "2001:db8::c" }), host, eni, closed), none);
    });

    it("is the interface itself where no instance starts with it", () => {
      const attached = [probe(), server(hidden), eni, onEni];
      assert.deepEqual(judgedHosts(...attached, closed), [["fail", eni.urn]]);
      assert.deepEqual(verdict([...attached, group([permission()])]), ["pass", "securityGroups"]);
      const groupless = resource(NETWORK_INTERFACE, "eni", {});
      assert.deepEqual(verdict([probe(), groupless, onEni]), ["unknown", "securityGroups"]);
    });

    it("is the instance whose interface AWS made, by its id", () => {
      const host = server({ publicIp: "", primaryNetworkInterfaceId: "eni-made" });
      assert.deepEqual(judgedHosts(probe(), host, closed, eip({ networkInterface: "eni-made" })), found);
      const associated = [eip({}), association({ networkInterfaceId: "eni-made" })];
      assert.deepEqual(judgedHosts(probe(), host, closed, ...associated), found);
      assert.deepEqual(judgedHosts(probe(), host, closed, eip({ networkInterface: "eni-other" })), none);
      assert.deepEqual(judgedHosts(probe(), server({ publicIp: "" }), closed, eip({})), none);
    });

    it("is not known where an address that exists is of what nothing tells", () => {
      const untold = association({ networkInterfaceId: UNKNOWN });
      assert.deepEqual(judgedHosts(probe(), eip({}), untold), [["unknown", untold.urn]]);
      const loose = eip({ networkInterface: UNKNOWN });
      assert.deepEqual(judgedHosts(probe(), loose), [["unknown", loose.urn]]);
      assert.deepEqual(
        judgedHosts(probe(), loose, association({ instanceId: "server-id" }), server(hidden)),
        [["unknown", SERVER_URN]],
      );
    });
  });

  describe("before it exists", () => {
    const RECORD = "aws:route53/record:Record";
    const gone = { id: UNKNOWN } as const;
    const host = server({ publicIp: UNKNOWN });
    const eip = resource(ELASTIC_IP, "eip", { publicIp: UNKNOWN }, gone);
    const associated = (from: Record<string, string[]>, properties: Properties = {}) =>
      resource(
        ASSOCIATION,
        "association",
        { instanceId: UNKNOWN, allocationId: UNKNOWN, ...properties },
        { ...gone, from },
      );
    const whole = associated({ instanceId: [SERVER_URN], allocationId: [eip.urn] });
    const origin = (properties: Properties = {}) =>
      resource(
        RECORD,
        "origin",
        { name: "origin.example.com", type: "A", zoneId: "Z1", records: UNKNOWN, ttl: 60, ...properties },
        { ...gone, from: { records: [eip.urn] } },
      );
    const byName = probe({ ipAddress: undefined, fqdn: "origin.example.com" });
    const judgedAt = (...stack: StackResource[]) =>
      judged(checkersAdmitted, [STACK, ...stack], {}, "preview").map(
        ({ verdict: found, urn: of, path }) => `${found} ${of.split("::").at(-1)} ${path}`,
      );
    const refused = ["fail server vpcSecurityGroupIds"];

    it("is found by a record that an associated Elastic IP gives its address", () => {
      assert.deepEqual(judgedAt(byName, host, closed, eip, whole, origin()), refused);
      const computed: StackResource = { ...byName, properties: { ...byName.properties, fqdn: UNKNOWN } };
      const from: StackResource = {
        ...computed,
        id: UNKNOWN,
        propertyDependencies: { fqdn: [urn(RECORD, "origin")] },
      };
      assert.deepEqual(judgedAt(from, host, closed, eip, whole, origin()), refused);
    });

    it("is not known where the association tells one end only", () => {
      const half = associated({ allocationId: [eip.urn] });
      assert.deepEqual(judgedAt(byName, host, closed, eip, half, origin()), [
        "unknown association instanceId",
      ]);
      const other = associated({ instanceId: [SERVER_URN] });
      assert.deepEqual(judgedAt(byName, host, closed, eip, other, origin()), [
        "unknown association allocationId",
      ]);
      // An instance of another stack is none to judge.
      const strange = associated({ allocationId: [eip.urn] }, { instanceId: "i-other" });
      assert.deepEqual(judgedAt(byName, host, closed, eip, strange, origin()), ["notApplicable stack "]);
    });

    it("is the instance that starts with the interface of the address", () => {
      const eni = resource(NETWORK_INTERFACE, "eni", { securityGroups: ["web-id"] }, gone);
      const starting = resource(
        SERVER,
        "server",
        { publicIp: UNKNOWN, primaryNetworkInterface: { networkInterfaceId: UNKNOWN } },
        { ...gone, from: { primaryNetworkInterface: [eni.urn] } },
      );
      const addressOn = (networkInterface: string[], given = {}) =>
        resource(
          ELASTIC_IP,
          "eip",
          { publicIp: UNKNOWN, networkInterface: UNKNOWN, instance: UNKNOWN },
          { ...gone, from: { networkInterface, ...given } },
        );
      const refusedThere = ["fail server primaryNetworkInterface"];
      const judgedOn = (address: StackResource, ...others: StackResource[]) =>
        judgedAt(byName, starting, eni, closed, address, origin(), ...others);
      assert.deepEqual(judgedOn(addressOn([eni.urn])), refusedThere);
      const onEni = associated(
        { networkInterfaceId: [eni.urn], allocationId: [eip.urn] },
        { networkInterfaceId: UNKNOWN },
      );
      assert.deepEqual(judgedOn(eip, onEni), refusedThere);
      // The id of the interface that AWS makes is computed from the instance.
      assert.deepEqual(judgedAt(byName, host, closed, addressOn([SERVER_URN]), origin()), refused);
      // Of two, nothing tells which.
      const second = resource(NETWORK_INTERFACE, "second", {}, gone);
      assert.deepEqual(judgedOn(addressOn([eni.urn, second.urn]), second), ["unknown eip networkInterface"]);
      assert.deepEqual(judgedOn(addressOn([urn("aws:ec2/vpc:Vpc", "vpc")])), [
        "unknown eip networkInterface",
      ]);
      const asked = associated(
        { allocationId: [eip.urn], networkInterfaceId: [] },
        { networkInterfaceId: UNKNOWN },
      );
      assert.deepEqual(judgedOn(eip, asked), ["unknown association networkInterfaceId"]);
      assert.deepEqual(
        judgedOn(eip, associated({ allocationId: [eip.urn] }, { networkInterfaceId: "eni-other" })),
        ["notApplicable stack "],
      );
    });

    it("is not known behind a name that only the zone's would complete", () => {
      const relative = origin({ name: "origin" });
      assert.deepEqual(judgedAt(byName, host, closed, eip, whole, relative), ["unknown origin name"]);
      const wildcard = origin({ name: "*" });
      assert.deepEqual(judgedAt(byName, host, closed, eip, whole, wildcard), ["unknown origin name"]);
      const other = origin({ name: "admin" });
      assert.deepEqual(judgedAt(byName, host, closed, eip, whole, other), ["notApplicable stack "]);
    });
  });

  it("is not found by a name that leads to one of several", () => {
    const record = (properties: Properties) =>
      resource("aws:route53/record:Record", "origin", {
        name: "origin.example.com",
        type: "A",
        zoneId: "Z1",
        records: [ADDRESS],
        ttl: 60,
        ...properties,
      });
    const byName = probe({ ipAddress: undefined, fqdn: "origin.example.com" });
    const verdictsOf = (properties: Properties) => judgedHosts(byName, server(), closed, record(properties));
    assert.deepEqual(verdictsOf({}), found);
    for (const policies of [
      { failoverRoutingPolicies: [{ type: "PRIMARY" }] },
      { weightedRoutingPolicies: [{ weight: 1 }] },
      { latencyRoutingPolicies: [{ region: "us-east-1" }] },
      { multivalueAnswerRoutingPolicy: true },
    ]) {
      assert.deepEqual(verdictsOf({ ...policies, setIdentifier: "one" }), [["notApplicable", STACK.urn]]);
    }
  });
});
