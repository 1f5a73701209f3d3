import { staticSite } from "../../stacks/static-site";
import { type Invokes, record } from "../components/registrations";
import { systemSettingsOf } from "./parsed-settings";

export const INVOKES: Invokes = {
  "aws:index/getRegion:getRegion": (_, provider) => ({
    region: provider === "primary" ? "us-east-1" : "us-west-2",
  }),
  "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
};

/** The whole stack of a static site called dev, with these settings. */
export const buildSite = (values?: Readonly<Record<string, string>>, invokes = INVOKES) =>
  record(() => staticSite(systemSettingsOf("static-site", values)), invokes);

const PAGES = ["error.html", "healthz", "index.html", "mark.svg", "robots.txt", "style.css"];

/** What only a site with two names has. */
export const OTHER_NAME = [
  "aws:route53/record:Record certificate-proof-www.example.com <- certificate @primary",
  "aws:route53/record:Record other-failover-primary-a <- other-failover @primary",
  "aws:route53/record:Record other-failover-standby-a <- other-failover @primary",
  "aws:s3/bucket:Bucket standby-redirect-bucket <- standby-redirect @standby",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls standby-redirect-ownership <- standby-redirect @standby",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock standby-redirect-public-access <- standby-redirect @standby",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration standby-redirect-website <- standby-redirect @standby",
  "warm-standby:components:FailoverRecords other-failover <- - @-",
  "warm-standby:components:WebsiteBucket standby-redirect <- - @-",
].sort();

/** The resources of a bucket with versions, with the types before and the parents behind the arrow. */
const versionedBucket = (name: string, side: string) => [
  `aws:s3/bucket:Bucket ${name}-bucket <- ${name} @${side}`,
  `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration ${name}-versions-lifecycle <- ${name}-versions @${side}`,
  `aws:s3/bucketOwnershipControls:BucketOwnershipControls ${name}-ownership <- ${name} @${side}`,
  `aws:s3/bucketPolicy:BucketPolicy ${name}-policy <- ${name} @${side}`,
  `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock ${name}-public-access <- ${name} @${side}`,
  `aws:s3/bucketVersioning:BucketVersioning ${name}-versions-versioning <- ${name}-versions @${side}`,
  `warm-standby:components:BucketVersions ${name}-versions <- ${name} @-`,
];

export const ONE_NAME = [
  ...versionedBucket("primary-site", "primary"),
  ...versionedBucket("standby-site", "standby"),
  ...PAGES.map((key) => `aws:s3/bucketObjectv2:BucketObjectv2 pages-${key} <- pages @primary`),
  "aws:acm/certificate:Certificate certificate-certificate <- certificate @primary",
  "aws:acm/certificateValidation:CertificateValidation certificate-validation <- certificate @primary",
  "aws:cloudfront/distribution:Distribution site-distribution <- site @primary",
  "aws:cloudfront/function:Function site-folder-index <- site @primary",
  "aws:cloudfront/originAccessControl:OriginAccessControl site-access <- site @primary",
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy site-headers <- site @primary",
  "aws:cloudwatch/metricAlarm:MetricAlarm health-alarm <- health @primary",
  "aws:iam/role:Role primary-site-role <- primary-site @primary",
  "aws:iam/rolePolicy:RolePolicy primary-site-role-policy <- primary-site @primary",
  "aws:route53/healthCheck:HealthCheck site-health-check <- site-health @primary",
  "aws:route53/record:Record certificate-proof-example.com <- certificate @primary",
  "aws:route53/record:Record failover-primary-a <- failover @primary",
  "aws:route53/record:Record failover-standby-a <- failover @primary",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig primary-site-replication <- primary-site @primary",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration standby-site-website <- standby-site @standby",
  "aws:sns/topic:Topic health-alerts-topic <- health-alerts @primary",
  "pulumi:providers:aws primary <- - @-",
  "pulumi:providers:aws standby <- - @-",
  "warm-standby:components:AlertTopic health-alerts <- health @-",
  "warm-standby:components:EdgeCertificate certificate <- - @-",
  "warm-standby:components:EndpointHealthCheck site-health <- - @-",
  "warm-standby:components:FailoverRecords failover <- - @-",
  "warm-standby:components:HealthAlarm health <- - @-",
  "warm-standby:components:ReplicatedBucket primary-site <- - @-",
  "warm-standby:components:SiteDistribution site <- - @-",
  "warm-standby:components:SitePages pages <- - @-",
  "warm-standby:components:WebsiteBucket standby-site <- - @-",
].sort();

export const WHOLE_STACK = [...ONE_NAME, ...OTHER_NAME].sort();
