import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const BATCH = "aws:batch/computeEnvironment:ComputeEnvironment";
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

const CASES: readonly Case[] = [
  [
    "an environment of a launch template",
    BATCH,
    batch({ minVcpus: 2, instanceTypes: ["m5.large"], launchTemplate: { launchTemplateName: "lt" } }),
    {
      "m5.large instance, 730 h": 70080000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "price computeResources.launchTemplate": "its launch template may add volumes, which are not read",
    },
  ],
  [
    "an environment of a root volume of its own",
    BEANSTALK,
    { settings: [type, single, setting("aws:autoscaling:launchconfiguration", "RootVolumeSize", "1000")] },
    {
      "t3.micro instance, 730 h": 7592000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "price settings": "its volumes are not those that the settings assume: RootVolumeSize",
    },
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
    batch({ minVcpus: 5, instanceTypes: ["t3.micro"] }),
    {
      "3 x t3.micro instance, 730 h": 22_776_000,
      "3 x root volume, 8 GB gp2 assumed": 2_400_000,
      "3 public IPv4 addresses": 10_950_000,
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
    {
      "t3.micro instance, 730 h": 7592000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "classic load balancer": 18250000,
      "price settings": "the subnets of its load balancer are not set",
    },
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
    {
      "t3.micro instance, 730 h": 7592000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "price settings": "its database is made out of sight; declare an aws:rds:Instance",
    },
  ],
  [
    "an application of a template",
    BEANSTALK,
    { settings: [type, single], templateName: "t" },
    { "price templateName": "a saved template decides its instances" },
  ],
  [
    "instances that are watched each minute",
    BEANSTALK,
    {
      settings: [
        type,
        setting("aws:ec2:vpc", "ELBSubnets", "a,b,c,d"),
        setting("aws:autoscaling:asg", "MinSize", "3"),
        setting("aws:autoscaling:launchconfiguration", "MonitoringInterval", "1 minute"),
      ],
    },
    {
      "3 x t3.micro instance, 730 h": 22_776_000,
      "3 x root volume, 8 GB gp2 assumed": 2_400_000,
      "3 public IPv4 addresses": 10_950_000,
      "detailed monitoring, 21 metrics": 6_300_000,
      "classic load balancer": 18_250_000,
      "4 public IPv4 addresses": 14_600_000,
    },
  ],
  [
    "instances that are watched each five minutes, and logs that stay",
    BEANSTALK,
    {
      settings: [
        type,
        single,
        setting("aws:autoscaling:launchconfiguration", "MonitoringInterval", "5 minute"),
        setting("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "false"),
      ],
    },
    ONE,
  ],
  [
    "log groups that an environment makes",
    BEANSTALK,
    { settings: [type, single, setting("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "true")] },
    {
      "t3.micro instance, 730 h": 7592000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "price settings": "its log groups are made out of sight; set StreamLogs to false",
    },
  ],
  [
    "the log group of an environment's health",
    BEANSTALK,
    {
      settings: [
        type,
        single,
        setting("aws:elasticbeanstalk:cloudwatch:logs:health", "HealthStreamingEnabled", "true"),
      ],
    },
    {
      "t3.micro instance, 730 h": 7592000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "price settings": "its log group is made out of sight; set HealthStreamingEnabled to false",
    },
  ],
  [
    "metrics that an environment publishes",
    BEANSTALK,
    {
      settings: [
        type,
        single,
        setting("aws:elasticbeanstalk:healthreporting:system", "ConfigDocument", "{}"),
      ],
    },
    {
      "t3.micro instance, 730 h": 7592000,
      "root volume, 8 GB gp2 assumed": 800000,
      "public IPv4 address": 3650000,
      "price settings": "custom metrics that it may publish are not read; leave ConfigDocument out",
    },
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
