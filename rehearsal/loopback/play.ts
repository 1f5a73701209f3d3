import type { AnswerSet } from "../../model/answer-sets";
import { recordsAsked } from "../../model/answer-tree";
import {
  type Endpoint,
  type FailoverPlan,
  type HealthCheck,
  planSeenFrom,
  type RecordSet,
} from "../../model/failover-plan";
import {
  CHECKER_REGIONS,
  CHECKERS_PER_REGION,
  checkerCount,
  type EndpointCheckType,
  isEndpointCheck,
  reportedHealth,
} from "../../model/health-check";
import { answerTtlSeconds, RTO_OBJECTIVE_SECONDS, recoveryBound } from "../../model/recovery-bound";
import type { StackResource } from "../../model/stack-resource";
import { targetHealthBehind } from "../../model/target-health";
import { isUnknown, type MaybeUnknown } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import { HOSTS_MAX } from "./address-book";
import { checksOf, furnishPlan } from "./outside-endpoints";
import { type PlayedTable, playedTables } from "./played-tables";

/** An endpoint with what a server on this machine needs to know. */
export interface PlayedEndpoint {
  /** Of the stack's resource; outside the stack that of the record which leads there. */
  readonly urn: string;
  readonly kind: Endpoint["kind"] | "outside";
  /** Null outside AWS, and for CloudFront, which has none. */
  readonly region: string | null;
  /** The names it is known by; the failover name is among them only where the resource itself says so. */
  readonly hostNames: readonly string[];
}

/** A health check whose checkers are played. */
export interface PlayedCheck {
  readonly urn: string;
  readonly type: EndpointCheckType;
  readonly fqdn: string | undefined;
  readonly ipAddress: string | undefined;
  readonly port: number;
  readonly path: string;
  readonly searchString: string | undefined;
  readonly sendsServerName: boolean;
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly inverted: boolean;
  readonly checkers: readonly string[];
}

/** What a rehearsal needs of a plan, with nothing unknown left. */
export interface Play {
  /** The plan, with an endpoint for each place outside the stack. */
  readonly plan: FailoverPlan;
  readonly set: AnswerSet;
  /** The failover name, and the type of address that its visitors ask for. */
  readonly name: string;
  readonly addressType: "A" | "AAAA";
  /** The one that fails. */
  readonly primary: PlayedEndpoint;
  /** Who serves then; never empty. */
  readonly others: readonly [PlayedEndpoint, ...PlayedEndpoint[]];
  readonly endpoints: readonly PlayedEndpoint[];
  /** The primary's own come first. */
  readonly checks: readonly PlayedCheck[];
  /** URNs of those that decide about the primary: its own, or the children of a calculated one. */
  readonly primaryChecks: readonly string[];
  readonly tables: readonly PlayedTable[];
  /** Worst case from the fault to a client that the others serve; the objective where there is no worst case. */
  readonly boundSeconds: number;
  /** How long a resolver keeps the failed member's answer. */
  readonly ttlSeconds: number;
  /** What is not played although the plan has it, one line each. */
  readonly notes: readonly string[];
}

/** A plan that cannot be played on this machine; the message is one line with every reason. */
export class UnplayablePlan extends Error {
  override readonly name = "UnplayablePlan";
}

/** Answers that depend on where the resolver stands; every resolver here stands on this machine. */
const PLACED: readonly string[] = ["latency", "geolocation", "geoproximity", "cidr"];

/**
 * @param settings.needsTables false for an application that keeps nothing; then tables are neither needed nor played.
 * @param settings.resources tell the whole key of a table; without them it is the partition key alone, as text.
 * @throws UnplayablePlan with everything that is missing.
 */
