import { memberName } from "./answer-sets";
import { leadsToSet, recordsBehind, recordsNamed } from "./answer-tree";
import { answeringPlaces, meet, type Places } from "./answering-places";
import { type FailoverPlan, type HealthCheck, type RecordSet, recordsBeside } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { type IpAddress, ipAddress } from "./ip-address";
import { reservedRange } from "./reserved-address";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/** What a check watches, as seen from a record; `probed` is the address or name that it asks. */
export type Watched =
  /** What the record leads to. */
  | { readonly kind: "own" }
  /** Another endpoint of the stack, or what another record leads to: by the URN of either. */
  | { readonly kind: "other"; readonly endpoint: string; readonly probed: string }
  /** An address at which the record leads nobody: its failure does not show there. */
  | { readonly kind: "elsewhere"; readonly probed: string }
  /** Nothing in the stack shows it: a name that may lead anywhere, or an alarm on a metric of its own. */
  | { readonly kind: "untold"; readonly probed?: string };

type Records = Pick<FailoverPlan, "recordSets">;

/** Longer chains of alarms on checks are taken for a loop. */
const ALARMS_MAX = 4;

/** By where the probed name or address leads; an alarm on another check watches what that one does. */
export function watchedBy(plan: FailoverPlan, check: HealthCheck, record: RecordSet, alarms = 0): Watched {
  const { type } = check;
  if (type === "CLOUDWATCH_METRIC") {
    const next = withUrn(plan.healthChecks, withUrn(plan.alarms, check.alarm)?.healthCheck);
    return next && alarms < ALARMS_MAX ? watchedBy(plan, next, record, alarms + 1) : { kind: "untold" };
  }
  const probed = check.ipAddress ?? check.fqdn;
  if (isUnknown(type) || !isEndpointCheck(type) || probed === undefined || isUnknown(probed)) {
    return { kind: "untold" };
  }
  const places = answeringPlaces(plan);
  const found = places.ofName(probed);
  if (meet(found, places.ofRecord(record))) return { kind: "own" };
  const there = recordsAt(plan, found);
  if (there.some((other) => other === record || isTwin(other, record))) return { kind: "own" };
  const endpoint = plan.endpoints.find(({ urn }) => found.has(urn));
  if (endpoint) return { kind: "other", endpoint: endpoint.urn, probed };
  const isElse = isElsewhere(plan, probed, record);
  // Where the record leads to a name, another set may share its host; another member of its own set does not.
  const other = there.find(({ name }) => name === record.name) ?? (isElse ? there[0] : undefined);
  if (other) return { kind: "other", endpoint: endpointKey(other), probed };
  return { kind: isElse ? "elsewhere" : "untold", probed };
}

/** What the check watches in the place of the record, in words; undefined where it may well be the record's own. */
export function otherWatched(plan: FailoverPlan, check: HealthCheck, record: RecordSet): string | undefined {
  const watched = watchedBy(plan, check, record);
  switch (watched.kind) {
    case "own":
    case "untold":
      return undefined;
    case "elsewhere":
      return `${watched.probed}, where the ${memberName(record)} record leads nobody`;
    case "other": {
      const other =
        withUrn(plan.recordSets, watched.endpoint) ??
        plan.recordSets.find(({ name, endpoint }) => name === record.name && endpoint === watched.endpoint);
      const whose = other ? `the ${memberName(other)} record's endpoint` : "another endpoint of the stack";
      return `${watched.probed}, ${whose}`;
    }
  }
}

/** The endpoint a record leads to, or the record itself where that is outside the plan. */
export function endpointKey(record: RecordSet): string {
  return record.endpoint ?? record.urn;
}

/** The same side of a name in another address family or zone: what fails is the same, wherever it is probed. */
function isTwin(other: RecordSet, record: RecordSet): boolean {
  if (other.name !== record.name || other.routing.kind !== record.routing.kind) return false;
  if (other.routing.kind === "failover" && record.routing.kind === "failover")
    return !isUnknown(other.routing.role) && other.routing.role === record.routing.role;
  const { setIdentifier } = other;
  return typeof setIdentifier === "string" && setIdentifier === record.setIdentifier;
}

/**
 * Whether what is probed is an address, or a name with nothing but addresses in the stack, and none of those that the
 * record's clients are led to. Addresses of different families may be of one host, and no checker reaches a private
 * one (API reference, HealthCheckConfig IPAddress), so these tell nothing.
 */
function isElsewhere(plan: Records, probed: string, record: RecordSet): boolean {
  const own = addressesBehind(plan, record, 0);
  const asked = probedAddresses(plan, probed, record);
  if (own.length === 0 || asked.length === 0 || own.includes(undefined) || asked.includes(undefined))
    return false;
  return asked.every((address) =>
    own.every((each) => each && address && each.family === address.family && each.bits !== address.bits),
  );
}

/** A name is resolved to IPv4 addresses only (API reference, HealthCheckConfig FullyQualifiedDomainName). */
function probedAddresses(plan: Records, probed: string, record: RecordSet): (IpAddress | undefined)[] {
  const address = ipAddress(probed);
  if (address) return [address];
  const named = ["A", "CNAME"].flatMap((type) => recordsBeside(recordsNamed(plan, probed, type), record));
  return named.flatMap((each) =>
    each.routing.kind === "simple" ? addressesBehind(plan, each, 0) : [undefined],
  );
}

/** Longer chains of names than this are taken for a loop. */
const DEPTH_MAX = 8;

/** The addresses that a record's clients are led to; undefined among them for what is not told, or private. */
function addressesBehind(plan: Records, record: RecordSet, depth: number): (IpAddress | undefined)[] {
  const { type, target } = record;
  if (target.kind === "values" && (type === "A" || type === "AAAA"))
    return isUnknown(target.values) ? [undefined] : target.values.map(publicAddress);
  const behind = depth > DEPTH_MAX ? [] : recordsBehind(plan, record);
  return behind.length === 0 ? [undefined] : behind.flatMap((next) => addressesBehind(plan, next, depth + 1));
}

function publicAddress(text: unknown): IpAddress | undefined {
  const address = typeof text === "string" ? ipAddress(text) : undefined;
  const range = typeof text === "string" ? reservedRange(text) : undefined;
  return range === undefined || range.documentation ? address : undefined;
}

/** Lists that never change: place -> the records with a routing policy that lead there themselves. */
const indexes = new WeakMap<readonly RecordSet[], ReadonlyMap<string, readonly RecordSet[]>>();

function recordsAt(plan: FailoverPlan, found: Places): readonly RecordSet[] {
  let index = indexes.get(plan.recordSets);
  if (!index) {
    const places = answeringPlaces(plan);
    const made = new Map<string, RecordSet[]>();
    for (const record of plan.recordSets) {
      if (record.routing.kind === "simple" || leadsToSet(plan, record)) continue;
      for (const place of spelled(places.ofRecord(record))) {
        const list = made.get(place);
        if (list) list.push(record);
        else made.set(place, [record]);
      }
    }
    index = made;
    indexes.set(plan.recordSets, index);
  }
  return [...spelled(found)].flatMap((place) => index.get(place) ?? []);
}

/** Every address in one spelling. */
function spelled(places: Places): Places {
  return new Set(
    [...places].map((place) => {
      const address = ipAddress(place);
      return address ? `${address.family} ${address.bits}` : place;
    }),
  );
}
