import { asWritten } from "../../../model/as-written";
import { behaviorsFor } from "../../../model/cache-behavior";
import { normalizeDnsName } from "../../../model/dns-name";
import type { FailoverPlan } from "../../../model/failover-plan";
import { listAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, type PropertyValue, UNKNOWN } from "../../../model/unknown";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

/** Names that a distribution asks in turn, so that a probe of it ends there. */
export interface OriginNames {
  readonly names: readonly string[];
  /** The distribution where one of them is not known and nothing tells what it was computed from. */
  readonly unknown: StackResource | undefined;
}

const NOTHING: OriginNames = { names: [], unknown: undefined };

/** What stands for a distribution among names as long as its own is not known. */
export function nameOfUrn(urn: string): string {
  return normalizeDnsName(urn);
}

/** Where the distributions of a stack get their answers. */
export class Origins {
  private readonly byName = new Map<string, StackResource>();
  private readonly recordNames: ReadonlyMap<string, string>;

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    this.recordNames = new Map(
      plan.recordSets.flatMap(({ urn, name }) => (isUnknown(name) ? [] : [[urn, name] as const])),
    );
    for (const distribution of joins.ofType(DISTRIBUTION)) {
      this.byName.set(nameOfUrn(distribution.urn), distribution);
      const own = stringAt(distribution.properties, "domainName");
      if (typeof own === "string" && own !== "") this.byName.set(normalizeDnsName(own), distribution);
    }
  }

  /** The distribution of that name, or of the name that `nameOfUrn` gives. */
  distribution(name: string): StackResource | undefined {
    return this.byName.get(name);
  }

  isDistribution(urn: string): boolean {
    return this.joins.byUrn.get(urn)?.type === DISTRIBUTION;
  }

  /** Every member of an origin group may answer; so may every behaviour that a path which is not known can have. */
  behind(name: string, path: MaybeUnknown<string>): OriginNames {
    const distribution = this.byName.get(name);
    if (distribution === undefined) return NOTHING;
    const { properties } = asWritten(distribution);
    const targets = behaviorsFor(properties, path).map(
      (behavior) => stringAt(behavior, "targetOriginId") ?? UNKNOWN,
    );
    const groups = entries(properties.originGroups);
    const ids = targets.flatMap((target): readonly MaybeUnknown<string>[] => {
      const group = groups.find((each) => stringAt(each, "originId") === target);
      if (group === undefined) return [target];
      return entries(listAt(group, "members")).map((member) => stringAt(member, "originId") ?? UNKNOWN);
    });
    const all = entries(properties.origins);
    const origins = ids.some(isUnknown)
      ? all
      : all.filter((origin) => {
          const id = stringAt(origin, "originId");
          return id === undefined || isUnknown(id) || ids.includes(id);
        });
    const found = origins.map((origin) => stringAt(origin, "domainName"));
    const names = found.flatMap((each) =>
      each === undefined || isUnknown(each) ? [] : [normalizeDnsName(each)],
    );
    if (!isUnknown(properties.origins) && !found.some(isUnknown)) return { names, unknown: undefined };
    const sources = distribution.propertyDependencies.origins ?? [];
    return {
      names: [...names, ...sources.flatMap((urn) => this.nameOf(urn))],
      unknown: sources.length === 0 ? distribution : undefined,
    };
  }

  /** Of what an origin was computed from, only records and distributions can lead on. */
  private nameOf(urn: string): readonly string[] {
    const record = this.recordNames.get(urn);
    if (record !== undefined) return [record];
    return this.isDistribution(urn) ? [nameOfUrn(urn)] : [];
  }
}

function entries(value: PropertyValue): readonly PropertyValue[] {
  const list = listAt(value);
  return Array.isArray(list) ? list : [];
}