export function readPlay(
  given: FailoverPlan,
  set: AnswerSet,
  settings: { readonly needsTables?: boolean; readonly resources?: readonly StackResource[] } = {},
): Play {
  const { needsTables = true, resources = [] } = settings;
  const reasons: string[] = [];
  if (PLACED.includes(set.routing)) {
    reasons.push(`${set.name} has ${set.routing} routing, and every resolver here stands in the same place`);
  }
  const { plan, outside, notes: standIns, endpointOf } = furnishPlan(planSeenFrom(given, set.primary), set);
  const notes = [...standIns];
  if (plan.endpoints.length > HOSTS_MAX) {
    reasons.push(`the plan has ${plan.endpoints.length} endpoints; at most ${HOSTS_MAX} are played`);
  }
  const bound = recoveryBound(plan, set);
  if (bound.kind === "unknown") reasons.push(`${bound.path} of ${bound.urn} is not known yet`);
  const endpoints = plan.endpoints.flatMap(({ urn, kind, region, hostNames }): PlayedEndpoint[] => {
    if (outside.has(urn)) return [{ urn, kind: "outside", region: null, hostNames }];
    // CloudFront is global, and its endpoint the same one everywhere.
    if (kind === "cloudfront") return [{ urn, kind, region: null, hostNames }];
    return region === undefined || isUnknown(region) ? [] : [{ urn, kind, region, hostNames }];
  });
  const members = [set.primary, ...set.others];
  const played = members.map((member) => {
    const found = endpointOf(member);
    const endpoint = "urn" in found ? endpoints.find(({ urn }) => urn === found.urn) : undefined;
    if ("obstacle" in found) reasons.push(found.obstacle);
    else if (!endpoint) reasons.push(`${member.urn} leads to no endpoint of the plan whose region is known`);
    return endpoint;
  });
  const [primary] = played;
  const rest = [...new Set(played.slice(1).filter((endpoint) => endpoint !== undefined))];
  const [other, ...more] = rest;
  if (primary && rest.includes(primary)) {
    const who = set.routing === "failover" ? "PRIMARY and SECONDARY" : `Two members of ${set.name}`;
    reasons.push(`${who} lead to the same ${primary.urn}`);
  }
  const checks = relevantChecks(plan, set, played).flatMap(({ check, isNeeded }) => {
    const obstacles: string[] = [];
    const found = playedCheck(check, obstacles);
    if (isNeeded) reasons.push(...obstacles);
    return found;
  });
  for (const member of members) {
    for (const urn of sourcesOf(plan, member)) {
      if (checks.some((check) => check.urn === urn)) continue;
      const check = withUrn(plan.healthChecks, urn);
      if (check?.disabled === true && !isUnknown(check.inverted)) {
        const state = reportedHealth(true, { disabled: true, inverted: check.inverted })
          ? "healthy"
          : "unhealthy";
        notes.push(`${urn} is disabled, so it is ${state} for ever`);
      } else if (member === set.primary)
        reasons.push(`${urn} sends no probes, and nothing else is played on loopback`);
      else notes.push(`${urn} sends no probes; on loopback it stays as healthy as a new check is`);
    }
  }
  const targets = targetHealthBehind(plan, set.primary);
  if (targets.kind === "groups") {
    const isAlone = sourcesOf(plan, set.primary).length === 0;
    const why = `the target groups behind ${set.primary.urn} ${isAlone ? "decide" : "decide too"}`;
    (isAlone ? reasons : notes).push(`${why}, and their checks are not played on loopback`);
  }
  const tables = needsTables ? playedTables(plan, resources, reasons) : [];
  if (bound.kind === "unknown" || !primary || !other || reasons.length > 0) {
    throw new UnplayablePlan(`the plan cannot be played on loopback: ${[...new Set(reasons)].join("; ")}`);
  }
  const ttl = answerTtlSeconds(plan, set.primary);
  return {
    plan,
    set,
    name: set.name,
    addressType: set.type === "AAAA" ? "AAAA" : "A",
    primary,
    others: [other, ...more],
    endpoints,
    checks,
    primaryChecks: sourcesOf(plan, set.primary),
    tables,
    boundSeconds: bound.kind === "bound" ? bound.rtoSeconds : RTO_OBJECTIVE_SECONDS,
    ttlSeconds: ttl.kind === "seconds" ? ttl.seconds : 0,
    notes,
  };
}

