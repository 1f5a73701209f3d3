import { listAt, numberAt, stringAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import type { FaultKind } from "../../simulation/scenario";
import { bucketOrigin, bucketRegion } from "../bucket-origin";
import { cloudFront } from "../cloudfront";
import type { VisitReply } from "../http-visit";
import type { RequestHandler } from "../region-endpoint";
import type { MakeApp, VisitorGroup } from "../rehearsed-app";
import { playedWebsite, SERVED_BY, s3Website } from "../s3-website";
import { bucketObjects, type StoredObjects } from "../stored-objects";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const BUCKET = "aws:s3/bucket:Bucket";
const WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/**
 * The static site: CloudFront with its origins, and the websites of the buckets, all with the real pages. Replication
 * has caught up. HTTP visitors who come for the first time come first, since they alone are served while DNS leads to
 * the website; browsers that were here before and those by HTTPS are counted beside them. A lost primary region is an act of its own, which CloudFront has to absorb.
 */
export const staticSiteApp: MakeApp = ({ resources, endpoints }) => {
  const lost = new Map<string, FaultKind>();
  const regions = bucketRegions(resources);
  const home = primaryRegion(resources, regions);
  return {
    serve({ urn, kind, region }) {
      const own = withUrn(resources, urn);
      if (kind === "cloudfront" && own) {
        return {
          handle: cloudFront(own, resources, (host) => originAt(host, own, resources, lost)),
        };
      }
      return { handle: regionGuard(region ?? "", lost, websitesIn(region ?? "", resources, regions)) };
    },
    visitors: visitorsOf(resources),
    faultPlaces:
      endpoints.some(({ kind }) => kind === "cloudfront") && home !== undefined
        ? [
            {
              name: "primary-region",
              title: `the buckets in ${home} are lost; CloudFront asks the copy within the request`,
              expectation: "absorbed",
              inject: (fault) => void lost.set(home, fault),
              heal: () => void lost.delete(home),
            },
          ]
        : [],
  };
};

/** The fallback is an S3 website, which speaks HTTP only. */
const HTTP_ONLY = "the fallback is an S3 website, which speaks HTTP only";

/** Browsers that were here before keep CloudFront's redirect to HTTPS, and HSTS where the site sends it. */
function visitorsOf(resources: readonly StackResource[]): [VisitorGroup, ...VisitorGroup[]] {
  const keeps = keepers(resources);
  const returning: VisitorGroup = {
    ...visitors("http", "returning browsers"),
    isBrowser: true,
    notCovered: `they keep to HTTPS ${keeps.join(", and ")}; ${HTTP_ONLY}`,
  };
  return [
    visitors("http", "http visitors"),
    ...(keeps.length > 0 ? [returning] : []),
    { ...visitors("https", "https visitors"), notCovered: HTTP_ONLY },
  ];
}

/** Why a browser that was here before comes by HTTPS, and for how long. */
function keepers(resources: readonly StackResource[]): string[] {
  const seconds = Math.max(0, ...resources.map(strictTransportSeconds));
  return [
    ...(resources.some(redirectsToHttps)
      ? ["without end (CloudFront's redirect is a 301, which they keep)"]
      : []),
    ...(seconds > 0 ? [`for ${seconds} s after their last visit (HSTS)`] : []),
  ];
}

function redirectsToHttps({ type, properties }: StackResource): boolean {
  const policy = textAt(properties, "defaultCacheBehavior", "viewerProtocolPolicy");
  return type === DISTRIBUTION && policy === "redirect-to-https";
}

/** What a response headers policy asks of browsers; 0 for every other resource. */
function strictTransportSeconds({ properties }: StackResource): number {
  const path = ["securityHeadersConfig", "strictTransportSecurity", "accessControlMaxAgeSec"] as const;
  const found = numberAt(properties, ...path);
  return typeof found === "number" ? found : 0;
}

/** A reader of the front page, who types the name without a path. */
function visitors(scheme: "http" | "https", name: string): VisitorGroup {
  return {
    name,
    scheme,
    visit: () => ({ method: "GET", path: "/" }),
    isServed: ({ status, body }) => status === 200 && body.includes("<html"),
    servedBy: ({ headers }: VisitReply) => {
      const region = headers[SERVED_BY];
      return typeof region === "string" ? region : null;
    },
  };
}

/** The bucket behind a host name, unless its region is lost. */
function originAt(
  host: string,
  distribution: StackResource,
  resources: readonly StackResource[],
  lost: ReadonlyMap<string, FaultKind>,
): RequestHandler | undefined {
  const origin = bucketOrigin(host, distribution, resources, (bucket) => objectsIn(bucket, resources));
  return origin && regionGuard(origin.region, lost, origin.handle);
}

/** One endpoint answers for all websites of a region; the Host header tells which. */
function websitesIn(
  region: string,
  resources: readonly StackResource[],
  regions: ReadonlyMap<string, string>,
): RequestHandler {
  const handlers = resources
    .filter(
      ({ type, properties }) => type === WEBSITE && regions.get(textAt(properties, "bucket")) === region,
    )
    .map((configuration) => {
      const bucket = textAt(configuration.properties, "bucket");
      const website = playedWebsite(configuration, resources, objectsIn(bucket, resources), region);
      return { bucket, handle: s3Website(website) };
    });
  return (request) => {
    const named = handlers.find(
      ({ bucket }) => request.host === bucket || request.host.startsWith(`${bucket}.s3-website`),
    );
    const handle = (named ?? handlers[0])?.handle;
    return handle ? handle(request) : { status: 404, body: "" };
  };
}

/** What the stack uploads to a bucket, and what replication copies there. */
function objectsIn(bucket: string, resources: readonly StackResource[]): StoredObjects {
  const sources = resources.flatMap((replication) => {
    if (replication.type !== REPLICATION) return [];
    const rules = listAt(replication.properties, "rules");
    const targets = (rules === undefined || isUnknown(rules) ? [] : rules).flatMap((rule) =>
      textAt(rule, "status") === "Enabled" ? [textAt(rule, "destination", "bucket")] : [],
    );
    return targets.includes(`arn:aws:s3:::${bucket}`) ? [textAt(replication.properties, "bucket")] : [];
  });
  return new Map([bucket, ...sources].flatMap((name) => [...bucketObjects(resources, name)]));
}

/** The region of every bucket by its name. */
function bucketRegions(resources: readonly StackResource[]): ReadonlyMap<string, string> {
  return new Map(
    resources
      .filter(({ type }) => type === BUCKET)
      .map((bucket) => [textAt(bucket.properties, "bucket"), bucketRegion(bucket)]),
  );
}

/** Where the bucket is that is copied elsewhere. */
function primaryRegion(
  resources: readonly StackResource[],
  regions: ReadonlyMap<string, string>,
): string | undefined {
  const source = resources.find(({ type }) => type === REPLICATION);
  return source && regions.get(textAt(source.properties, "bucket"));
}

/** Nothing of a lost region answers, or all of it with 503. What hangs is given up at once: waiting is not played. */
function regionGuard(
  region: string,
  lost: ReadonlyMap<string, FaultKind>,
  handle: RequestHandler,
): RequestHandler {
  return (request) => {
    const fault = lost.get(region);
    if (fault === undefined) return handle(request);
    if (fault === "http-503") return { status: 503, body: "" };
    throw new Error(`${region} does not answer`);
  };
}

/** A text that is there and known, else an empty one. */
function textAt(value: PropertyValue, ...path: string[]): string {
  const found = stringAt(value, ...path);
  return typeof found === "string" ? found : "";
}
