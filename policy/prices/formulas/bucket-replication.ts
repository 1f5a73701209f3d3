import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { type Formula, monthly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { at, listAt, stringAt } from "./read";

const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const BUCKETS: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/**
 * Bytes pending, operations pending and latency, which are published whether or not anything replicates, and failed
 * operations (Amazon S3 user guide, "Using S3 Replication metrics": billed at the rate of custom metrics).
 */
const METRICS_PER_RULE = 4;

/** Copies bill by use and where they go; metrics on a rule, which time control turns on, bill by the month. */
export const bucketReplicationMeters: Formula = (replication, stack) => {
  const inputs = new Inputs(replication.properties, stack.regionOf(replication));
  const rules = inputs.list("rules");
  return inputs.or(rulesMeters(replication, rules, "rules", stack));
};

/**
 * The same, written inside the bucket, where every block of the older kind of bucket is a list. A bucket also shows
 * what a resource of its own says of its replication, which counts there.
 */
export function inlineReplicationMeters(bucket: StackResource, stack: PricedStack): Meter[] {
  if (stack.referring(bucket, "bucket", REPLICATION).length > 0) return [];
  const place = stack.regionOf(bucket);
  return ["replicationConfiguration", "replicationConfigurations"].flatMap((path) => {
    const configuration = block(bucket.properties, path);
    const rules = listAt(configuration, "rules") ?? [];
    if (isUnknown(rules)) return [unknownInput(path, place)];
    return rulesMeters(bucket, rules, `${path}.rules`, stack);
  });
}

function rulesMeters(
  holder: StackResource,
  rules: readonly PropertyValue[],
  path: string,
  stack: PricedStack,
): Meter[] {
  return rules.flatMap((rule, index) => ruleMeters(holder, rule, `${path}[${index}]`, stack));
}

function ruleMeters(holder: StackResource, rule: PropertyValue, path: string, stack: PricedStack): Meter[] {
  const own = stack.regionOf(holder);
  const destination = block(rule, "destination", "destinations");
  const switches = [
    [stringAt(rule, "status"), "status"],
    [statusOf(block(destination, "metrics")), "destination.metrics.status"],
    [
      statusOf(block(destination, "replicationTime", "replicationTimes")),
      "destination.replicationTime.status",
    ],
  ] as const;
  const [active, ...measured] = switches.map(([status]) => status);
  if (active === "Disabled") return [];
  if (!measured.some((status) => status !== undefined && status !== "Disabled")) return [];
  const unknown = switches.find(([status]) => isUnknown(status));
  // One that is surely on is enough, whatever the other will be.
  if (unknown && (isUnknown(active) || !measured.includes("Enabled"))) {
    return [{ ...unknownInput(`${path}.${unknown[1]}`, own), replica: true }];
  }
  return metricMeters(holder, destination, path, stack);
}

/** They are published in the region of the copy, so they belong where that is. */
function metricMeters(
  holder: StackResource,
  destination: PropertyValue,
  path: string,
  stack: PricedStack,
): Meter[] {
  const copies = destinationsOf(holder, destination, path, stack);
  const places = new Set<Place>(copies.map((copy) => stack.regionOf(copy)));
  const [place] = places;
  if (places.size !== 1) {
    const bucket = stringAt(destination, "bucket");
    const where = `${path}.destination.bucket`;
    const outside =
      "the bucket that it copies to is not in this stack, so the region of its metrics cannot be read";
    return [{ ...(isUnknown(bucket) ? unknownInput(where) : unpriced(outside, where)), replica: true }];
  }
  return monthly("S3 replication metric", "cloudwatch/custom-metric", place, METRICS_PER_RULE, {
    replica: true,
    note: "one of the four, of failures, only while something is replicated",
    lever: "leave out metrics and replicationTime of the rule",
  });
}

/** By ARN or by name, and before there is one by what the rules were computed from. */
function destinationsOf(
  holder: StackResource,
  destination: PropertyValue,
  path: string,
  stack: PricedStack,
): readonly StackResource[] {
  const bucket = stringAt(destination, "bucket");
  const [property = path] = path.split(/[.[]/);
  if (bucket === undefined || isUnknown(bucket)) {
    return BUCKETS.flatMap((type) => stack.sourcesOf(holder, property, type));
  }
  const name = bucket.slice(bucket.lastIndexOf(":") + 1);
  return BUCKETS.flatMap((type) => [
    ...stack.withText(type, "arn", bucket),
    ...stack.withText(type, "bucket", name),
  ]);
}

/** A block under one of its names: itself, or the first of a list. */
function block(holder: PropertyValue, ...names: readonly string[]): PropertyValue {
  const found = names.map((name) => at(holder, name)).find(isPresent);
  return Array.isArray(found) ? found[0] : found;
}

/** Enabled where a block is there and does not say; undefined without one. */
function statusOf(of: PropertyValue): PropertyValue {
  if (isUnknown(of)) return of;
  if (!isPresent(of)) return undefined;
  return stringAt(of, "status") ?? "Enabled";
}
