import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const SERVICE = "aws:ecs/service:Service";
const SET = "aws:ecs/taskSet:TaskSet";
const EKS = "aws:eks/cluster:Cluster";
const RUNNER = "aws:apprunner/service:Service";
const ARN = "arn:aws:ecs:us-west-2:123456789012:task-definition/web:3";

const task = (properties: Properties = {}) =>
  standby(
    "aws:ecs/taskDefinition:TaskDefinition",
    "t",
    { family: "web", arn: ARN, cpu: "256", memory: "512", ...properties },
    { id: "web" },
  );
const fargate = { launchType: "FARGATE", taskDefinition: "web:3", desiredCount: 1 };
/** 0.25 vCPU at 0.04048 and 0.5 GB at 0.004445 an hour. */
const ONE = { "Fargate task, 0.25 vCPU each": 7_387_600, "Fargate task, 0.5 GB each": 1_622_425 };
const TWO = { "2 x Fargate task, 0.25 vCPU each": 14_775_200, "2 x Fargate task, 0.5 GB each": 3_244_850 };
const target = (resourceId: Properties[string], minCapacity: Properties[string]) =>
  standby("aws:appautoscaling/target:Target", "scaling", {
    resourceId,
    minCapacity,
    scalableDimension: "ecs:service:DesiredCount",
  });

const volume = { managedEbsVolume: { sizeInGb: 100, volumeType: "gp3" } };
const ECS_CLUSTER = "aws:ecs/cluster:Cluster";
const insights = (value: PropertyValue): Properties => ({ settings: [{ name: "containerInsights", value }] });
const INSIGHTS = {
  "price settings":
    "Container Insights is charged by the metrics and log lines of every task, with or without requests, so no price is known beforehand",
};

