import type { PriceRow } from "../price-list";
import apiGateway from "./api-gateway.json";
import cloudfront from "./cloudfront.json";
import cloudwatch from "./cloudwatch.json";
import dynamodb from "./dynamodb.json";
import ebs from "./ebs.json";
import ec2 from "./ec2.json";
import elb from "./elb.json";
import kms from "./kms.json";
import lambda from "./lambda.json";
import route53 from "./route53.json";
import s3 from "./s3.json";
import secretsManager from "./secrets-manager.json";
import sns from "./sns.json";
import sqs from "./sqs.json";
import ssm from "./ssm.json";
import vpc from "./vpc.json";

/** Every list price in US dollars, one file per service. */
export const ROWS = [
  ...apiGateway,
  ...cloudfront,
  ...cloudwatch,
  ...dynamodb,
  ...ebs,
  ...ec2,
  ...elb,
  ...kms,
  ...lambda,
  ...route53,
  ...s3,
  ...secretsManager,
  ...sns,
  ...sqs,
  ...ssm,
  ...vpc,
] as readonly PriceRow[];
