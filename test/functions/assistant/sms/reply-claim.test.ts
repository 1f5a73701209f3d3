import assert from "node:assert/strict";
import { createReplyClaims } from "../../../../functions/assistant/sms/reply-claim";
import { scriptedClient, sdkError } from "../../shared/scripted-client";
import { type MemoryTable, memoryTable } from "../memory-table";

describe("functions/assistant/sms/reply-claim", () => {
  let table: MemoryTable;
  let nowMs = 0;
  let holders = 0;
  before(async () => {
    table = await memoryTable();
  });
  after(() => table.close());
  beforeEach(() => {
    nowMs = Date.UTC(2026, 0, 1);
    holders = 0;
  });

  function claims() {
    const { client, tableName } = table;
    return createReplyClaims({ client, tableName, now: () => nowMs, newHolder: () => `h${++holders}` });
  }

  it("gives a message to one of many, and tells the others that it is busy", async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => claims().claim("many")));
    const kinds = outcomes.map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ["busy", "busy", "busy", "busy", "held"]);
  });

  it("lets another take over when the lease is over: at 55 s, not before", async () => {
    await claims().claim("lease");
    nowMs += 54_999;
    assert.deepEqual(await claims().claim("lease"), { kind: "busy" });
    nowMs += 1;
    assert.deepEqual(await claims().claim("lease"), { kind: "held", holder: "h3" });
    await assert.rejects(claims().beginSending("lease", "h1"), {
      message: "the claim was lost on the way from working to sending",
    });
    await claims().beginSending("lease", "h3");
  });

  it("gives a released message out at once", async () => {
    await claims().claim("back");
    await claims().release("back", "h1");
    assert.deepEqual(await claims().claim("back"), { kind: "held", holder: "h2" });
    await assert.rejects(claims().release("back", "h1"), { name: "ConditionalCheckFailedException" });
  });

  it("never gives out what is being sent or was sent", async () => {
    await claims().claim("sent");
    await claims().beginSending("sent", "h1");
    nowMs += 86_400_000;
    assert.deepEqual(await claims().claim("sent"), { kind: "uncertain" });
    await claims().confirmSent("sent", "h1");
    assert.deepEqual(await claims().claim("sent"), { kind: "answered" });
    await assert.rejects(claims().release("sent", "h1"), { name: "ConditionalCheckFailedException" });
    await assert.rejects(claims().beginSending("sent", "h1"));
  });

  it("sends again what was released on the way: the sender said that nothing went out", async () => {
    await claims().claim("again");
    await claims().beginSending("again", "h1");
    await claims().release("again", "h1");
    assert.deepEqual(await claims().claim("again"), { kind: "held", holder: "h2" });
  });

  it("takes its own first attempt whose answer got lost for what it is", async () => {
    const failing = (Item: object) => {
      const { client } = scriptedClient(({ name }) => {
        if (name === "GetCommand") return { Item };
        throw sdkError("ConditionalCheckFailedException");
      });
      return createReplyClaims({ client, tableName: "t", now: () => 0, newHolder: () => "mine" });
    };
    const mine = { holder: "mine" };
    assert.deepEqual(await failing({ ...mine, state: "working" }).claim("m"), {
      kind: "held",
      holder: "mine",
    });
    await failing({ ...mine, state: "sending" }).beginSending("m", "mine");
    await assert.rejects(failing({ ...mine, state: "working" }).beginSending("m", "mine"));
  });

  it("lets a failing table be seen", async () => {
    const { client } = scriptedClient(() => {
      throw sdkError("ThrottlingException");
    });
    const away = createReplyClaims({ client, tableName: "t", now: () => 0, newHolder: () => "h" });
    await assert.rejects(away.claim("m"), { name: "ThrottlingException" });
    await assert.rejects(away.beginSending("m", "h"), { name: "ThrottlingException" });
  });
});
