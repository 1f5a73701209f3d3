import assert from "node:assert/strict";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { createMemory } from "../../../functions/assistant/memory";
import { MemoryUnavailable } from "../../../functions/assistant/memory-log";
import { scriptedClient, sdkError } from "../shared/scripted-client";
import { type MemoryTable, memoryTable } from "./memory-table";

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const DAY_MS = 86_400_000;

describe("functions/assistant/memory", () => {
  let table: MemoryTable;
  before(async () => {
    table = await memoryTable();
  });
  after(() => table.close());

  function memory({ region = "us-east-1", now = () => NOW_MS } = {}) {
    const { client, tableName } = table;
    return createMemory({ client, tableName, region, retentionDays: 90, now });
  }

  const said = (question: string) => ({ question, answer: `to ${question}`, intent: "chat" });

  it("keeps exchanges in order, says who answered, and gives the last ones, oldest first", async () => {
    const closet = memory({ region: "closet" });
    await closet.append("order", said("one"));
    await memory().append("order", { ...said("two"), messageId: "m-2" });
    await closet.append("order", said("three"));
    const at = "2026-01-02T03:04:05.000Z";
    assert.deepEqual(await memory().recent("order", 2), [
      { sequence: 2, ...said("two"), at, region: "us-east-1", messageId: "m-2" },
      { sequence: 3, ...said("three"), at, region: "closet" },
    ]);
    assert.deepEqual(await memory().recent("another", 2), []);
  });

  it("loses nothing of two sides that write at once", async () => {
    const sides = [memory({ region: "closet" }), memory()];
    const writes = Array.from({ length: 12 }, (_, index) =>
      sides[index % 2]?.append("race", said(`q${index}`)),
    );
    const numbers = (await Promise.all(writes)).map((exchange) => exchange?.sequence ?? 0);
    const expected = Array.from({ length: 12 }, (_, index) => index + 1);
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      expected,
    );
    const questions = (await memory().recent("race", 100)).map(({ question }) => question);
    assert.deepEqual(new Set(questions), new Set(expected.map((number) => `q${number - 1}`)));
  });

  it("marks exchanges for deletion after the retention and leaves out what is past it", async () => {
    await memory().append("ttl", said("old"));
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: { log: "conversation#ttl", sequence: 1 } }),
    );
    assert.equal(Item?.expiresAt, NOW_MS / 1_000 + 90 * 86_400);
    const kept = (ms: number) => memory({ now: () => NOW_MS + 90 * DAY_MS + ms }).recent("ttl", 10);
    assert.equal((await kept(-1)).length, 1);
    assert.equal((await kept(0)).length, 0);
  });

  it("forgets a note's text for good and never gives its number again", async () => {
    const first = await memory().addNote({ text: "buy ham" });
    const second = await memory().addNote({ text: "call Ada", messageId: "m-9" });
    assert.equal(await memory().forgetNote(second.sequence), true);
    assert.equal(await memory().forgetNote(second.sequence), false);
    assert.equal(await memory().forgetNote(999), false);
    const third = await memory().addNote({ text: "mow" });
    assert.equal(third.sequence, second.sequence + 1);
    assert.deepEqual(await memory().notes(), [first, third]);
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: { log: "notes", sequence: second.sequence } }),
    );
    assert.doesNotMatch(JSON.stringify(Item), /Ada|m-9/);
  });

  it("reads notes over all pages", async () => {
    const page = (sequence: number, more: boolean) => ({
      Items: [{ log: "notes", sequence, text: `t${sequence}`, at: "now" }],
      ...(more ? { LastEvaluatedKey: { log: "notes", sequence } } : {}),
    });
    const { client, sent } = scriptedClient(({ input }) =>
      input.ExclusiveStartKey ? page(2, false) : page(1, true),
    );
    const two = createMemory({ client, tableName: "t", region: "r", retentionDays: 1, now: () => 0 });
    assert.deepEqual(
      (await two.notes()).map(({ text }) => text),
      ["t1", "t2"],
    );
    assert.deepEqual(sent[1]?.input.ExclusiveStartKey, { log: "notes", sequence: 1 });
  });

  function scripted(put: () => unknown) {
    const { client, sent } = scriptedClient(({ name }) => (name === "PutCommand" ? put() : { Items: [] }));
    const settings = { client, tableName: "t", region: "r", retentionDays: 1, now: () => 0 };
    return { memory: createMemory({ ...settings, newWriteId: () => "mine" }), sent };
  }

  it("takes its own first attempt whose answer got lost for what it is", async () => {
    const { memory, sent } = scripted(() => {
      throw sdkError("ConditionalCheckFailedException", { Item: { writeId: { S: "mine" } } });
    });
    assert.equal((await memory.addNote({ text: "x" })).sequence, 1);
    assert.equal(sent.filter(({ name }) => name === "PutCommand").length, 1);
  });

  it("gives up after 20 numbers in a row were taken, and not before", async () => {
    let taken = 0;
    const over = (limit: number) => {
      taken = 0;
      return scripted(() => {
        if (taken++ < limit) throw sdkError("ConditionalCheckFailedException", { Item: {} });
        return {};
      }).memory.addNote({ text: "x" });
    };
    assert.equal((await over(19)).sequence, 20);
    await assert.rejects(over(20), {
      name: "MemoryUnavailable",
      message: "20 numbers in a row were taken by other writers",
    });
  });

  it("calls the memory unavailable for any failure of the table, and keeps the cause for the log", async () => {
    const cause = sdkError("ThrottlingException");
    const { client } = scriptedClient(() => {
      throw cause;
    });
    const away = createMemory({ client, tableName: "t", region: "r", retentionDays: 1, now: () => 0 });
    const calls = [
      () => away.recent("c", 1),
      () => away.append("c", said("q")),
      () => away.notes(),
      () => away.addNote({ text: "x" }),
      () => away.forgetNote(1),
    ];
    for (const call of calls) {
      await assert.rejects(call(), (error) => error instanceof MemoryUnavailable && error.cause === cause);
    }
  });

  it("touches a key that nothing has, and passes the signal on", async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const { client, sent } = scriptedClient((_command, given) => {
      seen.push(given);
      return {};
    });
    await createMemory({ client, tableName: "t", region: "r", retentionDays: 1, now: () => 0 }).touch(signal);
    assert.deepEqual(seen, [signal]);
    assert.deepEqual(
      sent.map(({ name, input }) => [name, input.Key]),
      [["GetCommand", { log: "_healthz", sequence: 0 }]],
    );
  });
});
