import { webServer } from "../../stacks/web-server";
import { type Invokes, record } from "../components/registrations";
import { systemSettingsOf } from "./parsed-settings";

export const IMAGE_ID = "ami-0123456789abcdef0";
export const CHECKER_LIST_ID = "pl-0123456789abcdef0";
export const INVOKES: Invokes = {
  "aws:index/getRegion:getRegion": (_, provider) => ({
    region: provider === "standby" ? "us-west-2" : "us-east-1",
  }),
  "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
  "aws:ssm/getParameter:getParameter": ({ name }) => ({
    value: IMAGE_ID,
    insecureValue: String(name).endsWith("-arm64") ? IMAGE_ID : `${IMAGE_ID}-x86`,
  }),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name }) => ({
    id: name === "com.amazonaws.us-east-1.route53-healthchecks" ? CHECKER_LIST_ID : "pl-0",
  }),
};

/** The whole stack of dev, with these settings. */
export const buildServer = (values?: Readonly<Record<string, string>>, invokes = INVOKES) =>
  record(() => webServer(systemSettingsOf("web-server", values)), invokes);

/** With the types before and the parents behind the arrow. */
export const WHOLE_STACK = [
  "aws:cloudwatch/metricAlarm:MetricAlarm health-alarm <- health @primary",
  "aws:ec2/eip:Eip server-address <- server @primary",
  "aws:ec2/instance:Instance server-instance <- server @primary",
  "aws:ec2/securityGroup:SecurityGroup server-group <- server @primary",
  "aws:iam/instanceProfile:InstanceProfile server-profile <- server @primary",
  "aws:iam/role:Role server-role <- server @primary",
  "aws:iam/rolePolicy:RolePolicy server-sessions <- server @primary",
  "aws:route53/healthCheck:HealthCheck server-health-check <- server-health @primary",
  "aws:route53/record:Record failover-primary-a <- failover @primary",
  "aws:route53/record:Record failover-standby-a <- failover @primary",
  "aws:s3/bucket:Bucket maintenance-bucket <- maintenance @standby",
  "aws:s3/bucketObjectv2:BucketObjectv2 maintenance-pages-index.html <- maintenance-pages @standby",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls maintenance-ownership <- maintenance @standby",
  "aws:s3/bucketPolicy:BucketPolicy maintenance-policy <- maintenance @standby",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock maintenance-public-access <- maintenance @standby",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration maintenance-website <- maintenance @standby",
  "aws:sns/topic:Topic health-alerts-topic <- health-alerts @primary",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule server-to-https <- server @primary",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule server-from-checkers <- server @primary",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule server-from-http-visitors <- server @primary",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule server-from-https-visitors <- server @primary",
  "awsx:ec2:Vpc server-network <- server @-",
  "pulumi:providers:aws primary <- - @-",
  "pulumi:providers:aws standby <- - @-",
  "warm-standby:components:AlertTopic health-alerts <- health @-",
  "warm-standby:components:EndpointHealthCheck server-health <- - @-",
  "warm-standby:components:FailoverRecords failover <- - @-",
  "warm-standby:components:HealthAlarm health <- - @-",
  "warm-standby:components:PublicHost server <- - @-",
  "warm-standby:components:SitePages maintenance-pages <- - @-",
  "warm-standby:components:WebsiteBucket maintenance <- - @-",
].sort();

/** What only a stack with CloudFront before the page has. */
export const CLOUDFRONT = [
  "aws:acm/certificate:Certificate maintenance-certificate-certificate <- maintenance-certificate @dns",
  "aws:acm/certificateValidation:CertificateValidation maintenance-certificate-validation <- maintenance-certificate @dns",
  "aws:cloudfront/distribution:Distribution maintenance-front-distribution <- maintenance-front @standby",
  "aws:cloudfront/originAccessControl:OriginAccessControl maintenance-front-access <- maintenance-front @standby",
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy maintenance-front-headers <- maintenance-front @standby",
  "aws:route53/record:Record maintenance-certificate-proof-web.example.com <- maintenance-certificate @dns",
  "pulumi:providers:aws dns <- - @-",
  "warm-standby:components:EdgeCertificate maintenance-certificate <- - @-",
  "warm-standby:components:SiteDistribution maintenance-front <- - @-",
].sort();
