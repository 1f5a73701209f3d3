import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const BATCH = "aws:batch/computeEnvironment:ComputeEnvironment";
const EMR = "aws:emr/cluster:Cluster";
const GROUP = "aws:emr/instanceGroup:InstanceGroup";
const FLEET = "aws:emr/instanceFleet:InstanceFleet";
const CLOUD9 = "aws:cloud9/environmentEC2:EnvironmentEC2";
const BEANSTALK = "aws:elasticbeanstalk/environment:Environment";

const batch = (computeResources: Properties) => ({ computeResources: { type: "EC2", ...computeResources } });
const setting = (namespace: string, name: string, value: Properties[string]): Properties => ({
  namespace,
  name,
  value,
});
const type = setting("aws:autoscaling:launchconfiguration", "InstanceType", "t3.micro");
const single = setting("aws:elasticbeanstalk:environment", "EnvironmentType", "SingleInstance");
const subnets = setting("aws:ec2:vpc", "ELBSubnets", "a,b");
const ONE = {
  "t3.micro instance, 730 h": 7_592_000,
  "root volume, 8 GB gp2 assumed": 800_000,
  "public IPv4 address": 3_650_000,
};
/** m5.xlarge, 0.192 an hour, and EMR's 0.048. */
const NODE = { "m5.xlarge instance, 730 h": 140_160_000, "EMR charge of m5.xlarge": 35_040_000 };

