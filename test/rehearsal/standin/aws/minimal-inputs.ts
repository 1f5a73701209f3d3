import type { Properties } from "../../../../model/unknown";

const POLICY = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const ROLE_ARN = "arn:aws:iam::123456789012:role/x";
const VPC_ID = "vpc-00000000000000001";
const GROUP_ID = "sg-00000000000000001";
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
  "aws:cloudfront/cachePolicy:CachePolicy": {
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    },
  },
  "aws:cloudfront/distribution:Distribution": {
    defaultCacheBehavior: {
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      targetOriginId: "bucket",
      viewerProtocolPolicy: "redirect-to-https",
    },
    enabled: true,
    origins: [{ domainName: "pages.s3.us-east-1.amazonaws.com", originId: "bucket" }],
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  },
  "aws:cloudfront/function:Function": { code: "x", runtime: "cloudfront-js-2.0" },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  },
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "none" },
    queryStringsConfig: { queryStringBehavior: "none" },
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    securityHeadersConfig: { contentTypeOptions: { override: true } },
  },
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
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { vpcId: VPC_ID },
  "aws:ec2/eip:Eip": {},
  "aws:ec2/eipAssociation:EipAssociation": {
    allocationId: "eipalloc-00000000000000001",
    instanceId: "i-00000000000000001",
  },
  "aws:ec2/instance:Instance": { ami: "ami-00000000000000001", instanceType: "t4g.nano" },
  "aws:ec2/internetGateway:InternetGateway": { vpcId: VPC_ID },
  "aws:ec2/route:Route": {
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: "igw-00000000000000001",
    routeTableId: "rtb-00000000000000001",
  },
  "aws:ec2/routeTable:RouteTable": { vpcId: VPC_ID },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    routeTableId: "rtb-00000000000000001",
    subnetId: "subnet-00000000000000001",
  },
  "aws:ec2/securityGroup:SecurityGroup": {},
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    cidrBlocks: ["0.0.0.0/0"],
    fromPort: 80,
    protocol: "tcp",
    securityGroupId: GROUP_ID,
    toPort: 80,
    type: "ingress",
  },
  "aws:ec2/subnet:Subnet": { cidrBlock: "10.0.0.0/24", vpcId: VPC_ID },
  "aws:ec2/vpc:Vpc": { cidrBlock: "10.0.0.0/16" },
  "aws:iam/instanceProfile:InstanceProfile": {},
  "aws:iam/policy:Policy": { policy: POLICY },
  "aws:iam/role:Role": { assumeRolePolicy: POLICY },
  "aws:iam/rolePolicy:RolePolicy": { policy: POLICY, role: "x" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    role: "x",
  },
  "aws:lambda/alias:Alias": { functionName: "x", functionVersion: "1" },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    eventSourceArn: "arn:aws:sqs:us-east-1:123456789012:x",
    functionName: "x",
  },
  "aws:lambda/function:Function": {
    handler: "index.handler",
    role: ROLE_ARN,
    runtime: "nodejs22.x",
    s3Bucket: "code",
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": { functionName: "x" },
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
  "aws:s3/bucket:Bucket": {},
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    bucket: "pages",
    rules: [{ id: "old", noncurrentVersionExpiration: { noncurrentDays: 30 }, status: "Enabled" }],
  },
  "aws:s3/bucketObject:BucketObject": { bucket: "pages", content: "x" },
  "aws:s3/bucketObjectv2:BucketObjectv2": { bucket: "pages", content: "x" },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    bucket: "pages",
    rule: { objectOwnership: "BucketOwnerEnforced" },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { bucket: "pages", policy: POLICY },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { bucket: "pages" },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    bucket: "pages",
    role: ROLE_ARN,
    rules: [{ destination: { bucket: "arn:aws:s3:::copy" }, status: "Enabled" }],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    bucket: "pages",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    bucket: "pages",
    versioningConfiguration: { status: "Enabled" },
  },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    bucket: "pages",
    indexDocument: { suffix: "index.html" },
  },
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
  "aws:ssm/parameter:Parameter": { type: "String", value: "x" },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "-1",
    securityGroupId: GROUP_ID,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    cidrIpv4: "0.0.0.0/0",
    fromPort: 80,
    ipProtocol: "tcp",
    securityGroupId: GROUP_ID,
    toPort: 80,
  },
};
