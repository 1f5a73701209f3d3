import { ACM } from "./acm";
import { API_DOMAINS } from "./api-domain";
import { API_GATEWAY } from "./apigatewayv2";
import { CLOUDFRONT_DISTRIBUTIONS } from "./cloudfront-distribution";
import { CLOUDFRONT_POLICIES } from "./cloudfront-policy";
import { CLOUDWATCH } from "./cloudwatch";
import { DYNAMODB } from "./dynamodb";
import { EC2_ADDRESSES } from "./ec2-address";
import { EC2_INSTANCES } from "./ec2-instance";
import { EC2_ROUTES } from "./ec2-route";
import { EC2_SECURITY_GROUPS } from "./ec2-security-group";
import { EC2_SECURITY_RULES } from "./ec2-security-rule";
import { EC2_NETWORKS } from "./ec2-vpc";
import { IAM } from "./iam";
import { IAM_INSTANCE_PROFILES } from "./iam-instance-profile";
import { LAMBDA } from "./lambda";
import { LAMBDA_EVENTS } from "./lambda-event";
import { Refusal } from "./refusal";
import type { ResourceType } from "./resource-type";
import { healthCheck } from "./route53-health-check";
import { record } from "./route53-record";
import { zone } from "./route53-zone";
import { S3_ACCESS } from "./s3-access";
import { S3_BUCKETS } from "./s3-bucket";
import { S3_OBJECTS } from "./s3-object";
import { S3_REPLICATION } from "./s3-replication";
import { S3_SETTINGS } from "./s3-settings";
import { SNS } from "./sns";
import { SQS } from "./sqs";
import { SSM } from "./ssm";

/** Everything that the stand-in plays, by exact token. A type that is missing here is refused, never guessed. */
const CATALOGUE: ReadonlyMap<string, ResourceType> = new Map(
  [
    ...ACM,
    ...API_DOMAINS,
    ...API_GATEWAY,
    ...CLOUDFRONT_DISTRIBUTIONS,
    ...CLOUDFRONT_POLICIES,
    ...CLOUDWATCH,
    ...DYNAMODB,
    ...EC2_ADDRESSES,
    ...EC2_INSTANCES,
    ...EC2_NETWORKS,
    ...EC2_ROUTES,
    ...EC2_SECURITY_GROUPS,
    ...EC2_SECURITY_RULES,
    ...IAM,
    ...IAM_INSTANCE_PROFILES,
    ...LAMBDA,
    ...LAMBDA_EVENTS,
    healthCheck,
    record,
    zone,
    ...S3_ACCESS,
    ...S3_BUCKETS,
    ...S3_OBJECTS,
    ...S3_REPLICATION,
    ...S3_SETTINGS,
    ...SNS,
    ...SQS,
    ...SSM,
  ].map((type) => [type.token, type]),
);

/** The type tokens that the stand-in knows, sorted. */
export function standinResourceTypes(): string[] {
  return [...CATALOGUE.keys()].sort();
}

export function findResourceType(token: string): ResourceType | undefined {
  return CATALOGUE.get(token);
}

/** @throws Refusal for a type that the stand-in does not know. */
export function resourceType(token: string): ResourceType {
  const found = CATALOGUE.get(token);
  if (found) return found;
  throw new Refusal([
    `${token} is not known to the stand-in; known: ${CATALOGUE.size} types of AWS; describe it under rehearsal/standin/aws, or rehearse an exported state with --state FILE`,
  ]);
}
