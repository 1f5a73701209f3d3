import { normalizeDnsName } from "../../model/dns-name";
import type { FailoverPair, FailoverPlan, RecordSet } from "../../model/failover-plan";
import { type Bound, recoveryBound } from "../../model/recovery-bound";
import { isUnknown } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import { type PlayedCheck, readCheck } from "./played-check";

export type { PlayedCheck } from "./played-check";

/** One failover pair with all that decides its answers: what the simulation plays. */
export interface PlayedSystem {
  readonly plan: FailoverPlan;
  readonly pair: FailoverPair;
  readonly bound: Bound;
  /** What clients ask for. */
  readonly queryType: string;
  /** URN of each endpoint, or of the record itself where it leads outside the plan. */
  readonly endpoints: readonly string[];
  /** Indexes among the endpoints. */
  readonly primary: number;
  readonly standby: number;
  readonly checks: readonly PlayedCheck[];
}

export type Playable =
  | { readonly kind: "playable"; readonly system: PlayedSystem }
  /** One line: what stands in the way. */
  | { readonly kind: "refused"; readonly why: string };

/** A server's belief about all checks is one bit each of a 32-bit number. */
const CHECKS_MAX = 30;

/** Prepares a pair of a plan for the simulation, or says why it cannot be played. */
export function playableSystem(plan: FailoverPlan, pair: FailoverPair): Playable {
  const records = recordsBehind(plan, pair.name);
  for (const record of records) {
    const obstacle = recordObstacle(record);
    if (obstacle !== undefined) return refused(obstacle);
  }
  const endpoints = [...new Set([...records.map(endpointKey), ...plan.endpoints.map(({ urn }) => urn)])];
  const checks = readChecks(plan, pair, records, endpoints);
  if (typeof checks === "string") return refused(checks);
  if (checks.length > CHECKS_MAX) {
    return refused(
      `${pair.name} depends on ${checks.length} health checks; at most ${CHECKS_MAX} are played`,
    );
  }
  return {
    kind: "playable",
    system: {
      plan,
      pair,
      bound: recoveryBound(plan, pair),
      queryType: pair.type === "CNAME" ? "A" : pair.type,
      endpoints,
      primary: endpoints.indexOf(endpointKey(pair.primary)),
      standby: endpoints.indexOf(endpointKey(pair.secondary)),
      checks,
    },
  };
}

/** The endpoint a record leads to, or the record itself where that is outside the plan. */
export function endpointKey(record: RecordSet): string {
  return record.endpoint ?? record.urn;
}

/** The records of a name and of every name that they lead to. */
function recordsBehind(plan: FailoverPlan, start: string): RecordSet[] {
  const names = [start];
  const found: RecordSet[] = [];
  // The list grows while it is walked, and a name enters it once.
  for (const name of names) {
    for (const record of plan.recordSets.filter((candidate) => candidate.name === name)) {
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
  if (routing.kind !== "failover" && routing.kind !== "simple") {
    const policy = routing.kind === "other" ? routing.policy : routing.kind;
    return `${urn} has ${policy} routing; the simulation plays failover and simple records`;
  }
  if (healthCheck.kind === "external") return `health check ${healthCheck.id} of ${urn} is not in the stack`;
  if (healthCheck.kind === "unknown") return `the health check of ${urn} is not known before the update`;
  if (target.kind === "alias") return undefined;
  if (isUnknown(target.ttlSeconds)) return `the TTL of ${urn} is not known before the update`;
  if (isUnknown(target.values)) return `the values of ${urn} are not known before the update`;
  if (target.ttlSeconds === undefined) return `${urn} has no TTL, which Route 53 refuses`;
  return undefined;
}

/** Every check that decides about one of the records, children included, each once and known; or what hinders. */
function readChecks(
  plan: FailoverPlan,
  pair: FailoverPair,
  records: readonly RecordSet[],
  endpoints: readonly string[],
): PlayedCheck[] | string {
  const found: { check: PlayedCheck; children: readonly string[] }[] = [];
  const visit = (urn: string, record: RecordSet, parent?: string): string | undefined => {
    if (found.some(({ check }) => check.urn === urn)) return undefined;
    const source = withUrn(plan.healthChecks, urn);
    if (!source) return `health check ${urn} of ${parent ?? record.urn} is not in the plan`;
    const indexOf = (key: string) => endpoints.indexOf(key);
    const result = readCheck(source, { plan, pair, record, indexOf, ownEndpoint: endpointKey(record) });
    if (result.kind === "refused") return result.why;
    if (parent !== undefined && result.check.kind === "calculated") {
      return `${parent} has the calculated check ${urn} as a child, which Route 53 refuses`;
    }
    found.push(result);
    for (const child of result.children) {
      const obstacle = visit(child, record, urn);
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  };
  for (const record of records) {
    if (record.healthCheck.kind !== "check") continue;
    const obstacle = visit(record.healthCheck.urn, record);
    if (obstacle !== undefined) return obstacle;
  }
  return found.map(({ check, children }) =>
    check.kind === "calculated"
      ? { ...check, children: children.map((urn) => found.findIndex((each) => each.check.urn === urn)) }
      : check,
  );
}

function refused(why: string): Playable {
  return { kind: "refused", why };
}
