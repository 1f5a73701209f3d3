import { leavesOf } from "../../../model/answer-tree";
import { asWritten } from "../../../model/as-written";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { at, booleanAt, listAt, numberAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import { type NamingLink, namingOf } from "./naming";
import { firstTrouble, type Readiness, type ReadinessCheck } from "./readiness";

/** The two modules hold the same things under two names. */
const BALANCER_MODULES = ["lb", "alb"] as const;
const typesOf = (name: string) =>
  BALANCER_MODULES.map((module) => `aws:${module}/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`);
const LISTENER_TYPES = typesOf("Listener");
const LISTENERS: NamingLink = {
  by: LISTENER_TYPES,
  property: "loadBalancerArn",
  of: typesOf("LoadBalancer"),
};
const RULES: NamingLink = { by: typesOf("ListenerRule"), property: "listenerArn", of: LISTENER_TYPES };

/** What puts targets into a group, and the property that names it. */
const ATTACHING: readonly (readonly [type: string, property: string])[] = [
  ...BALANCER_MODULES.map(
    (module) => [`aws:${module}/targetGroupAttachment:TargetGroupAttachment`, "targetGroupArn"] as const,
  ),
  ["aws:autoscaling/attachment:Attachment", "lbTargetGroupArn"],
  ["aws:autoscaling/group:Group", "targetGroupArns"],
];
const DEPLOYMENT_GROUP = "aws:codedeploy/deploymentGroup:DeploymentGroup";
const SERVICE = "aws:ecs/service:Service";

const balancerReadiness: ReadinessCheck = (balancer, joins, plan) =>
  firstTrouble(listenerReadiness(balancer, joins), addressReadiness(balancer, joins, plan));

function listenerReadiness(balancer: StackResource, joins: StackJoins): Readiness {
  const path = "loadBalancerArn";
  const listeners = LISTENERS.by.flatMap((type) => joins.referring(balancer, path, type));
  if (listeners.length === 0) {
    if (namingOf(balancer, LISTENERS, joins) === "untold") return { kind: "unknown", path };
    return {
      kind: "away",
      path,
      what: "has no listener in this stack, so it refuses every connection",
      allowed: "a listener on the port that visitors use",
      lever: "add one (free beside the load balancer)",
    };
  }
  const codes = listeners.map((listener) => refusalOf(asWritten(listener), joins));
  if (codes.includes(undefined)) return { kind: "ready", path, how: "it has a listener" };
  if (codes.some(isUnknown)) return { kind: "unknown", path: "defaultActions" };
  return {
    kind: "away",
    path: "defaultActions",
    what: `answers every request with the fixed response ${[...new Set(codes)].map(String).join(", ")}`,
    allowed: "a listener, or a rule of one, that forwards, redirects or answers below 400",
    lever: "let the default action of a listener forward to what serves the standby (free)",
  };
}

/**
 * The status code of 400 or more with which a listener answers every request; undefined where it does anything else,
 * UNKNOWN where that cannot be told yet.
 */
function refusalOf(listener: StackResource, joins: StackJoins): MaybeUnknown<number> | undefined {
  const action = at(listener.properties, "defaultActions", 0);
  const type = stringAt(action, "type");
  if (type !== "fixed-response" && !isUnknown(type)) return undefined;
  const code = numberAt(action, "fixedResponse", "statusCode");
  if (!isUnknown(code) && (code === undefined || code < 400)) return undefined;
  const ruled = namingOf(listener, RULES, joins);
  if (ruled === "named") return undefined;
  return isUnknown(type) || ruled === "untold" ? UNKNOWN : code;
}

/** An internal load balancer has private addresses alone (Elastic Load Balancing API reference, Scheme). */
function addressReadiness(balancer: StackResource, joins: StackJoins, plan: FailoverPlan): Readiness {
  const path = "internal";
  const internal = booleanAt(balancer.properties, path) ?? false;
  if (internal === false) return { kind: "ready", path, how: "it has public addresses" };
  const asked = leadingTo(balancer, plan).map((record) => isPublic(record, joins, plan));
  if (!isUnknown(internal) && asked.includes(true)) {
    return {
      kind: "away",
      path,
      what: "is internal, so a name of a public zone leads visitors to its private addresses",
      allowed: "false, or a record in a private zone",
      lever: `set ${path} to false (replaces it, at the same price)`,
    };
  }
  if (asked.includes(true) || asked.includes(UNKNOWN)) return { kind: "unknown", path };
  return { kind: "ready", path, how: "no name of a public zone of this stack leads to it" };
}

const leading = new WeakMap<FailoverPlan, ReadonlyMap<string, readonly RecordSet[]>>();

/** The failover records whose answer it is, through however many sets. */
function leadingTo({ urn }: StackResource, plan: FailoverPlan): readonly RecordSet[] {
  let index = leading.get(plan);
  if (!index) {
    const made = new Map<string, RecordSet[]>();
    for (const record of plan.recordSets.filter(({ routing }) => routing.kind === "failover")) {
      const ends = new Set([record, ...leavesOf(plan, record, "all")].map(({ endpoint }) => endpoint ?? ""));
      for (const end of ends) if (!made.get(end)?.push(record)) made.set(end, [record]);
    }
    index = made;
    leading.set(plan, index);
  }
  return index.get(urn) ?? [];
}

/** A zone of another stack is taken for one that visitors of this load balancer can ask. */
function isPublic({ zone }: RecordSet, joins: StackJoins, plan: FailoverPlan): MaybeUnknown<boolean> {
  if (isUnknown(zone)) return UNKNOWN;
  const found = withUrn(plan.zones, zone);
  if (!found || found.isPrivate) return false;
  const resource = joins.byUrn.get(zone);
  return resource && isUnknown(asWritten(resource).properties.vpcs) ? UNKNOWN : true;
}

/** AWS's pages disagree on whether a group without targets is healthy; without one nothing is served either way. */
const targetGroupReadiness: ReadinessCheck = (group, joins) => {
  const path = "targetGroupArn";
  const attached =
    ATTACHING.some(([type, property]) => joins.referring(group, property, type).length > 0) ||
    joins.referring(group, "loadBalancers", SERVICE, targetGroupsOfService).length > 0 ||
    isDeployedTo(group, joins);
  if (attached) return { kind: "ready", path, how: "something of this stack puts targets into it" };
  return {
    kind: "away",
    path,
    what: "gets no target from this stack, so nothing answers behind it",
    allowed: "an attachment, a scaling group or a service that names it",
    lever: "attach what serves the standby (free)",
  };
};

/** A service registers its tasks with these groups; a blue/green one with the alternate at the next deployment. */
function targetGroupsOfService({ properties }: StackResource): PropertyValue {
  const balancers = listAt(properties, "loadBalancers");
  if (balancers === undefined || isUnknown(balancers)) return balancers;
  return balancers.flatMap((balancer): Exclude<PropertyValue, undefined>[] => {
    const ofNext = at(balancer, "advancedConfiguration", "alternateTargetGroupArn");
    return [at(balancer, "targetGroupArn") ?? null, ofNext ?? null];
  });
}

/** CodeDeploy moves targets between two groups that it knows by name, so one of them is empty and sound. */
function isDeployedTo(group: StackResource, joins: StackJoins): boolean {
  if (joins.dependents(group, DEPLOYMENT_GROUP).length > 0) return true;
  const { name } = group.properties;
  if (typeof name !== "string") return false;
  const named = joins.grouped("names of target groups", DEPLOYMENT_GROUP, targetGroupNames).get(name) ?? [];
  return named.some((deployment) => joins.regionOf(deployment) === joins.regionOf(group));
}

function targetGroupNames({ properties }: StackResource): string[] {
  const groups = listAt(properties, "loadBalancerInfo", "targetGroupPairInfo", "targetGroups");
  if (groups === undefined || isUnknown(groups)) return [];
  return groups.flatMap((each) => {
    const name = at(each, "name");
    return typeof name === "string" ? [name] : [];
  });
}

export const LOAD_BALANCER_CHECKS: Readonly<Record<string, ReadinessCheck>> = Object.fromEntries([
  ...typesOf("LoadBalancer").map((type) => [type, balancerReadiness] as const),
  ...typesOf("TargetGroup").map((type) => [type, targetGroupReadiness] as const),
]);
