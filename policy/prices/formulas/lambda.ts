import { HOURS_PER_MONTH } from "../../../model/money";
import { isPresent, listAt, numberAt, stringAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import type { PricedStack } from "../priced-stack";
import { type Formula, unknownInput, unpriced } from "./formula";

export const FUNCTION = "aws:lambda/function:Function";

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

/** Kept-warm instances bill for every second, used or not. */
export const provisionedConcurrencyMeters: Formula = (resource, stack) => {
  const place = stack.regionOf(resource);
  const instances = numberAt(resource.properties, "provisionedConcurrentExecutions");
  if (isUnknown(instances)) return [unknownInput("provisionedConcurrentExecutions", place)];
  if (instances === undefined)
    return [unpriced("provisionedConcurrentExecutions is not set", undefined, place)];
  const target = stack.reference(resource, "functionName", FUNCTION) ?? functionByName(resource, stack);
  if (!target)
    return [
      unpriced("its function is not in this stack, so its memory cannot be read", "functionName", place),
    ];
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
};

function functionByName(resource: StackResource, stack: PricedStack): StackResource | undefined {
  const name = stringAt(resource.properties, "functionName");
  return typeof name === "string" ? stack.named(resource, FUNCTION, "name", name) : undefined;
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
