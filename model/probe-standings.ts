import { answeringPlaces } from "./answering-places";
import { relativesOf } from "./endpoint-members";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { addressesLed, askedAddresses, soleFamily } from "./record-addresses";
import { nameKey } from "./relative-name";
import { routedRecordsAt } from "./routed-records";
import { publicNames } from "./self-reference";
import { isUnknown } from "./unknown";
import { firstEndpointAt, watchedBy } from "./watched-endpoint";

const LETTERS = { own: "o", untold: "u", unknown: "u", other: "a", elsewhere: "e", itself: "i" } as const;
type Letter = (typeof LETTERS)[keyof typeof LETTERS];

/** The family of all addresses that a record leads to; `untold` where that is not one, or not known. */
const LED = ["ipv4", "ipv6", "untold"] as const;
type Led = (typeof LED)[number];

/**
 * What each of many checks is to a record, one letter for each: `o` the record's own, `u` untold, `a` another's, `e`
 * elsewhere, `i` the name that it decides about itself. To a record that a check does not meet in any place, address or name it is what it is to every such
 * record, so that thousands of records ask the few that they meet, and not all.
 */
export class ProbeStandings {
  private readonly bases: Readonly<Record<Led, Letter[]>> = { ipv4: [], ipv6: [], untold: [] };
  /** Positions of the checks that every record has to ask. */
  private readonly asked: number[] = [];
  /** Positions of the checks that probe there. */
  private readonly byPlace = new Map<string, number[]>();
  private readonly byAddress = new Map<string, number[]>();
  /** Positions of the checks that probe where a record of that name leads, or what leads to the name. */
  private readonly byName = new Map<RecordSet["name"], number[]>();
  private readonly known = new Map<RecordSet, string>();

  constructor(
    private readonly plan: FailoverPlan,
    private readonly checks: readonly HealthCheck[],
  ) {
    for (const [position, check] of checks.entries()) this.addCheck(check, position);
  }

  of(record: RecordSet): string {
    let letters = this.known.get(record);
    if (letters === undefined) {
      letters = this.lettersOf(record);
      this.known.set(record, letters);
    }
    return letters;
  }

  private lettersOf(record: RecordSet): string {
    const led = addressesLed(this.plan, record);
    const letters = [...this.bases[(soleFamily(led) ?? "untold") as Led]];
    const met = new Set([
      ...this.asked,
      ...meeting(this.byPlace, answeringPlaces(this.plan).ofRecord(record)),
      ...meeting(this.byAddress, led.keys),
      ...(this.byName.get(nameKey(record)) ?? []),
    ]);
    for (const position of met) {
      const check = this.checks[position];
      if (check) letters[position] = LETTERS[watchedBy(this.plan, check, record).kind];
    }
    return letters.join("");
  }

  private addCheck({ type, ipAddress, fqdn }: HealthCheck, position: number): void {
    const probed = ipAddress ?? fqdn;
    const isProbe = !isUnknown(type) && isEndpointCheck(type) && probed !== undefined && !isUnknown(probed);
    const addresses = isProbe ? askedAddresses(this.plan, probed) : undefined;
    if (!isProbe || addresses === undefined) {
      this.asked.push(position);
      for (const led of LED) this.bases[led].push("u");
      return;
    }
    const found = answeringPlaces(this.plan).ofName(probed);
    const there = routedRecordsAt(this.plan, found);
    const family = soleFamily(addresses);
    const endpoint = firstEndpointAt(this.plan, found);
    // Whether one to which nobody is led stands behind a record's own, each record has to be asked.
    if (endpoint !== undefined && there.length === 0) this.asked.push(position);
    const isEndpoint = endpoint !== undefined;
    const apart = there.length > 0 ? "a" : "e";
    for (const led of LED) this.bases[led].push(isEndpoint ? "a" : led === family ? apart : "u");
    const relatives = endpoint === undefined ? [] : relativesOf(this.plan, endpoint.urn);
    for (const place of [...found, ...relatives]) append(this.byPlace, place, position);
    for (const key of addresses.keys) append(this.byAddress, key, position);
    for (const records of there) for (const name of records.names) append(this.byName, name, position);
    for (const name of publicNames(this.plan).from(probed)) append(this.byName, name, position);
  }
}

/** Asks as often as the smaller of the two has places. */
function meeting(index: ReadonlyMap<string, readonly number[]>, places: ReadonlySet<string>): number[] {
  if (places.size <= index.size) return [...places].flatMap((place) => index.get(place) ?? []);
  return [...index].flatMap(([place, positions]) => (places.has(place) ? positions : []));
}

function append<Key>(map: Map<Key, number[]>, key: Key, position: number): void {
  const list = map.get(key);
  if (list) list.push(position);
  else map.set(key, [position]);
}
