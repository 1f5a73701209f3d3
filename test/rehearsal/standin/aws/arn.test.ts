import assert from "node:assert/strict";
import { arn, parseArn } from "../../../../rehearsal/standin/aws/arn";

describe("standin/aws/arn", () => {
  it("takes apart what it puts together", () => {
    const text = arn("logs", "us-east-1", "123456789012", "log-group:/aws/lambda/x");
    assert.equal(text, "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/x");
    assert.deepEqual(parseArn(text), {
      service: "logs",
      region: "us-east-1",
      accountId: "123456789012",
      resource: "log-group:/aws/lambda/x",
    });
  });

  it("takes a name for what it is", () => {
    assert.equal(parseArn("alarms"), undefined);
    assert.equal(parseArn("arn:aws:sns:us-east-1:123456789012"), undefined);
    assert.equal(parseArn("urn:aws:sns:us-east-1:123456789012:alarms"), undefined);
  });
});
