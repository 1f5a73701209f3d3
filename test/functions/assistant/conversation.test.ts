import assert from "node:assert/strict";
import { createConversation } from "../../../functions/assistant/conversation";
import type { ToolOutcome } from "../../../functions/assistant/homelab-only";
import { createMemory, type Memory } from "../../../functions/assistant/memory";
import type { AskModel } from "../../../functions/assistant/model-call";
import { type MemoryTable, memoryTable } from "./memory-table";

const LIGHTS = { name: "lights", host: "127.0.0.1", port: 1, path: "/" };

describe("functions/assistant/conversation", () => {
  let table: MemoryTable;
  let memory: Memory;
  beforeEach(async () => {
    table = await memoryTable();
    const { client, tableName } = table;
    const now = () => Date.UTC(2026, 5, 1);
    memory = createMemory({ client, tableName, region: "us-east-1", retentionDays: 90, now });
  });
  afterEach(() => table.close());

  function rig({
    ask,
    tool = { kind: "away" },
    store = memory,
  }: {
    ask?: AskModel;
    tool?: ToolOutcome;
    store?: Memory;
  } = {}) {
    const failures: string[] = [];
    const toolCalls: string[] = [];
    const converse = createConversation({
      memory: store,
      tools: [LIGHTS],
      askTool: async ({ name }, message) => {
        toolCalls.push(`${name}: ${message}`);
        return tool;
      },
      reachability: { check: async () => tool.kind !== "away", forget: () => {} },
      region: "us-east-1",
      model: ask && { ask, onFailure: (error) => failures.push((error as Error).message) },
    });
    const say = async (message: string, more: { conversation?: string; messageId?: string } = {}) => {
      const answer = await converse({ message, conversation: "phone", messageId: undefined, ...more });
      return `${answer.source}: ${answer.reply}`;
    };
    return { say, failures, toolCalls };
  }

  it("keeps, lists, finds and forgets notes", async () => {
    const { say } = rig();
    assert.equal(await say("list notes"), "memory: There are no notes.");
    assert.equal(await say("remember to buy ham"), "memory: Noted as 1.");
    assert.equal(
      await say("remind me to call Ada"),
      "memory: Noted as 2. I can't remind you at a time from here; reminders run in the homelab.",
    );
    assert.equal(await say("remember ham radio on Sunday"), "memory: Noted as 3.");
    assert.equal(await say("notes"), "memory: 1. buy ham\n2. call Ada\n3. ham radio on Sunday");
    assert.equal(await say("what did I say about Ada?"), "memory: 2026-06-01: call Ada (note 2)");
    assert.equal(await say("forget about Ada"), "memory: Forgot note 2.");
    assert.equal(
      await say("forget ham"),
      "memory: More than one note is about that; say forget and a number:\n1. buy ham\n3. ham radio on Sunday",
    );
    assert.equal(await say("forget 1"), "memory: Forgot note 1.");
    assert.equal(await say("forget 1"), "memory: There is no note 1.");
    assert.equal(await say("forget Ada"), 'memory: I find no note about "Ada".');
    assert.equal(
      await say("what did I say about Ada?"),
      'memory: I find nothing about "Ada" in notes or this conversation.',
    );
    assert.equal(await say("notes"), "memory: 3. ham radio on Sunday");
  });

  it("keeps no word of a forgotten note anywhere in the table", async () => {
    const { say } = rig();
    await say("remember the code is 4711");
    for (const message of ["list notes", "find code", "forget 1"]) await say(message);
    const stored = [await memory.recent("phone", 100), await memory.notes()];
    assert.doesNotMatch(JSON.stringify(stored), /4711/);
  });

  it("finds what was said in this conversation, and shows its history", async () => {
    const { say } = rig();
    await say("the generator needs oil");
    assert.equal(
      await say("what did I say about the generator?"),
      "memory: 2026-06-01: the generator needs oil (conversation)",
    );
    assert.equal(await say("history"), "memory: 2026-06-01: the generator needs oil");
    assert.equal(await say("history", { conversation: "watch" }), "memory: This conversation begins now.");
    assert.equal(
      await say("generator?", { conversation: "watch" }),
      "memory: I can't answer that from memory. Say help for what I can do.",
    );
    assert.equal(
      await say("is the generator fine?"),
      "memory: I can't answer that from memory, but you said:\n2026-06-01: the generator needs oil (conversation)",
    );
  });

  it("asks a tool of the homelab, and answers uniformly while it is away", async () => {
    const away = rig();
    assert.equal(
      await away.say("lights off"),
      "tool: Lights isn't reachable right now; try again when the homelab is back.",
    );
    assert.deepEqual(away.toolCalls, ["lights: lights off"]);
    const there = rig({ tool: { kind: "answered", reply: "They are off." } });
    assert.equal(await there.say("turn the lights off"), "tool: They are off.");
    const refusing = rig({ tool: { kind: "refused", status: 404 } });
    assert.equal(await refusing.say("lights off"), "tool: The homelab's lights did not accept that (404).");
    assert.equal(await away.say("status"), "memory: I answer from us-east-1. Homelab: lights away.");
    assert.equal(await there.say("status"), "memory: I answer from us-east-1. Homelab: lights reachable.");
  });

  it("tells the model the notes and the conversation, as far as it may remember", async () => {
    const asked: unknown[] = [];
    const { say } = rig({
      ask: async (turns) => {
        asked.push(turns.slice(1));
        assert.match(turns[0]?.content ?? "", /\n1\. Ada likes tea$/);
        return `answer ${asked.length}`;
      },
    });
    await say("remember Ada likes tea");
    assert.equal(await say("what does Ada drink?"), "model: answer 1");
    assert.equal(await say("sure?"), "model: answer 2");
    assert.deepEqual(asked[1], [
      { role: "user", content: "what does Ada drink?" },
      { role: "assistant", content: "answer 1" },
      { role: "user", content: "sure?" },
    ]);
    assert.match(await say("help"), /Anything else goes to the model\.$/);
  });

  it("answers from memory when the model does not, and says so", async () => {
    const { say, failures } = rig({ ask: () => Promise.reject(new Error("timed out")) });
    await say("remember Ada likes tea");
    assert.equal(
      await say("what does Ada drink?"),
      "memory-without-model: The model doesn't answer right now, so this is from memory. " +
        "I can't answer that from memory, but you said:\n2026-06-01: Ada likes tea (note 1)",
    );
    assert.deepEqual(failures, ["timed out"]);
  });

  it("does nothing twice for the same message id", async () => {
    const { say, toolCalls } = rig({ tool: { kind: "answered", reply: "Done." } });
    assert.equal(await say("remember x", { messageId: "m-1" }), "memory: Noted as 1.");
    assert.equal(await say("remember x", { messageId: "m-1" }), "memory: Noted as 1.");
    assert.equal((await memory.notes()).length, 1);
    await say("lights off", { messageId: "m-2" });
    assert.equal(await say("lights off", { messageId: "m-2" }), "memory: Done.");
    assert.equal(toolCalls.length, 1);
    assert.equal(await say("remember x"), "memory: Noted as 2.");
  });

  it("finds the note of an attempt that ended before it was written down", async () => {
    await memory.addNote({ text: "x", messageId: "m-1" });
    assert.equal(await rig().say("remember x", { messageId: "m-1" }), "memory: Noted as 1.");
    assert.equal((await memory.notes()).length, 1);
  });

  it("keeps 200 notes and no more, and shows the last 30", async () => {
    const note = (index: number) => ({ sequence: index + 1, text: `t${index + 1}`, at: "2026-01-01" });
    const full = (length: number) => ({
      ...memory,
      notes: async () => Array.from({ length }, (_, index) => note(index)),
    });
    assert.equal(await rig({ store: full(199) }).say("remember x"), "memory: Noted as 1.");
    assert.equal(
      await rig({ store: full(200) }).say("remember x"),
      "memory: There are 200 notes already; forget one first.",
    );
    assert.match(await rig({ store: full(30) }).say("notes"), /^memory: 1\. t1\n/);
    assert.match(
      await rig({ store: full(31) }).say("notes"),
      /^memory: 1 older notes are not shown; ask what you said about something\.\n2\. t2\n/,
    );
  });
});
