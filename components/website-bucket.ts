import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { BucketVersions } from "./bucket-versions";
import { childOptions } from "./child-options";
import type { RecordLead } from "./failover-records";
import { publicAccessBlock } from "./public-access-block";
import { siteReadPolicy } from "./site-read-policy";

export type WebsiteContent =
  | {
      readonly kind: "pages";
      /** Name of the page that stands for a folder, such as `index.html`. */
      readonly indexDocument: string;
      /** Key of the page that S3 answers errors with; the status stays that of the error. */
      readonly errorDocument: string;
      /** A distribution that reads the bucket as well, so that it tells a missing page from a forbidden one. */
      readonly distributionArn?: pulumi.Input<string>;
    }
  /** Every request is sent on to another name; the bucket stays empty. */
  | { readonly kind: "redirect"; readonly toHostName: string };

export interface WebsiteBucketArgs {
  /** Name of the bucket and of the record that leads to it: S3 finds the website by the Host header. */
  readonly hostName: string;
  readonly content: WebsiteContent;
  /**
   * Days for which replaced versions stay, and those under a delete marker; replication into the bucket needs versions.
   * @default the bucket keeps none
   */
  readonly noncurrentDays?: number;
  /** Whether deleting the bucket deletes what is in it. @default false */
  readonly forceDestroy?: boolean;
}

/**
 * A bucket that S3 serves as a website, over HTTP only (S3 user guide, "Website endpoints"). Pages are readable by
 * everyone; a redirect needs no reader and stays closed.
 */
export class WebsiteBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  /** Known once the bucket keeps versions, where it does, so that replication into it waits. */
  readonly arn: pulumi.Output<string>;
  /** Host name of the bucket as an origin, not as a website. */
  readonly regionalDomainName: pulumi.Output<string>;
  /** Host name of the website itself. */
  readonly websiteEndpoint: pulumi.Output<string>;
  /** Where an alias record named as the bucket leads. */
  readonly lead: Extract<RecordLead, { kind: "alias" }>;

  constructor(name: string, args: WebsiteBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:WebsiteBucket", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);
    const isPublic = args.content.kind === "pages";

    const bucket = new s3.Bucket(
      `${name}-bucket`,
      { bucket: args.hostName, forceDestroy: args.forceDestroy ?? false },
      child(),
    );
    new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child(),
    );
    const publicAccess = publicAccessBlock(
      `${name}-public-access`,
      { bucket: bucket.bucket, isPublic },
      child(),
    );
    if (args.content.kind === "pages") {
      new s3.BucketPolicy(
        `${name}-policy`,
        {
          bucket: bucket.bucket,
          policy: pulumi
            .all([bucket.arn, args.content.distributionArn])
            .apply(([bucketArn, distributionArn]) =>
              JSON.stringify(siteReadPolicy({ bucketArn, distributionArn, everyone: true })),
            ),
        },
        // S3 refuses a public policy until the block lets it through.
        child({ dependsOn: [publicAccess] }),
      );
    }
    const versions =
      args.noncurrentDays === undefined
        ? undefined
        : new BucketVersions(
            `${name}-versions`,
            { bucket: bucket.bucket, noncurrentDays: args.noncurrentDays },
            child(),
          );
    const website = new s3.BucketWebsiteConfiguration(
      `${name}-website`,
      { bucket: bucket.bucket, ...websiteArgs(args.content) },
      child(),
    );

    this.bucket = bucket.bucket;
    this.arn = versions ? pulumi.all([bucket.arn, versions.enabled]).apply(([arn]) => arn) : bucket.arn;
    this.regionalDomainName = bucket.bucketRegionalDomainName;
    this.websiteEndpoint = website.websiteEndpoint;
    this.lead = { kind: "alias", dnsName: website.websiteDomain, zoneId: bucket.hostedZoneId };
    this.registerOutputs({
      bucket: this.bucket,
      arn: this.arn,
      regionalDomainName: this.regionalDomainName,
      websiteEndpoint: this.websiteEndpoint,
      lead: this.lead,
    });
  }
}

function websiteArgs(content: WebsiteContent): Omit<s3.BucketWebsiteConfigurationArgs, "bucket"> {
  return content.kind === "pages"
    ? { indexDocument: { suffix: content.indexDocument }, errorDocument: { key: content.errorDocument } }
    : // Whoever is answered by this website has no HTTPS to be sent on to.
      { redirectAllRequestsTo: { hostName: content.toHostName, protocol: "http" } };
}
