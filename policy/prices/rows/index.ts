import type { PriceRow } from "../price-list";
import acm from "./acm.json";
import acmPca from "./acm-pca.json";
import apiGateway from "./api-gateway.json";
import appRunner from "./app-runner.json";
import appstream from "./appstream.json";
import arc from "./arc.json";
import athena from "./athena.json";
import aurora from "./aurora.json";
import backup from "./backup.json";
import budgets from "./budgets.json";
import cloudfront from "./cloudfront.json";
import cloudhsm from "./cloudhsm.json";
import cloudwatch from "./cloudwatch.json";
import codeartifact from "./codeartifact.json";
import dataTransfer from "./data-transfer.json";
import dax from "./dax.json";
import directConnect from "./direct-connect.json";
import directoryService from "./directory-service.json";
import dms from "./dms.json";
import documentdb from "./documentdb.json";
import dynamodb from "./dynamodb.json";
import ebs from "./ebs.json";
import ec2 from "./ec2.json";
import ecr from "./ecr.json";
import efs from "./efs.json";
import eks from "./eks.json";
import elasticache from "./elasticache.json";
import elb from "./elb.json";
import emr from "./emr.json";
import eventbridge from "./eventbridge.json";
import fargate from "./fargate.json";
import firewallManager from "./firewall-manager.json";
import fsx from "./fsx.json";
import glacier from "./glacier.json";
import globalAccelerator from "./global-accelerator.json";
import glue from "./glue.json";
import grafana from "./grafana.json";
import incidentManager from "./incident-manager.json";
import kendra from "./kendra.json";
import kinesis from "./kinesis.json";
import kms from "./kms.json";
import lambda from "./lambda.json";
import lightsail from "./lightsail.json";
import macie from "./macie.json";
import memorydb from "./memorydb.json";
import mq from "./mq.json";
import msk from "./msk.json";
import mwaa from "./mwaa.json";
import neptune from "./neptune.json";
import networkFirewall from "./network-firewall.json";
import opensearch from "./opensearch.json";
import qldb from "./qldb.json";
import rds from "./rds.json";
import redshift from "./redshift.json";
import route53 from "./route53.json";
import s3 from "./s3.json";
import sagemaker from "./sagemaker.json";
import secretsManager from "./secrets-manager.json";
import shield from "./shield.json";
import sns from "./sns.json";
import sqs from "./sqs.json";
import ssm from "./ssm.json";
import timestream from "./timestream.json";
import transfer from "./transfer.json";
import vpc from "./vpc.json";
import waf from "./waf.json";
import workspaces from "./workspaces.json";

/** Every list price in US dollars, one file per service. */
export const ROWS = [
  ...acm,
  ...acmPca,
  ...apiGateway,
  ...appRunner,
  ...appstream,
  ...arc,
  ...athena,
  ...aurora,
  ...backup,
  ...budgets,
  ...cloudfront,
  ...cloudhsm,
  ...cloudwatch,
  ...codeartifact,
  ...dataTransfer,
  ...dax,
  ...directConnect,
  ...directoryService,
  ...dms,
  ...documentdb,
  ...dynamodb,
  ...ebs,
  ...ec2,
  ...ecr,
  ...efs,
  ...eks,
  ...elasticache,
  ...elb,
  ...emr,
  ...eventbridge,
  ...fargate,
  ...firewallManager,
  ...fsx,
  ...glacier,
  ...globalAccelerator,
  ...glue,
  ...grafana,
  ...incidentManager,
  ...kendra,
  ...kinesis,
  ...kms,
  ...lambda,
  ...lightsail,
  ...macie,
  ...memorydb,
  ...mq,
  ...msk,
  ...mwaa,
  ...neptune,
  ...networkFirewall,
  ...opensearch,
  ...qldb,
  ...rds,
  ...redshift,
  ...route53,
  ...s3,
  ...sagemaker,
  ...secretsManager,
  ...shield,
  ...sns,
  ...sqs,
  ...ssm,
  ...timestream,
  ...transfer,
  ...vpc,
  ...waf,
  ...workspaces,
] as readonly PriceRow[];
