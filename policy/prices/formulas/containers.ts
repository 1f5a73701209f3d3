import { isPresent } from "../../../model/property";
import { SERVICE_COUNT_DIMENSION, scalingTargets } from "../../../model/scaling-join";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { blockDeviceMeters } from "./ebs";
import { oldestStandardMinor } from "./extended-support";
import { amountText, countedText, type Formula, hourly, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { addressMeters } from "./machine";
import { at, numberAt, stringAt } from "./read";
import { scalingMinimum } from "./scaling";
import { placementOf } from "./task-placement";

const SERVICE = "aws:ecs/service:Service";
const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

/** A Fargate task includes 20 GB of its own storage. */
const EPHEMERAL_GB_INCLUDED = 20;
export const UNITS_PER_VCPU = 1024;
const MB_PER_GB = 1024;

/** Tasks that run all month: on Fargate they bill here, on EC2 their instances do. */
export const ecsServiceMeters: Formula = (service, stack) => {
  const { properties } = service;
  const place = stack.regionOf(service);
  const inputs = new Inputs(properties, place);
  const address = inputs.extras.flag(ADDRESS, false);
  const desired = inputs.number("desiredCount", 0);
  const scaled = scaledTasks(service, stack);
  if (!inputs.sound) return inputs.or([]);
  const task = taskOf(service, stack);
  const placed = placementOf(service, task, stack);
  const count = Math.max(desired, scaled.least);
  const rest = [...managedVolume(properties, place, count), ...scaled.untold];
  if (placed === "ec2") return rest;
  if (placed !== "fargate") return [...(count > 0 ? placed : []), ...rest];
  return inputs.or([
    ...taskMeters(task, count, place),
    ...rest,
    ...addressMeters(address, ADDRESS, place, count),
  ]);
};

const ADDRESS = "networkConfiguration.assignPublicIp";

/** How many tasks scaling keeps at least, and what it does not tell of that. */
function scaledTasks(service: StackResource, stack: PricedStack): { least: number; untold: Meter[] } {
  const found = scalingMinimum(scalingTargets(service, SERVICE_COUNT_DIMENSION, stack.joins), stack);
  return typeof found === "number" ? { least: found, untold: [] } : { least: 0, untold: [found] };
}

/** A volume that ECS makes for each task, on instances as on Fargate; the size of a snapshot is not read. */
function managedVolume(properties: PropertyValue, place: Place, count: number): Meter[] {
  const path = "volumeConfiguration.managedEbsVolume";
  const volume = at(properties, "volumeConfiguration", "managedEbsVolume");
  if (count === 0 || volume === undefined || volume === null) return [];
  if (isUnknown(volume)) return [unknownInput(path, place)];
  return blockDeviceMeters(volume, {
    place,
    path: `${path}.`,
    what: "volume of a task",
    typeProperty: "volumeType",
    sizeProperty: "sizeInGb",
    count,
  });
}

/** A task set runs its scale's share of the service's tasks. */
export const ecsTaskSetMeters: Formula = (set, stack) => {
  const place = stack.regionOf(set);
  const inputs = new Inputs(set.properties, place);
  const address = inputs.extras.flag(ADDRESS, false);
  const percent = inputs.number("scale.value", 100);
  if (!inputs.sound) return inputs.or([]);
  const task = taskOf(set, stack);
  const service = stack.reference(set, "service", SERVICE);
  const placed = placementOf(set, task, stack);
  if (placed !== "fargate") return placed === "ec2" ? [] : placed;
  if (!service)
    return [unpriced("its service is not in this stack, so its tasks cannot be counted", "service", place)];
  const of = new Inputs(stack.asWritten(service).properties, place);
  const scaled = scaledTasks(service, stack);
  const count = Math.ceil((Math.max(of.number("desiredCount", 0), scaled.least) * percent) / 100);
  return inputs.or([
    ...of.or([...taskMeters(task, count, place), ...addressMeters(address, ADDRESS, place, count)]),
    ...scaled.untold,
  ]);
};

/** An express service runs Fargate tasks and a load balancer that are not in the program. */
export const expressServiceMeters: Formula = (service, stack) => [
  unpriced(
    "it makes Fargate tasks and a load balancer that the program does not show",
    undefined,
    stack.regionOf(service),
  ),
];

/** By reference, by ARN, or by family with or without its revision. */
function taskOf(service: StackResource, stack: PricedStack): StackResource | undefined {
  const referred = stack.reference(service, "taskDefinition", TASK_DEFINITION);
  if (referred) return stack.asWritten(referred);
  const text = stringAt(service.properties, "taskDefinition");
  if (typeof text !== "string") return undefined;
  const family = text.split("/").at(-1)?.split(":")[0] ?? text;
  const found = stack.named(service, TASK_DEFINITION, "family", family);
  return found && stack.asWritten(found);
}

function taskMeters(task: StackResource | undefined, count: number, place: Place): Meter[] {
  if (count === 0) return [];
  if (!task) {
    return [
      unpriced(
        "its task definition is not in this stack, so its size cannot be read",
        "taskDefinition",
        place,
      ),
    ];
  }
  const inputs = new Inputs(task.properties, place);
  const vcpus = sizeIn(inputs.numeral("cpu"), "vcpu", UNITS_PER_VCPU);
  const gb = sizeIn(inputs.numeral("memory"), "gb", MB_PER_GB);
  const architecture = inputs.text("runtimePlatform.cpuArchitecture", "X86_64").toLowerCase();
  const system = inputs.text("runtimePlatform.operatingSystemFamily", "LINUX");
  if (inputs.extras.number("ephemeralStorage.sizeInGib", EPHEMERAL_GB_INCLUDED) > EPHEMERAL_GB_INCLUDED) {
    inputs.extras.refuse("task storage above 20 GB has no price in the list", "ephemeralStorage.sizeInGib");
  }
  if (inputs.sound) {
    if (vcpus === undefined) inputs.refuse("cpu is not a size", "cpu");
    if (gb === undefined) inputs.refuse("memory is not a size", "memory");
    if (system !== "LINUX") inputs.refuse(`${system} tasks have no price in the list`, "runtimePlatform");
  }
  const note = "on demand, which is the bound of a spot task";
  const lever = "run fewer or smaller tasks, or start them on failover";
  const tasks = (what: string) => `${countedText(count, "Fargate task")}, ${what} each`;
  return inputs
    .or([
      ...fargate(
        tasks(amountText(vcpus ?? 0, "vCPU")),
        `fargate/vcpu/${architecture}`,
        place,
        (vcpus ?? 0) * count,
      ),
      ...fargate(
        tasks(amountText(gb ?? 0, "GB")),
        `fargate/memory/${architecture}`,
        place,
        (gb ?? 0) * count,
      ),
    ])
    .map((meter) => (meter.kind === "metered" ? { ...meter, note, lever } : meter));
}

/** Hours of so many vCPUs or GB; the item counts the tasks. */
function fargate(item: string, price: string, place: Place, units: number): Meter[] {
  return hourly("", price, place, units).map((meter) => ({ ...meter, item }));
}

/** `256` and `0.25 vCPU`, `512` and `0.5 GB` are the same sizes. */
export function sizeIn(text: string, word: string, units: number): number | undefined {
  const [, amount, named] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const number = Number(amount);
  if (amount === undefined || !Number.isFinite(number) || number <= 0) return undefined;
  if (named === "") return number / units;
  return named?.toLowerCase() === word ? number : undefined;
}

/** A cluster is free; what Container Insights publishes for it is not, requests or none. */
export const ecsClusterMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  for (const setting of inputs.list("settings")) {
    const name = stringAt(setting, "name");
    const value = stringAt(setting, "value");
    if (isUnknown(setting) || isUnknown(name) || isUnknown(value)) inputs.unknown("settings");
    else if (name === "containerInsights" && value !== "disabled") {
      inputs.refuse(
        "Container Insights is charged by the metrics and log lines of every task, with or without requests, so no price is known beforehand",
        "settings",
      );
    }
  }
  return inputs.or([]);
};

