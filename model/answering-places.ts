import { leavesOf } from "./answer-tree";
import { normalizeDnsName } from "./dns-name";
import type { Endpoint, FailoverPlan, RecordSet } from "./failover-plan";
import { isUnknown, type MaybeUnknown } from "./unknown";

/** A resolver follows no longer chain of names either. */
export const CHAIN_MAX = 16;

/** Names, addresses and URNs of endpoints at which one arrives. */
export type Places = ReadonlySet<string>;

/** Tells where names and records lead, through the simple records of the zone; every answer is made once. */
class AnsweringPlaces {
  /** Host name or address -> URNs of the endpoints that answer there. */
  private readonly endpoints = new Map<string, string[]>();
  private readonly simpleRecords = new Map<string, RecordSet[]>();
  private readonly bySource = new Map<string, string[]>();
  private readonly ofNames = new Map<string, Places>();
  private readonly ofLists = new Map<string, Places>();
  private readonly ofRecords = new WeakMap<RecordSet, Places>();
  private readonly ofLeaves = new WeakMap<readonly RecordSet[], Places>();

  constructor(
    endpoints: readonly Endpoint[],
    private readonly recordSets: readonly RecordSet[],
  ) {
    for (const { urn, hostNames, dnsTargets, addresses, sources } of endpoints) {
      for (const source of sources) append(this.bySource, source, urn);
      for (const name of new Set([...hostNames, ...dnsTargets, ...addresses]))
        append(this.endpoints, name, urn);
    }
    for (const record of recordSets) {
      if (typeof record.name === "string" && record.routing.kind === "simple")
        append(this.simpleRecords, record.name, record);
    }
  }

  /** Where a record's clients arrive, whichever of the records behind it answers. */
  ofRecord(record: RecordSet): Places {
    let places = this.ofRecords.get(record);
    if (!places) {
      const leaves = leavesOf({ recordSets: this.recordSets }, record, "all");
      places = this.ofLeaves.get(leaves) ?? this.ofAll(leaves, record);
      this.ofLeaves.set(leaves, places);
      this.ofRecords.set(record, places);
    }
    return places;
  }

  /** Where a host name or an address leads; itself with it. One and the same set for one name. */
  ofName(name: string): Places {
    const plain = normalizeDnsName(name);
    let places = this.ofNames.get(plain);
    if (!places) {
      places = this.follow(plain, 0, new Set());
      this.ofNames.set(plain, places);
    }
    return places;
  }

  /** Where one arrives by a name or an address that is computed from resources with these URNs. */
  ofSources(urns: readonly string[]): Places {
    const key = urns.join(" ");
    const places = this.ofLists.get(key) ?? new Set(urns.flatMap((urn) => this.bySource.get(urn) ?? []));
    this.ofLists.set(key, places);
    return places;
  }

  private ofAll(leaves: readonly RecordSet[], from: RecordSet): Places {
    const parts = leaves.map((leaf) => (leaf === from ? this.ofLeaf(leaf) : this.ofReached(leaf)));
    const [only] = parts;
    return parts.length === 1 && only ? only : new Set(parts.flatMap((part) => [...part]));
  }

  /** What was reached by its name answers to that too. */
  private ofReached(leaf: RecordSet): Places {
    const { name, routing, endpoint } = leaf;
    if (routing.kind !== "simple" || isUnknown(name)) return this.ofLeaf(leaf);
    const places = this.ofName(name);
    return endpoint === undefined || places.has(endpoint) ? places : new Set([...places, endpoint]);
  }

  /** Records that lead to one name, and nowhere else, share its set. */
  private ofLeaf({ target, endpoint }: RecordSet): Places {
    const names = namesOf(target).filter((name) => !isUnknown(name));
    const [only] = names;
    const ofOnly = names.length === 1 && only !== undefined ? this.ofName(only) : undefined;
    if (ofOnly && (endpoint === undefined || ofOnly.has(endpoint))) return ofOnly;
    const places = new Set<string>();
    for (const name of names) this.follow(name, 0, places);
    return endpoint === undefined ? places : places.add(endpoint);
  }

  private follow(name: string, depth: number, places: Set<string>): Set<string> {
    const plain = normalizeDnsName(name);
    if (places.has(plain) || depth === CHAIN_MAX) return places;
    places.add(plain);
    for (const urn of this.endpoints.get(plain) ?? []) places.add(urn);
    for (const { target, endpoint } of this.simpleRecords.get(plain) ?? []) {
      if (endpoint !== undefined) places.add(endpoint);
      for (const next of namesOf(target)) if (!isUnknown(next)) this.follow(next, depth + 1, places);
    }
    return places;
  }
}

/** Asks as often as the smaller of the two has places. */
export function meet(places: Places, others: Places): boolean {
  const [few, many] = places.size <= others.size ? [places, others] : [others, places];
  for (const place of few) if (many.has(place)) return true;
  return false;
}

const made = new WeakMap<readonly RecordSet[], { endpoints: readonly Endpoint[]; places: AnsweringPlaces }>();

/** Those of a whole plan, made when they are first asked for. */
export function answeringPlaces({
  endpoints,
  recordSets,
}: Pick<FailoverPlan, "endpoints" | "recordSets">): AnsweringPlaces {
  const known = made.get(recordSets);
  if (known?.endpoints === endpoints) return known.places;
  const places = new AnsweringPlaces(endpoints, recordSets);
  made.set(recordSets, { endpoints, places });
  return places;
}

function namesOf(target: RecordSet["target"]): readonly MaybeUnknown<string>[] {
  if (target.kind === "alias") return [target.dnsName];
  return isUnknown(target.values) ? [] : target.values;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
