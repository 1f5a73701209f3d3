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
  SERVER_URN,
  STACK,
  server,
  verdict,
} from "../policy/rules/checkers-admitted/server";
import { judged } from "../policy/rules/judged";
import { resource, urn } from "./stack-fixture";

describe("model/probed-hosts", () => {
  const closed = group([]);
  const judgedHosts = (...stack: StackResource[]) =>
    judged(checkersAdmitted, [STACK, ...stack]).map(({ verdict: found, urn: of }) => [found, of]);
  const found = [["fail", SERVER_URN]];

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

  describe("before it exists", () => {
    const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";
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
