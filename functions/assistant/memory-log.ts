import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

/** The table did not take a read or a write; the cause is for the log. */
export class MemoryUnavailable extends Error {
  override readonly name = "MemoryUnavailable";
}

export interface LogTable {
  readonly client: Pick<DynamoDBDocumentClient, "send">;
  readonly tableName: string;
  /** Different for every entry: tells an own first attempt from another's write. */
  readonly newWriteId: () => string;
}

/** `log` is written with a `#` everywhere: DynamoDB reserves many short words. */
export const LOG_NAME = { "#log": "log" };

/** Each failure means that another writer got one entry in, so this many must write at once to exhaust it. */
const ATTEMPTS_MAX = 20;

/**
 * Adds an entry after the last one of a log and gives back its number. Two writers that choose the same number
 * meet at the condition; the later one takes the next number, so nothing is lost and nothing overwritten.
 * @throws MemoryUnavailable
 */
export async function appendEntry(
  table: LogTable,
  log: string,
  entry: Readonly<Record<string, unknown>>,
): Promise<number> {
  const writeId = table.newWriteId();
  try {
    let sequence = (await lastSequence(table, log)) + 1;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (await putIfFree(table, { ...entry, log, sequence, writeId })) return sequence;
      sequence++;
    }
  } catch (error) {
    throw new MemoryUnavailable("the memory table does not answer", { cause: error });
  }
  throw new MemoryUnavailable(`${ATTEMPTS_MAX} numbers in a row were taken by other writers`);
}

async function lastSequence({ client, tableName }: LogTable, log: string): Promise<number> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: "#log = :log",
      ExpressionAttributeNames: { ...LOG_NAME, "#sequence": "sequence" },
      ExpressionAttributeValues: { ":log": log },
      ProjectionExpression: "#sequence",
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Number(Items[0]?.sequence ?? 0);
}

async function putIfFree(
  { client, tableName }: LogTable,
  item: Readonly<Record<string, unknown>> & { readonly writeId: string },
): Promise<boolean> {
  try {
    await client.send(
      new PutCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: "attribute_not_exists(#log)",
        ExpressionAttributeNames: LOG_NAME,
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ConditionalCheckFailedException") throw error;
    // The SDK repeats a request whose answer got lost; then the write in our way is our own.
    const { Item } = error as { Item?: { writeId?: { S?: string } } };
    return Item?.writeId?.S === item.writeId;
  }
}
