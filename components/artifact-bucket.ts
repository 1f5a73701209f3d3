import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { publicAccessBlock } from "./public-access-block";

/** A file that the stack puts there; others are uploaded by people. */
export interface UploadedArtifact {
  readonly key: string;
  /** Relative to where Pulumi runs the program. */
  readonly file: string;
  readonly contentType: string;
}

export interface ArtifactBucketArgs {
  readonly uploads: readonly UploadedArtifact[];
}

/**
 * A private bucket for what instances fetch at their start. Everything in it can be built again, so deleting the
 * bucket deletes its content.
 */
export class ArtifactBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ArtifactBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:ArtifactBucket", name, {}, opts);
    const bucket = new s3.Bucket(`${name}-bucket`, { forceDestroy: true }, childOptions(this, opts));
    publicAccessBlock(
      `${name}-public-access`,
      { bucket: bucket.bucket, isPublic: false },
      childOptions(this, opts),
    );
    for (const { key, file, contentType } of args.uploads) {
      new s3.BucketObjectv2(
        `${name}-${key}`,
        { bucket: bucket.bucket, key, contentType, source: new pulumi.asset.FileAsset(file) },
        childOptions(this, opts),
      );
    }
    this.bucket = bucket.bucket;
    this.arn = bucket.arn;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn });
  }
}
