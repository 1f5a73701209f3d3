import { LOAD_BALANCERS } from "./endpoints-from-resources";
import { stringAt } from "./property";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown } from "./unknown";

/**
 * The load balancer of the stack whose metric an alarm is on: by the dimension LoadBalancer, which holds the end of its
 * ARN (ALB user guide, CloudWatch metrics), and before that is known by what the dimensions were computed from.
 */
export function alarmedBalancer(alarm: StackResource, joins: StackJoins): StackResource | undefined {
  const named = stringAt(alarm.properties, "dimensions", "LoadBalancer");
  if (named === undefined) return undefined;
  if (!isUnknown(named)) return LOAD_BALANCERS.flatMap((type) => bySuffix(type, joins).get(named) ?? [])[0];
  const sources = (alarm.propertyDependencies.dimensions ?? []).flatMap((urn) => {
    const source = joins.byUrn.get(urn);
    return source && LOAD_BALANCERS.includes(source.type) ? [source] : [];
  });
  return sources.length === 1 ? sources[0] : undefined;
}

function bySuffix(type: string, joins: StackJoins): ReadonlyMap<string, readonly StackResource[]> {
  return joins.grouped(`${type} by ARN suffix`, type, ({ properties }) => {
    const suffix = stringAt(properties, "arnSuffix");
    return suffix === undefined || isUnknown(suffix) ? [] : [suffix];
  });
}
