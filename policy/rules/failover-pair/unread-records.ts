import { asWritten } from "../../../model/as-written";
import { at, listAt, stringAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { fail, resourceTitle, unknown } from "../../judgement";
import { policyRecordPriceText } from "../../prices/route53-price";
import type { Judgement, Phase } from "../../rule";

/** Whether a resource keeps failover records within itself; UNKNOWN where that is not known yet. */
type Reader = (properties: StackResource["properties"]) => PropertyValue;

const TRAFFIC_POLICY = "aws:route53/trafficPolicy:TrafficPolicy";

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

/**
 * Failover records that no rule of the pack reads. Passing over them would say of a failover that nobody looked at
 * that nothing is wrong with it.
 */
export function judgeUnread(resources: readonly StackResource[], phase: Phase): Judgement[] {
  return resources.flatMap((resource) => {
    const keeper = KEEPERS.get(resource.type);
    if (!keeper) return [];
    const { urn, type } = resource;
    const title = resourceTitle(urn);
    const holds = keeper.holds(asWritten(resource).properties);
    if (isUnknown(holds)) return [unknown(urn, keeper.path, title, phase)];
    if (holds !== true) return [];
    const saved =
      type === TRAFFIC_POLICY ? `saves ${policyRecordPriceText()} for each policy record` : "free";
    return [
      fail(
        urn,
        keeper.path,
        `${title} keeps failover records where no rule reads them, so nothing is known of that failover; allowed: ` +
          `aws.route53.Record; declare each of them as one (${saved})`,
      ),
    ];
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
