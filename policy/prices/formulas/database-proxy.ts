import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { PricedStack } from "../priced-stack";
import { clusterInstances } from "./clusters";
import { DATABASE } from "./database-snapshots";
import { type Formula, hourly } from "./formula";
import { Inputs } from "./inputs";
import { stringAt } from "./read";
import { vcpusOf } from "./vcpu";

const PROXY_TARGET = "aws:rds/proxyTarget:ProxyTarget";
const CLUSTER = "aws:rds/cluster:Cluster";
const SERVERLESS_CLASS = "db.serverless";
const SERVERLESS =
  "in front of a serverless database it bills by capacity units, whose price is not in the list";
/** Of each instance behind it RDS Proxy bills the vCPUs, two at least (Amazon RDS Proxy pricing). */
const VCPUS_MIN = 2;
/** A Multi-AZ cluster has a writer and two readers (Amazon RDS user guide, "Multi-AZ DB cluster deployments"). */
const MULTI_AZ_INSTANCES = 3;

/** By the vCPUs of the instances that it leads to; of a cluster all count, which is the bound. */
export const proxyMeters: Formula = (proxy, stack) => {
  const inputs = new Inputs(proxy.properties, stack.regionOf(proxy));
  const targets = targetsOf(proxy, stack);
  if (targets.length === 0) inputs.refuse("its target is not in this stack, so its vCPUs cannot be counted");
  const vcpus = targets.reduce((sum, target) => sum + vcpusBehind(target, inputs, stack), 0);
  return inputs.or(
    hourly("", "rds/proxy-vcpu", inputs.place, vcpus).map((meter) => ({
      ...meter,
      item: `database proxy, ${vcpus} vCPU`,
    })),
  );
};

function targetsOf(proxy: StackResource, stack: PricedStack): readonly StackResource[] {
  const name = stringAt(proxy.properties, "name");
  const named = typeof name === "string" ? stack.withText(PROXY_TARGET, "dbProxyName", name) : [];
  const beside = named.filter((target) => stack.regionOf(target) === stack.regionOf(proxy));
  return [...new Set([...stack.referring(proxy, "dbProxyName", PROXY_TARGET), ...beside])];
}

/** A target is one instance or one cluster, each by its identifier. */
function vcpusBehind(target: StackResource, inputs: Inputs, stack: PricedStack): number {
  const { properties } = stack.asWritten(target);
  const isCluster = isPresent(properties.dbClusterIdentifier) && properties.dbClusterIdentifier !== "";
  const path = isCluster ? "dbClusterIdentifier" : "dbInstanceIdentifier";
  const found = isCluster
    ? targeted(target, path, CLUSTER, "clusterIdentifier", stack)
    : targeted(target, path, DATABASE, "identifier", stack);
  if (!found) {
    if (isUnknown(properties[path])) inputs.unknown(path);
    else inputs.refuse("its target's database is not in this stack, so its vCPUs cannot be counted", path);
    return 0;
  }
  return isCluster ? clusterVcpus(found, inputs, stack) : classVcpus(found, "instanceClass", inputs, stack);
}

function targeted(
  target: StackResource,
  path: string,
  type: string,
  identifier: string,
  stack: PricedStack,
): StackResource | undefined {
  const text = stringAt(target.properties, path);
  const found = stack.reference(target, path, type);
  return found ?? (typeof text === "string" ? stack.named(target, type, identifier, text) : undefined);
}

function clusterVcpus(cluster: StackResource, inputs: Inputs, stack: PricedStack): number {
  const path = "dbClusterInstanceClass";
  const memberClass = stack.asWritten(cluster).properties[path];
  if (isPresent(memberClass) && memberClass !== "") {
    return MULTI_AZ_INSTANCES * classVcpus(cluster, path, inputs, stack);
  }
  const instances = clusterInstances(cluster, stack);
  if (instances.length === 0) {
    inputs.refuse(
      "its cluster has no instance in this stack, so its vCPUs cannot be counted",
      "clusterIdentifier",
    );
  }
  return instances.reduce((sum, one) => sum + classVcpus(one, "instanceClass", inputs, stack), 0);
}

/** What is missing is told as the property of the instance or cluster that lacks it. */
function classVcpus(holder: StackResource, path: string, inputs: Inputs, stack: PricedStack): number {
  const instanceClass = stringAt(stack.asWritten(holder).properties, path);
  if (isUnknown(instanceClass)) {
    inputs.unknown(path);
    return 0;
  }
  const vcpus = vcpusOf(instanceClass ?? "");
  if (!instanceClass) inputs.refuse(`the ${path} of its target is not set`, path);
  else if (instanceClass === SERVERLESS_CLASS) inputs.refuse(SERVERLESS, path);
  else if (vcpus === undefined) inputs.refuse(`the vCPUs of ${instanceClass} are not known`, path);
  return Math.max(VCPUS_MIN, vcpus ?? 0);
}
