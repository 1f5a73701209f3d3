import type * as pulumi from "@pulumi/pulumi";
import type { FunctionCode } from "../components/api-function";
import { EndpointHealthCheck } from "../components/endpoint-health-check";
import { FailoverRecords, type FailoverSide } from "../components/failover-records";
import { GlobalTable } from "../components/global-table";
import { HealthAlarm } from "../components/health-alarm";
import { hostedZone } from "../components/hosted-zone";
import { RegionalApi } from "../components/regional-api";
import { ReplicationAlarm } from "../components/replication-alarm";
import { SharedCertificate } from "../components/shared-certificate";
import { StandbyErrorsAlarm } from "../components/standby-errors-alarm";
import { commonOutputs, type PendingOutputs } from "./pending-outputs";

import { confirmRegions, type Region, regionProviders, type Side } from "./regions";
import type { ProfileApiSettings } from "./settings/profile-api";

/** Partition key of the profiles. */
const HASH_KEY = "id";

/** The routes of `functions/profile-api`, by the suffix of their resource names. */
const ROUTES = {
  "get-profile": "GET /profiles/{id}",
  "put-profile": "PUT /profiles/{id}",
  health: "GET /healthz",
};
const HEALTH_PATH = "/healthz";

/** What `functions/profile-api` calls on the table; a test holds it against the code. */
export const TABLE_ACTIONS = ["dynamodb:GetItem", "dynamodb:UpdateItem"] as const;

/** The name by which one region alone is reached: `us-east-1.profiles.example.com`. */
export function regionalName(region: string, failoverName: string): string {
  return `${region}.${failoverName}`;
}

/**
 * A read-heavy profile API in two regions. The standby is complete and serves at once; Route 53 sends clients
 * there while the primary's health check fails, and nothing is created or called for that.
 */
export async function profileApi(settings: ProfileApiSettings, code: FunctionCode): Promise<PendingOutputs> {
  const regions = regionProviders(settings);
  await confirmRegions(regions);
  const { primary, standby } = regions;
  const inPrimary = { provider: primary.provider };
  const inStandby = { provider: standby.provider };
  const receiver = settings.alerts;
  const { id: zoneId } = await hostedZone("zone", settings.zone, inPrimary);

  const table = new GlobalTable(
    "profiles",
    { hashKey: HASH_KEY, replicaRegion: standby.name, deletionProtection: settings.deletionProtection },
    inPrimary,
  );
  const certificate = new SharedCertificate("certificate", {
    domainName: settings.failoverName,
    zoneId,
    providers: { primary: primary.provider, standby: standby.provider },
  });
  const apiIn = (side: Side, region: Region, tableArn: pulumi.Output<string>) =>
    new RegionalApi(
      `${side}-api`,
      {
        environment: settings.environment,
        failoverName: settings.failoverName,
        regionalName: regionalName(region.name, settings.failoverName),
        zoneId,
        certificateArn: certificate.validatedArn[side],
        routes: ROUTES,
        code,
        table: { name: table.name, arn: tableArn, actions: TABLE_ACTIONS },
        throttling: settings.throttling,
        logRetentionDays: settings.logRetentionDays,
        memoryMb: settings.lambda.memoryMb,
        concurrency: settings.lambda.concurrency,
      },
      { provider: region.provider },
    );
  const primaryApi = apiIn("primary", primary, table.arn);
  const standbyApi = apiIn("standby", standby, table.replicaArn);

  const healthCheck = new EndpointHealthCheck(
    "primary-health",
    {
      endpoint: { kind: "host", hostName: primaryApi.regionalName },
      displayName: primaryApi.regionalName,
      path: HEALTH_PATH,
      timing: settings.healthCheck,
    },
    // Checkers that begin before the name exists would find the primary unhealthy.
    { ...inPrimary, dependsOn: [primaryApi] },
  );
  const failover = new FailoverRecords(
    "failover",
    {
      zoneId,
      name: settings.failoverName,
      types: settings.records.kind === "alias" ? ["A", "AAAA"] : ["CNAME"],
      primary: sideOf(primaryApi, "primary", settings.records),
      standby: sideOf(standbyApi, "standby", settings.records),
      healthCheckId: healthCheck.healthCheckId,
    },
    // The name is answered only when both regions can serve it.
    { ...inPrimary, dependsOn: [primaryApi, standbyApi] },
  );

  const subject = `${settings.failoverName} in ${primary.name}`;
  const healthAlarm = new HealthAlarm(
    "health",
    { healthCheckId: healthCheck.healthCheckId, subject, answer: "the standby", receiver },
    inPrimary,
  );
  const replicationAlarm = new ReplicationAlarm(
    "replication",
    { tableName: table.name, receivingRegion: standby.name, receiver },
    inPrimary,
  );
  const standbyErrorsAlarm = new StandbyErrorsAlarm(
    "standby-errors",
    { apiId: standbyApi.apiId, receiver },
    inStandby,
  );

  return {
    ...commonOutputs(settings),
    endpoints: {
      failoverUrl: `https://${settings.failoverName}`,
      regionalUrls: {
        primary: `https://${primaryApi.regionalName}`,
        standby: `https://${standbyApi.regionalName}`,
      },
    },
    regions: { primary: primary.name, standby: standby.name },
    healthCheckId: healthCheck.healthCheckId,
    table: { name: table.name, arns: { primary: table.arn, standby: table.replicaArn } },
    zoneId,
    records: failover.records,
    alarmTopicArns: {
      health: healthAlarm.topicArn,
      replication: replicationAlarm.topicArn,
      standbyErrors: standbyErrorsAlarm.topicArn,
    },
  };
}

function sideOf(api: RegionalApi, side: Side, records: ProfileApiSettings["records"]): FailoverSide {
  return {
    setIdentifier: side,
    lead:
      records.kind === "alias"
        ? { kind: "alias", ...api.failoverTarget }
        : { kind: "values", values: [api.regionalName], ttlSeconds: records.ttlSeconds },
  };
}
