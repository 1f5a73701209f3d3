import * as pulumi from "@pulumi/pulumi";
import { EdgeCertificate } from "../components/edge-certificate";
import { EndpointHealthCheck } from "../components/endpoint-health-check";
import { FailoverRecords, type RecordLead } from "../components/failover-records";
import { HealthAlarm } from "../components/health-alarm";
import { hostedZone } from "../components/hosted-zone";
import { ReplicatedBucket } from "../components/replicated-bucket";
import { SiteDistribution } from "../components/site-distribution";
import { type SitePage, SitePages } from "../components/site-pages";
import { WebsiteBucket } from "../components/website-bucket";
import { commonOutputs, type PendingOutputs } from "./pending-outputs";
import { confirmRegions, regionProviders } from "./regions";
import type { StaticSiteSettings } from "./settings/static-site";
import { sitePagesIn } from "./site-folder";

const INDEX = "index.html";
const ERROR = "error.html";

/** Not of the site's folder: what the checkers ask for, never cached, so that they ask the buckets. */
const HEALTH_PAGE: SitePage = {
  key: "healthz",
  contentType: "text/plain; charset=utf-8",
  cacheControl: "no-store",
  content: { kind: "text", text: "ok\n" },
};

/**
 * A site in S3 behind CloudFront, with a copy in another region. A lost bucket or region is covered by CloudFront's
 * origin group within the request; a lost CloudFront by DNS, which leads to the copy as an S3 website over HTTP. Browsers
 * that were here before keep CloudFront's redirect to HTTPS and are not served by that.
 */
export async function staticSite(settings: StaticSiteSettings): Promise<PendingOutputs> {
  // What is wrong with the pages is said before anything is registered.
  const pages = pagesOf(settings.siteFolder);
  const regions = regionProviders(settings);
  await confirmRegions(regions);
  const { primary, standby } = regions;
  const inPrimary = { provider: primary.provider };
  const inStandby = { provider: standby.provider };
  const { id: zoneId } = await hostedZone("zone", settings.zone, inPrimary);
  const { failoverName, otherName, noncurrentDays } = settings;
  const forceDestroy = !settings.deletionProtection;

  // The buckets' policies name the distribution, which names the buckets.
  const [distributionArn, resolveDistributionArn] = pulumi.deferredOutput<string>();
  const copy = new WebsiteBucket(
    "standby-site",
    {
      hostName: failoverName,
      content: { kind: "pages", indexDocument: INDEX, errorDocument: ERROR, distributionArn },
      noncurrentDays,
      forceDestroy,
    },
    inStandby,
  );
  const bucket = new ReplicatedBucket(
    "primary-site",
    { distributionArn, copyArn: copy.arn, noncurrentDays, forceDestroy },
    inPrimary,
  );
  const content = new SitePages(
    "pages",
    { bucket: bucket.bucket, pages },
    // Replication copies what is written after its rule.
    { ...inPrimary, dependsOn: [bucket.replication] },
  );

  const hostNames = [failoverName, ...(otherName === undefined ? [] : [otherName])] as const;
  const certificate = new EdgeCertificate("certificate", { hostNames, zoneId }, inPrimary);
  const distribution = new SiteDistribution(
    "site",
    {
      hostNames,
      certificateArn: certificate.validatedArn,
      origin: bucket,
      secondOrigin: copy,
      indexDocument: INDEX,
      foldersHaveIndex: true,
      errorPages: [{ errorCode: 404, document: ERROR, responseCode: 404 }],
      uncachedPath: `/${HEALTH_PAGE.key}`,
      securityHeaders: settings,
      comment: `${failoverName} (${settings.environment})`,
    },
    inPrimary,
  );
  resolveDistributionArn(distribution.arn);

  const healthCheck = new EndpointHealthCheck(
    "site-health",
    {
      endpoint: { kind: "host", hostName: distribution.domainName },
      displayName: `CloudFront for ${failoverName}`,
      path: `/${HEALTH_PAGE.key}`,
      timing: settings.healthCheck,
    },
    // Checkers that begin before the page can be read would find the primary unhealthy.
    { ...inPrimary, dependsOn: [distribution, bucket, content] },
  );
  const records = (name: string, hostName: string, website: WebsiteBucket) =>
    new FailoverRecords(
      name,
      {
        zoneId,
        name: hostName,
        // S3 websites have no IPv6 address, and a PRIMARY alone would leave visitors by IPv6 without a way out.
        types: ["A"],
        primary: side("primary", distribution.lead),
        standby: side("standby", website.lead),
        healthCheckId: healthCheck.healthCheckId,
      },
      // The name is answered only when both sides can serve it.
      { ...inPrimary, dependsOn: [distribution, bucket, content, website] },
    );
  const failover = [
    records("failover", failoverName, copy),
    ...(otherName === undefined
      ? []
      : [records("other-failover", otherName, redirectBucket(otherName, failoverName, inStandby))]),
  ];
  const healthAlarm = new HealthAlarm(
    "health",
    {
      healthCheckId: healthCheck.healthCheckId,
      subject: `CloudFront for ${failoverName}`,
      answer: `the website in ${standby.name}, over HTTP only`,
      receiver: settings.alerts,
    },
    inPrimary,
  );

  return {
    ...commonOutputs(settings),
    endpoints: {
      failoverUrl: `https://${failoverName}`,
      regionalUrls: {
        primary: pulumi.interpolate`https://${distribution.domainName}`,
        standby: pulumi.interpolate`http://${copy.websiteEndpoint}`,
      },
    },
    regions: { primary: primary.name, standby: standby.name },
    healthCheckId: healthCheck.healthCheckId,
    zoneId,
    records: failover.flatMap((pair) => pair.records),
    alarmTopicArns: { health: healthAlarm.topicArn },
  };
}

/** @throws pulumi.RunError where the folder cannot be a site. */
function pagesOf(folder: string): SitePage[] {
  const pages = sitePagesIn(folder, [INDEX, ERROR]);
  if (pages.some(({ key }) => key === HEALTH_PAGE.key)) {
    throw new pulumi.RunError(
      `the site's folder is ${folder}, but it has a file ${HEALTH_PAGE.key}; allowed: every other name, since the health check asks for that one; rename the file`,
    );
  }
  return [...pages, HEALTH_PAGE];
}

/** An S3 website answers for one name only, so the other name has a bucket of its own, which sends visitors on. */
function redirectBucket(
  hostName: string,
  toHostName: string,
  opts: { readonly provider: pulumi.ProviderResource },
): WebsiteBucket {
  return new WebsiteBucket("standby-redirect", { hostName, content: { kind: "redirect", toHostName } }, opts);
}

function side(setIdentifier: "primary" | "standby", lead: RecordLead) {
  return { setIdentifier, lead };
}
