import { recordsBehind, recordsNamed } from "./answer-tree";
import { byZone, type FailoverPlan, type RecordSet, recordsBeside } from "./failover-plan";
import { addressText, ipAddress } from "./ip-address";
import { answerOnce, type ListAnswers } from "./list-answers";
import { reservedRange } from "./reserved-address";
import { isUnknown } from "./unknown";

type Records = Pick<FailoverPlan, "recordSets">;

/** The addresses at which one arrives, each in one spelling with its family. */
export interface Addresses {
  /** False where one of them is not told, or private, so that it says nothing to Route 53's checkers. */
  readonly isWhole: boolean;
  readonly families: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

const UNTOLD: Addresses = { isWhole: false, families: new Set(), keys: new Set() };

/** Longer chains of names than this are taken for a loop. */
const DEPTH_MAX = 8;

/**
 * Whether what is probed is an address, or a name with nothing but addresses in the stack, and none of those that the
 * record's clients are led to. Addresses of different families may be of one host, and no checker reaches a private
 * one (API reference, HealthCheckConfig IPAddress), so these tell nothing.
 */
export function isElsewhere(plan: Records, probed: string, record: RecordSet): boolean {
  const own = addressesBehind(plan, record, 0);
  if (!own.isWhole || own.keys.size === 0) return false;
  const asked = probedAddresses(plan, probed, record);
  return asked.some(({ keys }) => keys.size > 0) && asked.every((part) => isApart(own, part));
}

function isApart(own: Addresses, asked: Addresses): boolean {
  if (!asked.isWhole || own.families.size > 1 || asked.families.size > 1) return false;
  for (const family of asked.families) if (!own.families.has(family)) return false;
  const [few, many] = own.keys.size <= asked.keys.size ? [own.keys, asked.keys] : [asked.keys, own.keys];
  for (const key of few) if (many.has(key)) return false;
  return true;
}

/** What each probed address or name is, of every zone that has the name. */
interface Asked {
  readonly address: Addresses | undefined;
  readonly named: readonly (readonly RecordSet[])[];
}

const asked = new WeakMap<readonly RecordSet[], Map<string, Asked>>();

/** A name is resolved to IPv4 addresses only (API reference, HealthCheckConfig FullyQualifiedDomainName). */
function probedAddresses(plan: Records, probed: string, record: RecordSet): readonly Addresses[] {
  const found = askedOf(plan, probed);
  if (found.address) return [found.address];
  return found.named.flatMap((records) => {
    const seen = recordsBeside(records, record);
    return seen.length === 0 ? [] : [addressesAmong(plan, seen, 0, "simple")];
  });
}

function askedOf(plan: Records, probed: string): Asked {
  const ofPlan = asked.get(plan.recordSets) ?? new Map<string, Asked>();
  asked.set(plan.recordSets, ofPlan);
  let found = ofPlan.get(probed);
  if (!found) {
    const address = familyOfAddress(probed)?.key;
    const named = address ? [] : ["A", "CNAME"].map((type) => recordsNamed(plan, probed, type));
    found = {
      address: address === undefined ? undefined : addressesOf([address]),
      named: named.filter((records) => records.length > 0),
    };
    ofPlan.set(probed, found);
  }
  return found;
}

/** What is probed, for whoever asks; undefined where that depends on the zone of who asks. */
export function askedAddresses(plan: Records, probed: string): Addresses | undefined {
  const { address, named } = askedOf(plan, probed);
  if (address) return address;
  if (named.some((records) => byZone(records).length > 1)) return undefined;
  return named.length === 0 ? UNTOLD : union(named.map((each) => addressesAmong(plan, each, 0, "simple")));
}

/** The one family of addresses that are all told. */
export function soleFamily({ isWhole, families }: Addresses): string | undefined {
  return isWhole && families.size === 1 ? [...families][0] : undefined;
}

/** An address with its family, in the one spelling that compares equal; undefined for a name. */
function familyOfAddress(
  text: string,
): { readonly family: "ipv4" | "ipv6"; readonly key: string } | undefined {
  const address = ipAddress(text);
  return address && { family: address.family, key: `${address.family} ${address.bits}` };
}

/** The addresses that a record's clients are led to. */
export function addressesLed(plan: Records, record: RecordSet): Addresses {
  return addressesBehind(plan, record, 0);
}

/**
 * An address that clients of both records are led to: whatever takes it away takes it from both. Undefined where there
 * is none, as far as the stack tells their addresses.
 */
export function sharedAddress(plan: Records, record: RecordSet, other: RecordSet): string | undefined {
  const [own, others] = [addressesLed(plan, record).keys, addressesLed(plan, other).keys];
  const shared = [...own].find((key) => others.has(key));
  const [family, bits] = shared?.split(" ") ?? [];
  if (bits === undefined) return undefined;
  return addressText({ family: family === "ipv6" ? "ipv6" : "ipv4", bits: BigInt(bits) });
}

/** Whether clients of `other` may be led to every address of the record, so that all that it loses they lose too. */
export function holdsAddresses(plan: Records, record: RecordSet, other: RecordSet): boolean {
  const [own, others] = [addressesLed(plan, record).keys, addressesLed(plan, other).keys];
  return own.size > 0 && [...own].every((key) => others.has(key));
}

/** Answers that never change: the addresses of a record's own values, and those behind a list at each depth. */
const ofValues = new WeakMap<RecordSet, Addresses>();
const ofLists: ListAnswers<Addresses> = new WeakMap();

function addressesBehind(plan: Records, record: RecordSet, depth: number): Addresses {
  const { type, target } = record;
  if (target.kind === "values" && (type === "A" || type === "AAAA")) {
    const known = ofValues.get(record);
    if (known) return known;
    const found = isUnknown(target.values) ? UNTOLD : addressesOf(target.values.map(publicAddress));
    ofValues.set(record, found);
    return found;
  }
  const behind = depth > DEPTH_MAX ? [] : recordsBehind(plan, record);
  return behind.length === 0 ? UNTOLD : addressesAmong(plan, behind, depth + 1, "all");
}

/** @param which `simple`: a record among which Route 53 chooses leads nobody knows where. */
function addressesAmong(
  plan: Records,
  records: readonly RecordSet[],
  depth: number,
  which: "all" | "simple",
): Addresses {
  return answerOnce(ofLists, records, `${which} ${depth}`, () => {
    const parts = new Set(
      records.map((each) =>
        which === "all" || each.routing.kind === "simple" ? addressesBehind(plan, each, depth) : UNTOLD,
      ),
    );
    const [only] = parts;
    return parts.size === 1 && only ? only : union([...parts]);
  });
}

function union(parts: readonly Addresses[]): Addresses {
  if (parts.some(({ isWhole }) => !isWhole)) return UNTOLD;
  return addressesOf(parts.flatMap(({ keys }) => [...keys]));
}

function addressesOf(keys: readonly (string | undefined)[]): Addresses {
  const told = keys.filter((key) => key !== undefined);
  if (told.length < keys.length) return UNTOLD;
  return {
    isWhole: true,
    families: new Set(told.map((key) => key.split(" ")[0] ?? "")),
    keys: new Set(told),
  };
}

function publicAddress(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const address = ipAddress(text);
  const range = reservedRange(text);
  return address && (range === undefined || range.documentation)
    ? `${address.family} ${address.bits}`
    : undefined;
}
