import assert from "node:assert/strict";
import { isBesideMetricRegion, metricRegion } from "../../model/metric-region";

describe("model/metric-region", () => {
  it("knows the namespaces that one region holds, and no others", () => {
    assert.deepEqual(
      ["AWS/Route53", "AWS/CloudFront", "AWS/Route53Resolver", "AWS/DynamoDB", "aws/route53", ""].map(
        metricRegion,
      ),
      ["us-east-1", "us-east-1", undefined, undefined, undefined, undefined],
    );
  });

  it("tells the regions of its partition from those of the others", () => {
    const codes = ["us-east-1", "us-west-2", "eu-central-1", "ca-west-1", "me-south-1"];
    const others = [
      "cn-north-1",
      "us-gov-east-1",
      "us-iso-east-1",
      "us-isob-east-1",
      "eu-isoe-west-1",
      "eusc-de-east-1",
    ];
    assert.deepEqual(codes.filter(isBesideMetricRegion), codes);
    assert.deepEqual(others.filter(isBesideMetricRegion), []);
  });
});
