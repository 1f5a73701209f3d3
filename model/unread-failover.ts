import { asWritten } from "./as-written";
import { at, listAt, stringAt } from "./property";
import type { StackResource } from "./stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "./unknown";

/** A resource that keeps failover records within itself, where nothing here reads them. */
export interface UnreadFailover {
  readonly resource: StackResource;
  /** The property that tells. */
  readonly path: string;
  /** False while it is not known yet whether it keeps any. */
  readonly isCertain: boolean;
}

/** Whether a resource keeps failover records within itself; UNKNOWN where that is not known yet. */
type Reader = (properties: StackResource["properties"]) => PropertyValue;

export const TRAFFIC_POLICY = "aws:route53/trafficPolicy:TrafficPolicy";

/** Where Pulumi packages keep failover records other than one resource each, and the property that tells. */
const KEEPERS: ReadonlyMap<string, { readonly path: string; readonly holds: Reader }> = new Map([
  [
    "aws:route53/recordsExclusive:RecordsExclusive",
    { path: "resourceRecordSets", holds: inList("resourceRecordSets") },
  ],
  ["aws-native:route53:RecordSet", { path: "failover", holds: isFailover }],
  ["aws-native:route53:RecordSetGroup", { path: "recordSets", holds: inList("recordSets") }],
  [TRAFFIC_POLICY, { path: "document", holds: ({ document }) => inDocument(document) }],
]);

/** Types of resources that keep records which the plan does not have. */
export const RECORD_KEEPERS: readonly string[] = [
  ...KEEPERS.keys(),
  "aws:route53/trafficPolicyInstance:TrafficPolicyInstance",
];

/** Failover records that the plan does not have, by the resources that keep them. */
export function unreadFailovers(resources: readonly StackResource[]): UnreadFailover[] {
  return resources.flatMap((resource) => {
    const keeper = KEEPERS.get(resource.type);
    const holds = keeper?.holds(asWritten(resource).properties);
    if (!keeper || (holds !== true && !isUnknown(holds))) return [];
    return [{ resource, path: keeper.path, isCertain: holds === true }];
  });
}

function isFailover(set: PropertyValue): PropertyValue {
  const role = stringAt(set, "failover");
  return isUnknown(role) ? UNKNOWN : role !== undefined && role !== "";
}

function inList(property: string): Reader {
  return (properties) => {
    const sets = listAt(properties, property);
    if (sets === undefined || isUnknown(sets)) return sets;
    const found = sets.map((set) => (isUnknown(set) ? UNKNOWN : isFailover(set)));
    return found.includes(true) || (found.some(isUnknown) ? UNKNOWN : false);
  };
}

/** A traffic policy's document is JSON text: rules by name, each with its type. */
function inDocument(document: PropertyValue): PropertyValue {
  if (isUnknown(document) || typeof document !== "string") return document;
  try {
    const rules = at(JSON.parse(document) as PropertyValue, "Rules");
    const types = Object.values(rules ?? {}).map((rule) => stringAt(rule as PropertyValue, "RuleType"));
    return types.includes("failover");
  } catch {
    return UNKNOWN;
  }
}
