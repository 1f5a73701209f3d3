import type { Properties } from "../../../../model/unknown";

const POLICY = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const ROLE_ARN = "arn:aws:iam::123456789012:role/x";
const CERTIFICATE_ARN = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000";

/** The least with which each type can be made. */
export const MINIMAL: Readonly<Record<string, Properties>> = {
  "aws:acm/certificate:Certificate": { domainName: "profiles.example.com", validationMethod: "DNS" },
  "aws:acm/certificateValidation:CertificateValidation": { certificateArn: CERTIFICATE_ARN },
  "aws:apigatewayv2/api:Api": { protocolType: "HTTP" },
  "aws:apigatewayv2/apiMapping:ApiMapping": {
    apiId: "abc123def4",
    domainName: "profiles.example.com",
    stage: "$default",
  },
  "aws:apigatewayv2/domainName:DomainName": {
    domainName: "profiles.example.com",
    domainNameConfiguration: {
      certificateArn: CERTIFICATE_ARN,
      endpointType: "REGIONAL",
      securityPolicy: "TLS_1_2",
    },
  },
  "aws:apigatewayv2/integration:Integration": {
    apiId: "abc123def4",
    integrationType: "AWS_PROXY",
    integrationUri: "arn:aws:lambda:us-east-1:123456789012:function:x",
  },
  "aws:apigatewayv2/route:Route": { apiId: "abc123def4", routeKey: "GET /healthz" },
  "aws:apigatewayv2/stage:Stage": { apiId: "abc123def4" },
  "aws:cloudwatch/logGroup:LogGroup": {},
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    comparisonOperator: "LessThanThreshold",
    evaluationPeriods: 1,
    metricName: "HealthCheckStatus",
    namespace: "AWS/Route53",
    period: 60,
    statistic: "Minimum",
    threshold: 1,
  },
  "aws:dynamodb/table:Table": {
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
  },
  "aws:dynamodb/tableReplica:TableReplica": {
    globalTableArn: "arn:aws:dynamodb:us-west-2:123456789012:table/profiles",
  },
  "aws:iam/policy:Policy": { policy: POLICY },
  "aws:iam/role:Role": { assumeRolePolicy: POLICY },
  "aws:iam/rolePolicy:RolePolicy": { policy: POLICY, role: "x" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    role: "x",
  },
  "aws:lambda/alias:Alias": { functionName: "x", functionVersion: "1" },
  "aws:lambda/function:Function": {
    handler: "index.handler",
    role: ROLE_ARN,
    runtime: "nodejs22.x",
    s3Bucket: "code",
  },
  "aws:lambda/permission:Permission": {
    action: "lambda:InvokeFunction",
    function: "x",
    principal: "apigateway.amazonaws.com",
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    functionName: "x",
    provisionedConcurrentExecutions: 1,
    qualifier: "live",
  },
  "aws:route53/healthCheck:HealthCheck": { type: "HTTPS", fqdn: "us-east-1.profiles.example.com" },
  "aws:route53/record:Record": {
    name: "www.example.com",
    records: ["192.0.2.1"],
    ttl: 60,
    type: "A",
    zoneId: "Z0123456789ABCDEFGHIJ",
  },
  "aws:route53/zone:Zone": { name: "example.com" },
  "aws:sns/topic:Topic": {},
  "aws:sns/topicPolicy:TopicPolicy": {
    arn: "arn:aws:sns:us-east-1:123456789012:alarms",
    policy: POLICY,
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    endpoint: "ops@example.com",
    protocol: "email",
    topic: "arn:aws:sns:us-east-1:123456789012:alarms",
  },
  "aws:sqs/queue:Queue": {},
  "aws:sqs/queuePolicy:QueuePolicy": {
    policy: POLICY,
    queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/x",
  },
};
