import { type Item, TARGET_PREFIX } from "./store-wire";

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
 * @param hashKeys partition key per table; a table that is not in it is not replicated.
 */
export function writtenItems(
  operation: string,
  input: unknown,
  output: unknown,
  hashKeys: ReadonlyMap<string, string>,
): ItemKey[] {
  const written = new Map<string, ItemKey>();
  const left = operation === "BatchWriteItem" ? batchItems((output as Json).UnprocessedItems, hashKeys) : [];
  const skipped = new Set(left.map(itemKeyText));
  for (const item of requestedItems(operation, input as Json, hashKeys)) {
    const text = itemKeyText(item);
    if (!skipped.has(text)) written.set(text, item);
  }
  return [...written.values()];
}

function requestedItems(operation: string, input: Json, hashKeys: ReadonlyMap<string, string>): ItemKey[] {
  switch (operation) {
    case "PutItem":
      return keyOf(input, input.Item, hashKeys);
    case "UpdateItem":
    case "DeleteItem":
      return keyOf(input, input.Key, hashKeys);
    case "BatchWriteItem":
      return batchItems(input.RequestItems, hashKeys);
    case "TransactWriteItems":
      // A ConditionCheck has a key too, but writes nothing.
      return (input.TransactItems as unknown as Json[]).flatMap(({ Put, Update, Delete }) => [
        ...keyOf(Put, Put?.Item, hashKeys),
        ...keyOf(Update, Update?.Key, hashKeys),
        ...keyOf(Delete, Delete?.Key, hashKeys),
      ]);
    default:
      return [];
  }
}

function batchItems(requestItems: Json | undefined, hashKeys: ReadonlyMap<string, string>): ItemKey[] {
  return Object.entries(requestItems ?? {}).flatMap(([table, requests]) =>
    (requests as unknown as Json[]).flatMap(({ PutRequest, DeleteRequest }) =>
      keyOf({ TableName: table }, PutRequest?.Item ?? DeleteRequest?.Key, hashKeys),
    ),
  );
}

function keyOf(
  request: { readonly TableName?: unknown } | undefined,
  attributes: Item | undefined,
  hashKeys: ReadonlyMap<string, string>,
): ItemKey[] {
  // A table may be named by its ARN too.
  const table = String(request?.TableName ?? "").replace(/^arn:.*:table\//, "");
  const hashKey = hashKeys.get(table);
  const value = hashKey === undefined ? undefined : attributes?.[hashKey];
  return hashKey === undefined || value === undefined ? [] : [{ table, key: { [hashKey]: value } }];
}
