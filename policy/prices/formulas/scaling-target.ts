import { isJoinedDimension, scaledIndex, scaledResource } from "../../../model/scaling-join";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { auroraInstanceMeters, clusterInstances } from "./clusters";
import { countedText, type Formula, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { CONCURRENCY, CONCURRENCY_DIMENSION, scalesConcurrency, warmFunction, warmMeters } from "./lambda";
import { listAt, stringAt } from "./read";

const GLOBAL_INDEX = "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex";

/**
 * Scaling is free, what its minimum keeps running is not. Most of it is counted where it runs; Aurora's readers and
 * concurrency without a configuration are in no other resource, so they are counted here.
 */
export const scalingTargetMeters: Formula = (target, stack) => {
  const place = stack.regionOf(target);
  const inputs = new Inputs(target.properties, place);
  const dimension = inputs.text("scalableDimension");
  const minimum = inputs.number("minCapacity");
  if (!inputs.sound || minimum <= 0) return inputs.or([]);
  if (!isJoinedDimension(dimension)) {
    const why = `it keeps at least ${minimum} of ${dimension}, which has no price in the list`;
    return [unpriced(why, "scalableDimension", place)];
  }
  const scaled = scaledResource(target, stack.joins);
  // What another stack pays for is not priced, so its minimum would be counted nowhere.
  if (!scaled || scaled.external) return notJoined(target, dimension, minimum, stack);
  if (dimension === "rds:cluster:ReadReplicaCount") return readerMeters(target, scaled, minimum, stack);
  if (dimension === CONCURRENCY_DIMENSION) return concurrencyMeters(target, scaled, minimum, stack);
  if (dimension.startsWith("dynamodb:index:") && !hasIndex(target, scaled, stack)) {
    return [unpriced("its index is not in this stack, so its capacity cannot be read", "resourceId", place)];
  }
  return [];
};

function notJoined(target: StackResource, dimension: string, minimum: number, stack: PricedStack): Meter[] {
  const place = stack.regionOf(target);
  const id = stringAt(target.properties, "resourceId");
  if (isUnknown(id)) return [unknownInput("resourceId", place)];
  const why = `it keeps at least ${minimum} of ${dimension}, and ${id ?? "what it scales"} is not in this stack`;
  return [unpriced(why, "resourceId", place)];
}

/** An index of the table itself or one declared apart; one that is not known yet counts for all of them. */
function hasIndex(target: StackResource, table: StackResource, stack: PricedStack): boolean {
  const wanted = scaledIndex(target);
  const inline = listAt(table.properties, "globalSecondaryIndexes") ?? [];
  if (isUnknown(inline)) return true;
  const name = stringAt(table.properties, "name");
  const byText = typeof name === "string" ? stack.withText(GLOBAL_INDEX, "tableName", name) : [];
  const separate = [...stack.referring(table, "tableName", GLOBAL_INDEX), ...byText];
  const names = [
    ...inline.map((one) => stringAt(one, "name")),
    ...separate.map(({ properties }) => stringAt(properties, "indexName")),
  ];
  return wanted === undefined ? names.length > 0 : names.some((one) => isUnknown(one) || one === wanted);
}

/** A configuration of the same alias counts the minimum itself. */
function concurrencyMeters(
  target: StackResource,
  scaled: StackResource,
  minimum: number,
  stack: PricedStack,
): Meter[] {
  const byFunction = stack.joins.grouped("concurrency by function", CONCURRENCY, (config) => {
    const warm = warmFunction(config, stack);
    return warm ? [warm.urn] : [];
  });
  const configured = (byFunction.get(scaled.urn) ?? []).some((config) => scalesConcurrency(target, config));
  return configured ? [] : warmMeters(scaled, minimum, stack.regionOf(target), stack);
}

/**
 * Readers that scaling adds to those of the stack; they have the class of the writer (Aurora user guide, "Amazon
 * Aurora Auto Scaling with Aurora Replicas"), which is only told where all instances have the same.
 */
function readerMeters(
  target: StackResource,
  cluster: StackResource,
  minimum: number,
  stack: PricedStack,
): Meter[] {
  const place = stack.regionOf(target);
  const instances = clusterInstances(cluster, stack);
  const classes = new Set(instances.map(({ properties }) => properties.instanceClass));
  const [writer] = instances;
  if (!writer || classes.size !== 1) {
    const why = `it keeps at least ${minimum} readers, whose class the instances of its cluster do not tell`;
    return [unpriced(why, "resourceId", place)];
  }
  const added = minimum - (instances.length - 1);
  if (added <= 0) return [];
  return auroraInstanceMeters(stack.asWritten(writer), stack).map((meter) =>
    meter.kind === "metered"
      ? {
          ...meter,
          item: `${countedText(added, meter.item)}, added by scaling`,
          quantity: meter.quantity * added,
          lever: "lower minCapacity",
          leaves: "untold",
        }
      : meter,
  );
}
