import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
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
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
    } catch (error) {
      const item = heldItem(error);
      // The SDK repeats a request whose answer got lost; then the move is done already.
      if (item?.holder?.S === holder && item.state?.S === to) return;
      throw item ? new Error(`the claim was lost on the way from ${from} to ${to}`) : error;
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
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return { kind: "held", holder };
      } catch (error) {
        const item = heldItem(error);
        if (!item) throw error;
        if (item.holder?.S === holder) return { kind: "held", holder };
        const kinds = { sent: "answered", sending: "uncertain" } as const;
        return { kind: kinds[item.state?.S as keyof typeof kinds] ?? "busy" };
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

/** Low-level attributes: the document client does not convert what comes with an error. */
interface HeldItem {
  readonly holder?: { readonly S?: string };
  readonly state?: { readonly S?: string };
}

function heldItem(error: unknown): HeldItem | undefined {
  if (!(error instanceof Error) || error.name !== "ConditionalCheckFailedException") return undefined;
  return (error as { Item?: HeldItem }).Item ?? {};
}
