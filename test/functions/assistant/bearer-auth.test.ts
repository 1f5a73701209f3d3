import assert from "node:assert/strict";
import crypto from "node:crypto";
import { isAuthorized, isToken } from "../../../functions/assistant/bearer-auth";
import { Secret } from "../../../functions/assistant/secret";

const TOKEN = "0123456789abcdef0123456789abcdef";
const OTHER = "f".repeat(32);

function cache(first: string, renewed = first) {
  const asked: string[] = [];
  return {
    asked,
    cache: {
      get: async () => {
        asked.push("get");
        return new Secret(first);
      },
      getRenewed: async () => {
        asked.push("renewed");
        return new Secret(renewed);
      },
      known: () => [],
    },
  };
}

describe("functions/assistant/bearer-auth", () => {
  it("lets the token in, whatever the case of its scheme", async () => {
    for (const header of [`Bearer ${TOKEN}`, `bearer  ${TOKEN} `]) {
      const { cache: token, asked } = cache(TOKEN);
      assert.equal(await isAuthorized(header, token), true, header);
      assert.deepEqual(asked, ["get"]);
    }
  });

  it("keeps out what cannot be the token without asking for it", async () => {
    for (const header of [
      undefined,
      "",
      TOKEN,
      `Basic ${TOKEN}`,
      "Bearer",
      "Bearer short",
      `Bearer ${TOKEN} x`,
    ]) {
      const { cache: token, asked } = cache(TOKEN);
      assert.equal(await isAuthorized(header, token), false, String(header));
      assert.deepEqual(asked, []);
    }
  });

  it("asks for the token anew before it refuses one: it may just have been changed", async () => {
    const changed = cache(TOKEN, OTHER);
    assert.equal(await isAuthorized(`Bearer ${OTHER}`, changed.cache), true);
    const same = cache(TOKEN);
    assert.equal(await isAuthorized(`Bearer ${OTHER}`, same.cache), false);
    assert.equal(await isAuthorized(`Bearer ${TOKEN}0`, same.cache), false);
    assert.deepEqual(same.asked, ["get", "renewed", "get", "renewed"]);
  });

  it("compares by timingSafeEqual alone, and digests, so that time says nothing of the token", async () => {
    const compared = comparisons();
    try {
      for (const given of [TOKEN, OTHER, `${TOKEN}0`])
        await isAuthorized(`Bearer ${given}`, cache(TOKEN).cache);
      // The verdict is the comparison's own.
      compared.answer = true;
      assert.equal(await isAuthorized(`Bearer ${OTHER}`, cache(TOKEN).cache), true);
      compared.answer = false;
      assert.equal(await isAuthorized(`Bearer ${TOKEN}`, cache(TOKEN).cache), false);
    } finally {
      compared.restore();
    }
    const [token, other, longer] = [TOKEN, OTHER, `${TOKEN}0`].map((text) =>
      crypto.createHash("sha256").update(text).digest("hex"),
    );
    assert.deepEqual(compared.seen, [
      [token, token],
      [other, token],
      [other, token],
      [longer, token],
      [longer, token],
      [other, token],
      [token, token],
      [token, token],
    ]);
  });

  it("takes tokens of 32 to 512 characters", () => {
    const lengths = [31, 32, 512, 513].map((length) => isToken("x".repeat(length)));
    assert.deepEqual(lengths, [false, true, true, false]);
    assert.equal(isToken(`${"x".repeat(32)} `), false);
  });
});

/** Watches `timingSafeEqual`, which answers as it is told, or by itself while it is told nothing. */
function comparisons() {
  const { timingSafeEqual } = crypto;
  const watched = {
    answer: undefined as boolean | undefined,
    seen: [] as string[][],
    restore: () => {
      crypto.timingSafeEqual = timingSafeEqual;
    },
  };
  crypto.timingSafeEqual = (left, right) => {
    watched.seen.push([left, right].map((bytes) => Buffer.from(bytes as Uint8Array).toString("hex")));
    return watched.answer ?? timingSafeEqual(left, right);
  };
  return watched;
}
