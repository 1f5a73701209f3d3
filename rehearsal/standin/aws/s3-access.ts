import { at, listAt } from "../../../model/property";
import type { PropertyValue } from "../../../model/unknown";
import { isOn, text, texts } from "./known";
import { oneOfAt } from "./property-rules";
import { type Making, type ResourceType, words } from "./resource-type";
import { missingBucket } from "./s3-bucket";

export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const BUCKET_PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const BUCKET_OWNERSHIP_CONTROLS = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

const policy: ResourceType = {
  token: BUCKET_POLICY,
  inputs: words("bucket policy region"),
  required: ["bucket", "policy"],
  replaceOn: words("bucket region"),
  jsonDocuments: ["policy"],
  computed: [],
  make: ({ inputs }) => ({ id: text(inputs, "bucket"), outputs: {} }),
  admit: (making) => missingBucket(making) ?? foreignResource(making) ?? blockedPolicy(making),
};

const publicAccessBlock: ResourceType = {
  token: BUCKET_PUBLIC_ACCESS_BLOCK,
  inputs: words(
    "blockPublicAcls blockPublicPolicy bucket ignorePublicAcls region restrictPublicBuckets skipDestroy",
  ),
  required: ["bucket"],
  replaceOn: words("bucket region"),
  defaults: {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  computed: [],
  make: ({ inputs }) => ({ id: text(inputs, "bucket"), outputs: {} }),
  admit: missingBucket,
};

const ownershipControls: ResourceType = {
  token: BUCKET_OWNERSHIP_CONTROLS,
  inputs: words("bucket region rule"),
  required: ["bucket", "rule", "rule.objectOwnership"],
  replaceOn: words("bucket region"),
  computed: [],
  rules: [oneOfAt("rule.objectOwnership", ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"])],
  make: ({ inputs }) => ({ id: text(inputs, "bucket"), outputs: {} }),
  admit: missingBucket,
};

function statementsOf({ inputs }: Making): PropertyValue[] {
  const document = JSON.parse(text(inputs, "policy")) as { Statement?: PropertyValue };
  const statements = document.Statement;
  return Array.isArray(statements) ? statements : statements === undefined ? [] : [statements];
}

function oneOrMore(value: PropertyValue, key: string): string[] {
  const one = text(value, key);
  return one === "" ? texts(value, key) : [one];
}

/** A bucket's policy speaks of that bucket and its objects only. */
function foreignResource(making: Making): string | undefined {
  const bucketArn = `arn:aws:s3:::${text(making.inputs, "bucket")}`;
  const foreign = statementsOf(making)
    .flatMap((statement) => oneOrMore(statement, "Resource"))
    .find((resource) => resource !== bucketArn && !resource.startsWith(`${bucketArn}/`));
  return (
    foreign &&
    `policy: ${foreign} is no resource of this bucket (MalformedPolicy); write ${bucketArn} or ${bucketArn}/*`
  );
}

/**
 * Everyone may do it, and no condition narrows who. S3 judges conditions one by one; here any of them counts as
 * narrowing, so that nothing is refused that S3 would take.
 */
function isPublic(statement: PropertyValue): boolean {
  const principals = [text(statement, "Principal"), ...oneOrMore(at(statement, "Principal"), "AWS")];
  return (
    text(statement, "Effect") === "Allow" &&
    principals.includes("*") &&
    at(statement, "Condition") === undefined &&
    listAt(statement, "NotPrincipal") === undefined
  );
}

/** Buckets made since April 2023 block public policies until a setting lets them through (S3 user guide). */
function blockedPolicy(making: Making): string | undefined {
  if (!statementsOf(making).some(isPublic)) return undefined;
  const { account, inputs } = making;
  const block = account.list(BUCKET_PUBLIC_ACCESS_BLOCK).find(({ id }) => id === text(inputs, "bucket"));
  if (block === undefined && !account.complete) return undefined;
  return block === undefined || isOn(block.properties, "blockPublicPolicy")
    ? "policy: it is public, and the bucket blocks public policies (AccessDenied); set blockPublicPolicy to false on a BucketPublicAccessBlock and let the policy depend on it"
    : undefined;
}

export const S3_ACCESS: readonly ResourceType[] = [policy, publicAccessBlock, ownershipControls];
