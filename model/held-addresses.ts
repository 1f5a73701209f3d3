import { recordsBehind, TREE_DEPTH_MAX } from "./answer-tree";
import { normalizeDnsName } from "./dns-name";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import { ipAddress } from "./ip-address";
import { listAt, stringAt } from "./property";
import { type ResourceIndex, resourceRegion } from "./resource-placement";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown } from "./unknown";

/** Where resources say the public addresses, and the names for them, that they hold in their region. */
const HELD: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/eip:Eip": ["publicIp", "publicDns"],
  "aws:ec2/instance:Instance": ["publicIp", "publicDns", "ipv6Addresses"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["publicIp", "publicDns", "ipv6Addresses"],
  "aws:ec2/networkInterface:NetworkInterface": ["ipv6Addresses"],
  "aws:lightsail/instance:Instance": ["publicIpAddress", "ipv6Addresses"],
  "aws:lightsail/staticIp:StaticIp": ["ipAddress"],
};

/** Which region an address of a record is in, whatever it is attached to: an address never leaves its region. */
export class HeldAddresses {
  private readonly byText = new Map<string, StackResource>();

  constructor(
    private readonly plan: Pick<FailoverPlan, "recordSets">,
    resources: readonly StackResource[],
    private readonly index: ResourceIndex,
  ) {
    for (const resource of resources) {
      for (const text of heldBy(resource)) if (!this.byText.has(text)) this.byText.set(text, resource);
    }
  }

  /** The regions of a record's values, or of those that it leads to; empty where nothing of the stack holds one. */
  regionsOf(record: RecordSet, depthLeft = TREE_DEPTH_MAX): readonly MaybeUnknown<string>[] {
    const [next, ...others] = recordsBehind(this.plan, record);
    // What leads to a set is placed by the members of the set.
    if (next) return others.length > 0 || depthLeft === 0 ? [] : this.regionsOf(next, depthLeft - 1);
    const { urn, target } = record;
    if (target.kind !== "values") return [];
    const values: readonly MaybeUnknown<string>[] = isUnknown(target.values)
      ? [target.values]
      : target.values;
    // Before an address exists, only what the values were computed from tells whose it is.
    const sources = values.some(isUnknown) ? this.sourcesOf(urn) : [];
    const regions = values
      .flatMap((value): readonly (StackResource | undefined)[] =>
        isUnknown(value) ? sources : [this.byText.get(spelling(value))],
      )
      .map((holder) => holder && resourceRegion(holder, this.index));
    const told = regions.filter((region) => region !== undefined);
    return told.length === regions.length ? told : [];
  }

  private sourcesOf(record: string): readonly StackResource[] {
    const sources = this.index.get(record)?.propertyDependencies.records ?? [];
    return sources.flatMap((urn) => {
      const source = this.index.get(urn);
      return source && Object.hasOwn(HELD, source.type) ? [source] : [];
    });
  }
}

function heldBy({ type, properties }: StackResource): string[] {
  if (!Object.hasOwn(HELD, type)) return [];
  return (HELD[type] ?? []).flatMap((property) => {
    const list = listAt(properties, property);
    const texts = Array.isArray(list) ? list : [stringAt(properties, property)];
    return texts.flatMap((text) => (typeof text === "string" && text !== "" ? [spelling(text)] : []));
  });
}

/** One spelling for each address, and for each name. */
function spelling(text: string): string {
  const address = ipAddress(text);
  return address ? `${address.family} ${address.bits}` : normalizeDnsName(text);
}
