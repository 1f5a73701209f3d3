import { isPresent, listAt } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Account } from "./account";
import { parseArn } from "./arn";
import { hex } from "./identifier";
import { isOn, text } from "./known";
import { isObject, placesAt } from "./property-path";
import { matches, oneOfAt, onPresent } from "./property-rules";
import { type Making, type ResourceType, type Rule, words } from "./resource-type";
import { BUCKET, missingBucket } from "./s3-bucket";
import { BUCKET_VERSIONING } from "./s3-settings";

export const BUCKET_REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** A rule with a filter is of the newer schema, which says what becomes of delete markers. */
const deleteMarkersDecided: Rule = (inputs) =>
  placesAt(inputs, "rules[]")
    .filter(
      ({ value }) => isObject(value) && isPresent(value.filter) !== isPresent(value.deleteMarkerReplication),
    )
    .map(({ written, value }) => ({
      property: written,
      reason:
        isObject(value) && isPresent(value.filter)
          ? `${written}.deleteMarkerReplication is missing, and a rule with a filter needs it (InvalidRequest); set its status`
          : `${written}.filter is missing, and deleteMarkerReplication needs one (InvalidRequest); give an empty filter for all objects`,
    }));

const ownPriorities: Rule = onPresent("rules", (_, inputs) => {
  const rules = listAt(inputs, "rules");
  if (rules === undefined || isUnknown(rules)) return undefined;
  const given = rules.flatMap((rule) => (isObject(rule) && isPresent(rule.priority) ? [rule.priority] : []));
  const twice = given.find((priority, index) => !isUnknown(priority) && given.indexOf(priority) !== index);
  return twice === undefined ? undefined : `priority ${String(twice)} is there twice; give each rule its own`;
});

const replication: ResourceType = {
  token: BUCKET_REPLICATION,
  inputs: words("bucket region role rules token"),
  required: words(`bucket role rules rules[].destination rules[].destination.bucket rules[].status
    rules[].deleteMarkerReplication.status`),
  replaceOn: words("bucket region"),
  computed: ["rules[].id"],
  rules: [
    oneOfAt("rules[].status", ["Enabled", "Disabled"]),
    oneOfAt("rules[].deleteMarkerReplication.status", ["Enabled", "Disabled"]),
    matches("role", /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, "the ARN of a role"),
    deleteMarkersDecided,
    ownPriorities,
  ],
  make: ({ inputs, seed }) => ({
    id: text(inputs, "bucket"),
    outputs: {
      rules: rulesOf(inputs.rules).map((rule, index) => ({
        ...(isObject(rule) ? rule : {}),
        id: text(rule, "id") || `tf-s3-replication-${hex(`${seed} ${index}`, 26)}`,
      })),
    },
  }),
  admit: (making) => missingBucket(making) ?? unversioned(making),
};

/** Replication copies versions, so both ends keep them. */
function unversioned(making: Making): string | undefined {
  const { account, inputs } = making;
  const source = text(inputs, "bucket");
  if (!account.complete && account.list(BUCKET_VERSIONING).length === 0) return undefined;
  if (!isVersioned(account, source))
    return `bucket ${source} keeps no versions, and replication copies versions (InvalidRequest); enable versioning first and depend on it`;
  for (const rule of rulesOf(inputs.rules)) {
    const target = parseArn(text(rule, "destination", "bucket"))?.resource ?? "";
    const destination = account.list(BUCKET).find(({ id }) => id === target);
    if (target === source) return `destination ${target} is the bucket itself (InvalidRequest); name another`;
    if (destination === undefined) {
      if (account.complete)
        return `destination ${text(rule, "destination", "bucket")} does not exist (InvalidRequest); take it from the arn of a bucket`;
    } else if (!isVersioned(account, target)) {
      return `destination ${target} keeps no versions (InvalidRequest); enable versioning there first and depend on it`;
    }
  }
  return undefined;
}

/** By its own setting, or by the resource that holds the setting. */
export function isVersioned(account: Account, bucket: string): boolean {
  const own = account.list(BUCKET).find(({ id }) => id === bucket);
  return (
    isOn(own?.properties, "versioning", "enabled") ||
    account
      .list(BUCKET_VERSIONING)
      .some(
        ({ properties }) =>
          text(properties, "bucket") === bucket &&
          text(properties, "versioningConfiguration", "status") === "Enabled",
      )
  );
}

function rulesOf(rules: PropertyValue): readonly PropertyValue[] {
  return Array.isArray(rules) ? rules : [];
}

export const S3_REPLICATION: readonly ResourceType[] = [replication];
