import path from "node:path";
import { homelabAssistant } from "../../stacks/homelab-assistant";
import { type Invokes, record } from "../components/registrations";
import { systemSettingsOf } from "./parsed-settings";

/** A bundle that does not change with the application's code. */
export const CODE = {
  directory: path.relative(process.cwd(), path.join(__dirname, "fixtures/assistant-bundle")),
  buildId: "0123456789ab",
};
export const ZONE_ID = "Z0123456789ABC";
export const IMAGE_ID = "ami-0123456789abcdef0";
export const INVOKES: Invokes = {
  "aws:index/getRegion:getRegion": () => ({ region: "us-east-1" }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
  "aws:route53/getZone:getZone": () => ({ zoneId: ZONE_ID }),
  "aws:ssm/getParameter:getParameter": () => ({ value: IMAGE_ID, insecureValue: IMAGE_ID }),
};

/** What has no default because nobody can guess it. */
export const GIVEN = { originHostName: "closet.example.com", caddySha256: "c".repeat(64) };
/** The other kind of origin. */
export const BY_ADDRESS = { originHostName: "none", originAddress: "203.0.113.7" };
export const TEXTS = {
  smsPhoneNumberId: `phone-${"0123456789abcdef".repeat(2)}`,
  smsAllowedNumbers: "+15550100, +15550101",
};

export const assistantSettings = (values: Readonly<Record<string, string>> = {}) =>
  systemSettingsOf("homelab-assistant", { ...GIVEN, ...values });

/** The whole stack of dev, with these settings. */
export const buildAssistant = (values?: Readonly<Record<string, string>>, invokes = INVOKES) =>
  record(() => homelabAssistant(assistantSettings(values), CODE), invokes);

/** With the types before and the parents behind the arrow. */
export const WHOLE_STACK = [
  "aws:cloudwatch/metricAlarm:MetricAlarm health-alarm <- health @standby",
  "aws:cloudwatch/metricAlarm:MetricAlarm standby-away-alarm <- standby-away @standby",
  "aws:cloudwatch/metricAlarm:MetricAlarm standby-status-alarm <- standby-status @standby",
  "aws:dynamodb/table:Table memory-table <- memory @standby",
  "aws:ec2/eip:Eip standby-host-address <- standby-host @standby",
  "aws:ec2/instance:Instance standby-host-instance <- standby-host @standby",
  "aws:ec2/securityGroup:SecurityGroup standby-host-group <- standby-host @standby",
  "aws:iam/instanceProfile:InstanceProfile standby-host-profile <- standby-host @standby",
  "aws:iam/role:Role standby-host-role <- standby-host @standby",
  "aws:iam/rolePolicy:RolePolicy standby-host-policy <- standby-host @standby",
  "aws:iam/rolePolicy:RolePolicy standby-host-sessions <- standby-host @standby",
  "aws:route53/healthCheck:HealthCheck primary-health-check <- primary-health @standby",
  "aws:route53/healthCheck:HealthCheck standby-health-check <- standby-health @standby",
  "aws:route53/record:Record failover-primary-cname <- failover @standby",
  "aws:route53/record:Record failover-standby-cname <- failover @standby",
  "aws:route53/record:Record standby-name <- - @standby",
  "aws:s3/bucket:Bucket artifacts-bucket <- artifacts @standby",
  "aws:s3/bucketObjectv2:BucketObjectv2 artifacts-assistant/0123456789ab.js <- artifacts @standby",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock artifacts-public-access <- artifacts @standby",
  "aws:sns/topic:Topic health-alerts-topic <- health-alerts @standby",
  "aws:sns/topic:Topic standby-alerts-topic <- standby-alerts @standby",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule standby-host-to-https <- standby-host @standby",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule standby-host-from-everywhere <- standby-host @standby",
  "awsx:ec2:Vpc standby-host-network <- standby-host @-",
  "pulumi:providers:aws standby <- - @-",
  "warm-standby:components:AlertTopic health-alerts <- health @-",
  "warm-standby:components:AlertTopic standby-alerts <- - @-",
  "warm-standby:components:ArtifactBucket artifacts <- - @-",
  "warm-standby:components:EndpointHealthCheck primary-health <- - @-",
  "warm-standby:components:EndpointHealthCheck standby-health <- - @-",
  "warm-standby:components:FailoverRecords failover <- - @-",
  "warm-standby:components:HealthAlarm health <- - @-",
  "warm-standby:components:HealthAlarm standby-away <- - @-",
  "warm-standby:components:InstanceAlarm standby-status <- - @-",
  "warm-standby:components:MemoryTable memory <- - @-",
  "warm-standby:components:PublicHost standby-host <- - @-",
].sort();
