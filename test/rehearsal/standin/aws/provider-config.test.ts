import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { checkProvider, providerScope } from "../../../../rehearsal/standin/aws/provider-config";

describe("standin/aws/provider-config", () => {
  it("reads region and default tags, which arrive as JSON text", () => {
    const tags = { system: "profile-api", role: "primary" };
    const scope = { accountId: "123456789012", region: "us-west-2", defaultTags: tags };
    assert.deepEqual(providerScope({ region: "us-west-2", defaultTags: JSON.stringify({ tags }) }), scope);
    assert.deepEqual(providerScope({ region: "us-west-2", defaultTags: { tags } }), scope);
    assert.deepEqual(providerScope({}), { accountId: "123456789012", region: undefined, defaultTags: {} });
  });

  it("keeps the unknown unknown", () => {
    assert.equal(providerScope({ region: UNKNOWN }).region, UNKNOWN);
    assert.equal(providerScope({ defaultTags: UNKNOWN }).defaultTags, UNKNOWN);
    assert.equal(providerScope({ defaultTags: { tags: { a: UNKNOWN } } }).defaultTags, UNKNOWN);
    assert.deepEqual(checkProvider({ region: UNKNOWN }), []);
  });

  it("refuses a region that is none and tags that are no JSON", () => {
    assert.deepEqual(checkProvider({ region: "us-west-2", defaultTags: "{}" }), []);
    assert.deepEqual(checkProvider({}), []);
    assert.deepEqual(
      checkProvider({ region: "us-west", defaultTags: "{" }).map(({ property }) => property),
      ["region", "defaultTags"],
    );
    assert.equal(checkProvider({ region: "" }).length, 1);
  });
});
