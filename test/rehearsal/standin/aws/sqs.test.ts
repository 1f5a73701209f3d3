import assert from "node:assert/strict";
import { QUEUE, QUEUE_POLICY } from "../../../../rehearsal/standin/aws/sqs";
import { made, reasonsOf } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

describe("standin/aws/sqs", () => {
  it("makes a queue known by its URL", () => {
    const { id, outputs } = made(QUEUE, { name: "dead" }, { region: "us-west-2" });
    assert.equal(id, "https://sqs.us-west-2.amazonaws.com/123456789012/dead");
    assert.equal(outputs.url, id);
    assert.equal(outputs.arn, "arn:aws:sqs:us-west-2:123456789012:dead");
    assert.equal(outputs.visibilityTimeoutSeconds, 30);
    assert.equal(outputs.sqsManagedSseEnabled, true);
    assert.equal(made(QUEUE, { name: "k", kmsMasterKeyId: "alias/x" }).outputs.sqsManagedSseEnabled, false);
    assert.equal(made(QUEUE, { name: "f.fifo", fifoQueue: true }).outputs.deduplicationScope, "queue");
  });

  it("keeps to the limits of SQS", () => {
    assert.deepEqual(reasonsOf(QUEUE, { visibilityTimeoutSeconds: 43_200 }), []);
    assert.equal(reasonsOf(QUEUE, { visibilityTimeoutSeconds: 43_201 }).length, 1);
    assert.equal(reasonsOf(QUEUE, { messageRetentionSeconds: 59 }).length, 1);
    assert.equal(reasonsOf(QUEUE, { name: "a b" }).length, 1);
  });

  it("names a policy after its queue", () => {
    const policy = MINIMAL[QUEUE_POLICY] ?? {};
    assert.equal(made(QUEUE_POLICY, policy).id, policy.queueUrl);
  });
});
