import { restStageMeters } from "./api-gateway";
import { compositeAlarmMeters, dashboardMeters, logGroupMeters, metricAlarmMeters } from "./cloudwatch";
import { tableMeters, tableReplicaMeters } from "./dynamodb";
import { elasticIpMeters, instanceMeters } from "./ec2";
import type { Formula } from "./formula";
import { certificateMeters, distributionMeters, keyMeters, parameterMeters, secretMeters } from "./keys";
import { eventSourceMappingMeters, functionMeters, provisionedConcurrencyMeters } from "./lambda";
import { endpointSubnetMeters, loadBalancerMeters, natGatewayMeters, vpcEndpointMeters } from "./network";
import { healthCheckMeters, profileMeters, trafficPolicyInstanceMeters, zoneMeters } from "./route53";
import { bucketMeters, volumeMeters } from "./storage";

/** Every type whose idle price depends on its inputs. Types without one are in `classes.json`. */
export const FORMULAS: Readonly<Record<string, Formula>> = {
  "aws:acm/certificate:Certificate": certificateMeters,
  "aws:alb/loadBalancer:LoadBalancer": loadBalancerMeters,
  "aws:apigateway/stage:Stage": restStageMeters,
  "aws:cloudfront/distribution:Distribution": distributionMeters,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": compositeAlarmMeters,
  "aws:cloudwatch/dashboard:Dashboard": dashboardMeters,
  "aws:cloudwatch/logGroup:LogGroup": logGroupMeters,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarmMeters,
  "aws:dynamodb/table:Table": tableMeters,
  "aws:dynamodb/tableReplica:TableReplica": tableReplicaMeters,
  "aws:ebs/volume:Volume": volumeMeters,
  "aws:ec2/eip:Eip": elasticIpMeters,
  "aws:ec2/instance:Instance": instanceMeters,
  "aws:ec2/natGateway:NatGateway": natGatewayMeters,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpointMeters,
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": endpointSubnetMeters,
  "aws:kms/externalKey:ExternalKey": keyMeters,
  "aws:kms/key:Key": keyMeters,
  "aws:kms/replicaExternalKey:ReplicaExternalKey": keyMeters,
  "aws:kms/replicaKey:ReplicaKey": keyMeters,
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMappingMeters,
  "aws:lambda/function:Function": functionMeters,
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": provisionedConcurrencyMeters,
  "aws:lb/loadBalancer:LoadBalancer": loadBalancerMeters,
  "aws:route53/healthCheck:HealthCheck": healthCheckMeters,
  "aws:route53/profilesProfile:ProfilesProfile": profileMeters,
  "aws:route53/trafficPolicyInstance:TrafficPolicyInstance": trafficPolicyInstanceMeters,
  "aws:route53/zone:Zone": zoneMeters,
  "aws:s3/bucket:Bucket": bucketMeters,
  "aws:s3/bucketV2:BucketV2": bucketMeters,
  "aws:secretsmanager/secret:Secret": secretMeters,
  "aws:ssm/parameter:Parameter": parameterMeters,
};