/** Managed instances are started out of sight; a provider over an autoscaling group is free. */
export const capacityProviderMeters: Formula = ({ properties }) =>
  isPresent(properties.managedInstancesProvider)
    ? [unpriced("it runs instances that the program does not show", "managedInstancesProvider")]
    : [];

/** The control plane. An old version costs six times as much, unless the cluster is to be upgraded by AWS. */
export const eksClusterMeters: Formula = (cluster, stack) => {
  const place = stack.regionOf(cluster);
  const inputs = new Inputs(cluster.properties, place);
  const version = inputs.numeral("version", "");
  const support = inputs.text("upgradePolicy.supportType", "EXTENDED");
  const { extras } = inputs;
  const tier = extras.text("controlPlaneScalingConfig.tier", "standard");
  if (extras.flag("computeConfig.enabled", false)) {
    extras.refuse("Auto Mode runs instances that the program does not show", "computeConfig.enabled");
  }
  if (tier !== "standard") {
    extras.refuse(`a ${tier} control plane has no price in the list`, "controlPlaneScalingConfig.tier");
  }
  const [, minor] = /^1\.(\d+)$/.exec(version) ?? [];
  if (version !== "" && minor === undefined) inputs.refuse(`${version} is no version`, "version");
  const oldest =
    support === "STANDARD" || minor === undefined
      ? undefined
      : oldestStandardMinor(Number(minor), stack.asOf);
  const extended = oldest !== undefined;
  const item = extended ? `EKS control plane, version ${version} in extended support` : "EKS control plane";
  const lever = extended
    ? `upgrade to 1.${oldest} or newer`
    : "run the tasks on ECS, whose clusters are free";
  const price = extended ? "eks/cluster-extended-support" : "eks/cluster";
  const leaves = extended ? { leaves: { price: "eks/cluster" } } : {};
  return inputs.or(hourly(item, price, place, 1, { lever, ...leaves }));
};

