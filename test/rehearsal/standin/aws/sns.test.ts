import assert from "node:assert/strict";
import { TOPIC, TOPIC_POLICY, TOPIC_SUBSCRIPTION } from "../../../../rehearsal/standin/aws/sns";
import { made, reasonsOf } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const ARN = "arn:aws:sns:us-east-1:123456789012:alarms";
const SUBSCRIPTION = MINIMAL[TOPIC_SUBSCRIPTION] ?? {};

describe("standin/aws/sns", () => {
  it("makes a topic that its account may use", () => {
    const { id, outputs } = made(TOPIC, { name: "alarms" });
    assert.equal(id, ARN);
    assert.equal(outputs.arn, ARN);
    assert.equal(outputs.owner, "123456789012");
    const policy = JSON.parse(String(outputs.policy));
    assert.equal(policy.Statement[0].Resource, ARN);
    assert.equal(policy.Statement[0].Condition.StringEquals["AWS:SourceOwner"], "123456789012");
  });

  it("tells FIFO topics by their name", () => {
    assert.deepEqual(reasonsOf(TOPIC, { name: "a.fifo", fifoTopic: true }), []);
    assert.equal(reasonsOf(TOPIC, { name: "a.fifo" }).length, 1);
    assert.equal(reasonsOf(TOPIC, { name: "a", fifoTopic: true }).length, 1);
  });

  it("leaves an e-mail subscription pending, and confirms the others", () => {
    const mail = made(TOPIC_SUBSCRIPTION, SUBSCRIPTION);
    assert.match(
      mail.id,
      /^arn:aws:sns:us-east-1:123456789012:alarms:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.equal(mail.outputs.pendingConfirmation, true);
    const endpoint = "arn:aws:lambda:us-east-1:123456789012:function:x";
    const lambda = made(TOPIC_SUBSCRIPTION, { ...SUBSCRIPTION, protocol: "lambda", endpoint });
    assert.equal(lambda.outputs.pendingConfirmation, false);
  });

  it("refuses an endpoint that does not fit its protocol", () => {
    const reasons = (change: object) => reasonsOf(TOPIC_SUBSCRIPTION, { ...SUBSCRIPTION, ...change });
    assert.deepEqual(reasons({ endpoint: "ops" }), [
      'endpoint: "ops" is no email address; match it with the protocol',
    ]);
    assert.deepEqual(reasons({ protocol: "https", endpoint: "https://example.com/hook" }), []);
    assert.equal(reasons({ protocol: "https", endpoint: "http://example.com/hook" }).length, 1);
    assert.equal(reasons({ protocol: "sqs", endpoint: "queue" }).length, 1);
    assert.equal(reasons({ protocol: "carrier-pigeon" }).length, 1);
  });

  it("refuses to serve a topic of another region", () => {
    const reason = "the topic is in us-east-1, not in us-west-2; use the provider of its region";
    assert.deepEqual(reasonsOf(TOPIC_SUBSCRIPTION, SUBSCRIPTION, "us-west-2"), [`topic: ${reason}`]);
    assert.deepEqual(reasonsOf(TOPIC_POLICY, MINIMAL[TOPIC_POLICY] ?? {}, "us-west-2"), [`arn: ${reason}`]);
    assert.deepEqual(reasonsOf(TOPIC_SUBSCRIPTION, { ...SUBSCRIPTION, topic: "alarms" }), [
      'topic: AWS takes the ARN of a topic, got "alarms"',
    ]);
  });
});
