import type { FailoverPlan } from "../../model/failover-plan";
import { listAt, stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import type { KeyType, StoreTable } from "./region-store";

/** A table with the regions that have it, its own first; none where the plan does not know. */
export interface PlayedTable extends StoreTable {
  readonly regions: readonly string[];
}

/** The plan's tables with their keys; `reasons` gets a line for each whose name or key is not known. */
export function playedTables(
  plan: FailoverPlan,
  resources: readonly StackResource[],
  reasons: string[],
): PlayedTable[] {
  return plan.tables.flatMap(({ urn, name, hashKey, region, replicas }) => {
    if (isUnknown(name) || isUnknown(hashKey)) {
      reasons.push(`name or hashKey of ${urn} is not known yet`);
      return [];
    }
    const regions = [region, ...replicas.map((replica) => replica.region)];
    const known = regions.filter((each): each is string => typeof each === "string");
    const { properties } = withUrn(resources, urn) ?? {};
    const rangeKey = properties && stringAt(properties, "rangeKey");
    const hashType = keyType(properties, hashKey);
    return [
      {
        name,
        hashKey,
        ...(hashType === "S" ? {} : { hashType }),
        ...(typeof rangeKey === "string" && rangeKey !== ""
          ? { rangeKey: { name: rangeKey, type: keyType(properties, rangeKey) } }
          : {}),
        regions: [...new Set(known)],
      },
    ];
  });
}

/** As the table's `attributes` declare it; text where they say nothing. */
function keyType(properties: StackResource["properties"] | undefined, key: string): KeyType {
  const attributes = properties && listAt(properties, "attributes");
  if (attributes === undefined || isUnknown(attributes)) return "S";
  const declared = attributes.find((attribute) => stringAt(attribute, "name") === key);
  const type = declared === undefined ? undefined : stringAt(declared, "type");
  return type === "N" || type === "B" ? type : "S";
}
