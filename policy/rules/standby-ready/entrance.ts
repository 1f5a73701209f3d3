import { at, booleanAt, isPresent } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Readiness, ReadinessCheck } from "./readiness";

const distributionReadiness: ReadinessCheck = ({ properties }) => {
  const enabled = booleanAt(properties, "enabled");
  if (isUnknown(enabled)) return { kind: "unknown", path: "enabled" };
  if (enabled === true) return { kind: "ready", path: "enabled", how: "it is enabled" };
  return {
    kind: "away",
    path: "enabled",
    what: `has enabled ${enabled === false ? "false" : "unset"}, so it refuses every request`,
    allowed: "true",
    lever: "set enabled to true (free until it is asked)",
  };
};

/** Without an index document the root of a website is an error page. */
const websiteReadiness: ReadinessCheck = ({ properties }) => {
  const path = "indexDocument.suffix";
  if (isPresent(properties.redirectAllRequestsTo)) {
    return { kind: "ready", path: "redirectAllRequestsTo", how: "it redirects every request" };
  }
  return indexReadiness(path, at(properties, "indexDocument", "suffix"));
};

/** A bucket that is a website by a property of its own; other buckets have no index to miss. */
const bucketReadiness: ReadinessCheck = ({ properties }) => {
  const { website } = properties;
  if (isUnknown(website)) return { kind: "unknown", path: "website" };
  if (!isPresent(website)) return { kind: "ready", path: "website", how: "it is no website" };
  if (isPresent(at(website, "redirectAllRequestsTo"))) {
    return { kind: "ready", path: "website.redirectAllRequestsTo", how: "it redirects every request" };
  }
  return indexReadiness("website.indexDocument", at(website, "indexDocument"));
};

function indexReadiness(path: string, value: PropertyValue): Readiness {
  if (isUnknown(value)) return { kind: "unknown", path };
  if (typeof value === "string" && value !== "") return { kind: "ready", path, how: `its index is ${value}` };
  return {
    kind: "away",
    path,
    what: `has no ${path}, so its root is an error page`,
    allowed: "the name of a page",
    lever: `set ${path} to index.html (free)`,
  };
}

export const ENTRANCE_CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  "aws:cloudfront/distribution:Distribution": distributionReadiness,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": websiteReadiness,
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": websiteReadiness,
  "aws:s3/bucket:Bucket": bucketReadiness,
};
