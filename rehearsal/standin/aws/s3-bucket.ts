import { s3WebsiteZoneIds } from "../../../model/alias-zone";
import { bucketNameProblem } from "../../../model/bucket-name";
import { at } from "../../../model/property";
import type { Properties } from "../../../model/unknown";
import type { AccountResource } from "./account";
import { hex } from "./identifier";
import { isOn, text } from "./known";
import { isObject } from "./property-path";
import { oneOf, onPresent, show } from "./property-rules";
import { unreachable } from "./reference";
import { type Making, type ResourceType, words } from "./resource-type";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_OBJECT = "aws:s3/bucketObject:BucketObject";
export const BUCKET_OBJECT_V2 = "aws:s3/bucketObjectv2:BucketObjectv2";

/** Canned ACLs of buckets (S3 user guide, "Canned ACL"). */
export const CANNED_ACLS = words(`private public-read public-read-write aws-exec-read authenticated-read
  bucket-owner-read bucket-owner-full-control log-delivery-write`);

/** Regions whose website endpoints are written with a dash (AWS General Reference, S3 website endpoints). */
const DASHED = new Set(
  words(`us-east-1 us-west-1 us-west-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 eu-west-1 sa-east-1
    us-gov-west-1`),
);

/** `s3-website-us-west-2.amazonaws.com`; regions since 2014 write a dot before their name. */
export function s3WebsiteDomain(region: string): string {
  return `s3-website${DASHED.has(region) ? "-" : "."}${region}.amazonaws.com`;
}

/** Why a setting of a bucket cannot be made: the bucket is not there, or in another region. */
export function missingBucket(making: Making): string | undefined {
  return unreachable(making, BUCKET, text(making.inputs, "bucket"), "bucket", "NoSuchBucket");
}

const bucket: ResourceType = {
  token: BUCKET,
  inputs: words(`accelerationStatus acl bucket bucketNamespace bucketPrefix corsRules forceDestroy grants
    lifecycleRules logging objectLockConfiguration objectLockEnabled policy region replicationConfiguration
    requestPayer serverSideEncryptionConfiguration tags versioning website`),
  replaceOn: words("bucket bucketNamespace bucketPrefix objectLockEnabled region"),
  defaults: { forceDestroy: false },
  autoName: "bucket",
  autoNameStyle: "lower",
  jsonDocuments: ["policy"],
  computed: words(`accelerationStatus acl arn bucketDomainName bucketNamespace bucketRegion
    bucketRegionalDomainName corsRules grants hostedZoneId lifecycleRules objectLockEnabled policy requestPayer
    serverSideEncryptionConfiguration versioning websiteDomain websiteEndpoint`),
  rules: [
    onPresent("bucket", (value) => {
      const wanted = typeof value === "string" ? bucketNameProblem(value) : "text";
      return wanted === undefined ? undefined : `S3 takes ${wanted}, got ${show(value)}`;
    }),
    oneOf("acl", CANNED_ACLS),
    oneOf("accelerationStatus", ["Enabled", "Suspended"]),
    oneOf("requestPayer", ["BucketOwner", "Requester"]),
  ],
  make: (making) => ({ id: text(making.inputs, "bucket"), outputs: bucketOutputs(making) }),
  // Names are unique in all of AWS; the account is as much of it as the stand-in knows.
  admit: ({ inputs, account, urn }) => {
    const name = text(inputs, "bucket");
    const other = account.list(BUCKET).find((found) => found.urn !== urn && found.id === name);
    return (
      other &&
      `bucket ${name} already exists, in ${other.region} (BucketAlreadyOwnedByYou); a name is taken once in all regions, give it another`
    );
  },
  keeps: ({ id, properties }, account) => {
    if (isOn(properties, "forceDestroy")) return undefined;
    const held = [BUCKET_OBJECT, BUCKET_OBJECT_V2].flatMap((type) =>
      account.list(type).filter((object) => text(object.properties, "bucket") === id),
    );
    return held.length === 0
      ? undefined
      : `${held.length} ${held.length === 1 ? "object is" : "objects are"} still in it, ${key(held)} first (BucketNotEmpty); delete them, or set forceDestroy and update`;
  },
};

function key(objects: readonly AccountResource[]): string {
  return objects.map(({ properties }) => text(properties, "key")).sort()[0] ?? "";
}

function bucketOutputs({ inputs, accountId, region }: Making): Properties {
  const name = text(inputs, "bucket");
  const isWebsite = isObject(inputs.website);
  return {
    accelerationStatus: inputs.accelerationStatus ?? "",
    acl: inputs.acl ?? "",
    arn: `arn:aws:s3:::${name}`,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketNamespace: inputs.bucketNamespace ?? "global",
    bucketRegion: region,
    bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    corsRules: inputs.corsRules ?? [],
    grants: inputs.grants ?? [
      { id: canonicalUserId(accountId), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" },
    ],
    hostedZoneId: s3WebsiteZoneIds(region)?.[0] ?? "",
    lifecycleRules: inputs.lifecycleRules ?? [],
    logging: inputs.logging ?? null,
    objectLockConfiguration: inputs.objectLockConfiguration ?? null,
    objectLockEnabled: inputs.objectLockEnabled ?? false,
    policy: inputs.policy ?? "",
    replicationConfiguration: inputs.replicationConfiguration ?? null,
    requestPayer: inputs.requestPayer ?? "BucketOwner",
    serverSideEncryptionConfiguration: inputs.serverSideEncryptionConfiguration ?? {
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    },
    versioning: {
      enabled: isOn(at(inputs, "versioning"), "enabled"),
      mfaDelete: isOn(inputs.versioning, "mfaDelete"),
    },
    website: inputs.website ?? null,
    websiteDomain: isWebsite ? s3WebsiteDomain(region) : "",
    websiteEndpoint: isWebsite ? `${name}.${s3WebsiteDomain(region)}` : "",
  };
}

/** The id by which S3 knows the owner of an account. */
export function canonicalUserId(accountId: string): string {
  return hex(`${accountId} canonical user`, 64);
}

export const S3_BUCKETS: readonly ResourceType[] = [bucket];
