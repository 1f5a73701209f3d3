import type { Endpoint, FailoverPair, FailoverPlan, HealthCheck } from "../../model/failover-plan";
import {
  CHECKER_REGIONS,
  CHECKERS_PER_REGION,
  checkerCount,
  type EndpointCheckType,
  isEndpointCheck,
} from "../../model/health-check";
import { RTO_OBJECTIVE_SECONDS, recoveryBound } from "../../model/recovery-bound";
import { isUnknown, type MaybeUnknown } from "../../model/unknown";
import type { StoreTable } from "./region-store";

/** An endpoint with what a server on this machine needs to know. */
export interface PlayedEndpoint {
  readonly urn: string;
  readonly kind: Endpoint["kind"];
  readonly region: string;
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
  /** The failover name, and the type of address that its visitors ask for. */
  readonly name: string;
  readonly addressType: "A" | "AAAA";
  readonly primary: PlayedEndpoint;
  readonly standby: PlayedEndpoint;
  readonly endpoints: readonly PlayedEndpoint[];
  readonly checks: readonly PlayedCheck[];
  /** Replicated between the two regions; the first is the application's own. */
  readonly tables: readonly StoreTable[];
  /** Worst case from the fault to a client that the standby serves; the objective where there is no worst case. */
  readonly boundSeconds: number;
}

/** A plan that cannot be played on this machine; the message is one line with every reason. */
export class UnplayablePlan extends Error {
  override readonly name = "UnplayablePlan";
}

/** @throws UnplayablePlan with everything that is missing. */
export function readPlay(plan: FailoverPlan, pair: FailoverPair): Play {
  const reasons: string[] = [];
  const bound = recoveryBound(plan, pair);
  if (bound.kind === "unknown") reasons.push(`${bound.path} of ${bound.urn} is not known yet`);
  const endpoints = plan.endpoints.flatMap((endpoint) => {
    const { urn, kind, region, hostNames } = endpoint;
    return region === undefined || isUnknown(region) ? [] : [{ urn, kind, region, hostNames }];
  });
  const endpointOf = (role: "primary" | "secondary") => {
    const { urn, endpoint } = pair[role];
    const found = endpoints.find((candidate) => candidate.urn === endpoint);
    if (!found) reasons.push(`${urn} leads to no endpoint of the plan whose region is known`);
    return found;
  };
  const primary = endpointOf("primary");
  const standby = endpointOf("secondary");
  if (primary && primary === standby) reasons.push(`PRIMARY and SECONDARY lead to the same ${primary.urn}`);
  const checks = plan.healthChecks.flatMap((check) => playedCheck(check, reasons));
  const { healthCheck } = pair.primary;
  const own = plan.healthChecks.find(({ urn }) => healthCheck.kind === "check" && urn === healthCheck.urn);
  const sources = own?.type === "CALCULATED" ? own.children : own ? [own.urn] : [];
  for (const source of sources) {
    if (checks.some(({ urn }) => urn === source)) continue;
    reasons.push(`${source} sends no probes, and nothing else is played on loopback`);
  }
  const tables = plan.tables.flatMap(({ urn, name, hashKey }) => {
    if (!isUnknown(name) && !isUnknown(hashKey)) return [{ name, hashKey }];
    reasons.push(`name or hashKey of ${urn} is not known yet`);
    return [];
  });
  if (bound.kind === "unknown" || !primary || !standby || reasons.length > 0) {
    throw new UnplayablePlan(`the plan cannot be played on loopback: ${reasons.join("; ")}`);
  }
  return {
    name: pair.name,
    addressType: pair.type === "AAAA" ? "AAAA" : "A",
    primary,
    standby,
    endpoints,
    checks,
    tables,
    boundSeconds: bound.kind === "bound" ? bound.rtoSeconds : RTO_OBJECTIVE_SECONDS,
  };
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
