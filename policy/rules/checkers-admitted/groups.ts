import { asWritten } from "../../../model/as-written";
import { givenInterface, NETWORK_INTERFACE } from "../../../model/interface-join";
import { isPresent } from "../../../model/property";
import type { References, StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { Groups } from "./admission";
import { SECURITY_GROUP } from "./ingress";

const INSTANCE = "aws:ec2/instance:Instance";

/** The groups before a host; `none` is a network load balancer without any, which lets everything in. */
export type HostGroups =
  | { readonly kind: "groups"; readonly property: string; readonly groups: Groups }
  | { readonly kind: "none" }
  /** The VPC's default group, which lets in its own members only until somebody changes it. */
  | { readonly kind: "default"; readonly property: string };

export function groupsOf(written: StackResource, joins: StackJoins): HostGroups {
  const host = asWritten(written);
  if (host.type === INSTANCE) return groupsOfInstance(host, joins);
  return host.type === NETWORK_INTERFACE
    ? groupsOfInterface(host, "securityGroups", joins)
    : groupsOfLoadBalancer(host, joins);
}

function groupsOfInstance(instance: StackResource, joins: StackJoins): HostGroups {
  const property = "vpcSecurityGroupIds";
  const { properties } = instance;
  if (isListed(properties[property])) {
    return {
      kind: "groups",
      property,
      groups: asGroups(instance, property, joins.references(instance, property, SECURITY_GROUP)),
    };
  }
  const given = givenInterface(instance, joins);
  if (given) {
    const own = given.found;
    if (own) return groupsOfInterface(asWritten(own), given.property, joins);
    return { kind: "groups", property: given.property, groups: unknownGroups(instance, given.property) };
  }
  if (isListed(properties.securityGroups)) {
    // These are names, or ids of a launch before VPCs; only what they were computed from tells the group.
    const references = joins.references(instance, "securityGroups", SECURITY_GROUP, UNKNOWN);
    return {
      kind: "groups",
      property: "securityGroups",
      groups: asGroups(instance, "securityGroups", references),
    };
  }
  return { kind: "default", property };
}

/** @param property where the host that is judged says its groups, or the interface that has them. */
function groupsOfInterface(one: StackResource, property: string, joins: StackJoins): HostGroups {
  if (!isListed(one.properties.securityGroups)) return { kind: "default", property };
  const references = joins.references(one, "securityGroups", SECURITY_GROUP);
  return { kind: "groups", property, groups: asGroups(one, "securityGroups", references) };
}

function groupsOfLoadBalancer(balancer: StackResource, joins: StackJoins): HostGroups {
  const property = "securityGroups";
  if (isListed(balancer.properties[property])) {
    const references = joins.references(balancer, property, SECURITY_GROUP);
    return { kind: "groups", property, groups: asGroups(balancer, property, references) };
  }
  const { loadBalancerType } = balancer.properties;
  if (isUnknown(loadBalancerType)) {
    return { kind: "groups", property, groups: unknownGroups(balancer, "loadBalancerType") };
  }
  return loadBalancerType === "network" ? { kind: "none" } : { kind: "default", property };
}

function isListed(value: PropertyValue): boolean {
  return Array.isArray(value) ? value.length > 0 : isPresent(value);
}

function asGroups({ urn }: StackResource, path: string, { found, outside }: References): Groups {
  const ids = outside.filter((id): id is string => !isUnknown(id));
  return {
    members: [...found, ...ids],
    ...(ids.length < outside.length ? { unknown: { urn, path } } : {}),
  };
}

function unknownGroups({ urn }: StackResource, path: string): Groups {
  return { members: [], unknown: { urn, path } };
}
