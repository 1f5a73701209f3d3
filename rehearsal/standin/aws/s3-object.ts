import { createHash } from "node:crypto";
import { at, isPresent } from "../../../model/property";
import { isUnknown, type Properties } from "../../../model/unknown";
import { characters, LOWER_LETTERS, UPPER_ALPHANUMERIC } from "./identifier";
import { text } from "./known";
import { atMostOneOf, matches, oneOf, onPresent } from "./property-rules";
import { type Making, type ResourceType, words } from "./resource-type";
import { BUCKET_OBJECT, BUCKET_OBJECT_V2, CANNED_ACLS, missingBucket } from "./s3-bucket";
import { isVersioned } from "./s3-replication";

const COMMON = words(`acl bucket bucketKeyEnabled cacheControl content contentBase64 contentDisposition
  contentEncoding contentLanguage contentType etag forceDestroy key kmsKeyId metadata objectLockLegalHoldStatus
  objectLockMode objectLockRetainUntilDate region serverSideEncryption source sourceHash storageClass tags
  websiteRedirect`);
const COMPUTED = words(`arn bucketKeyEnabled contentType etag kmsKeyId serverSideEncryption storageClass
  versionId`);
const CHECKSUMS = words("checksumCrc32 checksumCrc32c checksumCrc64nvme checksumSha1 checksumSha256");

const shared = {
  required: ["bucket"],
  replaceOn: words("bucket key region"),
  autoName: "key",
  autoNameStyle: "exact",
  rules: [
    atMostOneOf("source", "content", "contentBase64"),
    oneOf("acl", CANNED_ACLS),
    matches("contentType", /^[\w.+-]+\/[\w.+-]+(;.*)?$/, "a media type such as text/html; charset=utf-8"),
    onPresent("key", (value) => {
      const bytes = Buffer.byteLength(String(value));
      return bytes <= 1024 ? undefined : `S3 takes 1024 bytes of UTF-8, got ${bytes}`;
    }),
    onPresent("metadata", (value) => {
      if (isUnknown(value) || value === null || typeof value !== "object") return undefined;
      const capital = Object.keys(value).find((name) => name !== name.toLowerCase());
      return capital === undefined
        ? undefined
        : `S3 takes names in lower case, got ${JSON.stringify(capital)}`;
    }),
  ],
  admit: missingBucket,
} as const satisfies Partial<ResourceType>;

const object: ResourceType = {
  ...shared,
  token: BUCKET_OBJECT,
  inputs: COMMON,
  defaults: { acl: "private", forceDestroy: false },
  computed: COMPUTED,
  make: (making) => ({ id: objectId(making), outputs: objectOutputs(making) }),
};

const objectV2: ResourceType = {
  ...shared,
  token: BUCKET_OBJECT_V2,
  inputs: [...COMMON, "checksumAlgorithm", "overrideProvider"],
  defaults: { forceDestroy: false },
  computed: [...COMPUTED, ...CHECKSUMS, "acl"],
  make: (making) => ({
    id: objectId(making),
    outputs: {
      ...objectOutputs(making),
      ...Object.fromEntries(CHECKSUMS.map((name) => [name, ""])),
      acl: making.inputs.acl ?? "",
    },
  }),
};

function objectId({ inputs }: Making): string {
  return `${text(inputs, "bucket")}/${text(inputs, "key")}`;
}

function objectOutputs({ inputs, account, seed }: Making): Properties {
  const md5 = createHash("md5").update(contentOf(inputs)).digest("hex");
  const encryption =
    text(inputs, "serverSideEncryption") || (isPresent(inputs.kmsKeyId) ? "aws:kms" : "AES256");
  return {
    arn: `arn:aws:s3:::${text(inputs, "bucket")}/${text(inputs, "key")}`,
    bucketKeyEnabled: inputs.bucketKeyEnabled ?? false,
    contentType: inputs.contentType ?? "application/octet-stream",
    etag: inputs.etag ?? md5,
    kmsKeyId: inputs.kmsKeyId ?? "",
    serverSideEncryption: encryption,
    storageClass: inputs.storageClass ?? "STANDARD",
    versionId: isVersioned(account, text(inputs, "bucket"))
      ? characters(`${seed} ${md5}`, 32, `${LOWER_LETTERS}${UPPER_ALPHANUMERIC}`)
      : "",
  };
}

/** The bytes where they are given as text; of a file, what the engine says of it. */
function contentOf(inputs: Properties): string | Buffer {
  if (isPresent(inputs.content)) return text(inputs, "content");
  if (isPresent(inputs.contentBase64)) return Buffer.from(text(inputs, "contentBase64"), "base64");
  return (
    text(inputs, "source", "text") || JSON.stringify(at(inputs, "source", "hash") ?? inputs.source ?? "")
  );
}

export const S3_OBJECTS: readonly ResourceType[] = [object, objectV2];
