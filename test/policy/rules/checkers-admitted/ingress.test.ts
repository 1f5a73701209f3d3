import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type FixtureOptions, resource, urn } from "../../../model/stack-fixture";
import {
  GROUP,
  GROUP_RULE,
  group,
  INGRESS_RULE,
  permission,
  probe,
  SERVER_URN,
  server,
  verdict,
} from "./server";

describe("policy/rules/checkers-admitted/ingress", () => {
  const bare = [probe(), server(), group(undefined)];
  const rule = (properties: Properties, options: FixtureOptions = {}) =>
    resource(
      GROUP_RULE,
      "rule",
      { type: "ingress", securityGroupId: "web-id", ...permission(), ...properties },
      options,
    );
  const ingress = (properties: Properties) =>
    resource(INGRESS_RULE, "rule", {
      securityGroupId: "web-id",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      ...properties,
    });

  it("count for their group", () => {
    assert.equal(verdict([...bare, rule({})])[0], "pass");
    assert.equal(verdict([...bare, ingress({ cidrIpv4: "0.0.0.0/0" })])[0], "pass");
  });

  it("count for no other group, and not where they let out", () => {
    assert.equal(verdict([...bare, rule({ securityGroupId: "other-id" })])[0], "fail");
    assert.equal(verdict([...bare, rule({ type: "egress" })])[0], "fail");
    assert.equal(verdict([...bare, ingress({ cidrIpv6: "::/0" })])[0], "fail");
  });

  it("are not known while their group, direction or source is", () => {
    assert.deepEqual(verdict([...bare, rule({ securityGroupId: UNKNOWN })]), ["unknown", "securityGroupId"]);
    assert.deepEqual(verdict([...bare, rule({ type: UNKNOWN })]), ["unknown", "type"]);
    assert.deepEqual(verdict([...bare, ingress({ cidrIpv4: UNKNOWN })]), ["unknown", "cidrBlocks"]);
  });

  it("are joined by dependency before the group exists", () => {
    const from = { securityGroupId: [urn(GROUP, "web")] };
    const unborn = [
      probe({ ipAddress: UNKNOWN }),
      server(
        { vpcSecurityGroupIds: [UNKNOWN], publicIp: UNKNOWN },
        {
          id: UNKNOWN,
          from: { vpcSecurityGroupIds: [urn(GROUP, "web")] },
        },
      ),
      group(UNKNOWN, { id: UNKNOWN }),
      rule({ securityGroupId: UNKNOWN }, { id: UNKNOWN, from }),
    ].map((one) =>
      one.name === "check" ? { ...one, propertyDependencies: { ipAddress: [SERVER_URN] } } : one,
    );
    assert.deepEqual(verdict(unborn), ["pass", "vpcSecurityGroupIds"]);
    assert.deepEqual(verdict(unborn.slice(0, 3)), ["fail", "vpcSecurityGroupIds"]);
  });
});
