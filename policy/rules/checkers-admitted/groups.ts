import { asWritten } from "../../../model/as-written";
import { at, isPresent } from "../../../model/property";
import type { References, StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { Groups } from "./admission";
import { SECURITY_GROUP } from "./ingress";

const INSTANCE = "aws:ec2/instance:Instance";
const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

/** The groups before a host; `none` is a network load balancer without any, which lets everything in. */
export type HostGroups =
  | { readonly kind: "groups"; readonly property: string; readonly groups: Groups }
  | { readonly kind: "none" }
  /** The VPC's default group, which lets in its own members only until somebody changes it. */
  | { readonly kind: "default"; readonly property: string };

export function groupsOf(written: StackResource, joins: StackJoins): HostGroups {
  const host = asWritten(written);
  return host.type === INSTANCE ? groupsOfInstance(host, joins) : groupsOfLoadBalancer(host, joins);
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
  const behind = groupsOfInterfaces(instance, joins);
  if (behind) return behind;
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

/** An instance with interfaces of its own has its groups on those. */
function groupsOfInterfaces(instance: StackResource, joins: StackJoins): HostGroups | undefined {
  for (const property of ["primaryNetworkInterface", "networkInterfaces"]) {
    const value = instance.properties[property];
    if (!isListed(value)) continue;
    const id = isUnknown(value) ? UNKNOWN : at(Array.isArray(value) ? value[0] : value, "networkInterfaceId");
    const { found } = joins.references(instance, property, NETWORK_INTERFACE, id ?? null);
    const [first] = found;
    if (!first) return { kind: "groups", property, groups: unknownGroups(instance, property) };
    const own = asWritten(first);
    if (!isListed(own.properties.securityGroups)) return { kind: "default", property };
    const references = joins.references(own, "securityGroups", SECURITY_GROUP);
    return { kind: "groups", property, groups: asGroups(own, "securityGroups", references) };
  }
  return undefined;
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
