import { s3WebsiteZoneIds, s3WebsiteZoneRegion } from "../../../model/alias-zone";
import { parseS3WebsiteName } from "../../../model/aws-host-name";
import { isUnknown, type MaybeUnknown, type Unknown } from "../../../model/unknown";
import { advise, fail, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { type AliasRecord, type AliasStack, type Website, websiteRegion } from "./alias-record";

/** An alias to an S3 website: the zone of the right region, IPv4, and a bucket that is named as the record. */
export function judgeS3Website(record: AliasRecord, stack: AliasStack, phase: Phase): Judgement[] {
  const websites = stack.websitesBehind(record);
  const region = websiteRegion(record, websites);
  return [
    ...judgeZone(record, region, phase),
    ...judgeFamily(record, phase),
    ...judgeBucket(record, stack, websites, region, phase),
  ];
}

function judgeZone(record: AliasRecord, region: MaybeUnknown<string> | undefined, phase: Phase): Judgement[] {
  const path = "aliases[0].zoneId";
  const title = recordTitle(record);
  const { zoneId } = record.target;
  if (isUnknown(zoneId)) return [unknown(record.urn, path, title, phase)];
  if (region === undefined || isUnknown(region))
    return [unknown(record.urn, "aliases[0].name", title, phase)];
  const allowed = s3WebsiteZoneIds(region);
  const is = `${title} has zoneId ${zoneId} for an S3 website in ${region}`;
  if (allowed === undefined) {
    return [
      advise(
        record.urn,
        path,
        `${is}, a region that is not in our table; compare it with the table of S3 website endpoints in the AWS General Reference`,
      ),
    ];
  }
  if (allowed.includes(zoneId)) return [];
  const actual = s3WebsiteZoneRegion(zoneId);
  const whose = actual === undefined ? "" : `, which is that of ${actual}`;
  return [
    fail(
      record.urn,
      path,
      `${is}${whose}; Route 53 refuses it; allowed: ${allowed.join(" or ")}; set it to the hostedZoneId of the bucket (no price)`,
    ),
  ];
}

function judgeFamily(record: AliasRecord, phase: Phase): Judgement[] {
  const { type, urn } = record;
  const title = recordTitle(record);
  if (isUnknown(type)) return [unknown(urn, "type", title, phase)];
  if (type === "A") return [];
  const why = type === "AAAA" ? "has no IPv6 address" : "is an address";
  return [
    fail(
      urn,
      "type",
      `${title} points at an S3 website, which ${why}; allowed: A; ${
        type === "AAAA"
          ? "remove the AAAA record, or put CloudFront before the bucket (no idle price)"
          : "set type to A"
      }`,
    ),
  ];
}

/** S3 finds the bucket by the name that the visitor asked for, which is the record's. */
function judgeBucket(
  record: AliasRecord,
  stack: AliasStack,
  behind: readonly Website[],
  region: MaybeUnknown<string> | undefined,
  phase: Phase,
): Judgement[] {
  const { urn, name, target } = record;
  const title = recordTitle(record);
  if (isUnknown(name)) return [unknown(urn, "name", title, phase)];
  const path = "aliases[0].name";
  const inName = isUnknown(target.dnsName) ? undefined : parseS3WebsiteName(target.dnsName)?.bucket;
  const bucket = inName ?? bucketOf(name, stack, behind, region);
  if (bucket === undefined) return [];
  if (isUnknown(bucket)) return [unknown(urn, path, title, phase)];
  if (bucket !== name) {
    return [
      fail(
        urn,
        path,
        `${title} points at the website of bucket ${bucket}; S3 looks for a bucket with the name that the visitor asked for and answers 404; ` +
          `allowed: bucket ${name}; set the bucket's name to ${name} (replaces the bucket; an empty one costs nothing), or put CloudFront before it`,
      ),
    ];
  }
  if (inName === undefined) return [];
  return [
    advise(
      urn,
      path,
      `${title} has an alias name with the bucket in it; AWS documents the endpoint of the region alone; set it to the websiteDomain of the bucket`,
    ),
  ];
}

/**
 * The bucket that the alias means; undefined where nothing speaks against one of the right name. The websites of a
 * region share one endpoint, so one of the right name is meant whichever of them the alias was computed from. Else it
 * is the one that it was computed from, or a website of the region that no record is named as.
 */
function bucketOf(
  name: string,
  stack: AliasStack,
  behind: readonly Website[],
  region: MaybeUnknown<string> | undefined,
): string | Unknown | undefined {
  if (region !== undefined && !isUnknown(region) && stack.hasWebsite(region, name)) return undefined;
  if (behind.length > 0) {
    const wrong = behind.filter(({ bucket }) => bucket !== name);
    return wrong.find(({ bucket }) => !isUnknown(bucket))?.bucket ?? wrong[0]?.bucket;
  }
  if (region === undefined || isUnknown(region)) return undefined;
  return stack.unclaimedWebsite(region)?.bucket;
}
