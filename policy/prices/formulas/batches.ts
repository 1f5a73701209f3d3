import { isUnknown } from "../../../model/unknown";
import { blockDeviceMeters, rootVolumeMeters } from "./ebs";
import { type Formula, hourly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { WINDOWS_LICENCE } from "./licence";
import { addressMeter, type Choice, machineHours, monitoringMeters } from "./machine";
import { stringAt } from "./read";
import { vcpusOf } from "./vcpu";

/** A managed environment keeps its minimum of vCPUs, 0 unless set; Fargate ones keep nothing. */
export const computeEnvironmentMeters: Formula = (environment, stack) => {
  const place = stack.regionOf(environment);
  const inputs = new Inputs(environment.properties, place);
  const kind = inputs.text("computeResources.type", "UNMANAGED");
  const vcpus = inputs.number("computeResources.minVcpus", 0);
  if (!inputs.sound || vcpus === 0 || kind === "UNMANAGED" || kind.startsWith("FARGATE"))
    return inputs.or([]);
  if (inputs.has("computeResources.launchTemplate")) {
    inputs.extras.refuse(
      "its launch template may add volumes, which are not read",
      "computeResources.launchTemplate",
    );
  }
  const choices: Choice[] = [];
  for (const type of inputs.list("computeResources.instanceTypes")) {
    if (isUnknown(type)) return [unknownInput("computeResources.instanceTypes", place)];
    const size = typeof type === "string" && type.includes(".") ? vcpusOf(type) : undefined;
    if (typeof type !== "string" || size === undefined) {
      return [unpriced(`${String(type)} names no size`, "computeResources.instanceTypes", place)];
    }
    choices.push({ instanceType: type, count: Math.ceil(vcpus / size) });
  }
  if (choices.length === 0) inputs.refuse("its types are not set", "computeResources.instanceTypes");
  const most = Math.max(0, ...choices.map(({ count }) => count));
  const disks = rootVolumeMeters({}, stack, { place, path: "", count: most });
  return inputs.or([...machineHours(choices, place, stack), ...disks, addressMeter(most, place)]);
};

/** Cloud9 gives its instance 10 GB. It may stop when nobody works, which is not counted on. */
const CLOUD9_DISK_GB = 10;

export const cloud9Meters: Formula = (environment, stack) => {
  const place = stack.regionOf(environment);
  const inputs = new Inputs(environment.properties, place);
  const instanceType = inputs.text("instanceType");
  const connection = inputs.text("connectionType", "CONNECT_SSH");
  const disk = blockDeviceMeters(
    { volumeSize: CLOUD9_DISK_GB },
    { place, path: "", what: "disk", typeProperty: "volumeType", sizeProperty: "volumeSize" },
  );
  return inputs.or([
    ...machineHours([{ instanceType, count: 1 }], place, stack),
    ...disk,
    ...(connection !== "CONNECT_SSM" ? [addressMeter(1, place)] : []),
  ]);
};

const GROUP = "aws:autoscaling:asg";
const LAUNCH = "aws:autoscaling:launchconfiguration";
const INSTANCES = "aws:ec2:instances";
const ENVIRONMENT = "aws:elasticbeanstalk:environment";
const NETWORK = "aws:ec2:vpc";

/** Settings that make what bills and is no resource of the program: where they stand, when, and what they make. */
const HIDDEN: readonly (readonly [namespace: string, name: string, off: string, why: string])[] = [
  [
    "aws:elasticbeanstalk:cloudwatch:logs",
    "StreamLogs",
    "false",
    "its log groups are made out of sight; set StreamLogs to false",
  ],
  [
    "aws:elasticbeanstalk:cloudwatch:logs:health",
    "HealthStreamingEnabled",
    "false",
    "its log group is made out of sight; set HealthStreamingEnabled to false",
  ],
  [
    "aws:elasticbeanstalk:healthreporting:system",
    "ConfigDocument",
    "",
    "custom metrics that it may publish are not read; leave ConfigDocument out",
  ],
];

/** Instances and balancer of an environment are in its settings, not in the program's resources. */
export const beanstalkMeters: Formula = (environment, stack) => {
  const place = stack.regionOf(environment);
  const inputs = new Inputs(environment.properties, place);
  const settings = inputs.list("settings");
  if (inputs.has("templateName")) inputs.refuse("a saved template decides its instances", "templateName");
  if (settings.some((setting) => isUnknown(setting) || isUnknown(stringAt(setting, "value")))) {
    inputs.unknown("settings");
  }
  for (const path of ["solutionStackName", "platformArn"]) {
    const platform = stringAt(environment.properties, path);
    if (typeof platform === "string" && platform.includes("Windows Server")) {
      inputs.extras.refuse(WINDOWS_LICENCE, path);
    }
  }
  const setting = (namespace: string, name: string) => {
    const found = settings.find(
      (one) => stringAt(one, "namespace") === namespace && stringAt(one, "name") === name,
    );
    const value = stringAt(found, "value");
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  if (settings.some((one) => stringAt(one, "namespace") === "aws:rds:dbinstance")) {
    inputs.extras.refuse("its database is made out of sight; declare an aws:rds:Instance", "settings");
  }
  for (const name of ["RootVolumeSize", "RootVolumeType", "RootVolumeIOPS", "BlockDeviceMappings"]) {
    if (inputs.sound && setting(LAUNCH, name) !== undefined) {
      inputs.extras.refuse(`its volumes are not those that the settings assume: ${name}`, "settings");
    }
  }
  for (const [namespace, name, off, why] of HIDDEN) {
    if (inputs.sound && (setting(namespace, name) ?? off).toLowerCase() !== off)
      inputs.extras.refuse(why, "settings");
  }
  const types = setting(INSTANCES, "InstanceTypes")?.split(",") ?? [];
  const single = setting(LAUNCH, "InstanceType");
  const chosen = types.length > 0 ? types.map((type) => type.trim()) : single ? [single] : [];
  if (inputs.sound && chosen.length === 0) inputs.refuse("its instance type is not set", "settings");
  const minimum = Number(setting(GROUP, "MinSize") ?? "1");
  if (inputs.sound && !(minimum >= 0)) inputs.refuse("MinSize is not a number of 0 or more", "settings");
  const alone = setting(ENVIRONMENT, "EnvironmentType") === "SingleInstance";
  const count = alone ? 1 : minimum;
  const balancer = setting(ENVIRONMENT, "LoadBalancerType") ?? "classic";
  const zones = setting(NETWORK, "ELBSubnets")?.split(",").length;
  const worker = stringAt(environment.properties, "tier") === "Worker";
  const balanced = !alone && !worker;
  if (inputs.sound && balanced && zones === undefined) {
    inputs.extras.refuse("the subnets of its load balancer are not set", "settings");
  }
  const disk = rootVolumeMeters({}, stack, { place, path: "", count });
  // Basic monitoring, each five minutes, is free.
  const interval = setting(LAUNCH, "MonitoringInterval") ?? "5 minute";
  const monitoring = monitoringMeters(interval !== "5 minute", "settings", place, count).map((meter) => ({
    ...meter,
    lever: 'set MonitoringInterval to "5 minute"',
  }));
  const choices = chosen.map((instanceType) => ({ instanceType, count }));
  return inputs.or([
    ...machineHours(choices, place, stack),
    ...(count > 0 ? [...disk, addressMeter(count, place)] : []),
    ...monitoring,
    ...(balanced
      ? [
          ...hourly(`${balancer} load balancer`, `elb/${balancer}`, place),
          ...(zones === undefined ? [] : [addressMeter(zones, place)]),
        ]
      : []),
  ]);
};
