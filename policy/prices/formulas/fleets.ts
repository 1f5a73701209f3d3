import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { attachedVolumes, blockDeviceMeters } from "./ebs";
import { type Formula, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import {
  configurationLaunch,
  instanceTypeOf,
  type Launch,
  launchConfiguration,
  launchTemplate,
  type TemplateReference,
  templateLaunch,
} from "./launch";
import { addressMeters, type Choice, machineHours, monitoringMeters, subnetsMapAddresses } from "./machine";
import { at, numberAt, stringAt } from "./read";
import { stoppedMeters, warmPool } from "./warm-pool";

const PLAIN: TemplateReference = { path: "launchTemplate", id: "id", name: "name" };
const MIXED: TemplateReference = {
  path: "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification",
  id: "launchTemplateId",
  name: "launchTemplateName",
};

/**
 * What an autoscaling group keeps running: the desired capacity, or the minimum where that is not told, and its
 * warm pool. Spot instances count at the price on demand, their bound.
 */
export const autoscalingGroupMeters: Formula = (group, stack) => {
  const { properties } = group;
  const place = stack.regionOf(group);
  const inputs = new Inputs(properties, place);
  const minimum = inputs.number("minSize", 0);
  // Unknown, or owned by whatever scales the group: the minimum is what surely runs.
  const desired = isUnknown(properties.desiredCapacity) ? minimum : inputs.number("desiredCapacity", minimum);
  const running = Math.max(desired, minimum);
  const pool = warmPool(inputs, running);
  if (!inputs.sound) return inputs.or([]);
  const warm = pool.running ? [] : stoppedMeters(groupMeters(group, pool.count, stack));
  return [...groupMeters(group, running + (pool.running ? pool.count : 0), stack), ...warm];
};

function groupMeters(group: StackResource, capacity: number, stack: PricedStack): Meter[] {
  const { properties } = group;
  const place = stack.regionOf(group);
  if (capacity === 0) return [];
  const subnets = groupSubnets(group, stack);
  if (isPresent(properties.mixedInstancesPolicy)) return mixedMeters(group, capacity, subnets, stack);
  const template = isPresent(properties.launchTemplate) ? launchTemplate(group, PLAIN, stack) : undefined;
  const configuration = template ? undefined : launchConfiguration(group, stack);
  const launch = template
    ? templateLaunch(template, place, stack)
    : configuration && configurationLaunch(configuration, place, stack);
  if (!launch) return [missingLaunch(properties, place)];
  return launched(launch, capacity, subnets, place, stack);
}

function groupSubnets(group: StackResource, stack: PricedStack): MaybeUnknown<boolean> {
  return subnetsMapAddresses(group, "vpcZoneIdentifiers", stack);
}

function missingLaunch(properties: StackResource["properties"], place: Place): Meter {
  const path = isPresent(properties.launchTemplate) ? "launchTemplate" : "launchConfiguration";
  return unpriced(
    "its launch template is not in this stack, so its instance type cannot be read",
    path,
    place,
  );
}

function launched(
  launch: Launch,
  count: number,
  subnets: MaybeUnknown<boolean>,
  place: Place,
  stack: PricedStack,
): Meter[] {
  const instanceType = instanceTypeOf(launch, "instanceType", place);
  if (typeof instanceType !== "string") return [instanceType];
  return [...machineHours([{ instanceType, count }], place, stack), ...launch.extras(count, subnets)];
}

function mixedMeters(
  group: StackResource,
  capacity: number,
  subnets: MaybeUnknown<boolean>,
  stack: PricedStack,
): Meter[] {
  const overrides = at(group.properties, "mixedInstancesPolicy", "launchTemplate", "overrides");
  return overriddenMeters(group, MIXED, overrides, capacity, subnets, stack);
}

/** A template with a list of types that may take the place of its own; the dearest of them counts. */
function overriddenMeters(
  resource: StackResource,
  reference: TemplateReference,
  overrides: PropertyValue,
  capacity: number,
  subnets: MaybeUnknown<boolean>,
  stack: PricedStack,
  holder?: PropertyValue,
): Meter[] {
  const place = stack.regionOf(resource);
  const [top = ""] = reference.path.split(".");
  const template = launchTemplate(resource, reference, stack, holder);
  if (!template) {
    return [unpriced("its launch template is not in this stack, so its machines cannot be read", top, place)];
  }
  const launch = templateLaunch(template, place, stack);
  if (isUnknown(overrides)) return [unknownInput(`${top}.overrides`, place)];
  if (!Array.isArray(overrides) || overrides.length === 0) {
    return launched(launch, capacity, subnets, place, stack);
  }
  const choices = choicesOf(overrides, capacity, launch, top, place);
  if (!Array.isArray(choices)) return [choices];
  const most = Math.max(...choices.map(({ count }) => count));
  return [...machineHours(choices, place, stack), ...launch.extras(most, subnets)];
}

/** A type with a weight stands for that many units of the capacity. */
function choicesOf(
  overrides: readonly PropertyValue[],
  capacity: number,
  launch: Launch,
  top: string,
  place: Place,
): Choice[] | Meter {
  const choices: Choice[] = [];
  for (const override of overrides) {
    if (isPresent(at(override, "launchTemplateSpecification"))) {
      const path = `${top}.launchTemplateSpecification`;
      return unpriced("a type starts from a template of its own, whose volumes are not read", path, place);
    }
    if (isPresent(at(override, "instanceRequirements"))) {
      return unpriced(
        "its instance types are chosen by their features",
        `${top}.instanceRequirements`,
        place,
      );
    }
    const own = stringAt(override, "instanceType");
    const instanceType = own === undefined ? instanceTypeOf(launch, "instanceType", place) : own;
    if (isUnknown(instanceType)) return unknownInput(`${top}.instanceType`, place);
    if (typeof instanceType !== "string") return instanceType;
    const weight = numberAt(override, "weightedCapacity") ?? 1;
    if (isUnknown(weight)) return unknownInput(`${top}.weightedCapacity`, place);
    if (weight <= 0) return unpriced("a weight is not above 0", `${top}.weightedCapacity`, place);
    choices.push({ instanceType, count: Math.ceil(capacity / weight) });
  }
  return choices;
}

const FLEET_PATH = "launchTemplateConfigs";

/** A fleet keeps its target where it maintains it; a request that is filled once bills the same until it ends. */
export const ec2FleetMeters: Formula = (fleet, stack) => {
  const place = stack.regionOf(fleet);
  const inputs = new Inputs(fleet.properties, place);
  const capacity = inputs.number("targetCapacitySpecification.totalTargetCapacity");
  const configs = inputs.list("launchTemplateConfigs");
  const [config] = configs;
  if (inputs.sound && configs.length !== 1) {
    inputs.refuse("it starts from several launch templates", "launchTemplateConfigs");
  }
  return inputs.or(capacity > 0 ? fleetMeters(fleet, config, capacity, stack) : []);
};

function fleetMeters(
  fleet: StackResource,
  config: PropertyValue,
  capacity: number,
  stack: PricedStack,
): Meter[] {
  if (isUnknown(config)) return [unknownInput(FLEET_PATH, stack.regionOf(fleet))];
  const specification = at(config, "launchTemplateSpecification");
  const reference = { path: FLEET_PATH, id: "launchTemplateId", name: "launchTemplateName" };
  // The template's own network settings decide; a fleet's subnets may give addresses.
  return overriddenMeters(fleet, reference, at(config, "overrides"), capacity, true, stack, specification);
}

/** Spot prices move; the price on demand is their bound. */
export const spotFleetMeters: Formula = (fleet, stack) => {
  const place = stack.regionOf(fleet);
  const inputs = new Inputs(fleet.properties, place);
  const capacity = inputs.number("targetCapacity");
  const specifications = inputs.list("launchSpecifications");
  const configs = inputs.list("launchTemplateConfigs");
  if (!inputs.sound || capacity === 0) return inputs.or([]);
  if (configs.length + specifications.length !== 1) {
    return [unpriced("it starts from several specifications", "launchSpecifications", place)];
  }
  const [specification] = specifications;
  return specification === undefined
    ? fleetMeters(fleet, configs[0], capacity, stack)
    : specifiedMeters(fleet, specification, capacity, stack);
};

function specifiedMeters(
  fleet: StackResource,
  specification: PropertyValue,
  capacity: number,
  stack: PricedStack,
): Meter[] {
  const place = stack.regionOf(fleet);
  const inputs = new Inputs(specification, place, "launchSpecifications[0].");
  const instanceType = inputs.text("instanceType");
  const weight = inputs.number("weightedCapacity", 1);
  const monitoring = inputs.flag("monitoring", false);
  const address = inputs.flag("associatePublicIpAddress", true);
  const roots = inputs.list("rootBlockDevices");
  if (inputs.sound && weight <= 0) inputs.refuse("a weight is not above 0", "weightedCapacity");
  const count = Math.ceil(capacity / Math.max(weight, Number.MIN_VALUE));
  if (!inputs.sound) return inputs.or([]);
  return [
    ...machineHours([{ instanceType, count }], place, stack),
    ...blockDeviceMeters(roots[0] ?? {}, {
      place,
      path: "launchSpecifications[0].rootBlockDevices[0].",
      what: "root volume",
      typeProperty: "volumeType",
      sizeProperty: "volumeSize",
      assumedGb: stack.assumptions.rootVolumeGb,
      count,
    }),
    ...attachedVolumes(specification, place, count),
    ...monitoringMeters(monitoring, "launchSpecifications[0].monitoring", place, count),
    ...addressMeters(address, "launchSpecifications[0].associatePublicIpAddress", place, count),
  ];
}

/** EKS starts t3.medium with 20 GB where a node group says nothing. */
const NODE_TYPE = "t3.medium";
const NODE_DISK_GB = 20;

/** A node group is an autoscaling group: the desired size, or the minimum where that is not told. */
export const nodeGroupMeters: Formula = (group, stack) => {
  const { properties } = group;
  const place = stack.regionOf(group);
  const inputs = new Inputs(properties, place);
  const minimum = inputs.number("scalingConfig.minSize", 0);
  const size = at(properties, "scalingConfig", "desiredSize");
  const desired = isUnknown(size) ? minimum : inputs.number("scalingConfig.desiredSize", minimum);
  const count = Math.max(desired, minimum);
  const types = inputs.list("instanceTypes");
  const diskGb = inputs.number("diskSize", NODE_DISK_GB);
  const image = inputs.text("amiType", "AL2023_x86_64_STANDARD");
  if (image.startsWith("WINDOWS")) inputs.refuse(`${image} has no price in the list`, "amiType");
  if (!inputs.sound || count === 0) return inputs.or([]);
  if (types.some((type) => typeof type !== "string")) {
    return [
      types.some(isUnknown)
        ? unknownInput("instanceTypes", place)
        : unpriced("a type is not text", "instanceTypes", place),
    ];
  }
  const subnets = subnetsMapAddresses(group, "subnetIds", stack);
  const template = isPresent(properties.launchTemplate) ? launchTemplate(group, PLAIN, stack) : undefined;
  if (isPresent(properties.launchTemplate) && !template) return [missingLaunch(properties, place)];
  const launch = template && templateLaunch(template, place, stack);
  const own = launch?.instanceType;
  if (isUnknown(own) && types.length === 0) return [unknownInput("instanceTypes", place)];
  const chosen = types.length > 0 ? (types as string[]) : [typeof own === "string" && own ? own : NODE_TYPE];
  const hours = machineHours(
    chosen.map((instanceType) => ({ instanceType, count })),
    place,
    stack,
  );
  if (launch) return [...hours, ...launch.extras(count, subnets)];
  const disk = blockDeviceMeters(
    { volumeSize: diskGb },
    { place, path: "", what: "node disk", typeProperty: "volumeType", sizeProperty: "volumeSize", count },
  );
  return [...hours, ...disk, ...addressMeters(subnets, "subnetIds", place, count)];
};

/** GameLift keeps at least the minimum of its servers; each runs one of the types that the group lists. */
export const gameServerGroupMeters: Formula = (group, stack) => {
  const place = stack.regionOf(group);
  const inputs = new Inputs(group.properties, place);
  const count = inputs.number("minSize");
  const definitions = inputs.list("instanceDefinitions");
  if (!inputs.sound || count === 0) return inputs.or([]);
  const template = launchTemplate(group, PLAIN, stack);
  if (!template) return [missingLaunch(group.properties, place)];
  const launch = templateLaunch(template, place, stack);
  const choices = choicesOf(definitions, count, launch, "instanceDefinitions", place);
  if (!Array.isArray(choices)) return [choices];
  const subnets = isPresent(group.properties.vpcSubnets)
    ? subnetsMapAddresses(group, "vpcSubnets", stack)
    : true;
  return [...machineHours(choices, place, stack), ...launch.extras(count, subnets)];
};
