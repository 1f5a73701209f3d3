import { at, isPresent, numberAt, stringAt } from "../../../model/property";
import { SERVICE_COUNT_DIMENSION, scalingTargets } from "../../../model/scaling-join";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { type Readiness, type ReadinessCheck, readinessByCount } from "./readiness";

const INSTANCE = "aws:ec2/instance:Instance";
const INSTANCE_STATE = "aws:ec2transitgateway/instanceState:InstanceState";
const BILLED = "it then bills by the hour, which standby-idle-cost counts";

/** Zero reserved concurrency refuses every call (Lambda developer guide, reserved concurrency). */
const functionReadiness: ReadinessCheck = ({ properties }) => {
  const path = "reservedConcurrentExecutions";
  const reserved = numberAt(properties, path);
  if (isUnknown(reserved)) return { kind: "unknown", path };
  if (reserved !== 0) return { kind: "ready", path, how: "it may run" };
  return {
    kind: "away",
    path,
    what: `has ${path} 0, so every call is throttled`,
    allowed: "-1 (none reserved), or 1 or more",
    lever: `leave ${path} out (free)`,
  };
};

/** A group without a desired capacity starts at its minimum (provider documentation, Group). */
const scalingGroupReadiness: ReadinessCheck = ({ properties }) => {
  const max = readinessByCount("maxSize", properties.maxSize, "instance", BILLED);
  if (max.kind !== "ready") return max;
  const { desiredCapacity, minSize } = properties;
  return isPresent(desiredCapacity)
    ? readinessByCount("desiredCapacity", desiredCapacity, "instance", BILLED)
    : readinessByCount("minSize", minSize, "instance", BILLED);
};

/** A service keeps as many tasks as it is told, none by default; scaling never goes below its own minimum. */
const serviceReadiness: ReadinessCheck = (service, joins) => {
  const strategy = stringAt(service.properties, "schedulingStrategy");
  if (isUnknown(strategy)) return { kind: "unknown", path: "schedulingStrategy" };
  if (strategy === "DAEMON") {
    return {
      kind: "ready",
      path: "schedulingStrategy",
      how: "it runs one task on each instance of its cluster",
    };
  }
  const count = readinessByCount("desiredCount", service.properties.desiredCount, "task", BILLED);
  if (count.kind === "ready") return count;
  const minima = scalingTargets(service, SERVICE_COUNT_DIMENSION, joins).map(({ properties }) =>
    numberAt(properties, "minCapacity"),
  );
  const minimum = minima.find((found) => typeof found === "number" && found > 0);
  if (minimum !== undefined) {
    return { kind: "ready", path: "desiredCount", how: `its scaling keeps ${String(minimum)} or more` };
  }
  return minima.some(isUnknown) ? { kind: "unknown", path: "desiredCount" } : count;
};

/** A node group's desired size is what it starts with; where the program leaves it out, its minimum. */
const nodeGroupReadiness: ReadinessCheck = ({ properties }) => {
  const size = (name: string) => at(properties, "scalingConfig", name);
  const name = isPresent(size("desiredSize")) ? "desiredSize" : "minSize";
  return readinessByCount(`scalingConfig.${name}`, size(name), "node", BILLED);
};

/** A fleet keeps as many units of capacity as its target says. */
const fleetReadiness: ReadinessCheck = ({ properties }) => {
  const name = "totalTargetCapacity";
  const target = at(properties, "targetCapacitySpecification", name);
  return readinessByCount(`targetCapacitySpecification.${name}`, target, "instance", BILLED);
};

const STOPPED_STATES: readonly unknown[] = ["stopped", "stopping", "shutting-down", "terminated"];

/** What the stack demands of the instance counts before the state it was last seen in. */
const instanceReadiness: ReadinessCheck = (instance, joins) => {
  const [demand] = joins.referring(instance, "instanceId", INSTANCE_STATE);
  return demand
    ? stateReadiness("state", stringAt(demand.properties, "state"), " by an InstanceState")
    : stateReadiness("instanceState", stringAt(instance.properties, "instanceState"), "");
};

function stateReadiness(path: string, state: MaybeUnknown<string> | undefined, by: string): Readiness {
  if (isUnknown(state)) return { kind: "unknown", path };
  if (!STOPPED_STATES.includes(state)) return { kind: "ready", path, how: `it is ${state ?? "started"}` };
  return {
    kind: "away",
    path,
    what: `is ${state}${by}, and starting it takes minutes and the control plane of its region`,
    allowed: "running",
    lever: `set its state to running (${BILLED})`,
  };
}

/**
 * Statuses in which a service answers nobody. Pausing reduces the compute capacity to zero, what failed to be deleted
 * cannot be recovered, and during an operation the service may answer (App Runner API reference, Service and
 * PauseService).
 */
const APP_SERVICE_AWAY: ReadonlyMap<string, { readonly why: string; readonly lever: string }> = new Map([
  [
    "PAUSED",
    { why: "and resuming it takes minutes and the control plane of its region", lever: "resume it" },
  ],
  ["DELETED", { why: "so nothing of it runs", lever: "create it anew" }],
  [
    "CREATE_FAILED",
    { why: "so nothing of it runs", lever: "mend what the creation failed of and create it anew" },
  ],
  ["DELETE_FAILED", { why: "and cannot be recovered", lever: "delete it again and create it anew" }],
]);

const appServiceReadiness: ReadinessCheck = ({ properties }) => {
  const path = "status";
  const status = stringAt(properties, path);
  if (isUnknown(status)) return { kind: "unknown", path };
  const away = status === undefined ? undefined : APP_SERVICE_AWAY.get(status);
  if (away === undefined) return { kind: "ready", path, how: `it is ${status ?? "started"}` };
  return {
    kind: "away",
    path,
    what: `is ${status}, ${away.why}`,
    allowed: "RUNNING",
    lever: `${away.lever} (${BILLED})`,
  };
};

export const COMPUTE_CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  "aws:lambda/function:Function": functionReadiness,
  "aws:apprunner/service:Service": appServiceReadiness,
  "aws:autoscaling/group:Group": scalingGroupReadiness,
  "aws:ec2/fleet:Fleet": fleetReadiness,
  "aws:ecs/service:Service": serviceReadiness,
  "aws:eks/nodeGroup:NodeGroup": nodeGroupReadiness,
  [INSTANCE]: instanceReadiness,
};
