import { isInZone, normalizeDnsName } from "../../model/dns-name";
import {
  type CheckTiming,
  detectionBoundSeconds,
  type EndpointCheckType,
  FAILURE_THRESHOLD_MAX,
  FAILURE_THRESHOLD_MIN,
  REQUEST_INTERVALS_SECONDS,
} from "../../model/health-check";
import { type Bound, sumBound } from "../../model/recovery-bound";
import {
  booleanValue,
  CERTIFICATE_NAME_LENGTH_MAX,
  dollarsAboveZero,
  emailAddress,
  hostName,
  integerBetween,
  oneOf,
  orNone,
} from "../setting-values";
import { type CrossRefusal, setting, type ValuesOf } from "./declared-setting";

export type SystemName = "profile-api" | "homelab-assistant" | "data-relay" | "static-site" | "web-server";

/** The arithmetic worst case of a stack's settings. */
export type SettingsBound = Extract<Bound, { kind: "bound" }>;

/** What the stacks of every system have, after validation. */
export interface CommonSettings<N extends SystemName, T extends EndpointCheckType> {
  readonly system: N;
  /** The stack's name; it becomes the tag `environment`. */
  readonly environment: string;
  /** The name that clients use and whose answer follows health. */
  readonly failoverName: string;
  readonly zone: { readonly kind: "existing" | "created"; readonly name: string };
  readonly healthCheck: {
    readonly type: T;
    readonly requestIntervalSeconds: (typeof REQUEST_INTERVALS_SECONDS)[number];
    readonly failureThreshold: number;
  };
  readonly alerts: { readonly kind: "topic" } | { readonly kind: "email"; readonly address: string };
  readonly objectives: {
    readonly rtoSeconds: number;
    readonly standbyMonthlyUsd: number;
    /** What the whole stack has to stay below; undefined where nobody has set a limit. */
    readonly stackMonthlyUsd: number | undefined;
  };
  /** Below the objective. */
  readonly bound: SettingsBound;
}

/** The settings that every system has, with the defaults in which they differ. */
export const commonDeclared = (defaults: {
  readonly domainName: string;
  readonly requestIntervalSeconds: (typeof REQUEST_INTERVALS_SECONDS)[number];
  /** USD a month that the whole stack has to stay below, or `none`. */
  readonly stackMonthlyBudgetUsd: string;
}) => ({
  domainName: setting(defaults.domainName, hostName(defaults.domainName, CERTIFICATE_NAME_LENGTH_MAX)),
  hostedZoneName: setting("example.com", hostName("example.com", CERTIFICATE_NAME_LENGTH_MAX)),
  createHostedZone: setting("false", booleanValue),
  healthCheckIntervalSeconds: setting(
    `${defaults.requestIntervalSeconds}`,
    oneOf(REQUEST_INTERVALS_SECONDS, 10),
  ),
  healthCheckFailureThreshold: setting("3", integerBetween(FAILURE_THRESHOLD_MIN, FAILURE_THRESHOLD_MAX, 3)),
  alertEmail: setting("none", orNone(emailAddress)),
  rtoObjectiveSeconds: setting("300", integerBetween(1, 86_400, 300)),
  standbyMonthlyBudgetUsd: setting("50", dollarsAboveZero(1_000_000, 50)),
  stackMonthlyBudgetUsd: setting(defaults.stackMonthlyBudgetUsd, orNone(dollarsAboveZero(1_000_000, 50))),
});

export type CommonValues = ValuesOf<ReturnType<typeof commonDeclared>>;

/** Everything of the common settings but the bound, which depends on the system's records. */
export function commonSettingsOf<N extends SystemName, T extends EndpointCheckType>(
  system: N,
  checkType: T,
  values: CommonValues,
  stack: string,
): Omit<CommonSettings<N, T>, "bound"> {
  const { alertEmail } = values;
  return {
    system,
    environment: stack,
    failoverName: values.domainName,
    zone: { kind: values.createHostedZone ? "created" : "existing", name: values.hostedZoneName },
    healthCheck: {
      type: checkType,
      requestIntervalSeconds: values.healthCheckIntervalSeconds,
      failureThreshold: values.healthCheckFailureThreshold,
    },
    alerts: alertEmail === undefined ? { kind: "topic" } : { kind: "email", address: alertEmail },
    objectives: {
      rtoSeconds: values.rtoObjectiveSeconds,
      standbyMonthlyUsd: values.standbyMonthlyBudgetUsd,
      stackMonthlyUsd: values.stackMonthlyBudgetUsd,
    },
  };
}

