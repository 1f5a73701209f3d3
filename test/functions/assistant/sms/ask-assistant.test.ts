import assert from "node:assert/strict";
import { Secret } from "../../../../functions/assistant/secret";
import { createAskAssistant } from "../../../../functions/assistant/sms/ask-assistant";
import { closedPort, localServer } from "../local-server";

const QUESTION = { message: "hi", conversation: "sms-1", messageId: "m-1" };
const GOOD = { status: 200, body: { reply: "hello" } };

async function asked(
  replies: readonly ({ status: number; body: string | object } | undefined)[],
  settings: { url?: string; attemptTimeoutMs?: number } = {},
) {
  const server = await localServer((_request, count) => replies[count - 1]);
  const pauses: number[] = [];
  const ask = createAskAssistant({
    url: `${server.url}chat`,
    token: { get: async () => new Secret("old"), getRenewed: async () => new Secret("new"), known: () => [] },
    pause: async (ms) => void pauses.push(ms),
    attemptTimeoutMs: 3_000,
    ...settings,
  });
  try {
    const result = await ask(QUESTION).catch((error: Error) => `${error.name}: ${error.message}`);
    return { result, pauses, received: server.received };
  } finally {
    await server.close();
  }
}

describe("functions/assistant/sms/ask-assistant", () => {
  it("posts the question with the token, on a connection of its own", async () => {
    const { result, received } = await asked([GOOD]);
    assert.equal(result, "hello");
    const [{ method, url, headers, body } = assert.fail()] = received;
    assert.deepEqual([method, url, JSON.parse(body)], ["POST", "/chat", QUESTION]);
    assert.deepEqual([headers.authorization, headers.connection], ["Bearer old", "close"]);
  });

  it("tries once more after what may pass, after 1 s, with the token read anew", async () => {
    for (const status of [401, 408, 429, 500, 503]) {
      const { result, pauses, received } = await asked([{ status, body: "" }, GOOD]);
      assert.deepEqual([result, pauses], ["hello", [1_000]], String(status));
      assert.equal(received[1]?.headers.authorization, "Bearer new");
    }
    assert.equal((await asked([undefined, GOOD], { attemptTimeoutMs: 400 })).result, "hello");
    assert.equal((await asked([{ status: 200, body: "{" }, GOOD])).result, "hello");
  });

  it("fails after the second attempt, and at once after what will not pass", async () => {
    const away = { status: 503, body: "" };
    assert.equal((await asked([away, away, GOOD])).result, "Error: the assistant answered 503");
    const refused = await asked([{ status: 400, body: "" }, GOOD]);
    assert.deepEqual(
      [refused.result, refused.received.length],
      ["AssistantRefusal: the assistant answered 400", 1],
    );
    const url = `http://127.0.0.1:${await closedPort()}/chat`;
    assert.match((await asked([], { url })).result, /ECONNREFUSED/);
  });

  it("reads 64 KiB of an answer and not more", async () => {
    const sized = (bytes: number) => ({ status: 200, body: { reply: "x".repeat(bytes - 12) } });
    assert.equal((await asked([sized(65_536)])).result.length, 65_524);
    const { result } = await asked([sized(65_537), sized(65_537)]);
    assert.equal(result, "Error: the answer has more than 65536 bytes");
  });
});
