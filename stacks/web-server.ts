import { getManagedPrefixList } from "@pulumi/aws/ec2/getManagedPrefixList";
import * as pulumi from "@pulumi/pulumi";
import { EDGE_CERTIFICATE_REGION, EdgeCertificate } from "../components/edge-certificate";
import { EndpointHealthCheck } from "../components/endpoint-health-check";
import { FailoverRecords } from "../components/failover-records";
import { HealthAlarm } from "../components/health-alarm";
import { hostedZone } from "../components/hosted-zone";
import { lookUp } from "../components/look-up";
import { machineImageId } from "../components/machine-image";
import { type Admission, PublicHost } from "../components/public-host";
import { SiteDistribution } from "../components/site-distribution";
import { type SitePage, SitePages } from "../components/site-pages";
import { WebsiteBucket } from "../components/website-bucket";
import { checkerPrefixListName } from "../model/checker-addresses";
import { commonOutputs, type PendingOutputs } from "./pending-outputs";
import { confirmRegions, type Region, regionProvider, regionProviders } from "./regions";
import { INSTANCE_TYPES, type WebServerSettings } from "./settings/web-server";
import { sitePagesIn } from "./site-folder";
import { renderUserData } from "./web-server/render-user-data";
import { serverFiles } from "./web-server/server-files";

/** The one page of the stand-in: for `/`, and for every other path as the error document. */
const PAGE = "index.html";
const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** The page holds its style and loads nothing. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A web server on one EC2 instance, and a page in S3 of another region that stands in while it is down. Route 53
 * leads visitors to the page while the health check fails, and back by itself.
 */
export async function webServer(settings: WebServerSettings): Promise<PendingOutputs> {
  // What is wrong with the pages is said before anything is registered.
  const userData = userDataOf(settings);
  const pages = maintenancePages(settings.maintenance.folder);
  const sides = regionProviders(settings);
  // CloudFront's certificate belongs to neither side's region.
  const edge =
    settings.maintenance.front === "distribution"
      ? regionProvider(settings, "dns", EDGE_CERTIFICATE_REGION)
      : undefined;
  await confirmRegions({ ...sides, ...(edge ? { dns: edge } : {}) });
  const { primary, standby } = sides;
  const inPrimary = { provider: primary.provider };
  const [{ id: zoneId }, imageId, checkers] = await Promise.all([
    hostedZone("zone", settings.zone, inPrimary),
    machineImageId(INSTANCE_TYPES[settings.instanceType], inPrimary),
    checkerPrefixListId(primary),
  ]);

  const server = new PublicHost(
    "server",
    { instanceType: settings.instanceType, imageId, userData, admits: admissions(checkers) },
    inPrimary,
  );
  const maintenance = maintenanceSite(settings, { standby, edge }, zoneId, pages);

  const healthCheck = new EndpointHealthCheck(
    "server-health",
    {
      endpoint: { kind: "address", ipAddress: server.ipAddress },
      displayName: `the server of ${settings.failoverName}`,
      path: settings.healthCheckPath,
      port: HTTP_PORT,
      timing: settings.healthCheck,
    },
    { ...inPrimary, dependsOn: [server] },
  );
  const failover = new FailoverRecords(
    "failover",
    {
      zoneId,
      name: settings.failoverName,
      // Neither the server nor the S3 website has an IPv6 address.
      types: ["A"],
      primary: {
        setIdentifier: "primary",
        lead: { kind: "values", values: [server.ipAddress], ttlSeconds: settings.recordTtlSeconds },
      },
      standby: { setIdentifier: "standby", lead: maintenance.lead },
      healthCheckId: healthCheck.healthCheckId,
    },
    // The name is answered only when both sides can serve it.
    { ...inPrimary, dependsOn: [server, ...maintenance.components] },
  );
  const healthAlarm = new HealthAlarm(
    "health",
    {
      healthCheckId: healthCheck.healthCheckId,
      subject: `The server of ${settings.failoverName}`,
      answer: "the maintenance page",
      receiver: settings.alerts,
    },
    inPrimary,
  );

  return {
    ...commonOutputs(settings),
    endpoints: {
      // Both sides answer it, whatever stands before the page.
      failoverUrl: `http://${settings.failoverName}`,
      regionalUrls: { primary: pulumi.interpolate`http://${server.ipAddress}`, standby: maintenance.url },
    },
    regions: { primary: primary.name, standby: standby.name },
    healthCheckId: healthCheck.healthCheckId,
    zoneId,
    records: failover.records,
    alarmTopicArns: { health: healthAlarm.topicArn },
  };
}

