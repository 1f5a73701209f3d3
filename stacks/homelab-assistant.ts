import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { AlertTopic } from "../components/alert-topic";
import type { FunctionCode } from "../components/api-function";
import { ArtifactBucket } from "../components/artifact-bucket";
import { assistantPolicy, parameterArn } from "../components/assistant-policy";
import { EndpointHealthCheck } from "../components/endpoint-health-check";
import { FailoverRecords, type RecordLead } from "../components/failover-records";
import { HealthAlarm } from "../components/health-alarm";
import { hostedZone } from "../components/hosted-zone";
import { InstanceAlarm } from "../components/instance-alarm";
import { lookUp } from "../components/look-up";
import { machineImageId } from "../components/machine-image";
import { MemoryTable } from "../components/memory-table";
import { type Admission, PublicHost } from "../components/public-host";
import { TextMessagePath } from "../components/text-message-path";
import { renderUserData } from "../functions/assistant/user-data/render-user-data";
import { bundleArtifact } from "./bundle-artifact";
import { commonOutputs, type PendingOutputs } from "./pending-outputs";
import { confirmRegions, regionProvider } from "./regions";
import type { HomelabAssistantSettings } from "./settings/homelab-assistant";

const HEALTH_PATH = "/healthz";

/** The standby is watched without hurry: nobody waits for it, and Route 53 bills for the fast interval. */
const STANDBY_TIMING = { type: "HTTPS", requestIntervalSeconds: 30, failureThreshold: 3 } as const;

/** Visitors by HTTPS. The certificate is proven in DNS, so nobody has to come by HTTP, the authority included. */
const VISITORS: readonly Admission[] = [
  { suffix: "everywhere", port: 443, from: { kind: "ipv4", cidr: "0.0.0.0/0" }, description: "Visitors" },
];

/**
 * A personal assistant that lives in a closet, outside AWS; while it is away, a small instance answers from the
 * memory that both share. Nothing is created or called at failover: the instance runs, its certificate is there, and
 * Route 53 leads visitors to it while the closet's health check fails.
 */
