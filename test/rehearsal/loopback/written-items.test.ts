import assert from "node:assert/strict";
import { itemKeyText, writeOperation, writtenItems } from "../../../rehearsal/loopback/written-items";

const KEYS = new Map([
  ["profiles", ["id"]],
  ["memory", ["log", "sequence"]],
]);
const key = (id: string) => ({ table: "profiles", key: { id: { S: id } } });
const item = (id: string) => ({ id: { S: id }, displayName: { S: "x" } });

const written = (operation: string, input: object, output: object = {}) =>
  writtenItems(operation, input, output, KEYS);

describe("rehearsal/loopback/written-items", () => {
  it("knows the five operations that write, and takes nothing else for one", () => {
    const target = (operation: string) => writeOperation(`DynamoDB_20120810.${operation}`);
    const writes = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];
    assert.deepEqual(writes.map(target), writes);
    for (const read of ["GetItem", "Query", "DescribeTable", "CreateTable"])
      assert.equal(target(read), undefined);
    assert.equal(writeOperation("Other_1.PutItem"), undefined);
    assert.equal(writeOperation(undefined), undefined);
  });

  it("finds the key of a put, an update and a deletion", () => {
    assert.deepEqual(written("PutItem", { TableName: "profiles", Item: item("a") }), [key("a")]);
    assert.deepEqual(written("UpdateItem", { TableName: "profiles", Key: { id: { S: "b" } } }), [key("b")]);
    assert.deepEqual(written("DeleteItem", { TableName: "profiles", Key: { id: { S: "c" } } }), [key("c")]);
  });

  it("takes a table named by its ARN", () => {
    const TableName = "arn:aws:dynamodb:us-east-1:123456789012:table/profiles";
    assert.deepEqual(written("PutItem", { TableName, Item: item("a") }), [key("a")]);
  });

  it("leaves tables alone that are not replicated", () => {
    assert.deepEqual(written("PutItem", { TableName: "other", Item: item("a") }), []);
    assert.deepEqual(written("PutItem", { TableName: "profiles", Item: { name: { S: "a" } } }), []);
  });

  it("takes of a batch what was processed", () => {
    const RequestItems = {
      profiles: [
        { PutRequest: { Item: item("a") } },
        { DeleteRequest: { Key: { id: { S: "b" } } } },
        { PutRequest: { Item: item("c") } },
      ],
      other: [{ PutRequest: { Item: item("d") } }],
    };
    assert.deepEqual(written("BatchWriteItem", { RequestItems }, { UnprocessedItems: {} }), [
      key("a"),
      key("b"),
      key("c"),
    ]);
    const UnprocessedItems = { profiles: [{ PutRequest: { Item: item("c") } }] };
    assert.deepEqual(written("BatchWriteItem", { RequestItems }, { UnprocessedItems }), [key("a"), key("b")]);
  });

  it("takes the writes of a transaction, each item once, and no condition check", () => {
    const TableName = "profiles";
    const TransactItems = [
      { Put: { TableName, Item: item("a") } },
      { Update: { TableName, Key: { id: { S: "b" } } } },
      { ConditionCheck: { TableName, Key: { id: { S: "c" } } } },
      { Delete: { TableName, Key: { id: { S: "d" } } } },
      { Update: { TableName, Key: { id: { S: "b" } } } },
    ];
    assert.deepEqual(written("TransactWriteItems", { TransactItems }), [key("a"), key("b"), key("d")]);
  });

  it("has the same text for the same key in another order", () => {
    const text = (attributes: Record<string, { S: string }>) => itemKeyText({ table: "t", key: attributes });
    assert.equal(text({ a: { S: "1" }, b: { S: "2" } }), text({ b: { S: "2" }, a: { S: "1" } }));
    assert.notEqual(text({ a: { S: "1" } }), text({ a: { S: "2" } }));
  });
});
