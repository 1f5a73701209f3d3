import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const SERVICE = "aws:ecs/service:Service";
const ECS_CLUSTER = "aws:ecs/cluster:Cluster";
const fargate = { launchType: "FARGATE", taskDefinition: "web:3", desiredCount: 1 };
const task = (properties: Properties = {}) =>
  standby("aws:ecs/taskDefinition:TaskDefinition", "t", {
    family: "web",
    cpu: "256",
    memory: "512",
    ...properties,
  });
/** 0.25 vCPU at 0.04048 and 0.5 GB at 0.004445 an hour. */
const ONE = { "Fargate task, 0.25 vCPU each": 7_387_600, "Fargate task, 0.5 GB each": 1_622_425 };
const plain = { ...fargate, launchType: undefined };
const inCluster = { ...plain, cluster: "c" };
const FOREIGN = {
  "price cluster":
    "its cluster is not in this stack, so nothing tells whether its tasks run on Fargate; set launchType",
};
const cluster = (id = "c") => standby(ECS_CLUSTER, "c", { name: "c" }, { id });
const defaults = (clusterName: PropertyValue, providers: PropertyValue) =>
  standby("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "p", {
    clusterName,
    defaultCapacityProviderStrategies: Array.isArray(providers)
      ? providers.map((capacityProvider) => ({ capacityProvider }))
      : providers,
  });

const PLACED: readonly Case[] = [
  ["a service that says nothing", SERVICE, plain, FOREIGN, [task()]],
  ["a service in a cluster from elsewhere", SERVICE, { ...plain, cluster: "other" }, FOREIGN, [task()]],
  ["none of its tasks", SERVICE, { ...plain, desiredCount: 0 }, {}, [task()]],
  ["a task for instances", SERVICE, plain, {}, [task({ requiresCompatibilities: ["EC2"] })]],
  [
    "a task for what is unknown",
    SERVICE,
    plain,
    { "input requiresCompatibilities": "requiresCompatibilities is not known yet" },
    [task({ requiresCompatibilities: ["EC2", UNKNOWN] })],
  ],
  [
    "a service in an unknown cluster",
    SERVICE,
    { ...plain, cluster: UNKNOWN },
    { "input cluster": "cluster is not known yet" },
    [task()],
  ],
  [
    "a service on machines of one's own",
    SERVICE,
    { ...fargate, launchType: "EXTERNAL" },
    { "price launchType": "tasks of launch type EXTERNAL have no price in the list" },
    [task()],
  ],
  [
    "a strategy without a provider",
    SERVICE,
    { ...plain, capacityProviderStrategies: [{}] },
    { "price capacityProviderStrategies": "a strategy names no capacity provider" },
    [task()],
  ],
  ["a cluster without defaults", SERVICE, inCluster, {}, [task(), cluster()]],
  ["a cluster of a group", SERVICE, inCluster, {}, [task(), cluster(), defaults("c", ["group"])]],
  [
    "a cluster by its ARN and its defaults by name",
    SERVICE,
    { ...plain, cluster: "arn:aws:ecs:us-west-2:123456789012:cluster/c" },
    ONE,
    [task(), cluster("arn:aws:ecs:us-west-2:123456789012:cluster/c"), defaults("c", ["FARGATE"])],
  ],
  [
    "a cluster of unknown defaults",
    SERVICE,
    inCluster,
    {
      "input defaultCapacityProviderStrategies": "defaultCapacityProviderStrategies is not known yet",
    },
    [task(), cluster(), defaults("c", UNKNOWN)],
  ],
  [
    "a cluster of an unknown default",
    SERVICE,
    inCluster,
    {
      "input defaultCapacityProviderStrategies": "defaultCapacityProviderStrategies is not known yet",
    },
    [task(), cluster(), defaults("c", ["group", UNKNOWN])],
  ],
  [
    "defaults of an unknown cluster",
    SERVICE,
    inCluster,
    { "input clusterName": "clusterName is not known yet" },
    [task(), cluster(), defaults(UNKNOWN, ["FARGATE"])],
  ],
];

describe("policy/prices/formulas/task-placement", () => {
  priceCases(PLACED);
});
