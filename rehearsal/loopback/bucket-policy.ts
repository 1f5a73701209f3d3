import { at, stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import type { PropertyValue } from "../../model/unknown";

const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const CLOUDFRONT = "cloudfront.amazonaws.com";

/** Somebody who asks a bucket. */
export type BucketReader =
  | { readonly kind: "everyone" }
  /** A distribution with origin access control, by its ARN. */
  | { readonly kind: "distribution"; readonly arn: string };

/** Actions such as `s3:GetObject` that the policies of a bucket allow a reader; nobody is denied anything. */
export function allowedActions(
  resources: readonly StackResource[],
  bucket: string,
  reader: BucketReader,
): ReadonlySet<string> {
  return new Set(
    resources
      .filter(({ type, properties }) => type === BUCKET_POLICY && stringAt(properties, "bucket") === bucket)
      .flatMap(({ properties }) => statementsOf(properties.policy))
      .filter((statement) => at(statement, "Effect") === "Allow" && admits(statement, reader))
      .flatMap((statement) => list(at(statement, "Action")))
      .filter((action) => typeof action === "string"),
  );
}

function admits(statement: PropertyValue, reader: BucketReader): boolean {
  const principal = at(statement, "Principal");
  const condition = at(statement, "Condition");
  if (principal === "*" || at(principal, "AWS") === "*") return condition === undefined;
  if (reader.kind === "everyone" || !list(at(principal, "Service")).includes(CLOUDFRONT)) return false;
  if (condition === undefined) return true;
  const equals = at(condition, "StringEquals");
  // Names of condition keys are the same in any case (IAM user guide).
  const wanted = Object.entries(equals !== null && typeof equals === "object" ? equals : {}).find(
    ([key]) => key.toLowerCase() === "aws:sourcearn",
  );
  return wanted !== undefined && list(wanted[1]).includes(reader.arn);
}

function statementsOf(policy: PropertyValue): PropertyValue[] {
  if (typeof policy !== "string") return [];
  try {
    return list(at(JSON.parse(policy) as PropertyValue, "Statement"));
  } catch {
    return [];
  }
}

function list(value: PropertyValue): PropertyValue[] {
  return Array.isArray(value) ? value : [value];
}