const ECS: readonly Case[] = [
  [
    "a volume of each task on Fargate",
    SERVICE,
    { ...fargate, volumeConfiguration: volume },
    { ...ONE, "volume of a task, 100 GB gp3": 8_000_000 },
    [task()],
  ],
  [
    "a volume of each task on instances",
    SERVICE,
    { ...fargate, launchType: "EC2", desiredCount: 2, volumeConfiguration: volume },
    { "2 x volume of a task, 100 GB gp3": 16_000_000 },
    [task()],
  ],
  [
    "a volume without a size",
    SERVICE,
    { ...fargate, launchType: "EC2", volumeConfiguration: { managedEbsVolume: {} } },
    {
      "price volumeConfiguration.managedEbsVolume.sizeInGb":
        "volumeConfiguration.managedEbsVolume.sizeInGb is not set",
    },
    [task()],
  ],
  ["a cluster", ECS_CLUSTER, {}, {}],
  ["a cluster without insights", ECS_CLUSTER, insights("disabled"), {}],
  ["a cluster with insights", ECS_CLUSTER, insights("enabled"), INSIGHTS],
  ["a cluster with enhanced insights", ECS_CLUSTER, insights("enhanced"), INSIGHTS],
  [
    "a cluster of unknown insights",
    ECS_CLUSTER,
    insights(UNKNOWN),
    { "input settings": "settings is not known yet" },
  ],
  [
    "half of the least of a scaled service's tasks",
    SET,
    { ...fargate, service: "s", scale: { value: 50 } },
    TWO,
    [
      task(),
      standby(SERVICE, "s", { desiredCount: 1, name: "s", cluster: "c" }, { id: "s" }),
      target("service/c/s", 4),
    ],
  ],
  [
    "an unknown provider",
    SERVICE,
    { ...fargate, launchType: undefined, capacityProviderStrategies: [{ capacityProvider: UNKNOWN }] },
    { "input capacityProviderStrategies": "capacityProviderStrategies is not known yet" },
    [task()],
  ],
  [
    "a service that says nothing of a task from elsewhere",
    SERVICE,
    { ...fargate, launchType: undefined },
    { "price taskDefinition": "its task definition is not in this stack, so its size cannot be read" },
  ],
  ["a Fargate service", SERVICE, fargate, ONE, [task()]],
  ["its task by ARN", SERVICE, { ...fargate, taskDefinition: ARN }, ONE, [task()]],
  ["sizes with units", SERVICE, fargate, ONE, [task({ cpu: "0.25 vCPU", memory: "0.5 GB" })]],
  [
    "two tasks with addresses",
    SERVICE,
    { ...fargate, desiredCount: 2, networkConfiguration: { assignPublicIp: true } },
    { ...TWO, "2 public IPv4 addresses": 7_300_000 },
    [task()],
  ],
  [
    "no tasks",
    SERVICE,
    { ...fargate, desiredCount: 0, networkConfiguration: { assignPublicIp: true } },
    {},
    [task()],
  ],
  [
    "the minimum of its scaling",
    SERVICE,
    { ...fargate, name: "s", cluster: "arn:aws:ecs:us-west-2:123456789012:cluster/c" },
    TWO,
    [task(), target("service/c/s", 2)],
  ],
  [
    "the scaling of another",
    SERVICE,
    { ...fargate, name: "s", cluster: "c" },
    ONE,
    [task(), target("service/c/x", 2)],
  ],
  [
    "an unknown minimum",
    SERVICE,
    { ...fargate, name: "s", cluster: "c" },
    {
      "Fargate task, 0.25 vCPU each": 7_387_600,
      "Fargate task, 0.5 GB each": 1_622_425,
      "input minCapacity": "minCapacity is not known yet",
    },
    [task(), target("service/c/s", UNKNOWN)],
  ],
  [
    "an ARM task",
    SERVICE,
    fargate,
    { "Fargate task, 0.25 vCPU each": 5_909_350, "Fargate task, 0.5 GB each": 1_299_400 },
    [task({ runtimePlatform: { cpuArchitecture: "ARM64" } })],
  ],
  [
    "a Windows task",
    SERVICE,
    fargate,
    { "price runtimePlatform": "WINDOWS_SERVER_2022_CORE tasks have no price in the list" },
    [task({ runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } })],
  ],
  ["20 GB of its own storage", SERVICE, fargate, ONE, [task({ ephemeralStorage: { sizeInGib: 20 } })]],
  [
    "21 GB of its own storage",
    SERVICE,
    fargate,
    {
      "Fargate task, 0.25 vCPU each": 7387600,
      "Fargate task, 0.5 GB each": 1622425,
      "price ephemeralStorage.sizeInGib": "task storage above 20 GB has no price in the list",
    },
    [task({ ephemeralStorage: { sizeInGib: 21 } })],
  ],
  ["a task without a size", SERVICE, fargate, { "price cpu": "cpu is not set" }, [task({ cpu: undefined })]],
  [
    "a task of an absurd size",
    SERVICE,
    fargate,
    { "price cpu": "cpu is not a size", "price memory": "memory is not a size" },
    [task({ cpu: "big", memory: "1 vCPU" })],
  ],
  [
    "a task from elsewhere",
    SERVICE,
    fargate,
    { "price taskDefinition": "its task definition is not in this stack, so its size cannot be read" },
  ],
  ["a service on instances", SERVICE, { ...fargate, launchType: "EC2" }, {}, [task()]],
  [
    "a service on managed instances",
    SERVICE,
    { ...fargate, launchType: "MANAGED_INSTANCES" },
    { "price launchType": "managed instances bill a fee that is not in the list" },
    [task()],
  ],
  [
    "a spot service",
    SERVICE,
    { ...fargate, launchType: undefined, capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }] },
    ONE,
    [task()],
  ],
  [
    "a service on a group's provider",
    SERVICE,
    { ...fargate, launchType: undefined, capacityProviderStrategies: [{ capacityProvider: "group" }] },
    {},
    [task()],
  ],
  [
    "a service whose task asks for Fargate",
    SERVICE,
    { ...fargate, launchType: undefined },
    ONE,
    [task({ requiresCompatibilities: ["FARGATE"] })],
  ],
  [
    "a service whose cluster says Fargate",
    SERVICE,
    { ...fargate, launchType: undefined, cluster: "c" },
    ONE,
    [
      task(),
      standby("aws:ecs/cluster:Cluster", "c", {}, { id: "c" }),
      standby("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "p", {
        clusterName: "c",
        defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE" }],
      }),
    ],
  ],
  [
    "an unknown count",
    SERVICE,
    { ...fargate, desiredCount: UNKNOWN },
    { "input desiredCount": "desiredCount is not known yet" },
    [task()],
  ],
  [
    "an unknown launch type",
    SERVICE,
    { ...fargate, launchType: UNKNOWN },
    { "input launchType": "launchType is not known yet" },
    [task()],
  ],
  [
    "half of a service's tasks",
    SET,
    { ...fargate, service: "s", scale: { value: 50 } },
    ONE,
    [task(), standby(SERVICE, "s", { desiredCount: 2 }, { id: "s" })],
  ],
  [
    "a task set of a service from elsewhere",
    SET,
    { ...fargate, service: "s" },
    { "price service": "its service is not in this stack, so its tasks cannot be counted" },
    [task()],
  ],
  [
    "a provider over a group",
    "aws:ecs/capacityProvider:CapacityProvider",
    { autoScalingGroupProvider: {} },
    {},
  ],
  [
    "a provider of managed instances",
    "aws:ecs/capacityProvider:CapacityProvider",
    { managedInstancesProvider: {} },
    { "price managedInstancesProvider": "it runs instances that the program does not show" },
  ],
  [
    "an express service",
    "aws:ecs/expressGatewayService:ExpressGatewayService",
    {},
    { "price ": "it makes Fargate tasks and a load balancer that the program does not show" },
  ],
];