/** App Runner keeps the memory of its smallest number of instances; 1 vCPU and 2 GB is its default. */
export const appRunnerMeters: Formula = (service, stack) => {
  const place = stack.regionOf(service);
  const inputs = new Inputs(service.properties, place);
  const memory = sizeIn(inputs.numeral("instanceConfiguration.memory", "2048"), "gb", MB_PER_GB);
  if (inputs.sound && memory === undefined)
    inputs.refuse("memory is not a size", "instanceConfiguration.memory");
  const count = scalingSize(service, stack, inputs);
  const gb = memory ?? 0;
  const item = `App Runner memory, ${countedText(count, "instance")} of ${amountText(gb, "GB")}`;
  const lever = "set minSize to 1, or pause the service";
  return inputs.or(
    hourly("", "app-runner/memory", place, gb * count, { lever }).map((meter) => ({ ...meter, item })),
  );
};

const APP_RUNNER_SCALING = "aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion";

/** Instances that App Runner keeps: one unless a scaling configuration says more. */
export function scalingSize(service: StackResource, stack: PricedStack, inputs: Inputs): number {
  const property = "autoScalingConfigurationArn";
  if (!isPresent(service.properties[property])) return 1;
  const arn = at(service.properties, property);
  const scaling =
    stack.reference(service, property, APP_RUNNER_SCALING) ??
    (typeof arn === "string" ? stack.named(service, APP_RUNNER_SCALING, "arn", arn) : undefined);
  if (!scaling) {
    inputs.refuse("its scaling configuration is not in this stack", property);
    return 0;
  }
  const { minSize } = scaling.properties;
  const size = isPresent(minSize) ? numberAt(minSize) : 1;
  if (typeof size === "number") return size;
  if (isUnknown(minSize)) inputs.unknown(property);
  else inputs.refuse("the minSize of its scaling configuration is not a number", property);
  return 0;
}
