import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { WebsiteBucket, type WebsiteBucketArgs } from "../../components/website-bucket";
import { lines, named, record } from "./registrations";

const PAGES: WebsiteBucketArgs = {
  hostName: "www.example.com",
  content: { kind: "pages", indexDocument: "index.html", errorDocument: "error.html" },
};
const REDIRECT: WebsiteBucketArgs = {
  hostName: "example.com",
  content: { kind: "redirect", toHostName: "www.example.com" },
};

describe("components/website-bucket", () => {
  const build = (args: WebsiteBucketArgs) =>
    record(() => {
      const provider = new Provider("standby", { region: "us-west-2" });
      const before = new sns.Topic("before", {}, { provider });
      return new WebsiteBucket("site", args, { provider, dependsOn: [before] });
    });
  const children = async (args: WebsiteBucketArgs) =>
    (await build(args)).registrations.filter(({ parent }) => parent?.startsWith("site"));

  it("is a bucket with its settings, a public policy and a website", async () => {
    assert.deepEqual(lines(await children(PAGES)), [
      "aws:s3/bucket:Bucket site-bucket <- site @standby",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls site-ownership <- site @standby",
      "aws:s3/bucketPolicy:BucketPolicy site-policy <- site @standby",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock site-public-access <- site @standby",
      "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration site-website <- site @standby",
    ]);
  });

  it("keeps versions where it is told for how long", async () => {
    const registrations = await children({ ...PAGES, noncurrentDays: 7 });
    assert.deepEqual(
      lines(registrations).filter((line) => line.includes("site-versions")),
      [
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration site-versions-lifecycle <- site-versions @standby",
        "aws:s3/bucketVersioning:BucketVersioning site-versions-versioning <- site-versions @standby",
        "warm-standby:components:BucketVersions site-versions <- site @-",
      ],
    );
  });

  it("is named as the host, and keeps what is in it unless it is told otherwise", async () => {
    assert.deepEqual(named(await children(PAGES), "site-bucket").inputs, {
      bucket: "www.example.com",
      forceDestroy: false,
    });
    const { forceDestroy } = named(await children({ ...PAGES, forceDestroy: true }), "site-bucket").inputs;
    assert.equal(forceDestroy, true);
  });

  it("lets a public policy through, access lists never", async () => {
    const registrations = await children(PAGES);
    assert.deepEqual(named(registrations, "site-public-access").inputs, {
      bucket: "www.example.com",
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    });
    assert.deepEqual(named(registrations, "site-ownership").inputs, {
      bucket: "www.example.com",
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    // S3 refuses the policy until the block lets it through.
    assert.ok(named(registrations, "site-policy").waitsFor.includes("site-public-access"));
  });

  it("lets everyone read pages and nobody list them", async () => {
    const { policy } = named(await children(PAGES), "site-policy").inputs;
    assert.deepEqual(JSON.parse(policy as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EveryoneReadsPages",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::www.example.com/*"],
        },
      ],
    });
  });

  it("lets a distribution in as well, also one that is made later", async () => {
    const { registrations } = await record(() => {
      const [distributionArn, resolve] = pulumi.deferredOutput<string>();
      const provider = new Provider("standby", { region: "us-west-2" });
      const site = new WebsiteBucket(
        "site",
        { ...PAGES, content: { ...PAGES.content, distributionArn } as WebsiteBucketArgs["content"] },
        { provider },
      );
      resolve(pulumi.interpolate`arn:of-${site.bucket}`);
    });
    const { policy } = named(registrations, "site-policy").inputs;
    assert.deepEqual(
      JSON.parse(policy as string).Statement.map(({ Sid, Condition }: Record<string, unknown>) => [
        Sid,
        Condition,
      ]),
      [
        ["EveryoneReadsPages", undefined],
        ["DistributionReadsPages", { StringEquals: { "AWS:SourceArn": "arn:of-www.example.com" } }],
        ["DistributionSeesWhatIsMissing", { StringEquals: { "AWS:SourceArn": "arn:of-www.example.com" } }],
      ],
    );
  });

  it("serves the index and the error document", async () => {
    assert.deepEqual(named(await children(PAGES), "site-website").inputs, {
      bucket: "www.example.com",
      indexDocument: { suffix: "index.html" },
      errorDocument: { key: "error.html" },
    });
  });

  it("sends everyone on by HTTP as a redirect, closed to readers", async () => {
    const registrations = await children(REDIRECT);
    assert.deepEqual(lines(registrations), [
      "aws:s3/bucket:Bucket site-bucket <- site @standby",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls site-ownership <- site @standby",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock site-public-access <- site @standby",
      "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration site-website <- site @standby",
    ]);
    assert.deepEqual(named(registrations, "site-website").inputs, {
      bucket: "example.com",
      redirectAllRequestsTo: { hostName: "www.example.com", protocol: "http" },
    });
    assert.deepEqual(named(registrations, "site-public-access").inputs, {
      bucket: "example.com",
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
  });

  it("leads an alias to the region's website endpoint with the bucket's zone", async () => {
    const { result } = await build(PAGES);
    const lead = await new Promise((resolve) => pulumi.output(result.lead).apply(resolve));
    assert.deepEqual(lead, {
      kind: "alias",
      dnsName: "s3-website.example.com",
      zoneId: "Z-site-bucket",
    });
  });

  it("makes every child wait for what the component waits for", async () => {
    for (const { name, type, waitsFor } of await children({ ...PAGES, noncurrentDays: 7 })) {
      if (type.startsWith("aws:")) assert.ok(waitsFor.includes("before"), name);
    }
  });
});
