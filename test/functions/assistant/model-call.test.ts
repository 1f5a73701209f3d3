import assert from "node:assert/strict";
import { createModelCall, isModelKey } from "../../../functions/assistant/model-call";
import { Secret } from "../../../functions/assistant/secret";
import { closedPort, localServer } from "./local-server";

const KEY = "model-key-1";
const TURNS = [{ role: "user", content: "hi" }] as const;
const completion = (content: unknown) => ({ status: 200, body: { choices: [{ message: { content } }] } });

type Reply = ReturnType<typeof completion> | { status: number; body: string; location?: string } | undefined;

async function asked(
  replies: readonly Reply[],
  { url, attemptTimeoutMs = 3_000 }: { url?: string; attemptTimeoutMs?: number } = {},
) {
  const server = await localServer((_request, count) => replies[count - 1]);
  const pauses: number[] = [];
  const ask = createModelCall({
    endpoint: { url: url ?? server.url, name: "small-1", keyParameter: "/k" },
    key: { get: async () => new Secret(KEY), getRenewed: () => assert.fail(), known: () => [] },
    chance: () => 0.5,
    pause: async (ms) => void pauses.push(ms),
    attemptTimeoutMs,
  });
  try {
    const result = await ask(TURNS).catch((error: Error) => error);
    return { result, pauses, received: server.received };
  } finally {
    await server.close();
  }
}

describe("functions/assistant/model-call", () => {
  it("sends the conversation with the key and gives back the text", async () => {
    const { result, received } = await asked([completion(" hello ")]);
    assert.equal(result, "hello");
    assert.equal(received[0]?.headers.authorization, `Bearer ${KEY}`);
    assert.deepEqual(JSON.parse(received[0]?.body ?? ""), {
      model: "small-1",
      messages: TURNS,
      max_tokens: 500,
    });
  });

  it("tries once more after what may pass, with a pause", async () => {
    for (const first of [408, 429, 500, 503].map((status) => ({ status, body: "" }))) {
      const { result, pauses } = await asked([first, completion("hello")]);
      assert.deepEqual([result, pauses], ["hello", [300]], String(first.status));
    }
    const { result } = await asked([undefined, completion("hello")], { attemptTimeoutMs: 400 });
    assert.equal(result, "hello");
  });

  it("fails after the second attempt, and at once after what will not pass", async () => {
    const twice = await asked([
      { status: 503, body: "" },
      { status: 503, body: KEY },
    ]);
    assert.equal((twice.result as Error).message, "the model answered 503");
    for (const reply of [
      { status: 401, body: KEY },
      { status: 404, body: "" },
      completion(""),
      completion(7),
    ]) {
      const { result, received } = await asked([reply, completion("hello")]);
      assert(result instanceof Error);
      assert.equal(received.length, 1);
      assert.doesNotMatch(result.message, new RegExp(KEY));
    }
    const { result, pauses } = await asked([], { url: `http://127.0.0.1:${await closedPort()}/` });
    assert(result instanceof Error);
    assert.equal(pauses.length, 1);
  });

  it("follows no redirect, reads 64 KiB at most and gives 4000 characters at most", async () => {
    const elsewhere = await localServer(() => completion("from elsewhere"));
    const redirect = { status: 307, body: "", location: elsewhere.url };
    const redirected = await asked([redirect, redirect]);
    await elsewhere.close();
    assert(redirected.result instanceof Error);
    assert.deepEqual(elsewhere.received, []);
    const long = completion("x".repeat(5_000));
    assert.equal(String((await asked([long])).result).length, 4_000);
    const huge = completion("x".repeat(65_536));
    assert.equal(
      ((await asked([huge, huge])).result as Error).message,
      "the answer has more than 65536 bytes",
    );
  });

  it("takes keys of 8 to 1024 printable characters", () => {
    const lengths = [7, 8, 1_024, 1_025].map((length) => isModelKey("x".repeat(length)));
    assert.deepEqual(lengths, [false, true, true, false]);
    assert.equal(isModelKey("with a space"), false);
  });
});
