import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import type { PricedStack } from "../priced-stack";
import { unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { stringAt } from "./read";

const CLUSTER = "aws:ecs/cluster:Cluster";
const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";

/** Where tasks run: on Fargate they bill themselves, on EC2 their instances do; else why nobody can tell. */
export type Placement = "fargate" | "ec2" | readonly Meter[];

/**
 * The launch type decides, then the strategies of the service or task set, then its cluster's default.
 * @param task its task definition, undefined where the stack does not hold it.
 */
export function placementOf(
  service: StackResource,
  task: StackResource | undefined,
  stack: PricedStack,
): Placement {
  const place = stack.regionOf(service);
  const inputs = new Inputs(service.properties, place);
  const launchType = inputs.text("launchType", "");
  const strategies = inputs.list("capacityProviderStrategies");
  if (!inputs.sound) return inputs.or([]);
  switch (launchType) {
    case "FARGATE":
      return "fargate";
    case "EC2":
      return "ec2";
    case "MANAGED_INSTANCES":
      return [unpriced("managed instances bill a fee that is not in the list", "launchType", place)];
    case "":
      break;
    default:
      return [unpriced(`tasks of launch type ${launchType} have no price in the list`, "launchType", place)];
  }
  if (strategies.length > 0) {
    return strategyPlacement(service, strategies, "capacityProviderStrategies", place, stack);
  }
  return defaultPlacement(service, task, stack);
}

/** Any name but Fargate's is a group, which bills by itself. */
function strategyPlacement(
  holder: StackResource,
  strategies: readonly PropertyValue[],
  path: string,
  place: Place,
  stack: PricedStack,
): Placement {
  const names = strategies.map((strategy) => stringAt(strategy, "capacityProvider"));
  if (names.some((name) => typeof name === "string" && name.startsWith("FARGATE"))) return "fargate";
  // A provider that is not known yet may be Fargate, unless it is one of the stack's own.
  if (names.some(isUnknown) && stack.sourcesOf(holder, path, CAPACITY_PROVIDER).length === 0) {
    return [unknownInput(path, place)];
  }
  if (names.includes(undefined)) return [unpriced("a strategy names no capacity provider", path, place)];
  return "ec2";
}

/**
 * Where the service says nothing, its cluster's default decides; a task that asks for Fargate runs there, and one
 * that cannot be read may.
 */
function defaultPlacement(
  service: StackResource,
  task: StackResource | undefined,
  stack: PricedStack,
): Placement {
  if (!task) return "fargate";
  const place = stack.regionOf(service);
  const inputs = new Inputs(task.properties, place);
  const wanted = inputs.list("requiresCompatibilities");
  if (wanted.includes("FARGATE")) return "fargate";
  if (wanted.some(isUnknown)) inputs.unknown("requiresCompatibilities");
  if (!inputs.sound) return inputs.or([]);
  const cluster = clusterOf(service, stack);
  if (cluster) return clusterPlacement(cluster, stack);
  if (isUnknown(service.properties.cluster)) return [unknownInput("cluster", place)];
  if (wanted.length > 0) return "ec2";
  const why = "its cluster is not in this stack, so nothing tells whether its tasks run on Fargate";
  return [unpriced(`${why}; set launchType`, "cluster", place)];
}

/** By id or ARN, or by its name, which is the ARN's last part. */
function clusterOf(service: StackResource, stack: PricedStack): StackResource | undefined {
  const referred = stack.reference(service, "cluster", CLUSTER);
  if (referred) return referred;
  const text = stringAt(service.properties, "cluster");
  return typeof text === "string" && text !== ""
    ? stack.named(service, CLUSTER, "name", text.split("/").at(-1) ?? text)
    : undefined;
}

/** The defaults are a resource of their own, joined by the cluster's name. */
function clusterPlacement(cluster: StackResource, stack: PricedStack): Placement {
  const place = stack.regionOf(cluster);
  const path = "defaultCapacityProviderStrategies";
  const name = stringAt(cluster.properties, "name");
  const named =
    typeof name === "string" && name !== "" ? stack.withText(CLUSTER_PROVIDERS, "clusterName", name) : [];
  const holders = new Set([...named, ...stack.referring(cluster, "clusterName", CLUSTER_PROVIDERS)]);
  const undecided: Meter[] = [];
  for (const holder of holders) {
    const inputs = new Inputs(holder.properties, place);
    const found = strategyPlacement(holder, inputs.list(path), path, place, stack);
    if (found === "fargate") return found;
    if (found !== "ec2") undecided.push(...found);
    undecided.push(...inputs.or([]));
  }
  const homeless = homelessProviders(stack).has(String(place));
  if (homeless && holders.size === 0) undecided.push(unknownInput("clusterName", place));
  return undecided.length > 0 ? undecided : "ec2";
}

/** Regions with defaults whose cluster cannot be told yet, which may be any cluster's there. */
function homelessProviders(stack: PricedStack): ReadonlyMap<string, unknown> {
  return stack.joins.grouped("homeless capacity providers by region", CLUSTER_PROVIDERS, (one) => {
    const isHomeless =
      isUnknown(stringAt(one.properties, "clusterName")) &&
      stack.sourcesOf(one, "clusterName", CLUSTER).length === 0;
    return isHomeless ? [String(stack.regionOf(one))] : [];
  });
}
