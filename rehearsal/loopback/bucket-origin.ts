import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { allowedActions } from "./bucket-policy";
import type { RequestHandler } from "./region-endpoint";
import { s3Bucket } from "./s3-bucket";
import type { StoredObjects } from "./stored-objects";

const BUCKET = "aws:s3/bucket:Bucket";

/** A bucket that a distribution asks. */
export interface BucketOrigin {
  /** Where the bucket is; empty where the stack does not say. */
  readonly region: string;
  readonly handle: RequestHandler;
}

/**
 * The bucket behind a host name such as `name.s3.us-east-1.amazonaws.com`, as its policy lets one distribution read
 * it; undefined where no bucket of the stack has that name.
 * @param objectsIn gives what is in a bucket, by the bucket's name.
 */
export function bucketOrigin(
  host: string,
  distribution: StackResource,
  resources: readonly StackResource[],
  objectsIn: (bucket: string) => StoredObjects,
): BucketOrigin | undefined {
  const found = resources.find(
    ({ type, properties }) => type === BUCKET && stringAt(properties, "bucketRegionalDomainName") === host,
  );
  if (found === undefined) return undefined;
  const bucket = textAt(found, "bucket");
  const region = bucketRegion(found);
  const actions = allowedActions(resources, bucket, {
    kind: "distribution",
    arn: textAt(distribution, "arn"),
  });
  const handle = s3Bucket({
    objects: objectsIn(bucket),
    may: { read: actions.has("s3:GetObject"), list: actions.has("s3:ListBucket") },
    servedBy: region,
  });
  return { region, handle };
}

/** Where a bucket is, as AWS reports it, else as the program asks; empty where neither tells. */
export function bucketRegion(bucket: StackResource): string {
  return textAt(bucket, "bucketRegion") || textAt(bucket, "region");
}

function textAt({ properties }: StackResource, key: string): string {
  const value = stringAt(properties, key);
  return typeof value === "string" ? value : "";
}
