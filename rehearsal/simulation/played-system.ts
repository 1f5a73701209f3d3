import { normalizeDnsName } from "../../model/dns-name";
import type { FailoverPair, FailoverPlan, HealthCheck, RecordSet } from "../../model/failover-plan";
import { CHECKER_REGIONS, type EndpointCheckType, isEndpointCheck } from "../../model/health-check";
import { type Bound, recoveryBound } from "../../model/recovery-bound";
import { isUnknown } from "../../model/unknown";

/** A health check whose every setting is known, and the endpoint that it probes. */
export interface PlayedCheck {
  readonly urn: string;
  readonly type: EndpointCheckType;
  readonly searchString?: string;
  readonly requestIntervalMs: number;
  readonly failureThreshold: number;
  readonly inverted: boolean;
  readonly disabled: boolean;
  readonly regions: readonly string[];
  /** Index among the endpoints. */
  readonly endpoint: number;
}

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
  const checks: PlayedCheck[] = [];
  for (const record of records) {
    if (record.healthCheck.kind !== "check") continue;
    const { urn } = record.healthCheck;
    if (checks.some((check) => check.urn === urn)) continue;
    const check = plan.healthChecks.find((candidate) => candidate.urn === urn);
    if (!check) return refused(`health check ${urn} of ${record.urn} is not in the plan`);
    const played = playedCheck(plan, pair, check, record, endpoints);
    if (typeof played === "string") return refused(played);
    checks.push(played);
  }
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

function playedCheck(
  plan: FailoverPlan,
  pair: FailoverPair,
  check: HealthCheck,
  record: RecordSet,
  endpoints: readonly string[],
): PlayedCheck | string {
  const { urn, type, requestIntervalSeconds, failureThreshold, inverted, disabled, regions } = check;
  if (isUnknown(type)) return `the type of ${urn} is not known before the update`;
  if (!isEndpointCheck(type)) return `${urn} is a ${type} check; the simulation plays checks of endpoints`;
  if (isUnknown(requestIntervalSeconds) || isUnknown(failureThreshold)) {
    return `the timing of ${urn} is not known before the update`;
  }
  if (isUnknown(inverted) || isUnknown(disabled)) {
    return `whether ${urn} is inverted or disabled is not known before the update`;
  }
  if (isUnknown(regions)) return `the checker regions of ${urn} are not known before the update`;
  if (!isUnknown(check.fqdn) && check.fqdn === pair.name) {
    return `${urn} probes ${pair.name}, the failover name itself; AWS calls the result unpredictable`;
  }
  const { searchString } = check;
  return {
    urn,
    type,
    // An unknown text changes nothing: a healthy endpoint is taken to hold it, a failed one not.
    searchString: type.endsWith("_STR_MATCH")
      ? typeof searchString === "string"
        ? searchString
        : "ok"
      : undefined,
    requestIntervalMs: requestIntervalSeconds * 1_000,
    failureThreshold,
    inverted,
    disabled,
    regions: regions === undefined || regions.length === 0 ? CHECKER_REGIONS : regions,
    endpoint: endpoints.indexOf(probedEndpoint(plan, check, record)),
  };
}

/** The endpoint that the check's name or address belongs to; its record's own where no endpoint has it. */
function probedEndpoint(plan: FailoverPlan, check: HealthCheck, record: RecordSet): string {
  const own = endpointKey(record);
  const { fqdn, ipAddress } = check;
  const holders = plan.endpoints
    .filter(
      ({ hostNames, dnsTargets, addresses }) =>
        (typeof ipAddress === "string" && addresses.includes(ipAddress)) ||
        (typeof fqdn === "string" && (hostNames.includes(fqdn) || dnsTargets.includes(fqdn))),
    )
    .map(({ urn }) => urn);
  const named = plan.recordSets.find(
    ({ name, routing, endpoint }) => name === fqdn && routing.kind === "simple" && endpoint !== undefined,
  )?.endpoint;
  if (named !== undefined) holders.push(named);
  return holders.includes(own) ? own : (holders[0] ?? own);
}

function refused(why: string): Playable {
  return { kind: "refused", why };
}
