import { AlertTopic } from "../components/alert-topic";
import { AnyHealthyCheck } from "../components/any-healthy-check";
import { dnsTags } from "../components/dns-tags";
import { EndpointHealthCheck, type ProbedEndpoint } from "../components/endpoint-health-check";
import { HealthAlarm } from "../components/health-alarm";
import { hostedZone } from "../components/hosted-zone";
import { WeightedRecords } from "../components/weighted-records";
import { GLOBAL_METRICS_REGION } from "../model/metric-region";
import { commonOutputs, type PendingOutputs } from "./pending-outputs";
import { confirmRegions, regionProvider } from "./regions";
import type { DataRelaySettings } from "./settings/data-relay";
import type { Gateway } from "./settings/gateway-values";

/**
 * Gateways outside AWS that share one name by weight. AWS has nothing of the relay but its DNS: a check for each
 * gateway, by which it leaves the answers, and alarms. When all fail, Route 53 answers as if all were healthy.
 */
export async function dataRelay(settings: DataRelaySettings): Promise<PendingOutputs> {
  const dns = regionProvider(settings, "dns", GLOBAL_METRICS_REGION);
  await confirmRegions({ dns });
  const opts = { provider: dns.provider };
  const { failoverName, gateways, scheme } = settings;
  const { id: zoneId } = await hostedZone("zone", settings.zone, opts);

  const alerts = new AlertTopic(
    "alerts",
    { receiver: settings.alerts, region: GLOBAL_METRICS_REGION, tags: dnsTags(GLOBAL_METRICS_REGION) },
    opts,
  );
  const members = gateways.members.map((gateway) => {
    const { healthCheckId } = new EndpointHealthCheck(
      `${gateway.name}-health`,
      {
        endpoint: probedEndpoint(settings, gateway),
        displayName: `${gateway.name} of ${failoverName}`,
        path: settings.check.path,
        port: settings.check.port,
        timing: settings.healthCheck,
      },
      opts,
    );
    new HealthAlarm(
      gateway.name,
      {
        healthCheckId,
        subject: `${gateway.name} of ${failoverName}`,
        answer: "the healthy gateways",
        topicArn: alerts.arn,
      },
      opts,
    );
    return { ...gateway, healthCheckId };
  });
  const anyHealthy = new AnyHealthyCheck(
    "any-gateway",
    {
      healthCheckIds: members.map(({ healthCheckId }) => healthCheckId),
      displayName: `any gateway of ${failoverName}`,
    },
    opts,
  );
  new HealthAlarm(
    "any-gateway-down",
    {
      healthCheckId: anyHealthy.healthCheckId,
      subject: `Every gateway of ${failoverName}`,
      answer: "all of them, as if they were healthy",
      topicArn: alerts.arn,
    },
    opts,
  );

  const set = new WeightedRecords(
    "relay",
    {
      zoneId,
      name: failoverName,
      type: gateways.recordType,
      members: members.map(({ name, target, weight, healthCheckId }) => ({
        setIdentifier: name,
        weight,
        lead: { kind: "values", values: [target], ttlSeconds: settings.recordTtlSeconds },
        healthCheckId,
      })),
    },
    opts,
  );

  return {
    ...commonOutputs(settings),
    endpoints: {
      failoverUrl: `${scheme}://${failoverName}`,
      memberUrls: byName(members, ({ target }) => `${scheme}://${urlHost(target)}`),
    },
    regions: {},
    healthCheckIds: byName(members, ({ healthCheckId }) => healthCheckId),
    zoneId,
    records: set.records,
    alarmTopicArns: { health: alerts.arn },
  };
}

/** A gateway with an address is asked for the relay's name, as by the relay's clients. */
function probedEndpoint({ gateways, failoverName }: DataRelaySettings, { target }: Gateway): ProbedEndpoint {
  return gateways.recordType === "CNAME"
    ? { kind: "host", hostName: target }
    : { kind: "address", ipAddress: target, hostName: failoverName };
}

function byName<T extends Gateway, V>(members: readonly T[], read: (member: T) => V): Record<string, V> {
  return Object.fromEntries(members.map((member) => [member.name, read(member)]));
}

/** An IPv6 address stands in brackets in a URL (RFC 3986). */
function urlHost(target: string): string {
  return target.includes(":") ? `[${target}]` : target;
}
