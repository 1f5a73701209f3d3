import assert from "node:assert/strict";
import type { Precondition } from "../../../functions/profile-api/precondition";
import { createProfileStore, StoreUnavailable } from "../../../functions/profile-api/profile-store";
import { scriptedClient, sdkError } from "../shared/scripted-client";

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const REVISION = "00ff00ff00ff";
const DRAFT = { displayName: "Ada", bio: "b", interests: ["x"] };
const ITEM = {
  id: "ada",
  ...DRAFT,
  version: 4,
  revision: REVISION,
  updatedAt: "2026-01-02T03:04:05.006Z",
  updatedRegion: "us-west-2",
};

function storeOver(reply: Parameters<typeof scriptedClient>[0]) {
  const { client, sent } = scriptedClient(reply);
  const store = createProfileStore({
    client,
    tableName: "profiles",
    region: "us-west-2",
    now: () => NOW_MS,
    newRevision: () => REVISION,
  });
  return { store, sent };
}

function failing(error: Error) {
  return storeOver(() => {
    throw error;
  }).store;
}

describe("functions/profile-api/profile-store", () => {
  it("reads one item, eventually consistent", async () => {
    const { store, sent } = storeOver(() => ({ Item: ITEM }));
    assert.deepEqual(await store.read("ada"), ITEM);
    assert.deepEqual(sent, [{ name: "GetCommand", input: { TableName: "profiles", Key: { id: "ada" } } }]);
    assert.equal(await storeOver(() => ({})).store.read("ada"), undefined);
  });

  it("writes everything in one update and lets DynamoDB count the version", async () => {
    const { store, sent } = storeOver(() => ({ Attributes: ITEM }));
    assert.deepEqual(await store.write("ada", DRAFT, { kind: "none" }), { kind: "stored", profile: ITEM });
    assert.deepEqual(sent, [
      {
        name: "UpdateCommand",
        input: {
          TableName: "profiles",
          Key: { id: "ada" },
          UpdateExpression:
            "SET #version = if_not_exists(#version, :zero) + :one, #displayName = :displayName, #bio = :bio, " +
            "#interests = :interests, #updatedAt = :updatedAt, #updatedRegion = :updatedRegion, #revision = :revision",
          ExpressionAttributeNames: {
            "#version": "version",
            "#displayName": "displayName",
            "#bio": "bio",
            "#interests": "interests",
            "#updatedAt": "updatedAt",
            "#updatedRegion": "updatedRegion",
            "#revision": "revision",
          },
          ExpressionAttributeValues: {
            ":zero": 0,
            ":one": 1,
            ":displayName": "Ada",
            ":bio": "b",
            ":interests": ["x"],
            ":updatedAt": "2026-01-02T03:04:05.006Z",
            ":updatedRegion": "us-west-2",
            ":revision": REVISION,
          },
          ReturnValues: "ALL_NEW",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
    ]);
  });

  it("turns each precondition into its condition", async () => {
    const condition = async (precondition: Precondition) => {
      const { store, sent } = storeOver(() => ({ Attributes: ITEM }));
      await store.write("ada", DRAFT, precondition);
      const values = sent[0]?.input.ExpressionAttributeValues as Record<string, unknown>;
      return [sent[0]?.input.ConditionExpression, values[":seenVersion"], values[":seenRevision"]];
    };
    assert.deepEqual(await condition({ kind: "none" }), [undefined, undefined, undefined]);
    assert.deepEqual(await condition({ kind: "absent" }), ["attribute_not_exists(id)", undefined, undefined]);
    assert.deepEqual(await condition({ kind: "present" }), ["attribute_exists(id)", undefined, undefined]);
    assert.deepEqual(await condition({ kind: "version", version: 3 }), [
      "#version = :seenVersion",
      3,
      undefined,
    ]);
    assert.deepEqual(await condition({ kind: "revision", version: 3, revision: "aa" }), [
      "#version = :seenVersion AND #revision = :seenRevision",
      3,
      "aa",
    ]);
  });

  it("tells a failed precondition from its own first attempt whose answer got lost", async () => {
    const write = (item: object | undefined) =>
      failing(sdkError("ConditionalCheckFailedException", { Item: item })).write("ada", DRAFT, {
        kind: "absent",
      });
    const failed = { kind: "precondition-failed" };
    assert.deepEqual(await write(undefined), failed);
    assert.deepEqual(await write({ revision: { S: "another" }, version: { N: "4" } }), failed);
    assert.deepEqual(await write({ revision: { S: REVISION }, version: { N: "4" } }), {
      kind: "stored",
      profile: ITEM,
    });
  });

  it("calls the store unavailable for what passes by itself, and nothing else", async () => {
    const passing = [
      sdkError("ThrottlingException"),
      sdkError("ProvisionedThroughputExceededException"),
      sdkError("TimeoutError"),
      sdkError("SomethingNew", { $metadata: { httpStatusCode: 500 } }),
      sdkError("Error", { code: "ECONNREFUSED" }),
    ];
    const lasting = [
      sdkError("AccessDeniedException", { $metadata: { httpStatusCode: 400 } }),
      sdkError("ResourceNotFoundException", { $metadata: { httpStatusCode: 400 } }),
      sdkError("SomethingNew", { $metadata: { httpStatusCode: 499 } }),
      sdkError("TypeError", { code: "ERR_INVALID_ARG_TYPE" }),
    ];
    for (const error of passing) {
      const away = (thrown: Error) => thrown instanceof StoreUnavailable && thrown.cause === error;
      await assert.rejects(failing(error).read("ada"), away, error.name);
      await assert.rejects(failing(error).write("ada", DRAFT, { kind: "none" }), away, error.name);
    }
    for (const error of lasting) {
      await assert.rejects(failing(error).read("ada"), (thrown) => thrown === error, error.name);
    }
  });

  it("does not take a foreign item for a profile", async () => {
    const { revision: _, ...foreign } = ITEM;
    await assert.rejects(storeOver(() => ({ Item: foreign })).store.read("ada"), {
      message: 'item "ada" is not a profile',
    });
  });

  it("touches a key that no profile can have, and passes the signal on", async () => {
    const abort = new AbortController();
    const signals: unknown[] = [];
    const { store, sent } = storeOver((_command, signal) => {
      signals.push(signal);
      return {};
    });
    await store.touch(abort.signal);
    assert.deepEqual(signals, [abort.signal]);
    assert.deepEqual(sent, [
      {
        name: "GetCommand",
        input: {
          TableName: "profiles",
          Key: { id: "_healthz" },
          ConsistentRead: false,
          ProjectionExpression: "id",
        },
      },
    ]);
  });
});
