import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Secret } from "../../../functions/assistant/secret";
import { createSecretCache } from "../../../functions/assistant/secret-cache";

const START_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

function rig(value: (read: number) => string | Error = () => "first-secret") {
  let nowMs = START_MS;
  let reads = 0;
  const failures: string[] = [];
  const cache = createSecretCache({
    parameter: "/assistant/token",
    read: async () => {
      const one = value(++reads);
      if (one instanceof Error) throw one;
      return one;
    },
    now: () => nowMs,
    isAcceptable: (text) => text.length > 5,
    onFailure: (error) => failures.push((error as Error).message),
  });
  return {
    cache,
    failures,
    get: async () => (await cache.get()).reveal(),
    at: (ms: number) => {
      nowMs = START_MS + ms;
    },
    reads: () => reads,
  };
}

describe("functions/assistant/secret-cache", () => {
  it("reads once for many callers, and again at 5 minutes, not before", async () => {
    const { get, at, reads } = rig();
    assert.deepEqual(await Promise.all([get(), get(), get()]), Array(3).fill("first-secret"));
    at(5 * MINUTE_MS - 1);
    await get();
    assert.equal(reads(), 1);
    at(5 * MINUTE_MS);
    await get();
    assert.equal(reads(), 2);
  });

  it("serves the old secret for 24 hours when it cannot be read, and then no more", async () => {
    const { get, at, failures } = rig((read) => (read === 1 ? "first-secret" : new Error("throttled")));
    await get();
    at(24 * 60 * MINUTE_MS - 1);
    assert.equal(await get(), "first-secret");
    at(24 * 60 * MINUTE_MS);
    await assert.rejects(get(), {
      name: "SecretUnavailable",
      message: "parameter /assistant/token cannot be read",
    });
    assert.deepEqual(failures, ["throttled"]);
  });

  it("tries again after 10 s, not before", async () => {
    const { get, at, reads } = rig((read) => (read === 1 ? new Error("no") : "later-secret"));
    await assert.rejects(get());
    at(9_999);
    await assert.rejects(get());
    assert.equal(reads(), 1);
    at(10_000);
    assert.equal(await get(), "later-secret");
  });

  it("reads anew when asked to, at most every 10 s, and knows the old value too", async () => {
    const { cache, get, at, reads } = rig((read) => `secret-${read}`);
    await get();
    at(9_999);
    assert.equal((await cache.getRenewed()).reveal(), "secret-1");
    at(10_000);
    assert.equal((await cache.getRenewed()).reveal(), "secret-2");
    assert.equal(reads(), 2);
    assert.deepEqual(cache.known(), ["secret-2", "secret-1"]);
  });

  it("does not take what cannot be a secret, and does not repeat it", async () => {
    const { get, failures } = rig(() => "hush");
    await assert.rejects(get(), { name: "SecretUnavailable" });
    assert.deepEqual(failures, ["parameter /assistant/token does not hold a usable secret"]);
  });

  it("reads anew after the clock was set back", async () => {
    const { get, at, reads } = rig();
    await get();
    at(-1);
    await get();
    assert.equal(reads(), 2);
  });

  it("does not wait for a reader that ignores its signal", async () => {
    const failures: unknown[] = [];
    const cache = createSecretCache({
      parameter: "/p",
      read: () => new Promise(() => {}),
      now: () => START_MS,
      isAcceptable: () => true,
      onFailure: (error) => failures.push((error as Error).message),
      readTimeoutMs: 20,
    });
    // The signal's timer does not keep a process alive by itself; a server does.
    const alive = setTimeout(() => {}, 1_000);
    await assert.rejects(cache.get(), { name: "SecretUnavailable" });
    clearTimeout(alive);
    assert.deepEqual(failures, ["no answer within 20 ms"]);
  });

  it("shows a secret to nobody by accident", () => {
    const secret = new Secret("hush");
    const shown = [
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      String(Object.values(secret)),
    ];
    assert.doesNotMatch(shown.join(), /hush/);
    assert.equal(secret.reveal(), "hush");
  });
});
