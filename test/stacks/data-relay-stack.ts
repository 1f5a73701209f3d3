import { dataRelay } from "../../stacks/data-relay";
import { type Invokes, record } from "../components/registrations";
import { systemSettingsOf } from "./parsed-settings";

export const INVOKES: Invokes = {
  "aws:index/getRegion:getRegion": () => ({ region: "us-east-1" }),
  "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
};

/** The whole stack of a data relay called dev, with these settings. */
export const buildRelay = (values?: Readonly<Record<string, string>>, invokes = INVOKES) =>
  record(() => dataRelay(systemSettingsOf("data-relay", values)), invokes);

/** The resources of one gateway, with the types before and the parents behind the arrow. */
const gatewayLines = (name: string) => [
  `aws:cloudwatch/metricAlarm:MetricAlarm ${name}-alarm <- ${name} @dns`,
  `aws:route53/healthCheck:HealthCheck ${name}-health-check <- ${name}-health @dns`,
  `aws:route53/record:Record relay-${name} <- relay @dns`,
  `warm-standby:components:EndpointHealthCheck ${name}-health <- - @-`,
  `warm-standby:components:HealthAlarm ${name} <- - @-`,
];

export const WHOLE_STACK = [
  ...gatewayLines("gateway-a"),
  ...gatewayLines("gateway-b"),
  "aws:cloudwatch/metricAlarm:MetricAlarm any-gateway-down-alarm <- any-gateway-down @dns",
  "aws:route53/healthCheck:HealthCheck any-gateway-check <- any-gateway @dns",
  "aws:sns/topic:Topic alerts-topic <- alerts @dns",
  "pulumi:providers:aws dns <- - @-",
  "warm-standby:components:AlertTopic alerts <- - @-",
  "warm-standby:components:AnyHealthyCheck any-gateway <- - @-",
  "warm-standby:components:HealthAlarm any-gateway-down <- - @-",
  "warm-standby:components:WeightedRecords relay <- - @-",
].sort();
