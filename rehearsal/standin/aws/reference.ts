import type { AccountResource } from "./account";
import type { Making } from "./resource-type";

/** Finds a resource of the making's own region by id; a part of an account may not list it. */
export function findHere({ account, region }: Making, type: string, id: string): AccountResource | undefined {
  return account.list(type).find((resource) => resource.id === id && resource.region === region);
}

/**
 * Why AWS would not find what another resource refers to. Undefined when it is there, when nothing is referred
 * to, and when nobody can tell: an account that is not listed whole proves no absence.
 * @param what names the kind in the message, `code` is AWS's name of the error.
 */
export function unreachable(
  making: Making,
  type: string,
  id: string,
  what: string,
  code: string,
): string | undefined {
  const { account, region } = making;
  if (id === "" || findHere(making, type, id)) return undefined;
  const elsewhere = account.list(type).find((resource) => resource.id === id);
  if (elsewhere?.region !== undefined)
    return `${what} ${id} is in ${elsewhere.region}, not in ${region} (${code}); use the provider of its region`;
  return account.complete
    ? `${what} ${id} does not exist in ${region} (${code}); take it from the resource`
    : undefined;
}