const CASES: readonly Case[] = [
  [
    "an environment of a launch template",
    BATCH,
    batch({ minVcpus: 2, instanceTypes: ["m5.large"], launchTemplate: { launchTemplateName: "lt" } }),
    {
      "price computeResources.launchTemplate": "its launch template may add volumes, which are not read",
    },
  ],
  [
    "an environment of a root volume of its own",
    BEANSTALK,
    { settings: [type, single, setting("aws:autoscaling:launchconfiguration", "RootVolumeSize", "1000")] },
    { "price settings": "its volumes are not those that the settings assume: RootVolumeSize" },
  ],
  [
    "an environment of an absurd minimum",
    BEANSTALK,
    { settings: [type, subnets, setting("aws:autoscaling:asg", "MinSize", "abc")] },
    { "price settings": "MinSize is not a number of 0 or more" },
  ],
  ["an environment without a minimum", BATCH, batch({ instanceTypes: ["m5.large"] }), {}],
  ["an environment on Fargate", BATCH, { computeResources: { type: "FARGATE", minVcpus: 4 } }, {}],
  ["an unmanaged environment", BATCH, {}, {}],
  ["a minimum of vCPUs", BATCH, batch({ minVcpus: 2, instanceTypes: ["t3.micro"] }), ONE],
  [
    "a minimum of more than one instance",
    BATCH,
    batch({ minVcpus: 3, instanceTypes: ["t3.micro"] }),
    {
      "2 x t3.micro instance, 730 h": 15_184_000,
      "2 x root volume, 8 GB gp2 assumed": 1_600_000,
      "2 public IPv4 addresses": 7_300_000,
    },
  ],
  [
    "a family without a size",
    BATCH,
    batch({ minVcpus: 2, instanceTypes: ["optimal"] }),
    { "price computeResources.instanceTypes": "optimal names no size" },
  ],
  [
    "types that are not set",
    BATCH,
    batch({ minVcpus: 2 }),
    { "price computeResources.instanceTypes": "its types are not set" },
  ],
  [
    "an unknown minimum",
    BATCH,
    batch({ minVcpus: UNKNOWN }),
    { "input computeResources.minVcpus": "computeResources.minVcpus is not known yet" },
  ],
  ["a master", EMR, { masterInstanceGroup: { instanceType: "m5.xlarge" } }, NODE],
  [
    "volumes of nodes",
    GROUP,
    {
      instanceType: "m5.xlarge",
      instanceCount: 2,
      ebsConfigs: [{ size: 10, type: "gp2", volumesPerInstance: 2 }],
    },
    {
      "2 x m5.xlarge instance, 730 h": 280_320_000,
      "2 x EMR charge of m5.xlarge": 70_080_000,
      "4 x node volume, 10 GB gp2": 4_000_000,
    },
  ],
  [
    "a fleet by its dearest type",
    FLEET,
    {
      targetOnDemandCapacity: 1,
      targetSpotCapacity: 1,
      instanceTypeConfigs: [{ instanceType: "m5.xlarge", weightedCapacity: 2 }],
    },
    NODE,
  ],
  [
    "a node without an EMR price",
    GROUP,
    { instanceType: "m5.large" },
    { "m5.large instance, 730 h": 70_080_000, "price ": "the list has no price for EMR charge of m5.large" },
  ],
  [
    "a fleet without types",
    FLEET,
    { targetOnDemandCapacity: 1 },
    { "price instanceTypeConfigs": "its instance types are not set" },
  ],
  [
    "a fleet of a weight of 0",
    FLEET,
    { targetOnDemandCapacity: 1, instanceTypeConfigs: [{ instanceType: "m5.xlarge", weightedCapacity: 0 }] },
    { "price instanceTypeConfigs[0].weightedCapacity": "a weight is not above 0" },
  ],
  [
    "root volumes of a size of their own",
    EMR,
    { masterInstanceGroup: { instanceType: "m5.xlarge" }, ebsRootVolumeSize: 20 },
    {
      ...NODE,
      "price ebsRootVolumeSize":
        "root volumes of a size of their own are not counted for every node; leave it out",
    },
  ],
  ["a cluster without instances", EMR, {}, { "price masterInstanceGroup": "its instances are not set" }],
  [
    "a cluster of unknown instances",
    EMR,
    { masterInstanceGroup: UNKNOWN },
    {
      "input masterInstanceGroup.instanceType": "masterInstanceGroup.instanceType is not known yet",
      "input masterInstanceGroup.instanceCount": "masterInstanceGroup.instanceCount is not known yet",
      "input masterInstanceGroup.ebsConfigs": "masterInstanceGroup.ebsConfigs is not known yet",
    },
  ],
  [
    "a desk in the cloud",
    CLOUD9,
    { instanceType: "t3.micro" },
    { "t3.micro instance, 730 h": 7_592_000, "disk, 10 GB gp2": 1_000_000, "public IPv4 address": 3_650_000 },
  ],
  [
    "a desk without an address",
    CLOUD9,
    { instanceType: "t3.micro", connectionType: "CONNECT_SSM" },
    { "t3.micro instance, 730 h": 7_592_000, "disk, 10 GB gp2": 1_000_000 },
  ],
  ["an application on one instance", BEANSTALK, { settings: [type, single] }, ONE],
  [
    "an application behind a balancer",
    BEANSTALK,
    {
      settings: [
        type,
        subnets,
        setting("aws:elasticbeanstalk:environment", "LoadBalancerType", "application"),
      ],
    },
    { ...ONE, "application load balancer": 16_425_000, "2 public IPv4 addresses": 7_300_000 },
  ],
  [
    "an application in unknown zones",
    BEANSTALK,
    { settings: [type] },
    { "price settings": "the subnets of its load balancer are not set" },
  ],
  [
    "an application without a type",
    BEANSTALK,
    { settings: [single] },
    { "price settings": "its instance type is not set" },
  ],
  [
    "an application with a database",
    BEANSTALK,
    { settings: [type, single, setting("aws:rds:dbinstance", "DBEngine", "mysql")] },
    { "price settings": "its database is made out of sight; declare an aws:rds:Instance" },
  ],
  [
    "an application of a template",
    BEANSTALK,
    { settings: [type, single], templateName: "t" },
    { "price templateName": "a saved template decides its instances" },
  ],
  [
    "an unknown setting",
    BEANSTALK,
    { settings: [type, single, setting("a", "b", UNKNOWN)] },
    { "input settings": "settings is not known yet" },
  ],
];

describe("policy/prices/formulas/batches", () => {
  priceCases(CASES);
});
