import assert from "node:assert/strict";
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

  it("takes tokens of 32 to 512 characters", () => {
    const lengths = [31, 32, 512, 513].map((length) => isToken("x".repeat(length)));
    assert.deepEqual(lengths, [false, true, true, false]);
    assert.equal(isToken(`${"x".repeat(32)} `), false);
  });
});
