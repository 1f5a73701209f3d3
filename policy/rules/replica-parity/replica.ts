import { arnRegion } from "../../../model/arn";
import { formatUsd } from "../../../model/money";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { fail, pass, unknown } from "../../judgement";
import { PRICES } from "../../prices/price-list";
import type { Judgement, Phase } from "../../rule";
import type { PrimaryCopy, ReplicaCopy } from "./global-table";
import type { ReplicaParitySettings } from "./rule";

/** What a replica lacks of its primary; empty where it lacks nothing. */
export function judgeReplica(
  primary: PrimaryCopy,
  replica: ReplicaCopy,
  { requireTags }: ReplicaParitySettings,
  phase: Phase,
): Judgement[] {
  const { urn, prefix, region } = replica;
  const title = replicaTitle(primary, replica);
  const regionPath = prefix === "" ? "region" : `${prefix}regionName`;
  if (region === undefined || isUnknown(region)) return [unknown(urn, regionPath, title, phase)];
  if (primary.region === undefined || isUnknown(primary.region)) {
    return [unknown(primary.urn, "region", `table "${primary.name}"`, phase)];
  }
  if (region === primary.region) return [inOwnRegion(urn, regionPath, title, region)];
  return [
    ...judgeSwitch(primary, replica, phase, {
      primaryPath: "pointInTimeRecovery.enabled",
      path: `${prefix}pointInTimeRecovery`,
      had: primary.pointInTimeRecovery,
      has: replica.pointInTimeRecovery,
      what: "point-in-time recovery",
      price: priceText("dynamodb/point-in-time-recovery", region, "a GB and month"),
    }),
    ...judgeSwitch(primary, replica, phase, {
      primaryPath: "deletionProtectionEnabled",
      path: `${prefix}deletionProtectionEnabled`,
      had: primary.deletionProtection,
      has: replica.deletionProtection,
      what: "deletion protection",
      price: "costs nothing",
    }),
    ...(requireTags ? judgeTags(replica, title, phase) : []),
    ...judgeKey(primary, replica, region, phase),
  ];
}

interface Switch {
  readonly primaryPath: string;
  readonly path: string;
  readonly had: MaybeUnknown<boolean>;
  readonly has: MaybeUnknown<boolean>;
  readonly what: string;
  readonly price: string;
}

/** A replica may have more than its primary, never less. */
function judgeSwitch(primary: PrimaryCopy, replica: ReplicaCopy, phase: Phase, each: Switch): Judgement[] {
  const { had, has, what, path, primaryPath, price } = each;
  if (has === true || had === false) return [];
  const title = replicaTitle(primary, replica);
  if (isUnknown(has)) return [unknown(replica.urn, path, title, phase)];
  if (isUnknown(had)) return [unknown(primary.urn, primaryPath, `table "${primary.name}"`, phase)];
  return [
    fail(
      replica.urn,
      path,
      `${title} has no ${what}, which the primary copy has; DynamoDB does not replicate it; allowed: as the primary; set ${path} to true (${price})`,
    ),
  ];
}

function judgeTags(
  { urn, prefix, tagProperty, missingTags }: ReplicaCopy,
  title: string,
  phase: Phase,
): Judgement[] {
  const path = `${prefix}${tagProperty}`;
  if (isUnknown(missingTags)) return [unknown(urn, path, title, phase)];
  if (missingTags.length === 0) return [];
  const lever =
    tagProperty === "propagateTags" ? `set ${path} to true` : `add ${missingTags.join(", ")} to its tags`;
  return [
    fail(
      urn,
      path,
      `${title} lacks tags of the primary copy (${missingTags.join(", ")}); DynamoDB does not replicate them; allowed: every tag key of the primary; ${lever} (costs nothing)`,
    ),
  ];
}

/** A key is of one region, so each copy needs one there. */
function judgeKey(primary: PrimaryCopy, replica: ReplicaCopy, region: string, phase: Phase): Judgement[] {
  if (primary.kmsKeyArn === undefined) return [];
  const title = replicaTitle(primary, replica);
  const path = `${replica.prefix}kmsKeyArn`;
  const { kmsKeyArn } = replica;
  if (isUnknown(kmsKeyArn)) return [unknown(replica.urn, path, title, phase)];
  if (kmsKeyArn !== undefined && (arnRegion(kmsKeyArn) ?? region) === region) return [];
  // A table's key may turn out to be none; a replica's wrong region is wrong whatever it is.
  if (kmsKeyArn === undefined && isUnknown(primary.kmsKeyArn)) {
    return [unknown(primary.urn, "serverSideEncryption.kmsKeyArn", `table "${primary.name}"`, phase)];
  }
  const got =
    kmsKeyArn === undefined
      ? "has no customer key, which the primary copy has"
      : `has the key of another region, ${kmsKeyArn}`;
  return [
    fail(
      replica.urn,
      path,
      `${title} ${got}; allowed: a key in ${region}; set ${path} to the ARN of a key there (${priceText("kms/key", region, "a key and month")}; replaces the replica)`,
    ),
  ];
}

export function inOwnRegion(urn: string, path: string, title: string, region: string): Judgement {
  return fail(
    urn,
    path,
    `${title} is in ${region}, where the table itself is; DynamoDB refuses it, and a copy there survives no loss of the region; allowed: another region; set ${path} to the standby's`,
  );
}

export function alike(primary: PrimaryCopy, replica: ReplicaCopy): Judgement {
  return pass(
    replica.urn,
    replica.prefix === "" ? "" : replica.prefix.slice(0, -1),
    `${replicaTitle(primary, replica)} has the protection of the primary copy`,
  );
}

function replicaTitle(primary: PrimaryCopy, { region }: ReplicaCopy): string {
  const where = region === undefined || isUnknown(region) ? "" : ` in ${region}`;
  return `the replica${where} of table "${primary.name}"`;
}

function priceText(key: string, region: string, unit: string): string {
  const row = PRICES.find(key, region);
  return row ? `${formatUsd(row.usd)} ${unit}` : `its price in ${region} is not in our table`;
}
