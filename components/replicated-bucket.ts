import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { BucketVersions } from "./bucket-versions";
import { childOptions } from "./child-options";
import { publicAccessBlock } from "./public-access-block";
import { replicationPolicy, replicationTrustPolicy } from "./replication-policy";
import { siteReadPolicy } from "./site-read-policy";

export interface ReplicatedBucketArgs {
  /** The one reader. */
  readonly distributionArn: pulumi.Input<string>;
  /** A bucket in another region; known once it keeps versions. */
  readonly copyArn: pulumi.Input<string>;
  /** Days for which replaced versions stay, and those under a delete marker. */
  readonly noncurrentDays: number;
  /** Whether deleting the bucket deletes what is in it. @default false */
  readonly forceDestroy?: boolean;
}

/**
 * A private bucket that one distribution reads and S3 copies to another region: new objects, new versions and
 * delete markers. Usually within 15 minutes; only what is written once the rule is there. The deletion of a version by
 * its id is not copied (S3 user guide, "How delete operations affect replication"), and that is how the AWS provider
 * deletes an object of a bucket with versions.
 */
export class ReplicatedBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly regionalDomainName: pulumi.Output<string>;
  /** What objects have to wait for, so that they are copied. */
  readonly replication: s3.BucketReplicationConfig;

  constructor(name: string, args: ReplicatedBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:ReplicatedBucket", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);

    // S3 names it: nobody but the distribution asks for it.
    const bucket = new s3.Bucket(`${name}-bucket`, { forceDestroy: args.forceDestroy ?? false }, child());
    new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child(),
    );
    publicAccessBlock(`${name}-public-access`, { bucket: bucket.bucket, isPublic: false }, child());
    new s3.BucketPolicy(
      `${name}-policy`,
      {
        bucket: bucket.bucket,
        policy: pulumi
          .all([bucket.arn, args.distributionArn])
          .apply(([bucketArn, distributionArn]) =>
            JSON.stringify(siteReadPolicy({ bucketArn, distributionArn, everyone: false })),
          ),
      },
      child(),
    );
    const versions = new BucketVersions(
      `${name}-versions`,
      { bucket: bucket.bucket, noncurrentDays: args.noncurrentDays },
      child(),
    );

    const role = new iam.Role(
      `${name}-role`,
      { assumeRolePolicy: bucket.arn.apply((arn) => JSON.stringify(replicationTrustPolicy(arn))) },
      child(),
    );
    const policy = new iam.RolePolicy(
      `${name}-role-policy`,
      {
        role: role.name,
        policy: pulumi
          .all([bucket.arn, args.copyArn])
          .apply(([sourceArn, destinationArn]) =>
            JSON.stringify(replicationPolicy({ sourceArn, destinationArn })),
          ),
      },
      child(),
    );
    this.replication = new s3.BucketReplicationConfig(
      `${name}-replication`,
      {
        bucket: bucket.bucket,
        role: role.arn,
        rules: [
          {
            id: "whole-site",
            status: "Enabled",
            // The empty filter is every object; with a filter S3 wants to be told about delete markers.
            filter: {},
            deleteMarkerReplication: { status: "Enabled" },
            destination: { bucket: args.copyArn },
          },
        ],
      },
      child({ dependsOn: [versions, policy] }),
    );

    this.bucket = bucket.bucket;
    this.arn = bucket.arn;
    this.regionalDomainName = bucket.bucketRegionalDomainName;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn, regionalDomainName: this.regionalDomainName });
  }
}
