import { leadsToSet } from "./answer-tree";
import { answeringPlaces, type Places } from "./answering-places";
import { type FailoverPlan, type RecordSet, zoneKey } from "./failover-plan";
import { ipAddress } from "./ip-address";
import { nameKey } from "./relative-name";
import { isUnknown } from "./unknown";

/** How a record of a set stands to what leads to a place. */
export type Standing =
  /** It leads there itself, or the same side of its name in its own zone does. */
  | "own"
  /** The same side of its name does in another zone, of which nothing shows that it is the same host. */
  | "twin"
  | "none";

/** The records with a routing policy that lead to one place themselves; asked of, never walked. */
class RoutedRecords {
  private readonly records = new Set<RecordSet>();
  private readonly byName = new Map<RecordSet["name"], RecordSet>();
  /** Side of a name -> the zones in which it leads here; undefined among them for one that is not known. */
  private readonly zones = new Map<string, Set<string | undefined>>();

  constructor(readonly first: RecordSet) {}

  add(record: RecordSet): void {
    this.records.add(record);
    const name = nameKey(record);
    if (!this.byName.has(name)) this.byName.set(name, record);
    const side = sideOf(record);
    if (side === undefined) return;
    const zones = this.zones.get(side) ?? new Set();
    this.zones.set(side, zones.add(zoneKey(record)));
  }

  standingOf(record: RecordSet): Standing {
    if (this.records.has(record)) return "own";
    const side = sideOf(record);
    const zones = side === undefined ? undefined : this.zones.get(side);
    if (!zones) return "none";
    const zone = zoneKey(record);
    // A zone that is not known yet is taken for the other's.
    return zone === undefined || zones.has(zone) || zones.has(undefined) ? "own" : "twin";
  }

  get names(): Iterable<RecordSet["name"]> {
    return this.byName.keys();
  }

  /** The first of them with the record's name. */
  namedAs(record: RecordSet): RecordSet | undefined {
    return this.byName.get(nameKey(record));
  }
}

/**
 * The same side of a name in another address family or zone has the same words: in its own zone what fails is taken
 * for the same.
 */
function sideOf(record: RecordSet): string | undefined {
  const { routing, setIdentifier } = record;
  const name = String(nameKey(record));
  if (routing.kind === "failover") {
    return isUnknown(routing.role) ? undefined : `${name} ${routing.role}`;
  }
  return typeof setIdentifier === "string" ? `${name} ${routing.kind} ${setIdentifier}` : undefined;
}

/** By those at several places; the nearest standing counts. */
export function standingAmong(there: readonly RoutedRecords[], record: RecordSet): Standing {
  let standing: Standing = "none";
  for (const records of there) {
    const each = records.standingOf(record);
    if (each === "own") return each;
    if (each === "twin") standing = each;
  }
  return standing;
}

/** Lists that never change: place -> its records. */
const indexes = new WeakMap<readonly RecordSet[], ReadonlyMap<string, RoutedRecords>>();
const atPlaces = new WeakMap<Places, readonly RoutedRecords[]>();

/** @param found places of a name as the plan's own index has them, so that each is looked up once. */
export function routedRecordsAt(plan: FailoverPlan, found: Places): readonly RoutedRecords[] {
  let there = atPlaces.get(found);
  if (!there) {
    const index = indexOf(plan);
    there = [...spelled(found)].flatMap((place) => index.get(place) ?? []);
    atPlaces.set(found, there);
  }
  return there;
}

function indexOf(plan: FailoverPlan): ReadonlyMap<string, RoutedRecords> {
  let index = indexes.get(plan.recordSets);
  if (!index) {
    const places = answeringPlaces(plan);
    const made = new Map<string, RoutedRecords>();
    for (const record of plan.recordSets) {
      if (record.routing.kind === "simple" || leadsToSet(plan, record)) continue;
      for (const place of spelled(places.ofRecord(record))) {
        const there = made.get(place) ?? new RoutedRecords(record);
        there.add(record);
        made.set(place, there);
      }
    }
    index = made;
    indexes.set(plan.recordSets, index);
  }
  return index;
}

const spellings = new WeakMap<Places, Places>();

/** Every address in one spelling. */
function spelled(places: Places): Places {
  let known = spellings.get(places);
  if (!known) {
    known = new Set(
      [...places].map((place) => {
        const address = ipAddress(place);
        return address ? `${address.family} ${address.bits}` : place;
      }),
    );
    spellings.set(places, known);
  }
  return known;
}
