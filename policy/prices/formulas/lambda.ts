import { functionsNamed } from "../../../model/functions-behind";
import { HOURS_PER_MONTH } from "../../../model/money";
import { isPresent } from "../../../model/property";
import { scalingTargets } from "../../../model/scaling-join";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { type Formula, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { listAt, numberAt, stringAt } from "./read";
import { scalingMinimum } from "./scaling";

const ALIAS = "aws:lambda/alias:Alias";
export const CONCURRENCY = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
export const CONCURRENCY_DIMENSION = "lambda:function:ProvisionedConcurrency";

const MB_PER_GB = 1024;
const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** A function bills per request, except for a kept snapshot and for instances of its own. */
export const functionMeters: Formula = ({ properties }) => {
  const snapStart = stringAt(properties, "snapStart", "applyOn");
  if (isUnknown(snapStart)) return [unknownInput("snapStart.applyOn")];
  const runtime = stringAt(properties, "runtime");
  // A snapshot is cached at a price except for Java (Lambda pricing).
  if (snapStart === "PublishedVersions" && (typeof runtime !== "string" || !runtime.startsWith("java"))) {
    return [unpriced("SnapStart keeps a snapshot at a price that is not in the list", "snapStart.applyOn")];
  }
  if (isPresent(properties.capacityProviderConfig)) {
    return [unpriced("it runs on instances of a capacity provider", "capacityProviderConfig")];
  }
  return [];
};

export const eventSourceMappingMeters: Formula = ({ properties }) =>
  isPresent(properties.provisionedPollerConfig)
    ? [
        unpriced(
          "provisioned pollers bill by the hour at a price that is not in the list",
          "provisionedPollerConfig",
        ),
      ]
    : [];

/** Kept-warm instances bill for every second, used or not; scaling never keeps fewer than its minimum. */
export const provisionedConcurrencyMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const inputs = new Inputs(resource.properties, place);
  const instances = inputs.number("provisionedConcurrentExecutions");
  if (!inputs.sound) return inputs.or([]);
  const target = warmFunction(resource, stack);
  if (!target)
    return [
      unpriced("its function is not in this stack, so its memory cannot be read", "functionName", place),
    ];
  const scaling = scalingTargets(target, CONCURRENCY_DIMENSION, stack.joins);
  const minimum = scalingMinimum(
    scaling.filter((one) => scalesConcurrency(one, resource)),
    stack,
  );
  // What scaling adds to the configured instances is not told then; those bill all the same.
  if (typeof minimum !== "number") return [...warmMeters(target, instances, place, stack), minimum];
  return warmMeters(target, Math.max(instances, minimum), place, stack);
};

/** The function that a configuration keeps warm, by its name or its ARN. */
export function warmFunction(config: StackResource, stack: PricedStack): StackResource | undefined {
  const [urn, ...others] = functionsNamed(config, "functionName", stack.joins).functions;
  return urn !== undefined && others.length === 0 ? stack.byUrn.get(urn) : undefined;
}

/** Whether a target scales the alias of this configuration: by its name, else by what both were computed from. */
export function scalesConcurrency(target: StackResource, config: StackResource): boolean {
  const sources = target.propertyDependencies.resourceId ?? [];
  if (sources.includes(config.urn)) return true;
  const id = stringAt(target.properties, "resourceId");
  const qualifier = stringAt(config.properties, "qualifier");
  if (typeof id === "string" && typeof qualifier === "string") return id.split(":").at(-1) === qualifier;
  const ofConfig = config.propertyDependencies.qualifier ?? [];
  return ofConfig.some((urn) => urn.includes(`${ALIAS}::`) && sources.includes(urn));
}

/** Instances of a function that are kept warm all month. */
export function warmMeters(
  target: StackResource,
  instances: number,
  place: Place,
  stack: PricedStack,
): Meter[] {
  const inputs = new Inputs(stack.asWritten(target).properties, place);
  inputs.check("memorySize", "number");
  if (!inputs.sound) return inputs.or([]);
  const shape = functionShape(stack.asWritten(target));
  if (isUnknown(shape.memoryMb)) return [unknownInput("memorySize", place)];
  if (isUnknown(shape.architecture)) return [unknownInput("architectures", place)];
  return [
    {
      kind: "metered",
      item: `provisioned concurrency, ${instances} x ${shape.memoryMb} MB`,
      price: `lambda/provisioned-concurrency/${shape.architecture}`,
      place,
      quantity: (instances * shape.memoryMb * SECONDS_PER_MONTH) / MB_PER_GB,
      lever: "do without provisioned concurrency, which costs a cold start",
    },
  ];
}

/** Memory and architecture with Lambda's defaults: 128 MB, x86_64. */
export function functionShape({ properties }: StackResource): {
  memoryMb: MaybeUnknown<number>;
  architecture: MaybeUnknown<string>;
} {
  const architectures = listAt(properties, "architectures");
  return {
    memoryMb: numberAt(properties, "memorySize") ?? 128,
    architecture: isUnknown(architectures) ? architectures : (stringAt(architectures, 0) ?? "x86_64"),
  };
}

/** GB-seconds of `calls` that take `milliseconds` each. */
export function gbSeconds(memoryMb: number, calls: number, milliseconds: number): number {
  return (memoryMb / MB_PER_GB) * calls * (milliseconds / 1000);
}