const OTHERS: readonly Case[] = [
  ["a control plane", EKS, {}, { "EKS control plane": 73_000_000 }],
  ["the oldest version in standard support", EKS, { version: "1.34" }, { "EKS control plane": 73_000_000 }],
  [
    "a version in extended support",
    EKS,
    { version: "1.33" },
    { "EKS control plane, version 1.33 in extended support": 438_000_000 },
  ],
  [
    "an old version that AWS upgrades",
    EKS,
    { version: "1.33", upgradePolicy: { supportType: "STANDARD" } },
    { "EKS control plane": 73_000_000 },
  ],
  ["an unknown version", EKS, { version: UNKNOWN }, { "input version": "version is not known yet" }],
  ["an absurd version", EKS, { version: "newest" }, { "price version": "newest is no version" }],
  [
    "Auto Mode",
    EKS,
    { computeConfig: { enabled: true } },
    {
      "EKS control plane": 73000000,
      "price computeConfig.enabled": "Auto Mode runs instances that the program does not show",
    },
  ],
  [
    "a provisioned control plane",
    EKS,
    { controlPlaneScalingConfig: { tier: "tier-xl" } },
    {
      "EKS control plane": 73000000,
      "price controlPlaneScalingConfig.tier": "a tier-xl control plane has no price in the list",
    },
  ],
  ["App Runner by default", RUNNER, {}, { "App Runner memory, instance of 2 GB": 10_220_000 }],
  [
    "App Runner with 512 MB",
    RUNNER,
    { instanceConfiguration: { memory: "512" } },
    { "App Runner memory, instance of 0.5 GB": 2_555_000 },
  ],
  [
    "App Runner with three instances",
    RUNNER,
    { autoScalingConfigurationArn: "arn:scaling" },
    { "App Runner memory, 3 x instance of 2 GB": 30_660_000 },
    [
      standby("aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion", "a", {
        arn: "arn:scaling",
        minSize: 3,
      }),
    ],
  ],
  ...(
    [
      ["that is no number", "abc", "price", "the minSize of its scaling configuration is not a number"],
      ["that is not known yet", UNKNOWN, "input", "autoScalingConfigurationArn is not known yet"],
    ] as const
  ).map(
    ([what, minSize, kind, why]): Case => [
      `App Runner with a minSize ${what}`,
      RUNNER,
      { autoScalingConfigurationArn: "arn:scaling" },
      { [`${kind} autoScalingConfigurationArn`]: why },
      [
        standby("aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion", "a", {
          arn: "arn:scaling",
          minSize,
        }),
      ],
    ],
  ),
  [
    "App Runner with a scaling from elsewhere",
    RUNNER,
    { autoScalingConfigurationArn: "arn:other" },
    { "price autoScalingConfigurationArn": "its scaling configuration is not in this stack" },
  ],
  [
    "App Runner of an absurd memory",
    RUNNER,
    { instanceConfiguration: { memory: "much" } },
    { "price instanceConfiguration.memory": "memory is not a size" },
  ],
];

describe("policy/prices/formulas/containers", () => {
  priceCases([...ECS, ...OTHERS]);

  it("takes an unknown provider for a group where it is one of the stack's own", () => {
    const provider = standby("aws:ecs/capacityProvider:CapacityProvider", "p", {}, { id: UNKNOWN });
    const service = standby(
      SERVICE,
      "one",
      { ...fargate, launchType: undefined, capacityProviderStrategies: [{ capacityProvider: UNKNOWN }] },
      { id: UNKNOWN, from: { capacityProviderStrategies: [provider.urn] } },
    );
    const { lines, unpriced } = costOf([task(), provider, service]);
    assert.deepEqual([lines, unpriced], [[], []]);
  });

  it("joins task and scaling by what they were computed from, before names exist", () => {
    const unborn: StackResource = { ...task(), id: UNKNOWN, properties: { cpu: "256", memory: "512" } };
    const service = standby(
      SERVICE,
      "one",
      { ...fargate, taskDefinition: UNKNOWN },
      { id: UNKNOWN, from: { taskDefinition: [unborn.urn] } },
    );
    const scaled = { ...target(UNKNOWN, 2), propertyDependencies: { resourceId: [service.urn] } };
    const items = (resources: Parameters<typeof costOf>[0]) =>
      costOf(resources).lines.map(({ item }) => item);
    assert.deepEqual(items([unborn, service]), Object.keys(ONE));
    assert.deepEqual(items([unborn, service, scaled]), Object.keys(TWO));
  });
});
