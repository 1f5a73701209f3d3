import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { bucketOrigin, bucketRegion } from "../../../rehearsal/loopback/bucket-origin";
import type { StoredObjects } from "../../../rehearsal/loopback/stored-objects";
import { resource } from "../../model/stack-fixture";

const HOST = "web.example.com.s3.us-west-2.amazonaws.com";
const ARN = "arn:aws:cloudfront::123456789012:distribution/E1";
const BUCKET = resource("aws:s3/bucket:Bucket", "page", {
  bucket: "web.example.com",
  bucketRegion: "us-west-2",
  bucketRegionalDomainName: HOST,
});
const distribution = (arn: string) => resource("aws:cloudfront/distribution:Distribution", "front", { arn });
const POLICY = resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
  bucket: "web.example.com",
  policy: JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: { StringEquals: { "AWS:SourceArn": ARN } },
        Action: ["s3:GetObject"],
      },
    ],
  }),
});
const OBJECTS: StoredObjects = new Map([
  ["index.html", { body: Buffer.from("page"), contentType: "text/html", cacheControl: undefined }],
]);

describe("rehearsal/loopback/bucket-origin", () => {
  const ask = async (host: string, arn: string) => {
    const origin = bucketOrigin(host, distribution(arn), [BUCKET, POLICY], (bucket) =>
      bucket === "web.example.com" ? OBJECTS : new Map(),
    );
    const reply = await origin?.handle({
      method: "GET",
      url: "/index.html",
      scheme: "https",
      host,
      headers: {},
      body: Buffer.alloc(0),
      sourceIp: "192.0.2.1",
    });
    return reply && [origin?.region, reply.status, reply.headers?.["x-served-by"]];
  };

  it("reads the bucket of that host as its policy lets the distribution", async () => {
    assert.deepEqual(await ask(HOST, ARN), ["us-west-2", 200, "us-west-2"]);
    assert.deepEqual(await ask(HOST, `${ARN}2`), ["us-west-2", 403, "us-west-2"]);
  });

  it("places a bucket by what AWS reports before what the program asks", () => {
    const placed = (properties: Properties) =>
      bucketRegion(resource("aws:s3/bucket:Bucket", "page", properties));
    assert.equal(placed({ bucketRegion: "us-west-2", region: "us-east-1" }), "us-west-2");
    assert.equal(placed({ bucketRegion: UNKNOWN, region: "us-east-1" }), "us-east-1");
    assert.equal(placed({}), "");
  });

  it("is nothing where no bucket has that host name", async () => {
    assert.equal(await ask("other.s3.us-west-2.amazonaws.com", ARN), undefined);
  });
});
