import assert from "node:assert/strict";
import { arnRegion } from "../../model/arn";

describe("model/arn", () => {
  it("reads the region, which global services leave out", () => {
    assert.equal(arnRegion("arn:aws:dynamodb:us-west-2:123456789012:table/orders-us-east-1"), "us-west-2");
    assert.equal(arnRegion("arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:a:b"), "cn-north-1");
    assert.equal(arnRegion("arn:aws:iam::123456789012:role/a"), undefined);
    for (const other of ["", "arn:aws:dynamodb:us-west-2", "orders:a:b:us-west-2:d:e"]) {
      assert.equal(arnRegion(other), undefined, other);
    }
  });
});
