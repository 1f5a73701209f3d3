import { isPresent, listAt } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import { text } from "./known";
import { isObject, placesAt } from "./property-path";
import { atMostOneOf, exactlyOneOf, oneOf, oneOfAt, onPresent, show } from "./property-rules";
import { type ResourceType, words } from "./resource-type";
import { missingBucket, s3WebsiteDomain } from "./s3-bucket";

export const BUCKET_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
export const BUCKET_WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
export const BUCKET_ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
export const BUCKET_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

const PLACE = words("bucket expectedBucketOwner region");

/** Settings carry the id of their bucket, and of its owner where one is expected. */
function settingId(inputs: Parameters<typeof text>[0]): string {
  const owner = text(inputs, "expectedBucketOwner");
  return owner === "" ? text(inputs, "bucket") : `${text(inputs, "bucket")},${owner}`;
}

const versioning: ResourceType = {
  token: BUCKET_VERSIONING,
  inputs: words("bucket expectedBucketOwner mfa region versioningConfiguration"),
  required: ["bucket", "versioningConfiguration", "versioningConfiguration.status"],
  replaceOn: PLACE,
  computed: ["versioningConfiguration.mfaDelete"],
  rules: [
    oneOfAt("versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]),
    oneOfAt("versioningConfiguration.mfaDelete", ["Enabled", "Disabled"]),
  ],
  make: ({ inputs }) => ({
    id: settingId(inputs),
    outputs: {
      versioningConfiguration: {
        mfaDelete: "",
        ...(isObject(inputs.versioningConfiguration) ? inputs.versioningConfiguration : {}),
      },
    },
  }),
  admit: missingBucket,
};

const website: ResourceType = {
  token: BUCKET_WEBSITE,
  inputs: words(`bucket errorDocument expectedBucketOwner indexDocument redirectAllRequestsTo region
    routingRuleDetails routingRules`),
  required: words("bucket errorDocument.key indexDocument.suffix redirectAllRequestsTo.hostName"),
  replaceOn: PLACE,
  computed: words("routingRuleDetails routingRules websiteDomain websiteEndpoint"),
  rules: [
    exactlyOneOf("indexDocument", "redirectAllRequestsTo"),
    atMostOneOf("errorDocument", "redirectAllRequestsTo"),
    atMostOneOf("routingRules", "routingRuleDetails"),
    oneOfAt("redirectAllRequestsTo.protocol", ["http", "https"]),
    onPresent("indexDocument", (value) => {
      const suffix = isObject(value) ? value.suffix : undefined;
      return typeof suffix === "string" && suffix.includes("/")
        ? `suffix: S3 takes a name without a slash such as index.html, got ${show(suffix)}`
        : undefined;
    }),
  ],
  make: ({ inputs, region }) => ({
    id: settingId(inputs),
    outputs: {
      routingRuleDetails: inputs.routingRuleDetails ?? "",
      routingRules: inputs.routingRules ?? [],
      websiteDomain: s3WebsiteDomain(region),
      websiteEndpoint: `${text(inputs, "bucket")}.${s3WebsiteDomain(region)}`,
    },
  }),
  admit: missingBucket,
};

const encryption: ResourceType = {
  token: BUCKET_ENCRYPTION,
  inputs: words("bucket expectedBucketOwner region rules"),
  required: words("bucket rules rules[].applyServerSideEncryptionByDefault.sseAlgorithm"),
  replaceOn: PLACE,
  computed: [],
  rules: [
    oneOfAt("rules[].applyServerSideEncryptionByDefault.sseAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"]),
    onPresent("rules", (value) =>
      Array.isArray(value) && value.length === 1 ? undefined : `S3 takes one rule, got ${show(value)}`,
    ),
  ],
  make: ({ inputs }) => ({ id: settingId(inputs), outputs: {} }),
  admit: missingBucket,
};

const ACTIONS = words(`abortIncompleteMultipartUpload expiration noncurrentVersionExpiration
  noncurrentVersionTransitions transitions`);

const lifecycleConfiguration: ResourceType = {
  token: BUCKET_LIFECYCLE,
  inputs: words("bucket expectedBucketOwner region rules timeouts transitionDefaultMinimumObjectSize"),
  required: words(`bucket rules[].id rules[].status rules[].noncurrentVersionExpiration.noncurrentDays`),
  replaceOn: PLACE,
  computed: words("expectedBucketOwner transitionDefaultMinimumObjectSize"),
  rules: [
    oneOfAt("rules[].status", ["Enabled", "Disabled"]),
    oneOf("transitionDefaultMinimumObjectSize", ["all_storage_classes_128K", "varies_by_storage_class"]),
    (inputs) => {
      const rules = listAt(inputs, "rules");
      if (isUnknown(rules)) return [];
      return rules === undefined || rules.length === 0
        ? [
            {
              property: "rules",
              reason: "rules is empty, and S3 takes a rule or more; leave the resource out",
            },
          ]
        : [];
    },
    (inputs) =>
      placesAt(inputs, "rules[]")
        .filter(({ value }) => isObject(value) && !ACTIONS.some((action) => isPresent(value[action])))
        .map(({ written }) => ({
          property: written,
          reason: `${written} does nothing (InvalidRequest); give it one of ${ACTIONS.join(", ")}`,
        })),
    onPresent("rules", (value) => {
      const ids = Array.isArray(value) ? value.map((rule) => text(rule, "id")) : [];
      const twice = ids.find((id, index) => id !== "" && ids.indexOf(id) !== index);
      return twice === undefined ? undefined : `${show(twice)} is the id of two rules; give each its own`;
    }),
  ],
  make: ({ inputs }) => ({
    id: settingId(inputs),
    outputs: {
      expectedBucketOwner: inputs.expectedBucketOwner ?? "",
      transitionDefaultMinimumObjectSize:
        inputs.transitionDefaultMinimumObjectSize ?? "all_storage_classes_128K",
    },
  }),
  admit: missingBucket,
};

export const S3_SETTINGS: readonly ResourceType[] = [versioning, website, encryption, lifecycleConfiguration];
