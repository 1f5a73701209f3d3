import { arnRegion } from "../../../model/arn";
import type { StackResource } from "../../../model/stack-resource";
import type { PricedStack } from "../priced-stack";
import { stringAt } from "./read";

/** A property that names what its resource was made from. */
export interface Link {
  readonly property: string;
  /** The types that it may name, each with the properties by whose text it may do so besides the id. */
  readonly to: Readonly<Record<string, readonly string[]>>;
}

export interface Origins {
  /** The resource itself as it was written, then what it was made from, what that was made from, and so on. */
  readonly resources: readonly StackResource[];
  /** Whether the walk stopped before an end: ids that lead in a circle, or far more steps than anybody takes. */
  readonly isCut: boolean;
}

const STEPS_MAX = 20;

/** Follows links back as far as the stack shows; where a resource has several, the first that leads somewhere. */
export function madeFrom(resource: StackResource, stack: PricedStack, links: readonly Link[]): Origins {
  const found = new Map<string, StackResource>();
  let current: StackResource | undefined = resource;
  while (current !== undefined) {
    if (found.has(current.urn) || found.size === STEPS_MAX) {
      return { resources: [...found.values()], isCut: true };
    }
    const written = stack.asWritten(current);
    found.set(current.urn, written);
    current = linked(written, stack, links);
  }
  return { resources: [...found.values()], isCut: false };
}

function linked(
  resource: StackResource,
  stack: PricedStack,
  links: readonly Link[],
): StackResource | undefined {
  for (const { property, to } of links) {
    for (const [type, names] of Object.entries(to)) {
      const found =
        stack.reference(resource, property, type) ?? byText(resource, property, type, names, stack);
      if (found) return found;
    }
  }
  return undefined;
}

/** By name, which counts in the region of what names it, or by ARN, which ends in the name. */
function byText(
  resource: StackResource,
  property: string,
  type: string,
  names: readonly string[],
  stack: PricedStack,
): StackResource | undefined {
  const text = stringAt(resource.properties, property);
  if (typeof text !== "string" || text === "") return undefined;
  const region = arnRegion(text);
  const name = region === undefined ? text : text.split(":").slice(NAME_IN_ARN).join(":");
  for (const key of names) {
    const exact = stack.withText(type, key, text);
    const own = region === undefined ? stack.named(resource, type, key, text) : undefined;
    const inArn = stack.withText(type, key, name).find((one) => stack.regionOf(one) === region);
    const found = own ?? exact[0] ?? inArn;
    if (found) return found;
  }
  return undefined;
}

/** `arn:aws:rds:us-east-1:123456789012:db:name`. */
const NAME_IN_ARN = 6;
