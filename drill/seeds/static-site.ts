import { alias, failoverRecord, healthCheck, provider, resource, zone } from "./plain-resource";
import type { Seed } from "./seed";

const NAME = "www.example.com";
const DISTRIBUTION = "d111111abcdef8.cloudfront.net";

export const staticSite: Seed = {
  number: "002",
  system: "static-site",
  stack: "static-site",
  drill: {
    scenario: "drill-region-away",
    play: "site",
    note:
      "The primary is CloudFront, which is in no region; its origin group asks the copy in the other region within the " +
      "request. The document's system would have failed over to the bucket's website, which speaks HTTP only.",
  },
  setUp:
    "A site in S3 behind CloudFront; a replicated bucket in another region, named as the host, is the SECONDARY. " +
    "The document says nothing of interval, threshold or times; the defaults of 30 s x 3 are taken.",
  plays: [
    {
      name: "site",
      title: "30 s x 3, aliases; the distribution answers 503",
      resources: [
        provider("us-east-1"),
        provider("us-west-2"),
        zone("example.com"),
        resource(
          "aws:cloudfront/distribution:Distribution",
          "site",
          { domainName: DISTRIBUTION, aliases: [NAME], enabled: true },
          "us-east-1",
        ),
        healthCheck("site-check", {
          type: "HTTPS",
          fqdn: DISTRIBUTION,
          port: 443,
          resourcePath: "/health",
          enableSni: true,
        }),
        failoverRecord(
          "PRIMARY",
          { name: NAME, type: "A", ...alias(DISTRIBUTION, "Z2FDTNDATAQYW2") },
          "site-check",
        ),
        failoverRecord("SECONDARY", {
          name: NAME,
          type: "A",
          ...alias("s3-website-us-west-2.amazonaws.com", "Z3BJ6K6RIION7M"),
        }),
      ],
      fault: "http-503",
    },
  ],
  claims: [],
  corrections: [
    "Still so: one alternate domain name is on one distribution only (API reference, AliasTarget), and the bucket of " +
      "an S3 website alias is named exactly as the record.",
    "Changed: the document found that Route 53 takes no check of the site's own name. AWS documents no refusal but a " +
      "warning: the result will be unpredictable (API reference, HealthCheckConfig FullyQualifiedDomainName). " +
      "Either way the check must probe another name.",
    "Changed: the document's check watches the bucket, so that a failure of CloudFront goes unseen; here it " +
      "probes the distribution's own name on a path that reaches the origin.",
    "Added: an S3 website speaks HTTP only, so the DNS fallback serves nobody who came by HTTPS. An origin group of " +
      "CloudFront covers the loss of the bucket's region for them, within the request.",
  ],
};
