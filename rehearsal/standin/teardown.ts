import { AWS_PROVIDER_TYPE, PROVIDER_TYPE_PREFIX, type StackResource } from "../../model/stack-resource";
import { isUnknown, type Properties } from "../../model/unknown";
import { type AccountResource, MemoryAccount } from "./aws/account";
import { findResourceType } from "./aws/catalogue";
import { protection, remove, withoutProtection } from "./aws/lifecycle";
import { Refusal } from "./aws/refusal";
import { dependencyOrder, referencesOf } from "./dependency-order";

export interface Teardown {
  /** Every resource of the stack, components and providers among them. */
  readonly created: number;
  readonly deleted: number;
  /** What is still there, and would still bill if it bills at all. */
  readonly left: StackResource[];
  /** URNs whose protection against deletion had to be turned off first. */
  readonly lifted: string[];
}

/**
 * Deletes a stack as `pulumi destroy` would: nothing before what depends on it, through the delete that the
 * provider plugin serves. A resource that is refused stays, and so does all that it needs.
 */
export function tearDown(resources: readonly StackResource[]): Teardown {
  const account = new MemoryAccount(true, resources.filter(isAwsResource).map(inAccount));
  const left: StackResource[] = [];
  const lifted: string[] = [];
  for (const resource of deletionOrder(resources)) {
    const needed = left.some((kept) => referencesOf(kept).includes(resource.urn));
    const outcome = needed ? "kept" : deleteOne(resource, account);
    if (outcome === "lifted") lifted.push(resource.urn);
    if (outcome === "kept") left.push(resource);
  }
  return { created: resources.length, deleted: resources.length - left.length, left, lifted };
}

function deleteOne(resource: StackResource, account: MemoryAccount): "deleted" | "lifted" | "kept" {
  if (!resource.custom || resource.type.startsWith(PROVIDER_TYPE_PREFIX)) return "deleted";
  const type = findResourceType(resource.type);
  if (type === undefined) return "kept";
  const existing = inAccount(resource);
  try {
    const isProtected = protection(type, existing.properties).length > 0;
    const unprotected = isProtected
      ? { ...existing, properties: withoutProtection(type, existing.properties) }
      : existing;
    if (isProtected) account.put(unprotected);
    remove(type, unprotected, account);
    return isProtected ? "lifted" : "deleted";
  } catch (error) {
    if (error instanceof Refusal) return "kept";
    throw error;
  }
}

/**
 * Dependents before what they depend on, children before parents, resources before their provider; among
 * equals the last registered first, as the engine does.
 */
export function deletionOrder(resources: readonly StackResource[]): StackResource[] {
  return dependencyOrder(resources).reverse();
}

function isAwsResource(resource: StackResource): boolean {
  return (
    resource.custom && resource.type !== AWS_PROVIDER_TYPE && findResourceType(resource.type) !== undefined
  );
}

function inAccount(resource: StackResource): AccountResource {
  const { urn, type, id } = resource;
  const properties: Properties = resource.properties;
  const region = properties.region;
  return {
    type,
    urn,
    id: id === undefined || isUnknown(id) ? "" : id,
    region: typeof region === "string" ? region : undefined,
    properties,
  };
}
