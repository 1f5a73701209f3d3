import { randomBytes } from "node:crypto";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Precondition } from "./precondition";
import type { Profile, ProfileDraft } from "./profile";

/** No profile can have this id: ids begin with a letter or digit. */
const HEALTH_KEY = "_healthz";

/** The store did not answer, or asks to come back later. Not the caller's fault, and worth another try. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

export type WriteOutcome =
  | { readonly kind: "stored"; readonly profile: Profile }
  | { readonly kind: "precondition-failed" };

export interface ProfileStore {
  read(id: string): Promise<Profile | undefined>;
  write(id: string, draft: ProfileDraft, precondition: Precondition): Promise<WriteOutcome>;
  /** Reads a fixed key of the local replica; fails when the replica does not answer. */
  touch(signal: AbortSignal): Promise<void>;
}

/**
 * Profiles in the local replica of a DynamoDB global table.
 *
 * A global table resolves concurrent writes of two regions by last writer wins, item by item, and replicates after
 * it has acknowledged (DynamoDB developer guide, "Global tables: how it works"). So a precondition is checked
 * against this region's replica only, and a write acknowledged here can be lost when the region is lost before
 * replicating (the RPO) or when the other region writes the same profile later. The revision in the entity tag
 * at least makes sure that nobody overwrites a write that they have not seen: version 4 of one region is not taken
 * for version 4 of the other.
 *
 * @param now milliseconds since 1970.
 * @param newRevision 12 hexadecimal digits, different for every write.
 */
export function createProfileStore(settings: {
  readonly client: Pick<DynamoDBDocumentClient, "send">;
  readonly tableName: string;
  readonly region: string;
  readonly now: () => number;
  readonly newRevision?: () => string;
}): ProfileStore {
  const { client, tableName, region, now, newRevision = () => randomBytes(6).toString("hex") } = settings;
  return {
    // Eventually consistent: half the price, and the standby's replica is eventual whatever this read says.
    async read(id) {
      const { Item } = await client
        .send(new GetCommand({ TableName: tableName, Key: { id } }))
        .catch(rethrow);
      return Item && profileFromItem(Item);
    },

    async write(id, draft, precondition) {
      const stamp = {
        updatedAt: new Date(now()).toISOString(),
        updatedRegion: region,
        revision: newRevision(),
      };
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { id },
            ...updateOf({ ...draft, ...stamp }, precondition),
            ReturnValues: "ALL_NEW",
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return { kind: "stored", profile: profileFromItem(Attributes ?? {}) };
      } catch (error) {
        if (!isConditionFailure(error)) return rethrow(error);
        // The SDK repeats a request whose answer got lost; then the write in our way is our own first attempt.
        if (error.Item?.revision?.S !== stamp.revision) return { kind: "precondition-failed" };
        return {
          kind: "stored",
          profile: { id, ...draft, ...stamp, version: Number(error.Item.version?.N) },
        };
      }
    },

    async touch(signal) {
      const command = new GetCommand({
        TableName: tableName,
        Key: { id: HEALTH_KEY },
        ConsistentRead: false,
        ProjectionExpression: "id",
      });
      await client.send(command, { abortSignal: signal });
    },
  };
}

/** The version is counted by DynamoDB, so that writes without a precondition cannot skip or repeat a number. */
function updateOf(attributes: Omit<Profile, "id" | "version">, precondition: Precondition) {
  const names = Object.keys(attributes);
  const { expression, values } = conditionOf(precondition);
  return {
    UpdateExpression: `SET #version = if_not_exists(#version, :zero) + :one, ${names
      .map((name) => `#${name} = :${name}`)
      .join(", ")}`,
    ExpressionAttributeNames: Object.fromEntries(["version", ...names].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ":zero": 0,
      ":one": 1,
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
      ...values,
    },
    ...(expression === undefined ? {} : { ConditionExpression: expression }),
  };
}

function conditionOf(precondition: Precondition): { expression?: string; values?: Record<string, unknown> } {
  switch (precondition.kind) {
    case "none":
      return {};
    case "absent":
      return { expression: "attribute_not_exists(id)" };
    case "present":
      return { expression: "attribute_exists(id)" };
    case "version":
      return { expression: "#version = :seenVersion", values: { ":seenVersion": precondition.version } };
    case "revision":
      return {
        expression: "#version = :seenVersion AND #revision = :seenRevision",
        values: { ":seenVersion": precondition.version, ":seenRevision": precondition.revision },
      };
  }
}

/** An item that this code did not write is an error of the system, not a profile with holes. */
function profileFromItem(item: Record<string, unknown>): Profile {
  const { id, displayName, bio, interests, version, revision, updatedAt, updatedRegion } = item;
  const texts = [id, displayName, bio, revision, updatedAt, updatedRegion];
  if (
    !texts.every((text) => typeof text === "string") ||
    !Array.isArray(interests) ||
    !Number.isInteger(version)
  ) {
    throw new Error(`item ${JSON.stringify(id)} is not a profile`);
  }
  return { id, displayName, bio, interests, version, revision, updatedAt, updatedRegion } as Profile;
}

interface ConditionFailure {
  /** Low-level attributes: the document client does not convert what comes with an error. */
  readonly Item?: { readonly revision?: { readonly S?: string }; readonly version?: { readonly N?: string } };
}

function isConditionFailure(error: unknown): error is ConditionFailure {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}

const TRANSIENT_NAMES = new Set([
  "AbortError",
  "InternalServerError",
  "ProvisionedThroughputExceededException",
  "ReplicatedWriteConflictException",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "ThrottlingException",
  "TimeoutError",
]);

function rethrow(error: unknown): never {
  throw isTransient(error) ? new StoreUnavailable("the table does not answer", { cause: error }) : error;
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  if (TRANSIENT_NAMES.has(error.name) || ($metadata?.httpStatusCode ?? 0) >= 500) return true;
  // A failed connection has the code of a system call (ECONNREFUSED), a mistake of ours one of Node.js (ERR_...).
  return typeof code === "string" && !code.startsWith("ERR_");
}
