import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { profileApi } from "../../stacks/profile-api";
import { type Invokes, type Registration, record } from "../components/registrations";
import { settingsOf } from "./parsed-settings";

export const CODE = { directory: "functions/dist/profile-api", buildId: "0123456789ab" };
export const INVOKES: Invokes = {
  "aws:index/getRegion:getRegion": (_, provider) => ({
    region: provider === "primary" ? "us-east-1" : "us-west-2",
  }),
  "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
};

/** The whole stack of dev, with these settings. */
export const build = (values?: Record<string, string>, invokes = INVOKES) =>
  record(() => profileApi(settingsOf(values), CODE), invokes);

/** What the pack and the rehearsal would read of it before anything exists: inputs and where they came from. */
export function asStackResources(registrations: readonly Registration[]): StackResource[] {
  const urnOf = (name: string, customOnly = false) =>
    registrations.find((it) => it.name === name && (!customOnly || isCustom(it)))?.urn ?? "";
  return registrations.map((it) => ({
    urn: it.urn,
    type: it.type,
    name: it.name,
    custom: isCustom(it),
    // As the registrations' recorder names what they would get.
    id: isCustom(it) ? `${it.name}-id` : undefined,
    parent: it.parent && urnOf(it.parent),
    provider: it.provider && urnOf(it.provider),
    properties: it.inputs as Properties,
    dependencies: it.waitsFor.map((name) => urnOf(name, true)),
    propertyDependencies: Object.fromEntries(
      Object.entries(it.computedFrom).map(([key, names]) => [key, names.map((name) => urnOf(name, true))]),
    ),
  }));
}

export const isCustom = ({ type }: Registration) => !type.startsWith("warm-standby:");

/** The resources of one region's API, with the types before and the parents behind the arrow. */
const apiLines = (side: string) => [
  `aws:apigatewayv2/api:Api ${side}-api-http <- ${side}-api @${side}`,
  `aws:apigatewayv2/apiMapping:ApiMapping ${side}-api-failover-domain-mapping <- ${side}-api-failover-domain @${side}`,
  `aws:apigatewayv2/apiMapping:ApiMapping ${side}-api-regional-domain-mapping <- ${side}-api-regional-domain @${side}`,
  `aws:apigatewayv2/domainName:DomainName ${side}-api-failover-domain-name <- ${side}-api-failover-domain @${side}`,
  `aws:apigatewayv2/domainName:DomainName ${side}-api-regional-domain-name <- ${side}-api-regional-domain @${side}`,
  `aws:apigatewayv2/integration:Integration ${side}-api-integration <- ${side}-api @${side}`,
  `aws:apigatewayv2/route:Route ${side}-api-route-get-profile <- ${side}-api @${side}`,
  `aws:apigatewayv2/route:Route ${side}-api-route-health <- ${side}-api @${side}`,
  `aws:apigatewayv2/route:Route ${side}-api-route-put-profile <- ${side}-api @${side}`,
  `aws:apigatewayv2/stage:Stage ${side}-api-stage <- ${side}-api @${side}`,
  `aws:cloudwatch/logGroup:LogGroup ${side}-api-access-logs <- ${side}-api @${side}`,
  `aws:cloudwatch/logGroup:LogGroup ${side}-api-function-logs <- ${side}-api-function @${side}`,
  `aws:iam/role:Role ${side}-api-function-role <- ${side}-api-function @${side}`,
  `aws:iam/rolePolicy:RolePolicy ${side}-api-function-policy <- ${side}-api-function @${side}`,
  `aws:lambda/function:Function ${side}-api-function-handler <- ${side}-api-function @${side}`,
  `aws:lambda/permission:Permission ${side}-api-permission <- ${side}-api @${side}`,
  `aws:route53/record:Record ${side}-api-record-a <- ${side}-api @${side}`,
  `aws:route53/record:Record ${side}-api-record-aaaa <- ${side}-api @${side}`,
  `warm-standby:components:ApiDomain ${side}-api-failover-domain <- ${side}-api @-`,
  `warm-standby:components:ApiDomain ${side}-api-regional-domain <- ${side}-api @-`,
  `warm-standby:components:ApiFunction ${side}-api-function <- ${side}-api @-`,
  `warm-standby:components:RegionalApi ${side}-api <- - @-`,
];

export const WHOLE_STACK = [
  ...apiLines("primary"),
  ...apiLines("standby"),
  "aws:acm/certificate:Certificate certificate-primary <- certificate @primary",
  "aws:acm/certificate:Certificate certificate-standby <- certificate @standby",
  "aws:acm/certificateValidation:CertificateValidation certificate-primary-validation <- certificate @primary",
  "aws:acm/certificateValidation:CertificateValidation certificate-standby-validation <- certificate @standby",
  "aws:cloudwatch/metricAlarm:MetricAlarm health-alarm <- health @primary",
  "aws:cloudwatch/metricAlarm:MetricAlarm replication-alarm <- replication @primary",
  "aws:cloudwatch/metricAlarm:MetricAlarm standby-errors-alarm <- standby-errors @standby",
  "aws:dynamodb/table:Table profiles-table <- profiles @primary",
  "aws:route53/healthCheck:HealthCheck primary-health-check <- primary-health @primary",
  "aws:route53/record:Record certificate-validation-record <- certificate @primary",
  "aws:route53/record:Record failover-primary-a <- failover @primary",
  "aws:route53/record:Record failover-primary-aaaa <- failover @primary",
  "aws:route53/record:Record failover-standby-a <- failover @primary",
  "aws:route53/record:Record failover-standby-aaaa <- failover @primary",
  "aws:sns/topic:Topic health-alerts-topic <- health-alerts @primary",
  "aws:sns/topic:Topic replication-alerts-topic <- replication-alerts @primary",
  "aws:sns/topic:Topic standby-errors-alerts-topic <- standby-errors-alerts @standby",
  "pulumi:providers:aws primary <- - @-",
  "pulumi:providers:aws standby <- - @-",
  "warm-standby:components:AlertTopic health-alerts <- health @-",
  "warm-standby:components:AlertTopic replication-alerts <- replication @-",
  "warm-standby:components:AlertTopic standby-errors-alerts <- standby-errors @-",
  "warm-standby:components:EndpointHealthCheck primary-health <- - @-",
  "warm-standby:components:FailoverRecords failover <- - @-",
  "warm-standby:components:GlobalTable profiles <- - @-",
  "warm-standby:components:HealthAlarm health <- - @-",
  "warm-standby:components:ReplicationAlarm replication <- - @-",
  "warm-standby:components:SharedCertificate certificate <- - @-",
  "warm-standby:components:StandbyErrorsAlarm standby-errors <- - @-",
].sort();
