import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What keeps a bucket from the public whatever its policies say; ACLs are kept from everybody in any case.
 * @param isPublic whether the bucket's policy may let everyone read, as that of a website does.
 */
export function publicAccessBlock(
  name: string,
  { bucket, isPublic }: { readonly bucket: pulumi.Input<string>; readonly isPublic: boolean },
  opts: pulumi.CustomResourceOptions,
): s3.BucketPublicAccessBlock {
  return new s3.BucketPublicAccessBlock(
    name,
    {
      bucket,
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: !isPublic,
      restrictPublicBuckets: !isPublic,
    },
    opts,
  );
}
