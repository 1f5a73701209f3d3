import * as cloudfront from "@pulumi/aws/cloudfront";
import * as pulumi from "@pulumi/pulumi";
import { CACHING_DISABLED, CACHING_OPTIMIZED } from "../model/cache-behavior";
import { childOptions } from "./child-options";
import type { RecordLead } from "./failover-records";
import { folderIndexCode } from "./folder-index-code";
import { type SecurityHeaders, securityHeadersConfig } from "./security-headers";

/** A bucket that a distribution reads by origin access control; its policy has to let the distribution in. */
export interface BucketOrigin {
  /** The bucket's regional host name: the global one is redirected for hours after the bucket is made. */
  readonly regionalDomainName: pulumi.Input<string>;
}

/** Answers of the origin, or of both of a group, that visitors get a page of the site for. */
export interface ErrorPage {
  readonly errorCode: 403 | 404;
  /** Key of the page. */
  readonly document: string;
  readonly responseCode: 200 | 403 | 404 | 503;
}

export interface SiteDistributionArgs {
  /** Names that the distribution answers for; on no other distribution of any account. */
  readonly hostNames: readonly string[];
  /** A validated certificate of us-east-1 for all of them. */
  readonly certificateArn: pulumi.Input<string>;
  readonly origin: BucketOrigin;
  /** Asked within the same request when the origin fails. @default none: the origin alone */
  readonly secondOrigin?: BucketOrigin;
  /** Key of the page for `/`. */
  readonly indexDocument: string;
  /** Whether the page of a folder is its index document, as with an S3 website. @default false */
  readonly foldersHaveIndex?: boolean;
  readonly errorPages: readonly ErrorPage[];
  /**
   * `redirected` to HTTPS by a 301 without Cache-Control, which browsers keep for good; or `served` as by HTTPS.
   * @default "redirected"
   */
  readonly httpVisitors?: "redirected" | "served";
  /** A path that is never cached, so that asking it asks the origin. @default none */
  readonly uncachedPath?: string;
  readonly securityHeaders: SecurityHeaders;
  /** What the console shows. */
  readonly comment: string;
}

/**
 * After which answers the second origin is asked: server errors, and 403. A missing key is 404 where the distribution
 * may list the bucket, and the same in the copy, so 404 is final; 403 then means that the permission is lost.
 */
const ORIGIN_FAILOVER_STATUS_CODES = [403, 500, 502, 503, 504] as const;

/**
 * How long the first origin may be silent before the second is asked, once for a second. The checkers of Route 53
 * wait 2 s for an answer (developer guide): with CloudFront's own 3 x 10 s they would call the distribution down
 * while it serves. Once connected, an S3 origin has 30 s, which nobody can change.
 */
const CONNECTION = { connectionAttempts: 1, connectionTimeout: 1 };

const FIRST = "first-bucket";
const SECOND = "second-bucket";
const BOTH = "both-buckets";

/** How long an edge keeps the answer that a key is missing. */
const ERROR_CACHING_SECONDS = 10;

/** A CloudFront distribution in front of one bucket, or of a bucket and its copy. */
export class SiteDistribution extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** The distribution's own name, which leads to it whatever the site's records say. */
  readonly domainName: pulumi.Output<string>;
  readonly lead: Extract<RecordLead, { kind: "alias" }>;

  constructor(name: string, args: SiteDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:SiteDistribution", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);
    const { secondOrigin } = args;

    const access = new cloudfront.OriginAccessControl(
      `${name}-access`,
      { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
      child(),
    );
    const headers = new cloudfront.ResponseHeadersPolicy(
      `${name}-headers`,
      { securityHeadersConfig: securityHeadersConfig(args.securityHeaders) },
      child(),
    );
    const folderIndex =
      args.foldersHaveIndex &&
      new cloudfront.Function(
        `${name}-folder-index`,
        { runtime: "cloudfront-js-2.0", publish: true, code: folderIndexCode(args.indexDocument) },
        child(),
      );
    const originOf = (originId: string, { regionalDomainName }: BucketOrigin) => ({
      originId,
      domainName: regionalDomainName,
      originAccessControlId: access.id,
      ...CONNECTION,
    });
    const behavior = {
      targetOriginId: secondOrigin ? BOTH : FIRST,
      viewerProtocolPolicy: args.httpVisitors === "served" ? "allow-all" : "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      responseHeadersPolicyId: headers.id,
    };
    const distribution = new cloudfront.Distribution(
      `${name}-distribution`,
      {
        enabled: true,
        comment: args.comment,
        aliases: [...args.hostNames],
        isIpv6Enabled: true,
        httpVersion: "http2and3",
        // The cheapest edges; everyone is served by one of them.
        priceClass: "PriceClass_100",
        defaultRootObject: args.indexDocument,
        origins: [originOf(FIRST, args.origin), ...(secondOrigin ? [originOf(SECOND, secondOrigin)] : [])],
        ...(secondOrigin
          ? {
              originGroups: [
                {
                  originId: BOTH,
                  failoverCriteria: { statusCodes: [...ORIGIN_FAILOVER_STATUS_CODES] },
                  members: [{ originId: FIRST }, { originId: SECOND }],
                },
              ],
            }
          : {}),
        defaultCacheBehavior: {
          ...behavior,
          cachePolicyId: CACHING_OPTIMIZED,
          ...(folderIndex
            ? { functionAssociations: [{ eventType: "viewer-request", functionArn: folderIndex.arn }] }
            : {}),
        },
        ...(args.uncachedPath === undefined
          ? {}
          : {
              orderedCacheBehaviors: [
                {
                  ...behavior,
                  pathPattern: args.uncachedPath,
                  // Nothing of a probe is worth compressing or keeping.
                  compress: false,
                  cachePolicyId: CACHING_DISABLED,
                },
              ],
            }),
        customErrorResponses: args.errorPages.map(({ errorCode, document, responseCode }) => ({
          errorCode,
          responseCode,
          responsePagePath: `/${document}`,
          errorCachingMinTtl: ERROR_CACHING_SECONDS,
        })),
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {
          acmCertificateArn: args.certificateArn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1.2_2021",
        },
      },
      child(),
    );

    this.arn = distribution.arn;
    this.domainName = distribution.domainName;
    this.lead = { kind: "alias", dnsName: distribution.domainName, zoneId: distribution.hostedZoneId };
    this.registerOutputs({ arn: this.arn, domainName: this.domainName, lead: this.lead });
  }
}
