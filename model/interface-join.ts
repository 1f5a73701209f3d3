import { at, isPresent, listAt, numberAt, stringAt } from "./property";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "./unknown";

const INSTANCE = "aws:ec2/instance:Instance";
export const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
export const ELASTIC_IP = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";

/** Where an instance names the interface that it starts with; the list is the older way. */
const GIVEN = ["primaryNetworkInterface", "networkInterfaces"] as const;
/** Where an Elastic IP and an association name what the address is of: the instance, and the interface. */
export const ADDRESS_TARGETS = {
  [ELASTIC_IP]: { instance: "instance", networkInterface: "networkInterface" },
  [ASSOCIATION]: { instance: "instanceId", networkInterface: "networkInterfaceId" },
} as const;

export interface GivenInterface {
  /** The property of the instance that names it. */
  readonly property: (typeof GIVEN)[number];
  /** Its id, as far as it is known. */
  readonly id: PropertyValue;
  /** Undefined where it is none of the stack, or nothing tells which one. */
  readonly found?: StackResource;
}

/** The interface that an instance brings to its start; undefined where AWS makes it one. */
export function givenInterface(instance: StackResource, joins: StackJoins): GivenInterface | undefined {
  for (const property of GIVEN) {
    const value = instance.properties[property];
    if (Array.isArray(value) ? value.length === 0 : !isPresent(value)) continue;
    const id = isUnknown(value) ? UNKNOWN : (at(firstDevice(value), "networkInterfaceId") ?? null);
    const { found } = joins.references(instance, property, NETWORK_INTERFACE, id);
    const [only] = found;
    return { property, id, ...(found.length === 1 && only && { found: only }) };
  }
  return undefined;
}

/** An instance's addresses and groups are those of its device 0. */
function firstDevice(value: PropertyValue): PropertyValue {
  const list = listAt(value);
  if (!Array.isArray(list)) return value;
  return list.find((one) => numberAt(one, "deviceIndex") === 0) ?? list[0];
}

/**
 * What answers on an interface of the stack: the instance that starts with it, else the interface itself, whose groups
 * then tell what reaches whatever it is attached to.
 */
export function hostOfInterface(one: StackResource, joins: StackJoins): StackResource {
  const starting = joins.grouped("instances by the interface that they start with", INSTANCE, (instance) => {
    const given = givenInterface(instance, joins)?.found;
    return given ? [given.urn] : [];
  });
  return starting.get(one.urn)?.[0] ?? one;
}

/** What an Elastic IP, or an association of one, gives its address to, as far as it is of the stack. */
export function hostOfAddress(address: StackResource, joins: StackJoins): StackResource | undefined {
  const { instance, networkInterface } = ADDRESS_TARGETS[address.type as keyof typeof ADDRESS_TARGETS];
  const interfaces = joins.references(address, networkInterface, NETWORK_INTERFACE).found;
  const [only] = interfaces;
  if (only) return interfaces.length === 1 ? hostOfInterface(only, joins) : undefined;
  return (
    joins.references(address, instance, INSTANCE).found[0] ??
    joins.references(address, networkInterface, INSTANCE).found[0] ??
    instanceOnInterface(address, networkInterface, joins)
  );
}

/** Elastic IPs, or associations of them, by the URN of what they give the address to. */
function byHost(
  type: keyof typeof ADDRESS_TARGETS,
  joins: StackJoins,
): ReadonlyMap<string, readonly StackResource[]> {
  return joins.grouped(`${type} by what it is on`, type, (address) => {
    const host = hostOfAddress(address, joins);
    return host ? [host.urn] : [];
  });
}

/** The Elastic IPs of the stack that lead to an instance, by themselves or by an association. */
export function elasticIpsOf(instance: StackResource, joins: StackJoins): readonly StackResource[] {
  const associated = (byHost(ASSOCIATION, joins).get(instance.urn) ?? []).flatMap(
    (association) => joins.references(association, "allocationId", ELASTIC_IP).found,
  );
  return [...new Set([...(byHost(ELASTIC_IP, joins).get(instance.urn) ?? []), ...associated])];
}

/** Whether an Elastic IP of the stack, or an association, is on the instance or on the interface it starts with. */
export function hasElasticIp(instance: StackResource, joins: StackJoins): boolean {
  return byHost(ELASTIC_IP, joins).has(instance.urn) || byHost(ASSOCIATION, joins).has(instance.urn);
}

/** The instance on an interface that AWS or another stack made, by the interface's id. */
function instanceOnInterface(
  address: StackResource,
  property: string,
  joins: StackJoins,
): StackResource | undefined {
  const id = stringAt(address.properties, property);
  if (typeof id !== "string" || id === "") return undefined;
  const byId = joins.grouped("instances by the id of their first interface", INSTANCE, (instance) =>
    [stringAt(instance.properties, "primaryNetworkInterfaceId"), givenInterface(instance, joins)?.id].filter(
      (key): key is string => typeof key === "string" && key !== "",
    ),
  );
  return byId.get(id)?.[0];
}
