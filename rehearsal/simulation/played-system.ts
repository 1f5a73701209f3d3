import { type AnswerSet, memberName, setMembers } from "../../model/answer-sets";
import { leavesOf } from "../../model/answer-tree";
import { normalizeDnsName } from "../../model/dns-name";
import { type FailoverPlan, planSeenFrom, type RecordSet } from "../../model/failover-plan";
import { sharedAddress } from "../../model/record-addresses";
import { type Bound, recoveryBound } from "../../model/recovery-bound";
import { type AddressType, unansweredTarget, unansweredText } from "../../model/unanswered-name";
import { isUnknown } from "../../model/unknown";
import { endpointKey } from "../../model/watched-endpoint";
import { unansweredAmong } from "../../model/wider-locations";
import { placeBeside } from "./place";
import type { PlayedCheck } from "./played-check";
import { readChecks } from "./read-checks";

export type { PlayedCheck } from "./played-check";

/** One set with all that decides its answers: what the simulation plays. */
export interface PlayedSystem {
  readonly plan: FailoverPlan;
  readonly set: AnswerSet;
  readonly bound: Bound;
  /** The same from the heal to the primary's answers. */
  readonly failbackBound: Bound;
  /** What clients ask for. */
  readonly queryType: string;
  /** URN of each endpoint, or of the record itself where it leads outside the plan. */
  readonly endpoints: readonly string[];
  /** Indexes among the endpoints: of those that the set's primary, or its others, lead to while all is well. */
  readonly primary: readonly number[];
  readonly standby: readonly number[];
  /**
   * Whether the answer has two sides, one after the other: a pair whose PRIMARY is lost as a whole. Else other
   * members serve beside the primary, and what counts is whether an answer leads to what it leads to.
   */
  readonly hasSides: boolean;
  /** Whether somewhere in the set's tree visitors may get no answer at all, because of where they are. */
  readonly hasUnanswered: boolean;
  /** Whether answers depend on where the resolver stands. */
  readonly usesPlaces: boolean;
  readonly checks: readonly PlayedCheck[];
}

export type Playable =
  | { readonly kind: "playable"; readonly system: PlayedSystem }
  /** One line: what stands in the way. */
  | { readonly kind: "refused"; readonly why: string };

/** A server's belief about all checks is one bit each of a 32-bit number. */
const CHECKS_MAX = 30;

/** Prepares a set of a plan for the simulation, or says why it cannot be played. */
export function playableSystem(given: FailoverPlan, set: AnswerSet): Playable {
  const plan = planSeenFrom(given, set.primary);
  const records = recordsReached(plan, set.name);
  for (const record of records) {
    const obstacle = recordObstacle(record);
    if (obstacle !== undefined) return refused(obstacle);
  }
  const mixed = mixedRouting(records);
  if (mixed !== undefined) return refused(mixed);
  const queryType = queryTypeOf(set);
  if (queryType === undefined) {
    return refused(
      `${set.name} has ${set.type} records; those that lead to an address are played: A, AAAA and CNAME`,
    );
  }
  for (const record of records) {
    const end = unansweredTarget(plan, record, queryType);
    if (end === undefined) continue;
    const why = `${record.urn} leads to ${unansweredText(end, queryType)}`;
    return refused(`${why}; what another stack keeps there is not seen`);
  }
  const read = readChecks(plan, set, records, queryType);
  if (typeof read === "string") return refused(read);
  for (const other of set.others) {
    const address = sharedAddress(plan, set.primary, other);
    if (address === undefined) continue;
    const who = `the ${memberName(set.primary)} and the ${memberName(other)} record`;
    return refused(`${who} of ${set.name} both lead to ${address}, so that what fails there fails for both`);
  }
  const { checks, endpoints } = read;
  if (checks.length > CHECKS_MAX) {
    return refused(`${set.name} depends on ${checks.length} health checks; at most ${CHECKS_MAX} are played`);
  }
  const indexesOf = (members: readonly RecordSet[], which: "all" | "resting") => [
    ...new Set(
      members
        .flatMap((member) => leavesOf(plan, member, which, queryType))
        .map((leaf) => endpoints.indexOf(endpointKey(leaf))),
    ),
  ];
  const primary = indexesOf([set.primary], "resting");
  const isWhole = indexesOf([set.primary], "all").length === primary.length;
  const hasUnanswered = unansweredAmong(plan, setMembers(set), "all") !== undefined;
  return {
    kind: "playable",
    system: {
      plan,
      set,
      bound: recoveryBound(plan, set),
      failbackBound: recoveryBound(plan, set, "failback"),
      queryType,
      endpoints,
      primary,
      standby: indexesOf(set.others, "resting"),
      // Who gets no answer is on neither side.
      hasSides: set.routing === "failover" && isWhole && !hasUnanswered,
      hasUnanswered,
      usesPlaces: records.some(({ routing }) => PLACED.includes(routing.kind)),
      checks,
    },
  };
}