function userDataOf({ failoverName, healthCheckPath, siteFolder }: WebServerSettings): string {
  try {
    return renderUserData({
      hostName: failoverName,
      healthPath: healthCheckPath,
      files: serverFiles(siteFolder),
    });
  } catch (error) {
    if (error instanceof pulumi.RunError) throw error;
    const reasons = (error as Error).message.split("\n").join("; ");
    throw new pulumi.RunError(`the server's folder is ${siteFolder}, but ${reasons}`);
  }
}

/** A browser that kept the page would show it after the server is back. */
function maintenancePages(folder: string): SitePage[] {
  return sitePagesIn(folder, [PAGE]).map((page) => ({ ...page, cacheControl: "no-store" }));
}

async function checkerPrefixListId({ name, provider }: Region): Promise<string> {
  const listName = checkerPrefixListName("ipv4", name);
  const { id } = await lookUp(
    `prefix list ${listName}`,
    getManagedPrefixList({ name: listName }, { provider }),
    "check the region and the permission ec2:DescribeManagedPrefixLists",
  );
  return id;
}

/** The checkers by their own list, so that narrowing who may visit does not lock them out; and everyone. */
function admissions(checkerListId: string): Admission[] {
  const visitors = ([port, scheme]: readonly [number, string]): Admission => ({
    suffix: `${scheme}-visitors`,
    port,
    from: { kind: "ipv4", cidr: "0.0.0.0/0" },
    description: `${scheme.toUpperCase()} visitors`,
  });
  return [
    {
      suffix: "checkers",
      port: HTTP_PORT,
      from: { kind: "prefix-list", id: checkerListId },
      description: "Route 53 health checkers",
    },
    ...(
      [
        [HTTP_PORT, "http"],
        [HTTPS_PORT, "https"],
      ] as const
    ).map(visitors),
  ];
}

/**
 * The page that stands in, as a website over HTTP or, with a region for its certificate, behind a distribution for
 * both.
 */
function maintenanceSite(
  { failoverName }: WebServerSettings,
  { standby, edge }: { readonly standby: Region; readonly edge: Region | undefined },
  zoneId: pulumi.Input<string>,
  pages: readonly SitePage[],
) {
  const inStandby = { provider: standby.provider };
  const distribution =
    edge === undefined
      ? undefined
      : new SiteDistribution(
          "maintenance-front",
          {
            hostNames: [failoverName],
            certificateArn: new EdgeCertificate(
              "maintenance-certificate",
              { hostNames: [failoverName], zoneId },
              { provider: edge.provider },
            ).validatedArn,
            // Written out, since the bucket's policy waits for the distribution.
            origin: { regionalDomainName: `${failoverName}.s3.${standby.name}.amazonaws.com` },
            indexDocument: PAGE,
            errorPages: ([403, 404] as const).map((errorCode) => ({
              errorCode,
              document: PAGE,
              responseCode: 503,
            })),
            // The server may have no certificate yet: browsers must be able to come back to HTTP, and they keep
            // redirects as well as HSTS.
            httpVisitors: "served",
            securityHeaders: {
              strictTransportSeconds: 0,
              contentSecurityPolicy: CONTENT_SECURITY_POLICY,
            },
            comment: `stands in for ${failoverName}`,
          },
          inStandby,
        );
  const website = new WebsiteBucket(
    "maintenance",
    {
      hostName: failoverName,
      content: {
        kind: "pages",
        indexDocument: PAGE,
        errorDocument: PAGE,
        ...(distribution ? { distributionArn: distribution.arn } : {}),
      },
    },
    inStandby,
  );
  const uploaded = new SitePages("maintenance-pages", { bucket: website.bucket, pages }, inStandby);
  return {
    lead: distribution?.lead ?? website.lead,
    url: distribution
      ? pulumi.interpolate`https://${distribution.domainName}`
      : pulumi.interpolate`http://${website.websiteEndpoint}`,
    components: [website, uploaded, ...(distribution ? [distribution] : [])],
  };
}