/** The recovery bound that a check and a TTL will have as resources. */
export function boundOf(
  check: CheckTiming & { readonly type: EndpointCheckType },
  ttlSeconds: number,
): SettingsBound {
  return sumBound(detectionBoundSeconds(check), ttlSeconds);
}

/** The name that fails over has to be in the hosted zone. */
export function domainInZone({
  domainName,
  hostedZoneName,
}: Partial<Pick<CommonValues, "domainName" | "hostedZoneName">>): CrossRefusal[] {
  if (domainName === undefined || hostedZoneName === undefined) return [];
  if (isInZone(domainName, hostedZoneName)) return [];
  return [
    {
      name: "domainName",
      because: `which is outside the hosted zone ${hostedZoneName}`,
      allowed: "the zone's own name or a name below it",
      lever: `${domainName.split(".")[0]}.${hostedZoneName}`,
    },
  ];
}

/** Refuses a CNAME where the name is the apex of its zone, where DNS has none. */
export function cnameBelowApex(
  { domainName, hostedZoneName }: Partial<Pick<CommonValues, "domainName" | "hostedZoneName">>,
  refusalAt: (apex: string) => CrossRefusal,
): CrossRefusal[] {
  if (domainName === undefined || hostedZoneName === undefined) return [];
  const isApex = normalizeDnsName(domainName) === normalizeDnsName(hostedZoneName);
  return isApex ? [refusalAt(hostedZoneName)] : [];
}

/** Timing of the check and the objective, as far as they could be read. */
export type TimingValues = Partial<
  Pick<CommonValues, "healthCheckIntervalSeconds" | "healthCheckFailureThreshold" | "rtoObjectiveSeconds">
>;

/**
 * The objective is "under", so a bound that equals it misses it.
 * @param ttlSeconds of the answer; undefined where it could not be read.
 */
export function boundMeetsObjective(
  values: TimingValues,
  checkType: EndpointCheckType,
  ttlSeconds: number | undefined,
): CrossRefusal[] {
  const {
    rtoObjectiveSeconds: objective,
    healthCheckIntervalSeconds: requestIntervalSeconds,
    healthCheckFailureThreshold: failureThreshold,
  } = values;
  if (
    objective === undefined ||
    requestIntervalSeconds === undefined ||
    failureThreshold === undefined ||
    ttlSeconds === undefined
  ) {
    return [];
  }
  const timing: Timing = { type: checkType, requestIntervalSeconds, failureThreshold };
  const bound = boundOf(timing, ttlSeconds);
  if (bound.rtoSeconds < objective) return [];
  const { detectionSeconds, propagationSeconds, rtoSeconds } = bound;
  return [
    {
      name: "rtoObjectiveSeconds",
      because: `but the bound is ${rtoSeconds} s (detection ${detectionSeconds} + propagation ${propagationSeconds} + TTL ${ttlSeconds})`,
      allowed: `more than ${rtoSeconds}`,
      lever: [`${rtoSeconds + 1}`, ...quickerTimings(timing, ttlSeconds, objective)].join(", or "),
    },
  ];
}

interface Timing {
  readonly type: EndpointCheckType;
  readonly requestIntervalSeconds: (typeof REQUEST_INTERVALS_SECONDS)[number];
  readonly failureThreshold: number;
}

/** Single changes that bring the bound under the objective: the patient threshold first, then the interval. */
function quickerTimings(timing: Timing, ttlSeconds: number, objectiveSeconds: number): string[] {
  const rto = (change: Partial<Timing>) => boundOf({ ...timing, ...change }, ttlSeconds).rtoSeconds;
  const threshold = thresholds().findLast((failureThreshold) => rto({ failureThreshold }) < objectiveSeconds);
  const faster = rto({ requestIntervalSeconds: 10 });
  return [
    ...(threshold === undefined
      ? []
      : [`healthCheckFailureThreshold to ${threshold} (bound ${rto({ failureThreshold: threshold })} s)`]),
    ...(timing.requestIntervalSeconds === 30 && faster < objectiveSeconds
      ? [`healthCheckIntervalSeconds to 10 (bound ${faster} s)`]
      : []),
  ];
}

function thresholds(): number[] {
  return Array.from(
    { length: FAILURE_THRESHOLD_MAX - FAILURE_THRESHOLD_MIN + 1 },
    (_, index) => FAILURE_THRESHOLD_MIN + index,
  );
}
