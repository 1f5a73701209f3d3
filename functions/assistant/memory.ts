import { randomBytes } from "node:crypto";
import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { appendEntry, LOG_NAME, type LogTable, MemoryUnavailable } from "./memory-log";

/** One question and its answer. */
export interface Exchange {
  /** Position in its conversation, 1 or more, without gaps until the oldest expire. */
  readonly sequence: number;
  readonly question: string;
  readonly answer: string;
  /** What the question was understood as. */
  readonly intent: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Region of the assistant that answered. */
  readonly region: string;
  /** The client's own id of the question, when it gave one. */
  readonly messageId?: string;
}

/** Something to keep until it is forgotten. */
export interface Note {
  /** Its name: never given to another note. */
  readonly sequence: number;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly messageId?: string;
}

export interface Memory {
  /** The last exchanges, oldest first. */
  recent(conversation: string, exchangesMax: number): Promise<Exchange[]>;
  append(conversation: string, exchange: Omit<Exchange, "sequence" | "at" | "region">): Promise<Exchange>;
  /** All notes that are not forgotten, oldest first. */
  notes(): Promise<Note[]>;
  addNote(note: Pick<Note, "text" | "messageId">): Promise<Note>;
  /** Whether there was such a note; its text is gone for good then. */
  forgetNote(sequence: number): Promise<boolean>;
  /** Reads a key that nothing has; fails when the table does not answer. */
  touch(signal: AbortSignal): Promise<void>;
}

const NOTES = "notes";
const DAY_SECONDS = 86_400;

/**
 * The memory that the closet's assistant and the standby's share: one DynamoDB table of logs (partition key `log`,
 * sort key `sequence`, a number), a log for each conversation and one for the notes.
 *
 * Both sides write to the same region's table. Conditional writes hold within a region only, so with a replica in
 * another region the assistant there may read it but must write here.
 *
 * Exchanges carry `expiresAt`, the table's TTL attribute (seconds since 1970). DynamoDB deletes them some time
 * after that (typically within days: developer guide, "Using time to live"), so what has expired is left out here.
 *
 * @param now milliseconds since 1970.
 */
export function createMemory(settings: {
  readonly client: Pick<DynamoDBDocumentClient, "send">;
  readonly tableName: string;
  readonly region: string;
  readonly retentionDays: number;
  readonly now: () => number;
  readonly newWriteId?: () => string;
}): Memory {
  const { client, tableName, region, retentionDays, now } = settings;
  const { newWriteId = () => randomBytes(8).toString("hex") } = settings;
  const table: LogTable = { client, tableName, newWriteId };

  return {
    async recent(conversation, exchangesMax) {
      const { Items = [] } = await client
        .send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: "#log = :log",
            ExpressionAttributeNames: LOG_NAME,
            ExpressionAttributeValues: { ":log": conversationLog(conversation) },
            // The other side may have answered a moment ago.
            ConsistentRead: true,
            ScanIndexForward: false,
            Limit: exchangesMax,
          }),
        )
        .catch(unavailable);
      const nowSeconds = now() / 1_000;
      return Items.filter(({ expiresAt }) => Number(expiresAt) > nowSeconds)
        .map(exchangeFromItem)
        .reverse();
    },

    async append(conversation, exchange) {
      const stored = {
        ...exchange,
        at: new Date(now()).toISOString(),
        region,
        expiresAt: Math.floor(now() / 1_000) + retentionDays * DAY_SECONDS,
      };
      const sequence = await appendEntry(table, conversationLog(conversation), stored);
      return exchangeFromItem({ ...stored, sequence });
    },

    async notes() {
      const notes: Note[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await client
          .send(
            new QueryCommand({
              TableName: tableName,
              KeyConditionExpression: "#log = :log",
              FilterExpression: "attribute_exists(#text)",
              ExpressionAttributeNames: { ...LOG_NAME, "#text": "text" },
              ExpressionAttributeValues: { ":log": NOTES },
              ConsistentRead: true,
              ExclusiveStartKey: start,
            }),
          )
          .catch(unavailable);
        notes.push(...(page.Items ?? []).map(noteFromItem));
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      return notes;
    },

    async addNote(note) {
      const stored = { ...note, at: new Date(now()).toISOString() };
      return { ...stored, sequence: await appendEntry(table, NOTES, stored) };
    },

    async forgetNote(sequence) {
      try {
        await client.send(
          // The entry stays without its text, so that its number is never given again.
          new UpdateCommand({
            TableName: tableName,
            Key: { log: NOTES, sequence },
            UpdateExpression: "SET forgottenAt = :now REMOVE #text, messageId",
            ConditionExpression: "attribute_exists(#text)",
            ExpressionAttributeNames: { "#text": "text" },
            ExpressionAttributeValues: { ":now": new Date(now()).toISOString() },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
        return unavailable(error);
      }
    },

    async touch(signal) {
      const command = new GetCommand({
        TableName: tableName,
        Key: { log: "_healthz", sequence: 0 },
        ExpressionAttributeNames: LOG_NAME,
        ProjectionExpression: "#log",
      });
      await client.send(command, { abortSignal: signal });
    },
  };
}

function conversationLog(conversation: string): string {
  return `conversation#${conversation}`;
}

function unavailable(error: unknown): never {
  throw new MemoryUnavailable("the memory table does not answer", { cause: error });
}

/** An item that this code did not write is an error of the system, not an exchange with holes. */
function exchangeFromItem(item: Record<string, unknown>): Exchange {
  const { sequence, question, answer, intent, at, region, messageId } = item;
  const texts = [question, answer, intent, at, region, messageId ?? ""];
  if (!Number.isInteger(sequence) || !texts.every((text) => typeof text === "string")) {
    throw new Error(`item ${JSON.stringify(item.log)} ${String(sequence)} is not an exchange`);
  }
  const exchange = { sequence, question, answer, intent, at, region };
  return (messageId === undefined ? exchange : { ...exchange, messageId }) as Exchange;
}

function noteFromItem(item: Record<string, unknown>): Note {
  const { sequence, text, at, messageId } = item;
  if (!Number.isInteger(sequence) || typeof text !== "string" || typeof at !== "string") {
    throw new Error(`item ${JSON.stringify(item.log)} ${String(sequence)} is not a note`);
  }
  const note = { sequence, text, at };
  return (messageId === undefined ? note : { ...note, messageId }) as Note;
}