export async function homelabAssistant(
  settings: HomelabAssistantSettings,
  code: FunctionCode,
): Promise<PendingOutputs> {
  const standby = regionProvider(settings, "standby", settings.standbyRegion);
  await confirmRegions({ standby });
  const inStandby = { provider: standby.provider };
  const { failoverName, standbyName, alerts: receiver } = settings;
  const { id: zoneId } = await hostedZone("zone", settings.zone, inStandby);
  const imageId = await machineImageId("arm64", inStandby);
  const { accountId } = await lookUp(
    "the account of the credentials",
    getCallerIdentity({}, inStandby),
    "check the credentials",
  );

  const memory = new MemoryTable("memory", settings.memory, inStandby);
  const bundle = bundleArtifact(code);
  const keys = { application: `assistant/${code.buildId}.js`, caddy: caddyKey(settings) };
  const artifacts = new ArtifactBucket(
    "artifacts",
    { uploads: [{ key: keys.application, file: bundle.file, contentType: "text/javascript" }] },
    inStandby,
  );
  const parameters = [settings.tokenParameter, ...(settings.model ? [settings.model.keyParameter] : [])];
  const parameterArns = parameters.map((name) => parameterArn(standby.name, accountId, name));
  const hostNames = [failoverName, standbyName];
  const host = new PublicHost(
    "standby-host",
    {
      instanceType: settings.instanceType,
      imageId,
      admits: VISITORS,
      policy: pulumi.all([memory.arn, artifacts.arn, zoneId]).apply(([tableArn, bucketArn, zone]) =>
        assistantPolicy({
          tableArn,
          parameterArns,
          artifactArns: Object.values(keys).map((key) => `${bucketArn}/${key}`),
          zoneId: zone,
          hostNames,
        }),
      ),
      userData: pulumi
        .all([memory.name, artifacts.bucket, zoneId])
        .apply(([tableName, artifactBucket, hostedZoneId]) =>
          renderUserData({
            region: standby.name,
            build: code.buildId,
            tableName,
            tokenParameter: settings.tokenParameter,
            hostNames,
            hostedZoneId,
            artifactBucket,
            application: { key: keys.application, sha256: bundle.sha256 },
            caddy: { key: keys.caddy, sha256: settings.caddySha256 },
            variables: applicationVariables(settings),
          }),
        ),
    },
    inStandby,
  );
  const standbyRecord = new route53.Record(
    "standby-name",
    {
      zoneId,
      name: standbyName,
      type: "A",
      ttl: settings.recordTtlSeconds,
      records: [host.ipAddress],
      allowOverwrite: false,
    },
    inStandby,
  );

  const { origin } = settings;
  const originName = origin.kind === "host" ? origin.hostName : origin.ipAddress;
  const healthCheck = new EndpointHealthCheck(
    "primary-health",
    {
      // By address the closet still is asked for by the name that it serves; that name is not looked up.
      endpoint: origin.kind === "host" ? origin : { ...origin, hostName: failoverName },
      displayName: originName,
      path: HEALTH_PATH,
      timing: settings.healthCheck,
    },
    inStandby,
  );
  const values = (value: pulumi.Input<string>): RecordLead => ({
    kind: "values",
    values: [value],
    ttlSeconds: settings.recordTtlSeconds,
  });
  const failover = new FailoverRecords(
    "failover",
    {
      zoneId,
      name: failoverName,
      // The two records of a pair share their type, and a tunnel has a name and no address of one's own.
      types: origin.kind === "host" ? ["CNAME"] : ["A"],
      primary: { setIdentifier: "primary", lead: values(originName) },
      standby: {
        setIdentifier: "standby",
        lead: values(origin.kind === "host" ? standbyName : host.ipAddress),
      },
      healthCheckId: healthCheck.healthCheckId,
    },
    // The name is answered only when the standby has an address.
    { ...inStandby, dependsOn: [host, standbyRecord] },
  );

  const healthAlarm = new HealthAlarm(
    "health",
    {
      healthCheckId: healthCheck.healthCheckId,
      subject: `${failoverName} at ${originName}`,
      answer: "the standby",
      receiver,
    },
    inStandby,
  );
  if (settings.standbyHealthCheck) {
    // By its own name, and on no record: with both sides away Route 53 would answer the closet again.
    const standbyCheck = new EndpointHealthCheck(
      "standby-health",
      {
        endpoint: { kind: "host", hostName: standbyName },
        displayName: standbyName,
        path: HEALTH_PATH,
        timing: STANDBY_TIMING,
      },
      { ...inStandby, dependsOn: [standbyRecord] },
    );
    new HealthAlarm(
      "standby-away",
      {
        healthCheckId: standbyCheck.healthCheckId,
        subject: `The standby ${standbyName}`,
        answer: "it all the same while the closet is away",
        topicArn: healthAlarm.topicArn,
      },
      inStandby,
    );
  }
  const standbyAlerts = new AlertTopic("standby-alerts", { receiver }, inStandby);
  new InstanceAlarm(
    "standby-status",
    { instanceId: host.instanceId, topicArn: standbyAlerts.arn },
    inStandby,
  );
  if (settings.sms) {
    new TextMessagePath(
      "texts",
      {
        code,
        environment: settings.environment,
        assistantUrl: `https://${failoverName}/chat`,
        tokenParameter: {
          name: settings.tokenParameter,
          arn: parameterArn(standby.name, accountId, settings.tokenParameter),
        },
        memory,
        phone: {
          numberArn: `arn:aws:sms-voice:${standby.name}:${accountId}:phone-number/${settings.sms.phoneNumberId}`,
          accountId,
        },
        allowedNumbers: settings.sms.allowedNumbers,
        alertTopicArn: standbyAlerts.arn,
        logRetentionDays: settings.logRetentionDays,
      },
      inStandby,
    );
  }

  return {
    ...commonOutputs(settings),
    endpoints: {
      failoverUrl: `https://${failoverName}`,
      regionalUrls: { primary: `https://${originName}`, standby: `https://${standbyName}` },
    },
    regions: { standby: standby.name },
    healthCheckId: healthCheck.healthCheckId,
    table: { name: memory.name, arns: { primary: memory.arn, standby: memory.arn } },
    zoneId,
    records: failover.records,
    alarmTopicArns: { health: healthAlarm.topicArn, standbyErrors: standbyAlerts.arn },
  };
}

/** Where Caddy is to lie in the artifact bucket: named by its content, so that a new one replaces no old one. */
function caddyKey({ caddySha256 }: Pick<HomelabAssistantSettings, "caddySha256">): string {
  return `caddy/${caddySha256.slice(0, 12)}`;
}

/** The application's environment besides what every host has. */
function applicationVariables({
  conversationRetentionDays,
  homelabTools,
  model,
}: HomelabAssistantSettings): Record<string, string> {
  return {
    RETENTION_DAYS: `${conversationRetentionDays}`,
    ...(homelabTools === undefined ? {} : { HOMELAB_TOOLS: homelabTools }),
    ...(model && { MODEL_URL: model.url, MODEL_NAME: model.name, MODEL_KEY_PARAMETER: model.keyParameter }),
  };
}
