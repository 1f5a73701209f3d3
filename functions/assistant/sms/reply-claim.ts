import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { LOG_NAME } from "../memory-log";

/** What may be done about an inbound message. */
export type ClaimOutcome =
  | { readonly kind: "held"; readonly holder: string }
  /** The reply is out; nothing is left to do. */
  | { readonly kind: "answered" }
  /** Another invocation works on it. */
  | { readonly kind: "busy" }
  /** An invocation ended while it sent: the reply may be out, so it must not be sent again. */
  | { readonly kind: "uncertain" };

export interface ReplyClaims {
  claim(messageId: string): Promise<ClaimOutcome>;
  /** From here on nobody else sends. @throws when the claim was lost. */
  beginSending(messageId: string, holder: string): Promise<void>;
  confirmSent(messageId: string, holder: string): Promise<void>;
  /** Gives the message to the next attempt; only where the reply is known not to be out. */
  release(messageId: string, holder: string): Promise<void>;
}

/**
 * Longer than the function may run (50 s) and shorter than Lambda's first pause between attempts of an asynchronous
 * invocation (1 minute; Lambda developer guide, "Asynchronous invocation").
 */
const LEASE_MS = 55_000;
/** SNS and Lambda give up within hours; a day more costs nothing. */
const KEPT_SECONDS = 2 * 86_400;

/**
 * One item of the memory table for each inbound message, moved on by conditional writes:
 * working (with a lease) -> sending -> sent. Only `working` can be taken over, so a reply goes out at most once.
 *
 * @param now milliseconds since 1970.
 * @param newHolder different for every attempt; Lambda repeats an invocation under the same request id.
 */
export function createReplyClaims(settings: {
  readonly client: Pick<DynamoDBDocumentClient, "send">;
  readonly tableName: string;
  readonly now: () => number;
  readonly newHolder: () => string;
}): ReplyClaims {
  const { client, tableName, now, newHolder } = settings;
  const key = (messageId: string) => ({ log: `sms#${messageId}`, sequence: 0 });
  const names = { ...LOG_NAME, "#state": "state" };

  async function read(messageId: string): Promise<Record<string, unknown>> {
    const { Item = {} } = await client.send(
      new GetCommand({ TableName: tableName, Key: key(messageId), ConsistentRead: true }),
    );
    return Item;
  }

  async function move(messageId: string, holder: string, from: string, to: string, leaseUntilMs: number) {
    try {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: key(messageId),
          UpdateExpression: "SET #state = :to, leaseUntilMs = :lease",
          ConditionExpression: "holder = :holder AND #state = :from",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: { ":to": to, ":from": from, ":holder": holder, ":lease": leaseUntilMs },
        }),
      );
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const item = await read(messageId);
      // The SDK repeats a request whose answer got lost; then the move is done already.
      if (item.holder === holder && item.state === to) return;
      throw new Error(`the claim was lost on the way from ${from} to ${to}`);
    }
  }

  return {
    async claim(messageId) {
      const holder = newHolder();
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: {
              ...key(messageId),
              state: "working",
              holder,
              leaseUntilMs: now() + LEASE_MS,
              expiresAt: Math.floor(now() / 1_000) + KEPT_SECONDS,
            },
            ConditionExpression: "attribute_not_exists(#log) OR (#state = :working AND leaseUntilMs <= :now)",
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: { ":working": "working", ":now": now() },
          }),
        );
        return { kind: "held", holder };
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        const item = await read(messageId);
        if (item.holder === holder && item.state === "working") return { kind: "held", holder };
        if (item.state === "sent") return { kind: "answered" };
        return { kind: item.state === "sending" ? "uncertain" : "busy" };
      }
    },
    beginSending: (messageId, holder) => move(messageId, holder, "working", "sending", 0),
    confirmSent: (messageId, holder) => move(messageId, holder, "sending", "sent", 0),
    async release(messageId, holder) {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: key(messageId),
          UpdateExpression: "SET #state = :working, leaseUntilMs = :zero",
          ConditionExpression: "holder = :holder AND #state <> :sent",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: {
            ":working": "working",
            ":zero": 0,
            ":holder": holder,
            ":sent": "sent",
          },
        }),
      );
    },
  };
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}
