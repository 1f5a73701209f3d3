import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { ReplicatedBucket } from "../../components/replicated-bucket";
import { replicationPolicy, replicationTrustPolicy } from "../../components/replication-policy";
import { lines, named, record } from "./registrations";

const DISTRIBUTION = "arn:aws:cloudfront::123456789012:distribution/E1";
const COPY = "arn:aws:s3:::www.example.com";
const SOURCE = "arn:aws:s3:::site-bucket-1";

describe("components/replicated-bucket", () => {
  const build = async (forceDestroy?: boolean) => {
    const { registrations } = await record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      return new ReplicatedBucket(
        "site",
        { distributionArn: DISTRIBUTION, copyArn: COPY, noncurrentDays: 30, forceDestroy },
        { provider },
      );
    });
    return registrations;
  };

  it("is a private bucket with versions, and the replication with its role", async () => {
    assert.deepEqual(lines(await build()), [
      "aws:iam/role:Role site-role <- site @primary",
      "aws:iam/rolePolicy:RolePolicy site-role-policy <- site @primary",
      "aws:s3/bucket:Bucket site-bucket <- site @primary",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration site-versions-lifecycle <- site-versions @primary",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls site-ownership <- site @primary",
      "aws:s3/bucketPolicy:BucketPolicy site-policy <- site @primary",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock site-public-access <- site @primary",
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig site-replication <- site @primary",
      "aws:s3/bucketVersioning:BucketVersioning site-versions-versioning <- site-versions @primary",
      "pulumi:providers:aws primary <- - @-",
      "warm-standby:components:BucketVersions site-versions <- site @-",
      "warm-standby:components:ReplicatedBucket site <- - @-",
    ]);
  });

  it("is closed to the public, and open to the distribution alone", async () => {
    const registrations = await build();
    const { bucket, ...block } = named(registrations, "site-public-access").inputs;
    assert.deepEqual(Object.values(block), [true, true, true, true]);
    const { Statement } = JSON.parse(named(registrations, "site-policy").inputs.policy as string);
    assert.deepEqual(
      Statement.map(({ Principal, Condition }: Record<string, unknown>) => [Principal, Condition]),
      Array(2).fill([
        { Service: "cloudfront.amazonaws.com" },
        { StringEquals: { "AWS:SourceArn": DISTRIBUTION } },
      ]),
    );
  });

  it("copies every object and every deletion", async () => {
    assert.deepEqual(named(await build(), "site-replication").inputs, {
      bucket: "site-bucket-1",
      role: "arn:role:site-role",
      rules: [
        {
          id: "whole-site",
          status: "Enabled",
          filter: {},
          deleteMarkerReplication: { status: "Enabled" },
          destination: { bucket: COPY },
        },
      ],
    });
  });

  it("replicates only once versions are kept and the role may", async () => {
    const { waitsFor } = named(await build(), "site-replication");
    for (const needed of ["site-versions-versioning", "site-role-policy"]) {
      assert.ok(waitsFor.includes(needed), needed);
    }
  });

  it("keeps old versions for as long as it is told, and deletes no current one", async () => {
    assert.deepEqual(named(await build(), "site-versions-lifecycle").inputs.rules, [
      {
        id: "old-versions",
        status: "Enabled",
        filter: {},
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        expiration: { expiredObjectDeleteMarker: true },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ]);
  });

  it("holds on to its contents unless it is told otherwise", async () => {
    assert.equal(named(await build(), "site-bucket").inputs.forceDestroy, false);
    assert.equal(named(await build(true), "site-bucket").inputs.forceDestroy, true);
  });

  it("gives its role to S3 for this bucket, with this pair and nothing else", async () => {
    const registrations = await build();
    const documentOf = (name: string, key: string) =>
      JSON.parse(named(registrations, name).inputs[key] as string);
    assert.deepEqual(documentOf("site-role", "assumeRolePolicy"), replicationTrustPolicy(SOURCE));
    assert.deepEqual(
      documentOf("site-role-policy", "policy"),
      replicationPolicy({ sourceArn: SOURCE, destinationArn: COPY }),
    );
  });
});

describe("components/replication-policy", () => {
  it("trusts S3 on behalf of the source bucket only", () => {
    assert.deepEqual(replicationTrustPolicy(SOURCE).Statement, [
      {
        Sid: "ReplicationAssumesRole",
        Effect: "Allow",
        Action: ["sts:AssumeRole"],
        Principal: { Service: "s3.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceArn": SOURCE } },
      },
    ]);
  });

  it("reads the one bucket, writes the other, and has no wildcard beyond their objects", () => {
    const { Statement } = replicationPolicy({ sourceArn: SOURCE, destinationArn: COPY });
    assert.deepEqual(
      Statement.map(({ Action, Resource }) => [Action, Resource]),
      [
        [["s3:GetReplicationConfiguration", "s3:ListBucket"], [SOURCE]],
        [
          ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
          [`${SOURCE}/*`],
        ],
        [["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], [`${COPY}/*`]],
      ],
    );
  });
});
