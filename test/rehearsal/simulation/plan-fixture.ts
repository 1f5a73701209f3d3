import { type AnswerSet, answerSets } from "../../../model/answer-sets";
import type { Endpoint, FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { CHECKER_REGIONS } from "../../../model/health-check";
import type { TargetGroup } from "../../../model/target-group";
import type { EndpointCheck } from "../../../rehearsal/simulation/played-check";

export const NAME = "app.example.com";
export const PRIMARY = "urn:primary-record";
export const SECONDARY = "urn:secondary-record";
export const PRIMARY_CHECK = "urn:primary-check";
export const SECONDARY_CHECK = "urn:secondary-check";
export const PRIMARY_ENDPOINT = "urn:primary-endpoint";
export const STANDBY_ENDPOINT = "urn:standby-endpoint";

/** A check with the settings that matter; everything else is as small as it can be. */
export function healthCheck(changes: Partial<HealthCheck> = {}): HealthCheck {
  return {
    urn: PRIMARY_CHECK,
    id: "hc-1",
    type: "HTTPS",
    fqdn: "primary.app.example.com",
    ipAddress: undefined,
    port: 443,
    resourcePath: "/healthz",
    searchString: undefined,
    enableSni: true,
    requestIntervalSeconds: 10,
    failureThreshold: 3,
    measureLatency: false,
    inverted: false,
    disabled: false,
    regions: undefined,
    alarmName: undefined,
    alarmRegion: undefined,
    insufficientDataHealthStatus: undefined,
    children: [],
    childCount: 0,
    childHealthThreshold: undefined,
    ...changes,
  };
}

/** A check of an endpoint as it is played. */
export function endpointCheck(changes: Partial<EndpointCheck> = {}): EndpointCheck {
  return {
    kind: "endpoint",
    urn: PRIMARY_CHECK,
    type: "HTTPS",
    requestIntervalMs: 10_000,
    failureThreshold: 3,
    inverted: false,
    disabled: false,
    regions: CHECKER_REGIONS,
    endpoint: 0,
    ...changes,
  };
}

/** A simple A record with one value. */
export function record(changes: Partial<RecordSet> = {}): RecordSet {
  return {
    urn: "urn:record",
    name: NAME,
    type: "A",
    zoneId: "Z1",
    zone: "Z1",
    routing: { kind: "simple" },
    target: { kind: "values", values: ["192.0.2.99"], ttlSeconds: 60 },
    healthCheck: { kind: "none" },
    ...changes,
  };
}

/** An alias to a host name of AWS. */
export function aliasTo(dnsName: string, evaluateTargetHealth = false): RecordSet["target"] {
  return { kind: "alias", dnsName, zoneId: "ZAWS", evaluateTargetHealth };
}

export function endpoint(urn: string, side: string): Endpoint {
  return {
    urn,
    kind: "api-gateway",
    region: side === "primary" ? "us-east-1" : "us-west-2",
    hostNames: [NAME, `${side}.${NAME}`],
    dnsTargets: [`${side}.aws.example.com`],
    addresses: [],
    functions: [],
    sources: [urn],
  };
}

/** A plan of these records and checks, over the two endpoints, in the zone example.com, which others fill too. */
export function planOf(
  recordSets: readonly RecordSet[],
  healthChecks: readonly HealthCheck[] = [],
): FailoverPlan {
  return {
    zones: [{ urn: "urn:zone", name: "example.com", id: "Z1", hasOthers: true }],
    recordSets,
    healthChecks,
    endpoints: [endpoint(PRIMARY_ENDPOINT, "primary"), endpoint(STANDBY_ENDPOINT, "standby")],
    tables: [],
    alarms: [],
  };
}

/** A target group with its load balancer's defaults for HTTP. */
export function targetGroup(changes: Partial<TargetGroup> = {}): TargetGroup {
  return {
    urn: "urn:group",
    isChecked: true,
    protocol: "HTTP",
    intervalSeconds: 30,
    timeoutSeconds: 5,
    unhealthyThreshold: 2,
    healthyThreshold: 5,
    ...changes,
  };
}

/** The plan of a pair over load balancers, whose PRIMARY evaluates the health of these groups of its own. */
export function balancedPlan(groups: readonly TargetGroup[], options: PairOptions = {}): FailoverPlan {
  const plan = failoverPlan({ primaryCheck: undefined, ...options });
  return {
    ...plan,
    recordSets: plan.recordSets.map((each) =>
      each.urn === PRIMARY ? { ...each, target: aliasTo("primary.aws.example.com", true) } : each,
    ),
    endpoints: plan.endpoints.map((each) => ({
      ...each,
      kind: "load-balancer",
      targetGroups: each.urn === PRIMARY_ENDPOINT ? groups : [targetGroup({ urn: "urn:standby-group" })],
    })),
  };
}

export interface PairOptions {
  /** "alias" to AWS, or "cname" to a regional alias in the zone. */
  readonly mode?: "alias" | "cname";
  readonly ttlSeconds?: number;
  readonly primaryCheck?: Partial<HealthCheck> | undefined;
  readonly secondaryCheck?: Partial<HealthCheck>;
}

/** The PRIMARY and SECONDARY records of one name, with a check on the primary unless it says otherwise. */
export function failoverPlan(options: PairOptions = {}): FailoverPlan {
  const { mode = "alias", ttlSeconds = 10, secondaryCheck } = options;
  const primaryCheck = "primaryCheck" in options ? options.primaryCheck : {};
  const side = (role: "PRIMARY" | "SECONDARY"): RecordSet[] => {
    const isPrimary = role === "PRIMARY";
    const name = isPrimary ? "primary" : "standby";
    const endpointUrn = isPrimary ? PRIMARY_ENDPOINT : STANDBY_ENDPOINT;
    const checkUrn = isPrimary ? primaryCheck && PRIMARY_CHECK : secondaryCheck && SECONDARY_CHECK;
    const regional = record({
      urn: `urn:${name}-regional`,
      name: `${name}.${NAME}`,
      target: aliasTo(`${name}.aws.example.com`),
      endpoint: endpointUrn,
    });
    const pairRecord = record({
      urn: isPrimary ? PRIMARY : SECONDARY,
      type: mode === "alias" ? "A" : "CNAME",
      setIdentifier: name,
      routing: { kind: "failover", role },
      target:
        mode === "alias"
          ? aliasTo(`${name}.aws.example.com`)
          : { kind: "values", values: [`${name}.${NAME}`], ttlSeconds },
      healthCheck: checkUrn ? { kind: "check", urn: checkUrn } : { kind: "none" },
      endpoint: endpointUrn,
    });
    return [regional, pairRecord];
  };
  const checks = [
    ...(primaryCheck ? [healthCheck(primaryCheck)] : []),
    ...(secondaryCheck
      ? [healthCheck({ urn: SECONDARY_CHECK, fqdn: `standby.${NAME}`, ...secondaryCheck })]
      : []),
  ];
  return planOf([...side("PRIMARY"), ...side("SECONDARY")], checks);
}

/** The plan with an AAAA record beside each record of the name; `changesOf` says in what else than its type it differs. */
export function dualStack(
  plan: FailoverPlan,
  changesOf: (record: RecordSet) => Partial<RecordSet> = () => ({}),
): FailoverPlan {
  const twins = plan.recordSets
    .filter(({ name }) => name === NAME)
    .map((each) => ({ ...each, urn: `${each.urn}-6`, type: "AAAA", ...changesOf(each) }));
  return { ...plan, recordSets: [...plan.recordSets, ...twins] };
}

/** The only set of a plan. */
export function onlySet(plan: FailoverPlan): AnswerSet {
  const [set, ...others] = answerSets(plan);
  if (!set || others.length > 0) throw new Error(`the fixture has ${others.length + (set ? 1 : 0)} sets`);
  return set;
}

/** Both addresses families of the fixture's endpoints. */
export function addressesOf(urn: string, type: "A" | "AAAA"): string[] {
  const host = urn === PRIMARY_ENDPOINT ? 1 : urn === STANDBY_ENDPOINT ? 2 : 9;
  return [type === "A" ? `192.0.2.${host}` : `2001:db8::${host}`];
}
