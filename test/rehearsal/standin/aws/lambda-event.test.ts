import assert from "node:assert/strict";
import type { Properties } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { FUNCTION } from "../../../../rehearsal/standin/aws/lambda";
import { EVENT_INVOKE_CONFIG, EVENT_SOURCE_MAPPING } from "../../../../rehearsal/standin/aws/lambda-event";
import { QUEUE } from "../../../../rehearsal/standin/aws/sqs";
import { made, reasonsOf, refusal } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:sms";
const MAPPING: Properties = { eventSourceArn: QUEUE_ARN, functionName: "sms" };

describe("standin/aws/lambda-event", () => {
  it("reads a queue in batches of ten", () => {
    const { id, outputs } = made(EVENT_SOURCE_MAPPING, MAPPING);
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(outputs, {
      ...MAPPING,
      amazonManagedKafkaEventSourceConfig: null,
      arn: `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${id}`,
      batchSize: 10,
      enabled: true,
      functionArn: "arn:aws:lambda:us-east-1:123456789012:function:sms",
      lastModified: "2026-01-01T00:00:00Z",
      lastProcessingResult: "",
      maximumRecordAgeInSeconds: 0,
      maximumRetryAttempts: 0,
      parallelizationFactor: 0,
      region: "us-east-1",
      selfManagedKafkaEventSourceConfig: null,
      state: "Enabled",
      stateTransitionReason: "USER_INITIATED",
      tagsAll: {},
      uuid: id,
    });
  });

  it("judges batches and places in a stream", () => {
    const reasons = (change: Properties) => reasonsOf(EVENT_SOURCE_MAPPING, { ...MAPPING, ...change });
    assert.deepEqual(reasons({ batchSize: 10 }), []);
    assert.deepEqual(reasons({ batchSize: 11 }), [
      "batchSize: batches of more than 10 are gathered for a second or more, got 11; set maximumBatchingWindowInSeconds",
    ]);
    assert.deepEqual(reasons({ batchSize: 11, maximumBatchingWindowInSeconds: 1 }), []);
    assert.deepEqual(reasons({ startingPosition: "LATEST" }), [
      "startingPosition: a queue has none; leave it out",
    ]);
    const stream = { eventSourceArn: "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/1" };
    assert.deepEqual(reasons(stream), [
      "startingPosition is missing, and a stream is read from one; set LATEST",
    ]);
    assert.deepEqual(reasons({ ...stream, startingPosition: "LATEST" }), []);
  });

  it("wants a queue that hides a message for as long as the function may run", () => {
    const account = new MemoryAccount(true);
    made(FUNCTION, { ...MINIMAL[FUNCTION], name: "sms", timeout: 30 }, { account });
    const map = () => made(EVENT_SOURCE_MAPPING, MAPPING, { account });
    assert.deepEqual(refusal(map), [
      `${EVENT_SOURCE_MAPPING} "x": queue ${QUEUE_ARN} does not exist (InvalidParameterValue); take it from the queue's arn`,
    ]);
    made(QUEUE, { name: "sms", visibilityTimeoutSeconds: 29 }, { account });
    assert.deepEqual(refusal(map), [
      `${EVENT_SOURCE_MAPPING} "x": visibilityTimeoutSeconds of the queue is 29, less than the function's timeout of 30 s (InvalidParameterValue); raise it to 180`,
    ]);
    made(QUEUE, { name: "sms", visibilityTimeoutSeconds: 30 }, { account });
    map();
  });

  it("sends what failed to a destination that exists", () => {
    const account = new MemoryAccount(true);
    made(FUNCTION, { ...MINIMAL[FUNCTION], name: "sms" }, { account });
    const config = (destination: string) => ({
      functionName: "sms",
      destinationConfig: { onFailure: { destination } },
      maximumRetryAttempts: 1,
    });
    assert.match(
      refusal(() => made(EVENT_INVOKE_CONFIG, config(QUEUE_ARN), { account }))[0] ?? "",
      /destination arn:aws:sqs:us-east-1:123456789012:sms does not exist/,
    );
    made(QUEUE, { name: "sms" }, { account });
    assert.equal(made(EVENT_INVOKE_CONFIG, config(QUEUE_ARN), { account }).id, "sms");
    assert.equal(made(EVENT_INVOKE_CONFIG, { functionName: "sms", qualifier: "live" }).id, "sms:live");
    assert.equal(reasonsOf(EVENT_INVOKE_CONFIG, config("sms")).length, 1);
    for (const maximumRetryAttempts of [0, 2])
      assert.deepEqual(reasonsOf(EVENT_INVOKE_CONFIG, { functionName: "sms", maximumRetryAttempts }), []);
    assert.equal(reasonsOf(EVENT_INVOKE_CONFIG, { functionName: "sms", maximumRetryAttempts: 3 }).length, 1);
  });
});
