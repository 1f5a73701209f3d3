import assert from "node:assert/strict";
import { metricRegion } from "../../model/metric-region";

describe("model/metric-region", () => {
  it("knows the namespaces that one region holds, and no others", () => {
    assert.deepEqual(
      ["AWS/Route53", "AWS/CloudFront", "AWS/Route53Resolver", "AWS/DynamoDB", "aws/route53", ""].map(
        metricRegion,
      ),
      ["us-east-1", "us-east-1", undefined, undefined, undefined, undefined],
    );
  });
});
