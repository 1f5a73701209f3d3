import { isDeepStrictEqual } from "node:util";
import { isPresent } from "../../../model/property";
import { parseUrn } from "../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import type { Account, AccountResource } from "./account";
import { isGenerated, seedOf } from "./check";
import { holdsUnknown, placesAt, replaceAt } from "./property-path";
import { problemLine, Refusal } from "./refusal";
import type { Made, Making, ProviderScope, ResourceType } from "./resource-type";

export interface Difference {
  readonly changed: readonly string[];
  /** Those of the changed properties that AWS cannot change in place. */
  readonly replaces: readonly string[];
  /** A replacement under the same name can only come after the deletion. */
  readonly deleteBeforeReplace: boolean;
}

/** Compares checked inputs; a value that is not known yet counts as changed. */
export function diff(type: ResourceType, urn: string, olds: Properties, news: Properties): Difference {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter((key) => !same(olds[key], news[key]))
    .sort();
  const [oldParts, newParts] = [type.fixedParts?.(olds), type.fixedParts?.(news)];
  const replaces = changed.filter(
    (key) => type.replaceOn.includes(key) || !same(oldParts?.[key], newParts?.[key]),
  );
  const named = type.autoName !== undefined && isPresent(news[type.autoName]);
  return {
    changed,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && named && !isGenerated(type, urn, news),
  };
}

/** @throws Refusal when something else in the account forbids it. */
export function create(
  type: ResourceType,
  urn: string,
  inputs: Properties,
  scope: ProviderScope,
  account: Account,
): Made {
  return put(type, urn, undefined, inputs, scope, account);
}

/** @throws Refusal when something else in the account forbids it. */
export function update(
  type: ResourceType,
  urn: string,
  id: string,
  inputs: Properties,
  scope: ProviderScope,
  account: Account,
): Made {
  return put(type, urn, id, inputs, scope, account);
}

/** @throws Refusal for a switch that forbids it, or for what still needs the resource. */
export function remove(type: ResourceType, resource: AccountResource, account: Account): void {
  const name = parseUrn(resource.urn).name;
  const on = protection(type, resource.properties)[0];
  if (on !== undefined) {
    throw new Refusal([
      problemLine(type.token, name, {
        reason: `${on} is on, and AWS refuses to delete it (ValidationException); set it to false and update, then destroy`,
      }),
    ]);
  }
  const kept = type.keeps?.(resource, account);
  if (kept !== undefined) throw new Refusal([problemLine(type.token, name, { reason: kept })]);
  account.remove(resource.type, resource.urn, resource.id);
}

/** The switches that are on and forbid a delete, as written in the properties. */
export function protection(type: ResourceType, properties: Properties): string[] {
  return (type.protectedBy ?? [])
    .flatMap((path) => placesAt(properties, path))
    .filter(({ value }) => value === true)
    .map(({ written }) => written);
}

/** The properties with every switch that forbids a delete turned off. */
export function withoutProtection(type: ResourceType, properties: Properties): Properties {
  return (type.protectedBy ?? []).reduce<Properties>(
    (lifted, path) => replaceAt(lifted, path, (value) => (value === true ? false : value)) as Properties,
    properties,
  );
}

/** What a resource that does not exist yet is going to look like: AWS's own values are unknown. */
export function foresee(type: ResourceType, inputs: Properties): Properties {
  return type.computed.reduce<Properties>(
    (state, path) => replaceAt(state, path, (value) => (isPresent(value) ? value : UNKNOWN)) as Properties,
    withPrefixes(type, inputs),
  );
}

/** What an update is going to make of a resource: all of it, unless an input is not known yet. */
export function foreseeUpdate(
  type: ResourceType,
  urn: string,
  inputs: Properties,
  scope: ProviderScope,
  account: Account,
): Properties {
  if (holdsUnknown(inputs)) return foresee(type, inputs);
  const making = makingOf(type, urn, inputs, scope, account, seedAtBirth(type, urn, account));
  return { ...withPrefixes(type, inputs), ...type.make(making).outputs };
}

/** The region of a resource by its inputs; global services answer from us-east-1. */
export function regionOf(type: ResourceType, inputs: Properties): string {
  return type.inputs.includes("region") && typeof inputs.region === "string" ? inputs.region : "us-east-1";
}

function put(
  type: ResourceType,
  urn: string,
  id: string | undefined,
  inputs: Properties,
  scope: ProviderScope,
  account: Account,
): Made {
  const seed = id === undefined ? undefined : seedAtBirth(type, urn, account);
  const making = makingOf(type, urn, inputs, scope, account, seed);
  const made = type.make(making);
  const refused = type.admit?.(making);
  if (refused !== undefined) throw new Refusal([problemLine(type.token, making.name, { reason: refused })]);
  const outputs = { ...withPrefixes(type, inputs), ...made.outputs };
  if (id !== undefined && id !== made.id) account.remove(type.token, urn, id);
  account.put({
    type: type.token,
    urn,
    id: made.id,
    region: type.inputs.includes("region") ? making.region : undefined,
    properties: outputs,
    seed: making.seed,
  });
  return { id: made.id, outputs };
}

/** An update may touch what only a replacement would draw new ids from, such as the switch that asks for one. */
function seedAtBirth(type: ResourceType, urn: string, account: Account): string | undefined {
  return account.list(type.token).find((resource) => resource.urn === urn)?.seed;
}

function makingOf(
  type: ResourceType,
  urn: string,
  inputs: Properties,
  { accountId }: ProviderScope,
  account: Account,
  seed = seedOf(type, urn, inputs, type.replaceOn),
): Making {
  const region = regionOf(type, inputs);
  return { urn, name: parseUrn(urn).name, inputs, accountId, region, seed, account };
}

/** AWS's provider reports an unused prefix as empty text. */
function withPrefixes(type: ResourceType, inputs: Properties): Properties {
  const unused = type.inputs.filter(
    (key) => /^(bucket|name|statementId)Prefix$/.test(key) && !isPresent(inputs[key]),
  );
  return { ...inputs, ...Object.fromEntries(unused.map((key) => [key, ""])) };
}

function same(a: PropertyValue, b: PropertyValue): boolean {
  if (holdsUnknown(a) || holdsUnknown(b)) return false;
  return isDeepStrictEqual(a ?? undefined, b ?? undefined);
}
