import assert from "node:assert/strict";
import { endpointKindByName, parseS3WebsiteName } from "../../model/aws-host-name";

describe("model/aws-host-name", () => {
  it("takes both spellings of an S3 website apart, with and without the bucket", () => {
    assert.deepEqual(
      [
        "s3-website-us-west-2.amazonaws.com",
        "www.example.com.s3-website-us-west-2.amazonaws.com",
        "s3-website.eu-central-1.amazonaws.com",
        "www.example.com.s3-website.cn-north-1.amazonaws.com.cn",
      ].map(parseS3WebsiteName),
      [
        { bucket: undefined, region: "us-west-2" },
        { bucket: "www.example.com", region: "us-west-2" },
        { bucket: undefined, region: "eu-central-1" },
        { bucket: "www.example.com", region: "cn-north-1" },
      ],
    );
    for (const other of [
      "bucket.s3.us-west-2.amazonaws.com",
      "s3-website-us-west-2.amazonaws.com.example.com",
      "",
    ]) {
      assert.equal(parseS3WebsiteName(other), undefined, other);
    }
  });

  it("tells the service behind a name that AWS gave out", () => {
    assert.deepEqual(
      [
        "web-1.us-east-1.elb.amazonaws.com",
        "web-1.elb.us-east-1.amazonaws.com",
        "d-1.execute-api.us-east-1.amazonaws.com",
        "s3-website-us-east-1.amazonaws.com",
        "d111.cloudfront.net",
        "app.example.com",
        "elb.amazonaws.com.example.com",
      ].map(endpointKindByName),
      ["load-balancer", "load-balancer", "api-gateway", "s3-website", "cloudfront", undefined, undefined],
    );
  });
});
