import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

export interface BucketVersionsArgs {
  readonly bucket: pulumi.Input<string>;
  /** Days after which a version that was replaced or deleted goes; at least 1. */
  readonly noncurrentDays: number;
}

/** Keeps the versions of a bucket's objects for a while: what replication copies, and the way back from a mistake. */
export class BucketVersions extends pulumi.ComponentResource {
  /** Name of the bucket, known once it keeps versions. */
  readonly enabled: pulumi.Output<string>;

  constructor(name: string, args: BucketVersionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:BucketVersions", name, {}, opts);
    const versioning = new s3.BucketVersioning(
      `${name}-versioning`,
      { bucket: args.bucket, versioningConfiguration: { status: "Enabled" } },
      childOptions(this, opts),
    );
    new s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      {
        bucket: args.bucket,
        rules: [
          {
            id: "old-versions",
            status: "Enabled",
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: args.noncurrentDays },
            // A delete marker that hides nothing any more is only listed.
            expiration: { expiredObjectDeleteMarker: true },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      childOptions(this, opts, { dependsOn: [versioning] }),
    );
    this.enabled = versioning.bucket;
    this.registerOutputs({ enabled: this.enabled });
  }
}
