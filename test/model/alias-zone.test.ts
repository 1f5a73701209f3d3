import assert from "node:assert/strict";
import { CLOUDFRONT_ZONE_ID, s3WebsiteZoneIds, s3WebsiteZoneRegion } from "../../model/alias-zone";

describe("model/alias-zone", () => {
  it("knows the zone of each region's S3 websites", () => {
    assert.deepEqual(s3WebsiteZoneIds("us-east-1"), ["Z3AQBSTGFYJSTF"]);
    assert.deepEqual(s3WebsiteZoneIds("us-west-2"), ["Z3BJ6K6RIION7M"]);
    assert.deepEqual(s3WebsiteZoneIds("eu-south-1"), ["Z30OZKI7KPW7MI", "Z3IXVV8C73GIO3"]);
    assert.equal(s3WebsiteZoneIds("us-east-9"), undefined);
    assert.equal(s3WebsiteZoneIds("constructor"), undefined);
  });

  it("finds the region of a zone", () => {
    assert.equal(s3WebsiteZoneRegion("Z3BJ6K6RIION7M"), "us-west-2");
    assert.equal(s3WebsiteZoneRegion("Z3IXVV8C73GIO3"), "eu-south-1");
    assert.equal(s3WebsiteZoneRegion(CLOUDFRONT_ZONE_ID), undefined);
  });
});