/** The checks behind the members, the primary's first, then those of other names that lead to the same endpoints. */
function relevantChecks(
  plan: FailoverPlan,
  { primary, others }: AnswerSet,
  played: readonly (PlayedEndpoint | undefined)[],
): { readonly check: HealthCheck; readonly isNeeded: boolean }[] {
  const members = [primary, ...others];
  const urns = new Set(played.map((endpoint) => endpoint?.urn));
  const beside = plan.recordSets.filter(({ endpoint }) => endpoint !== undefined && urns.has(endpoint));
  const asked = members.flatMap((member) => recordsAsked(plan, member));
  const needed = new Set(asked.flatMap((record) => checksOf(plan, record)));
  const all = new Set([...needed, ...beside.flatMap((record) => checksOf(plan, record))]);
  return [...all].map((check) => ({ check, isNeeded: needed.has(check) }));
}

/**
 * The checks that must be played for a record's health to change: its own and those of the records whose health it
 * takes over, or the children of a calculated one.
 */
function sourcesOf(plan: FailoverPlan, record: RecordSet): readonly string[] {
  const sources = recordsAsked(plan, record).flatMap(({ healthCheck }) => {
    const own = healthCheck.kind === "check" ? withUrn(plan.healthChecks, healthCheck.urn) : undefined;
    if (own?.type === "CALCULATED") return own.children;
    return own ? [own.urn] : [];
  });
  return [...new Set(sources)];
}

/** Nothing for a check that sends no probes; it stays as healthy as a new check is. */
function playedCheck(check: HealthCheck, reasons: string[]): PlayedCheck[] {
  const { urn, type } = check;
  if (check.disabled === true) return [];
  if (!isUnknown(type) && !isEndpointCheck(type)) return [];
  const unknown = Object.entries(check).flatMap(([path, value]) => (isUnknown(value) ? [path] : []));
  if (isUnknown(type) || unknown.some((path) => NEEDED.includes(path))) {
    reasons.push(`${unknown.join(", ")} of ${urn} is not known yet`);
    return [];
  }
  const isHttps = type === "HTTPS" || type === "HTTPS_STR_MATCH";
  const path = known(check.resourcePath) ?? "/";
  return [
    {
      urn,
      type,
      fqdn: known(check.fqdn),
      ipAddress: known(check.ipAddress),
      port: known(check.port) ?? (isHttps ? 443 : 80),
      path: path.startsWith("/") ? path : `/${path}`,
      searchString: known(check.searchString),
      sendsServerName: check.enableSni === true,
      intervalSeconds: known(check.requestIntervalSeconds) ?? 30,
      failureThreshold: known(check.failureThreshold) ?? 3,
      inverted: check.inverted === true,
      checkers: checkerNames(check.regions),
    },
  ];
}

/** The fields that decide what a probe does; the others may be unknown. */
const NEEDED: readonly string[] = [
  "fqdn",
  "ipAddress",
  "port",
  "resourcePath",
  "searchString",
  "enableSni",
  "requestIntervalSeconds",
  "failureThreshold",
  "inverted",
  "disabled",
  "regions",
];

/** `us-east-1/1`, `us-east-1/2`, ...: as many as the model counts. */
function checkerNames(regions: HealthCheck["regions"]): string[] {
  const named = known(regions);
  const places = named === undefined || named.length === 0 ? CHECKER_REGIONS : named;
  const names = places.flatMap((region) =>
    Array.from({ length: CHECKERS_PER_REGION }, (_, index) => `${region}/${index + 1}`),
  );
  return names.slice(0, checkerCount(regions));
}

function known<T>(value: MaybeUnknown<T> | undefined): T | undefined {
  return isUnknown(value) ? undefined : (value as T | undefined);
}
