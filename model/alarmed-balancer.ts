import { stringAt } from "./property";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown } from "./unknown";

const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];

/**
 * The load balancer of the stack whose metric an alarm is on: by the dimension LoadBalancer, which holds the end of its
 * ARN (ALB user guide, CloudWatch metrics), and before that is known by what the dimensions were computed from.
 */
export function alarmedBalancer(alarm: StackResource, joins: StackJoins): StackResource | undefined {
  const named = stringAt(alarm.properties, "dimensions", "LoadBalancer");
  if (named === undefined) return undefined;
  if (!isUnknown(named)) return bySuffix(joins).get(named)?.[0];
  const sources = (alarm.propertyDependencies.dimensions ?? []).flatMap((urn) => {
    const source = joins.byUrn.get(urn);
    return source && BALANCERS.includes(source.type) ? [source] : [];
  });
  return sources.length === 1 ? sources[0] : undefined;
}

function bySuffix(joins: StackJoins): ReadonlyMap<string, readonly StackResource[]> {
  const [first = "", second = ""] = BALANCERS;
  const suffixes = (balancer: StackResource) => {
    const suffix = stringAt(balancer.properties, "arnSuffix");
    return suffix === undefined || isUnknown(suffix) ? [] : [suffix];
  };
  const found = joins.grouped(`${first} by ARN suffix`, first, suffixes);
  return found.size > 0 ? found : joins.grouped(`${second} by ARN suffix`, second, suffixes);
}
