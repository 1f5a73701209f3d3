import { stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";

/** `untold`: something of the stack may name the resource, and nothing tells yet whether it does. */
export type Naming = "named" | "unnamed" | "untold";

/** How resources of some types name one of others. */
export interface NamingLink {
  /** Types of those that name. */
  readonly by: readonly string[];
  /** The property in which they do. */
  readonly property: string;
  /** Types of those that are named. */
  readonly of: readonly string[];
  /** The property by which the named calls itself, where a program can write the name in both places. */
  readonly name?: string;
  /** Makes names comparable that are written in several ways. */
  readonly key?: (name: string) => string;
}

/**
 * Whether something of the same region names `target`: by its id, by a dependency before that exists, or by the name
 * that the program wrote in both places.
 */
export function namingOf(target: StackResource, link: NamingLink, joins: StackJoins): Naming {
  const naming = link.by.map((type) => namingBy(type, target, link, joins));
  return naming.find((one) => one === "named") ?? naming.find((one) => one === "untold") ?? "unnamed";
}

/** Keys of a group beside the names, which this character cannot begin. */
const UNTOLD = "\0untold";
const STRANGERS = "\0strangers";

function namingBy(type: string, target: StackResource, link: NamingLink, joins: StackJoins): Naming {
  const { property } = link;
  const near = (other: StackResource) => nearness(other, target, joins);
  if (joins.referring(target, property, type).some((one) => near(one) !== "apart")) return "named";
  const groups = joins.grouped(`${type} ${property} naming ${link.of.join(" ")}`, type, (one) =>
    namingKeys(one, link, joins),
  );
  const own = ownNames(target, link);
  const called = own.flatMap((name) => groups.get(name) ?? []).map(near);
  if (called.includes("same")) return "named";
  // What calls itself nothing that is known yet may be what a stranger's name means.
  const open = [UNTOLD, ...(link.name !== undefined && own.length === 0 ? [STRANGERS] : [])];
  const perhaps = open.flatMap((key) => groups.get(key) ?? []).map(near);
  return [...called, ...perhaps].some((place) => place !== "apart") ? "untold" : "unnamed";
}

/** The name that one says, and whether it is told whom that means. */
function namingKeys(one: StackResource, link: NamingLink, joins: StackJoins): string[] {
  const { of, property } = link;
  const value = one.properties[property];
  const references = of.map((type) => joins.references(one, property, type));
  if (references.every(({ outside }) => outside.some(isUnknown))) return [UNTOLD];
  const name = keyOf(value, link);
  const isNear = (other: StackResource) => nearness(other, one, joins) !== "apart";
  // What has the name for an id in another region is its namesake.
  if (name === undefined || references.some(({ found }) => found.some(isNear))) return [];
  const isKnown = of.some((type) => (namesakes(type, link, joins).get(name) ?? []).some(isNear));
  return isKnown ? [name] : [name, STRANGERS];
}

function namesakes(type: string, link: NamingLink, joins: StackJoins) {
  return joins.grouped(`${type} by ${String(link.name)}`, type, (one) => ownNames(one, link));
}

function ownNames({ id, properties }: StackResource, link: NamingLink): string[] {
  const given = link.name === undefined ? undefined : stringAt(properties, link.name);
  return [given, id].flatMap((name) => {
    const key = keyOf(name, link);
    return key === undefined ? [] : [key];
  });
}

function keyOf(name: unknown, { key = (text) => text }: NamingLink): string | undefined {
  return typeof name === "string" && name !== "" ? key(name) : undefined;
}

/** A region that nothing tells may be any. */
function nearness(a: StackResource, b: StackResource, joins: StackJoins): "same" | "apart" | "untold" {
  const [one, other] = [joins.regionOf(a), joins.regionOf(b)];
  if (typeof one === "string" && typeof other === "string") return one === other ? "same" : "apart";
  return one === undefined && other === undefined ? "same" : "untold";
}