/** What a browser asks for. */
function queryTypeOf({ type }: AnswerSet): AddressType | undefined {
  if (type === "CNAME") return "A";
  return type === "A" || type === "AAAA" ? type : undefined;
}

const PLACED: readonly string[] = ["latency", "geolocation"];

/** The records of a name and of every name that they lead to. */
function recordsReached({ recordSets }: FailoverPlan, start: string): RecordSet[] {
  const names = [start];
  const found: RecordSet[] = [];
  // The list grows while it is walked, and a name enters it once.
  for (const name of names) {
    for (const record of recordSets.filter((candidate) => candidate.name === name)) {
      found.push(record);
      for (const target of targetNames(record)) if (!names.includes(target)) names.push(target);
    }
  }
  return found;
}

function targetNames({ target }: RecordSet): string[] {
  if (target.kind === "alias") return isUnknown(target.dnsName) ? [] : [normalizeDnsName(target.dnsName)];
  return isUnknown(target.values) ? [] : target.values.map(normalizeDnsName);
}

function recordObstacle({ urn, routing, healthCheck, target }: RecordSet): string | undefined {
  const obstacle = routingObstacle(routing);
  if (obstacle !== undefined) return `${urn} ${obstacle}`;
  if (routing.kind === "multivalue" && target.kind === "alias") {
    return `${urn} is an alias with multivalue routing, which Route 53 refuses`;
  }
  if (healthCheck.kind === "external") return `health check ${healthCheck.id} of ${urn} is not in the stack`;
  if (healthCheck.kind === "unknown") return `the health check of ${urn} is not known before the update`;
  if (target.kind === "alias") return undefined;
  if (typeof target.ttlSeconds === "number" && target.ttlSeconds < 0) {
    return `${urn} has a TTL of ${target.ttlSeconds}, which Route 53 refuses`;
  }
  if (isUnknown(target.ttlSeconds)) return `the TTL of ${urn} is not known before the update`;
  if (isUnknown(target.values)) return `the values of ${urn} are not known before the update`;
  if (target.ttlSeconds === undefined) return `${urn} has no TTL, which Route 53 refuses`;
  return undefined;
}

function routingObstacle(routing: RecordSet["routing"]): string | undefined {
  switch (routing.kind) {
    case "simple":
    case "failover":
    case "multivalue":
      return undefined;
    case "weighted":
      return isUnknown(routing.weight) ? "has a weight that is not known before the update" : undefined;
    case "latency": {
      const { region } = routing;
      if (isUnknown(region)) return "has a latency region that is not known before the update";
      return placeBeside(region) ? undefined : `names the region ${region}, whose place is not known here`;
    }
    case "geolocation":
      return isUnknown(routing.location) ? "has a location that is not known before the update" : undefined;
    case "other":
      return (
        `has ${routing.policy} routing; the simulation plays failover, weighted, multivalue, latency, ` +
        "geolocation and simple records"
      );
  }
}

function mixedRouting(records: readonly RecordSet[]): string | undefined {
  const kinds = new Map<string, string>();
  for (const { name, type, zoneId, routing } of records) {
    const key = `${String(name)} ${String(type)} ${String(zoneId)}`;
    const kind = kinds.get(key) ?? routing.kind;
    if (kind !== routing.kind) {
      return `${String(name)} ${String(type)} mixes ${kind} and ${routing.kind} routing, which Route 53 refuses`;
    }
    kinds.set(key, kind);
  }
  return undefined;
}

function refused(why: string): Playable {
  return { kind: "refused", why };
}
