import type { Endpoint } from "./failover-plan";

/** A host name of S3's website endpoint, with the bucket where the name holds one. */
export interface S3WebsiteName {
  readonly bucket: string | undefined;
  readonly region: string;
}

/**
 * Takes `[bucket.]s3-website-<region>.amazonaws.com` apart; newer regions write a dot before the region
 * (S3 user guide, "Website endpoints").
 */
export function parseS3WebsiteName(name: string): S3WebsiteName | undefined {
  const match = /^(?:(.+)\.)?s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(name);
  return match?.[2] === undefined ? undefined : { bucket: match[1], region: match[2] };
}

/** The service behind a host name that AWS gave out, lower case and without the final dot. */
export function endpointKindByName(name: string): Endpoint["kind"] | undefined {
  if (/\.elb\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(name)) return "load-balancer";
  if (/\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(name)) return "api-gateway";
  if (parseS3WebsiteName(name)) return "s3-website";
  if (/\.cloudfront\.net$/.test(name)) return "cloudfront";
  return undefined;
}
