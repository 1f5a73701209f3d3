import { type Attribute, type Item, TARGET_PREFIX } from "./store-wire";

/** The key of one item of one table. */
export interface ItemKey {
  readonly table: string;
  readonly key: Item;
}

/** Same text for the same item, whatever the order of its key attributes. */
export function itemKeyText({ table, key }: ItemKey): string {
  return JSON.stringify([table, Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

const WRITES: ReadonlySet<string> = new Set([
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
]);

/** The write operation that an `X-Amz-Target` header names, or undefined for reads and everything else. */
export function writeOperation(target: string | undefined): string | undefined {
  if (!target?.startsWith(TARGET_PREFIX)) return undefined;
  const operation = target.slice(TARGET_PREFIX.length);
  return WRITES.has(operation) ? operation : undefined;
}

type Json = { readonly [key: string]: Json } & Item;

/**
 * Which items a successful write has changed, each once: those of the request, less the ones that a batch leaves
 * unprocessed.
 * @param keys names of the key attributes per table; a table that is not in it is not replicated.
 */
export function writtenItems(
  operation: string,
  input: unknown,
  output: unknown,
  keys: ReadonlyMap<string, readonly string[]>,
): ItemKey[] {
  const written = new Map<string, ItemKey>();
  const left = operation === "BatchWriteItem" ? batchItems((output as Json).UnprocessedItems, keys) : [];
  const skipped = new Set(left.map(itemKeyText));
  for (const item of requestedItems(operation, input as Json, keys)) {
    const text = itemKeyText(item);
    if (!skipped.has(text)) written.set(text, item);
  }
  return [...written.values()];
}

function requestedItems(
  operation: string,
  input: Json,
  keys: ReadonlyMap<string, readonly string[]>,
): ItemKey[] {
  switch (operation) {
    case "PutItem":
      return keyOf(input, input.Item, keys);
    case "UpdateItem":
    case "DeleteItem":
      return keyOf(input, input.Key, keys);
    case "BatchWriteItem":
      return batchItems(input.RequestItems, keys);
    case "TransactWriteItems":
      // A ConditionCheck has a key too, but writes nothing.
      return (input.TransactItems as unknown as Json[]).flatMap(({ Put, Update, Delete }) => [
        ...keyOf(Put, Put?.Item, keys),
        ...keyOf(Update, Update?.Key, keys),
        ...keyOf(Delete, Delete?.Key, keys),
      ]);
    default:
      return [];
  }
}

function batchItems(requestItems: Json | undefined, keys: ReadonlyMap<string, readonly string[]>): ItemKey[] {
  return Object.entries(requestItems ?? {}).flatMap(([table, requests]) =>
    (requests as unknown as Json[]).flatMap(({ PutRequest, DeleteRequest }) =>
      keyOf({ TableName: table }, PutRequest?.Item ?? DeleteRequest?.Key, keys),
    ),
  );
}

function keyOf(
  request: { readonly TableName?: unknown } | undefined,
  attributes: Item | undefined,
  keys: ReadonlyMap<string, readonly string[]>,
): ItemKey[] {
  // A table may be named by its ARN too.
  const table = String(request?.TableName ?? "").replace(/^arn:.*:table\//, "");
  const names = keys.get(table);
  const key: Record<string, Attribute> = {};
  for (const name of names ?? []) {
    const value = attributes?.[name];
    if (value === undefined) return [];
    key[name] = value;
  }
  return names === undefined ? [] : [{ table, key }];
}
