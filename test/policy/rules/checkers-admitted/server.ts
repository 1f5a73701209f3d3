import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import type { Properties, PropertyValue } from "../../../../model/unknown";
import { checkersAdmitted } from "../../../../policy/rules/checkers-admitted/rule";
import { type FixtureOptions, resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { check } from "../records";

export const INSTANCE = "aws:ec2/instance:Instance";
export const ELASTIC_IP = "aws:ec2/eip:Eip";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
export const ADDRESS = "192.0.2.10";
export const PROBE = "health check check probes server (aws:ec2/instance:Instance) on TCP port 80";
export const ALLOWED =
  "allowed: TCP 80 from the prefix list com.amazonaws.us-east-1.route53-healthchecks, from the 32 published ranges " +
  "or from 0.0.0.0/0";
export const REFUSED =
  `${PROBE}, where security group web lets in none of the health checkers, so it is called unhealthy for ever; ` +
  `${ALLOWED}; add an ingress rule with the prefix list (free; it takes up 25 rules of the group's quota)`;
export const SERVER_URN = urn(INSTANCE, "server");

export function probe(properties: Properties = {}): StackResource {
  return check({ type: "HTTP", fqdn: undefined, ipAddress: ADDRESS, port: 80, ...properties });
}

export function server(properties: Properties = {}, options: FixtureOptions = {}): StackResource {
  return resource(
    INSTANCE,
    "server",
    { region: "us-east-1", publicIp: ADDRESS, vpcSecurityGroupIds: ["web-id"], ...properties },
    options,
  );
}

export function group(ingress: PropertyValue, options: FixtureOptions = {}): StackResource {
  return resource(GROUP, "web", { region: "us-east-1", ingress }, options);
}

/** An inline permission of TCP 80 from everywhere, until `properties` say otherwise. */
export function permission(properties: Properties = {}): Properties {
  return { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"], ...properties };
}

export function verdict(resources: readonly StackResource[], settings = {}): unknown[] {
  const [first, ...others] = judged(checkersAdmitted, [STACK, ...resources], settings);
  assert.deepEqual(others, []);
  return [first?.verdict, first?.path, ...(first?.advisory ? ["advisory"] : [])];
}

/** The verdict where the one group has the one permission. */
export function withPermission(properties: Properties, settings = {}): unknown {
  return verdict([probe(), server(), group([permission(properties)])], settings)[0];
}
