import { type AnswerSet, memberName, setMembers, setWords } from "./answer-sets";
import { leavesOf } from "./answer-tree";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { planFromResources } from "./plan-from-resources";
import { stringAt } from "./property";
import { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { withTakenNames } from "./taken-names";
import { isUnknown } from "./unknown";

/** What has an address of its own: where one of them is among the sources, the others only tell its name or order. */
const ADDRESSED: readonly string[] = [
  "aws:ec2/eip:Eip",
  "aws:ec2/instance:Instance",
  "aws:ec2/networkInterface:NetworkInterface",
  "aws:globalaccelerator/accelerator:Accelerator",
  "aws:lightsail/instance:Instance",
  "aws:lightsail/staticIp:StaticIp",
];

/** Documentation networks (RFC 5737), taken from their ends: a rehearsal gives out their beginnings. */
const IPV4_NETWORKS = ["203.0.113", "198.51.100", "192.0.2"] as const;
const LAST_HOST = 254;
/** Documentation prefix (RFC 3849). */
const IPV6_PREFIX = "2001:db8:ffff::";

/**
 * The plan of a stack for a rehearsal: a record of addresses that are not known before the update, but are computed
 * from resources of the stack, gets stand-ins from the documentation networks. What is computed from the same
 * resources gets the same ones, records and health checks alike. Nothing of this is for a judgement: to a rule the
 * addresses stay unknown. So does the full name of a record whose zone's name is not told, which gets one here.
 * @param written the plan of the resources, where the caller has it already.
 */
export function rehearsablePlan(
  resources: readonly StackResource[],
  written = planFromResources(resources),
): FailoverPlan {
  const plan = withTakenNames(written);
  if (!plan.recordSets.some(hasUnknownAddresses)) return plan;
  const taken = new TakenAddresses(plan, new StackJoins(resources));
  const recordSets = plan.recordSets.map((record) => taken.recordWith(record));
  const healthChecks = plan.healthChecks.map((check) => taken.checkWith(check));
  const endpoints = plan.endpoints.map((endpoint) => taken.endpointWith(endpoint));
  return { ...plan, recordSets, healthChecks, endpoints };
}

/** One line for each stand-in with which a set or a record of it is played. */
export function takenNotes(plan: FailoverPlan, set: AnswerSet): string[] {
  const records = new Set(setMembers(set).flatMap((member) => [member, ...leavesOf(plan, member, "all")]));
  const named =
    set.primary.relativeName === undefined
      ? []
      : [`${setWords(set)}: the name of its zone is not known before the update; one is taken`];
  const addressed = [...records].flatMap((record) => {
    if (record.target.kind !== "values" || !record.target.isTaken || isUnknown(record.target.values))
      return [];
    const { length } = record.target.values;
    const whose = `the ${memberName(record)} record`;
    const words =
      length === 1
        ? `the address of ${whose} is not known before the update; one is taken`
        : `the ${length} addresses of ${whose} are not known before the update; stand-ins are taken`;
    return [`${setWords(set)}: ${words}`];
  });
  return [...named, ...addressed];
}

function hasUnknownAddresses({ type, target }: RecordSet): boolean {
  return (type === "A" || type === "AAAA") && target.kind === "values" && isUnknown(target.values);
}

/** Gives an address to every place that records of one plan are computed from. */
class TakenAddresses {
  /** Endpoints by the URNs of what they are reached through; undefined where several are. */
  private readonly endpointBySource = new Map<string, string | undefined>();
  /** Family and places -> the address that stands for them. */
  private readonly given = new Map<string, string>();
  private readonly used: ReadonlySet<string>;
  private next = 0;

  constructor(
    { endpoints, recordSets, healthChecks }: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    for (const { urn, sources } of endpoints) {
      for (const source of sources)
        this.endpointBySource.set(source, this.endpointBySource.has(source) ? undefined : urn);
    }
    const written = recordSets.flatMap(({ target }) =>
      target.kind === "values" && !isUnknown(target.values) ? target.values : [],
    );
    const probed = healthChecks.flatMap(({ ipAddress }) =>
      typeof ipAddress === "string" ? [ipAddress] : [],
    );
    this.used = new Set([...endpoints.flatMap(({ addresses }) => addresses), ...written, ...probed]);
  }

  recordWith(record: RecordSet): RecordSet {
    const { target, type, urn } = record;
    if (!hasUnknownAddresses(record) || target.kind !== "values") return record;
    const places = this.placesOf(urn, "records");
    if (places.length === 0) return record;
    // Where each unknown item can be one resource's, each has its own; else nothing tells how many there are.
    const isEachOwn = this.unknownItems(urn) === places.length;
    const values = (isEachOwn ? places.map((place) => [place]) : [places]).map((of) =>
      this.addressOf(type === "AAAA" ? "AAAA" : "A", of),
    );
    const known = values.filter((address) => address !== undefined);
    if (known.length < values.length) return record;
    const endpoint = record.endpoint ?? places.find((place) => this.isEndpoint(place));
    return {
      ...record,
      endpoint,
      target: { ...target, values: [...this.knownItems(urn), ...known], isTaken: true },
    };
  }

  /** A check of an unknown address probes what a record leads to, where both come from the same resource. */
  checkWith(check: HealthCheck): HealthCheck {
    if (!isUnknown(check.ipAddress)) return check;
    const places = this.placesOf(check.urn, "ipAddress");
    for (const type of ["A", "AAAA"] as const) {
      const same = this.given.get(keyOf(type, places));
      const near = [...this.given].filter(
        ([key]) => key.startsWith(`${type} `) && places.some((place) => key.split(" ").includes(place)),
      );
      const ipAddress = same ?? (near.length === 1 ? near[0]?.[1] : undefined);
      if (ipAddress !== undefined) return { ...check, ipAddress };
    }
    return check;
  }

  endpointWith(endpoint: Endpoint): Endpoint {
    const own = (["A", "AAAA"] as const).flatMap((type) => this.given.get(keyOf(type, [endpoint.urn])) ?? []);
    return own.length === 0 ? endpoint : { ...endpoint, addresses: [...endpoint.addresses, ...own] };
  }

  /** What a property was computed from: endpoints of the stack, else resources; none where another record is. */
  private placesOf(urn: string, property: string): readonly string[] {
    const sources = (this.joins.byUrn.get(urn)?.propertyDependencies[property] ?? []).flatMap(
      (source) => this.joins.byUrn.get(source) ?? [],
    );
    const addressed = sources.filter(({ type }) => ADDRESSED.includes(type));
    const telling = addressed.length > 0 ? addressed : sources;
    // The address of another record's name is that record's.
    if (telling.some(({ type }) => type === "aws:route53/record:Record")) return [];
    return [...new Set(telling.map((source) => this.endpointBySource.get(source.urn) ?? source.urn))].sort();
  }

  private isEndpoint(urn: string): boolean {
    return [...this.endpointBySource.values()].includes(urn);
  }

  private unknownItems(urn: string): number {
    const items = this.joins.byUrn.get(urn)?.properties.records;
    return Array.isArray(items) ? items.filter(isUnknown).length : 0;
  }

  private knownItems(urn: string): string[] {
    const items = this.joins.byUrn.get(urn)?.properties.records;
    return Array.isArray(items) ? items.filter((item): item is string => typeof item === "string") : [];
  }

  private addressOf(type: "A" | "AAAA", places: readonly string[]): string | undefined {
    const key = keyOf(type, places);
    const known = this.given.get(key) ?? this.ownOf(type, places) ?? this.free(type);
    if (known !== undefined) this.given.set(key, known);
    return known;
  }

  /** What exists already keeps its address, which a check may name. */
  private ownOf(type: "A" | "AAAA", [place, ...more]: readonly string[]): string | undefined {
    const resource = more.length === 0 ? this.joins.byUrn.get(place ?? "") : undefined;
    const address = type === "A" && resource ? stringAt(resource.properties, "publicIp") : undefined;
    return isUnknown(address) ? undefined : address || undefined;
  }

  private free(type: "A" | "AAAA"): string | undefined {
    for (;;) {
      const number = this.next++;
      const network = IPV4_NETWORKS[Math.floor(number / LAST_HOST)];
      if (type === "A" && network === undefined) return undefined;
      const address =
        type === "AAAA"
          ? `${IPV6_PREFIX}${(number + 1).toString(16)}`
          : `${network}.${LAST_HOST - (number % LAST_HOST)}`;
      if (!this.used.has(address)) return address;
    }
  }
}

function keyOf(type: "A" | "AAAA", places: readonly string[]): string {
  return [type, ...places].join(" ");
}
