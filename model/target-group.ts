import { asWritten } from "./as-written";
import { at, booleanAt, listAt, numberAt, stringAt } from "./property";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "./unknown";

/** How a load balancer tells which targets of a group are healthy (ELBv2 API reference, CreateTargetGroup). */
export interface TargetGroup {
  readonly urn: string;
  /** False where the group checks nothing, so that every target counts as healthy. */
  readonly isChecked: MaybeUnknown<boolean>;
  /** `HTTP`, `HTTPS` or `TCP`. */
  readonly protocol: MaybeUnknown<string>;
  readonly intervalSeconds: MaybeUnknown<number>;
  /** Of one request, from its start. */
  readonly timeoutSeconds: MaybeUnknown<number>;
  /** So many failures, or successes, in a row turn a target. */
  readonly unhealthyThreshold: MaybeUnknown<number>;
  readonly healthyThreshold: MaybeUnknown<number>;
  /** HTTP codes that mean success, as `200,301` or `200-299`; 200 where undefined. */
  readonly successCodes?: MaybeUnknown<string>;
}

/** The provider has every type of Elastic Load Balancing v2 under two names. */
const MODULES = ["lb", "alb"] as const;
const typesOf = (name: string) =>
  MODULES.map((module) => `aws:${module}/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`);
const LISTENERS = typesOf("Listener");
const RULES = typesOf("ListenerRule");
const GROUPS = typesOf("TargetGroup");

/**
 * The groups that the listeners of a balancer and their rules forward to, each once, joined by ARN, and by dependency
 * before there is one. UNKNOWN where one of them is not among the stack's resources, or cannot be told yet.
 */
export function targetGroupsOf(
  balancer: StackResource,
  joins: StackJoins,
): MaybeUnknown<readonly TargetGroup[]> {
  const listeners = LISTENERS.flatMap((type) => joins.referring(balancer, "loadBalancerArn", type));
  const rules = listeners.flatMap((listener) =>
    RULES.flatMap((type) => joins.referring(listener, "listenerArn", type)),
  );
  const groups = new Map<string, StackResource>();
  const forwarding = [
    ...listeners.map((resource) => ({ resource, property: "defaultActions" })),
    ...rules.map((resource) => ({ resource, property: "actions" })),
  ];
  for (const { resource, property } of forwarding) {
    const found = forwardedTo(resource, property, joins);
    if (isUnknown(found)) return UNKNOWN;
    for (const group of found) groups.set(group.urn, group);
  }
  return [...groups.values()].map(readGroup);
}

function forwardedTo(
  resource: StackResource,
  property: string,
  joins: StackJoins,
): MaybeUnknown<readonly StackResource[]> {
  const actions = listAt(resource.properties, property);
  if (isUnknown(actions)) return UNKNOWN;
  const named = new Set((actions ?? []).flatMap(arnsOf));
  const found = new Set<StackResource>();
  let outside = [...named];
  for (const type of GROUPS) {
    if (outside.length === 0) break;
    const references = joins.references(resource, property, type, outside);
    for (const group of references.found) found.add(group);
    outside = references.outside.map((arn) => arn);
  }
  return outside.length > 0 ? UNKNOWN : [...found];
}

/** An action names one group, or several with weights, or by both ways the same. */
function arnsOf(action: PropertyValue): MaybeUnknown<string>[] {
  if (isUnknown(action)) return [UNKNOWN];
  const several = listAt(action, "forward", "targetGroups");
  const arns = isUnknown(several) ? [UNKNOWN] : (several ?? []).map((group) => stringAt(group, "arn"));
  const given = [stringAt(action, "targetGroupArn"), ...arns].filter(
    (arn) => arn !== undefined && arn !== "",
  );
  return given as MaybeUnknown<string>[];
}

/**
 * What is not set has the defaults of CreateTargetGroup (ELBv2 API reference): 30 s (Lambda 35); timeout 5 s, of a
 * Network Load Balancer's group 6 s over HTTP and 10 s by TCP or HTTPS, Lambda 30; 2 failures and 5 successes, Lambda
 * 5 and 5, and its checks are off. A `healthCheck` that leaves a threshold out gets the provider's own 3.
 */
function readGroup(group: StackResource): TargetGroup {
  const { properties } = asWritten(group);
  const block = at(properties, "healthCheck");
  const isLambda = properties.targetType === "lambda";
  const overHttp = ["HTTP", "HTTPS"].includes(String(properties.protocol));
  const isGiven = block !== undefined && block !== null && !isUnknown(block);
  const protocol = stringAt(block, "protocol") ?? (isGiven || overHttp || isLambda ? "HTTP" : "TCP");
  const networkTimeout = protocol === "HTTP" ? 6 : 10;
  return {
    urn: group.urn,
    isChecked: booleanAt(block, "enabled") ?? (isGiven || !isLambda),
    protocol,
    intervalSeconds: numberAt(block, "interval") ?? (isLambda ? 35 : 30),
    timeoutSeconds: numberAt(block, "timeout") ?? (isLambda ? 30 : overHttp ? 5 : networkTimeout),
    unhealthyThreshold: numberAt(block, "unhealthyThreshold") ?? (isGiven ? 3 : isLambda ? 5 : 2),
    healthyThreshold: numberAt(block, "healthyThreshold") ?? (isGiven ? 3 : 5),
    ...successCodesOf(properties, block),
  };
}

/** A gRPC group's codes are of another kind, 12 unless given (Matcher); what answers there is taken to give one. */
function successCodesOf(
  properties: StackResource["properties"],
  block: PropertyValue,
): Pick<TargetGroup, "successCodes"> {
  const matcher = stringAt(block, "matcher");
  if (matcher === undefined || matcher === "" || properties.protocolVersion === "GRPC") return {};
  return { successCodes: isUnknown(properties.protocolVersion) ? UNKNOWN : matcher };
}
