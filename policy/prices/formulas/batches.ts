import { isPresent } from "../../../model/property";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { blockDeviceMeters, rootVolumeMeters } from "./ebs";
import { dearest, type Formula, hourly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { addressMeter, type Choice, machineHours } from "./machine";
import { at, stringAt } from "./read";
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
    inputs.refuse(
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

interface NodeGroup {
  readonly instanceType: string;
  readonly count: number;
  readonly ebsConfigs: readonly PropertyValue[];
  readonly path: string;
}

/** A cluster's nodes bill as instances and once more for EMR. Spot nodes count at the price on demand. */
export const emrClusterMeters: Formula = (cluster, stack) => {
  const { properties } = cluster;
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(properties, place);
  if (inputs.has("ebsRootVolumeSize")) {
    const why = "root volumes of a size of their own are not counted for every node; leave it out";
    inputs.refuse(why, "ebsRootVolumeSize");
  }
  const meters: Meter[] = [...inputs.or([])];
  for (const path of ["masterInstanceGroup", "coreInstanceGroup"]) {
    if (isPresent(at(properties, path)))
      meters.push(...groupMeters(at(properties, path), `${path}.`, place, stack));
  }
  for (const path of ["masterInstanceFleet", "coreInstanceFleet"]) {
    if (isPresent(at(properties, path)))
      meters.push(...fleetMeters(at(properties, path), `${path}.`, place, stack));
  }
  return meters.length > 0 ? meters : [unpriced("its instances are not set", "masterInstanceGroup", place)];
};

export const emrInstanceGroupMeters: Formula = (group, stack) =>
  groupMeters(group.properties, "", stack.regionOf(group), stack);

export const emrInstanceFleetMeters: Formula = (fleet, stack) =>
  fleetMeters(fleet.properties, "", stack.regionOf(fleet), stack);

function groupMeters(properties: PropertyValue, prefix: string, place: Place, stack: PricedStack): Meter[] {
  const inputs = new Inputs(properties, place, prefix);
  const instanceType = inputs.text("instanceType");
  const count = inputs.number("instanceCount", 1);
  const ebsConfigs = inputs.list("ebsConfigs");
  if (!inputs.sound || count === 0) return inputs.or([]);
  const nodes = { instanceType, count, ebsConfigs, path: prefix };
  return [...nodeHours([nodes], place, stack), ...nodeVolumes(nodes, place)];
}

function fleetMeters(properties: PropertyValue, prefix: string, place: Place, stack: PricedStack): Meter[] {
  const inputs = new Inputs(properties, place, prefix);
  const capacity = inputs.number("targetOnDemandCapacity", 0) + inputs.number("targetSpotCapacity", 0);
  const configs = inputs.list("instanceTypeConfigs");
  if (!inputs.sound || capacity === 0) return inputs.or([]);
  if (configs.length === 0) inputs.refuse("its instance types are not set", "instanceTypeConfigs");
  const nodes: NodeGroup[] = [];
  for (const [index, config] of configs.entries()) {
    const path = `${prefix}instanceTypeConfigs[${index}].`;
    const of = new Inputs(config, place, path);
    const instanceType = of.text("instanceType");
    const weight = of.number("weightedCapacity", 1);
    const ebsConfigs = of.list("ebsConfigs");
    if (of.sound && weight <= 0) of.refuse("a weight is not above 0", "weightedCapacity");
    if (!of.sound) return of.or([]);
    nodes.push({ instanceType, count: Math.ceil(capacity / weight), ebsConfigs, path });
  }
  const [largest] = [...nodes].sort((a, b) => b.count - a.count);
  return inputs.or([...nodeHours(nodes, place, stack), ...(largest ? nodeVolumes(largest, place) : [])]);
}

function nodeHours(nodes: readonly NodeGroup[], place: Place, stack: PricedStack): Meter[] {
  const charges = nodes.flatMap(({ instanceType, count }) =>
    hourly(`EMR charge of ${instanceType}`, `emr/service-charge/${instanceType}`, place, count),
  );
  return [...machineHours(nodes, place, stack), ...dearest(charges, stack)];
}

function nodeVolumes({ ebsConfigs, count, path }: NodeGroup, place: Place): Meter[] {
  return ebsConfigs.flatMap((config, index) => {
    const prefix = `${path}ebsConfigs[${index}].`;
    const inputs = new Inputs(config, place, prefix);
    const each = inputs.number("volumesPerInstance", 1);
    return inputs.or(
      blockDeviceMeters(config, {
        place,
        path: prefix,
        what: "node volume",
        typeProperty: "type",
        sizeProperty: "size",
        count: each * count,
      }),
    );
  });
}

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

/** Instances and balancer of an environment are in its settings, not in the program's resources. */
export const beanstalkMeters: Formula = (environment, stack) => {
  const place = stack.regionOf(environment);
  const inputs = new Inputs(environment.properties, place);
  const settings = inputs.list("settings");
  if (inputs.has("templateName")) inputs.refuse("a saved template decides its instances", "templateName");
  if (settings.some((setting) => isUnknown(setting) || isUnknown(stringAt(setting, "value")))) {
    inputs.unknown("settings");
  }
  const setting = (namespace: string, name: string) => {
    const found = settings.find(
      (one) => stringAt(one, "namespace") === namespace && stringAt(one, "name") === name,
    );
    const value = stringAt(found, "value");
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  if (settings.some((one) => stringAt(one, "namespace") === "aws:rds:dbinstance")) {
    inputs.refuse("its database is made out of sight; declare an aws:rds:Instance", "settings");
  }
  for (const name of ["RootVolumeSize", "RootVolumeType", "RootVolumeIOPS", "BlockDeviceMappings"]) {
    if (inputs.sound && setting(LAUNCH, name) !== undefined) {
      inputs.refuse(`its volumes are not those that the settings assume: ${name}`, "settings");
    }
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
    inputs.refuse("the subnets of its load balancer are not set", "settings");
  }
  const disk = rootVolumeMeters({}, stack, { place, path: "", count });
  const choices = chosen.map((instanceType) => ({ instanceType, count }));
  return inputs.or([
    ...machineHours(choices, place, stack),
    ...(count > 0 ? [...disk, addressMeter(count, place)] : []),
    ...(balanced
      ? [...hourly(`${balancer} load balancer`, `elb/${balancer}`, place), addressMeter(zones ?? 0, place)]
      : []),
  ]);
};
