import assert from "node:assert/strict";
import { indexByUrn } from "../../model/resource-placement";
import { ResourceTags } from "../../model/resource-tags";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { PROVIDER, resource, urn } from "./stack-fixture";

const QUEUE = "aws:sqs/queue:Queue";

/** The `role` of a queue whose provider has these default tags. */
function role(properties: Properties, defaultTags?: PropertyValue, type = PROVIDER) {
  const provider = resource(type, "east", { region: "us-east-1", defaultTags });
  const queue = resource(QUEUE, "queue", properties, { provider: urn(type, "east") });
  return new ResourceTags(indexByUrn([provider, queue])).tagOf(queue, "role");
}

const DEFAULTS = JSON.stringify({ tags: { role: "primary" } });

describe("model/resource-tags", () => {
  it("takes the resource's own tag over its provider's default", () => {
    assert.equal(role({ tags: { role: "standby" } }, DEFAULTS), "standby");
    assert.equal(role({ tags: { other: "x" } }, DEFAULTS), "primary");
    assert.equal(role({}, { tags: { role: "dns" } }), "dns");
    assert.equal(role({ tagsAll: { role: "standby" } }), "standby");
  });

  it("finds none where there is none", () => {
    assert.equal(role({}), undefined);
    assert.equal(role({ tags: {} }, JSON.stringify({ tags: {} })), undefined);
    assert.equal(role({}, DEFAULTS, "pulumi:providers:gcp"), undefined);
    const lonely = resource(QUEUE, "queue");
    assert.equal(new ResourceTags(new Map()).tagOf(lonely, "role"), undefined);
  });

  it("does not know a tag that could be overridden, or that hides in unknown text", () => {
    assert.equal(role({ tags: UNKNOWN }, DEFAULTS), UNKNOWN);
    assert.equal(role({ tags: { role: UNKNOWN } }, DEFAULTS), UNKNOWN);
    assert.equal(role({}, UNKNOWN), UNKNOWN);
    assert.equal(role({}, "no JSON"), UNKNOWN);
    assert.equal(role({ tagsAll: UNKNOWN }), UNKNOWN);
  });

  it("needs no report of all tags where both others are known", () => {
    assert.equal(role({ tags: { a: "b" }, tagsAll: UNKNOWN }, DEFAULTS), "primary");
  });

  it("reads lists of tags, and the defaults of the provider that writes them", () => {
    const NATIVE = "pulumi:providers:aws-native";
    assert.equal(role({ tags: [{ key: "role", value: "standby" }] }, DEFAULTS, NATIVE), "standby");
    assert.equal(role({ tags: [{ key: "other", value: "x" }] }, DEFAULTS, NATIVE), "primary");
    assert.equal(role({ tags: [{ key: UNKNOWN, value: "x" }] }, DEFAULTS, NATIVE), UNKNOWN);
  });

  it("takes only text for a tag", () => {
    for (const value of [null, 7, true, [], {}] as PropertyValue[]) {
      assert.equal(role({ tags: { role: value } }), undefined);
      assert.equal(role({ tags: value }), undefined);
    }
  });
});
