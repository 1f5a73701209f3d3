import { isUnknown, type MaybeUnknown } from "./unknown";

/** Route 53 HealthCheckType (API reference, CreateHealthCheck). */
export type HealthCheckType =
  | "HTTP"
  | "HTTPS"
  | "HTTP_STR_MATCH"
  | "HTTPS_STR_MATCH"
  | "TCP"
  | "CALCULATED"
  | "CLOUDWATCH_METRIC"
  | "RECOVERY_CONTROL";

export type EndpointCheckType = Exclude<
  HealthCheckType,
  "CALCULATED" | "CLOUDWATCH_METRIC" | "RECOVERY_CONTROL"
>;

export const ENDPOINT_CHECK_TYPES: readonly EndpointCheckType[] = [
  "HTTP",
  "HTTPS",
  "HTTP_STR_MATCH",
  "HTTPS_STR_MATCH",
  "TCP",
];

export function isEndpointCheck(type: HealthCheckType): type is EndpointCheckType {
  return (ENDPOINT_CHECK_TYPES as readonly string[]).includes(type);
}

/**
 * Whether a check that does not say so names the host in its TLS handshake. The provider turns that on for HTTPS and
 * leaves it off for HTTPS_STR_MATCH (documentation of aws_route53_health_check, enable_sni).
 */
export function sniByDefault(type: HealthCheckType): boolean {
  return type === "HTTPS";
}

/** The two request intervals that Route 53 accepts, in seconds (developer guide, "Request interval"). */
export const REQUEST_INTERVALS_SECONDS = [10, 30] as const;
export type RequestIntervalSeconds = (typeof REQUEST_INTERVALS_SECONDS)[number];

/** 1 to 10 consecutive results (developer guide, "Failure threshold"). */
export const FAILURE_THRESHOLD_MIN = 1;
export const FAILURE_THRESHOLD_MAX = 10;

/** The regions that checkers run in; all eight unless the check names at least three (HealthCheckRegion). */
export const CHECKER_REGIONS = [
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "eu-west-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "sa-east-1",
] as const;

/** A check that chooses its regions names at least three (API reference, HealthCheckConfig Regions). */
export const CHOSEN_REGIONS_MIN = 3;

/** AWS speaks of 16 redundant zones for the eight regions, hence two checkers in each (inference). */
export const CHECKERS_PER_REGION = 2;

/** Percent of checkers that must be exceeded for "healthy" (developer guide, "How Route 53 determines..."). */
export const HEALTHY_CHECKERS_PERCENT = 18;

/** Time limits of one probe in seconds: connect, then first response, then body (developer guide). */
export const PROBE_LIMITS_SECONDS = { httpConnect: 4, httpResponse: 2, body: 2, tcpConnect: 10 } as const;

/** A search string must stand wholly in the first 5,120 bytes of the body (developer guide). */
export const SEARCHED_BODY_BYTES = 5_120;

/** The longest that one probe of this type can take before it counts as failed, in seconds. */
export function probeTimeoutSeconds(type: EndpointCheckType): number {
  const http = PROBE_LIMITS_SECONDS.httpConnect + PROBE_LIMITS_SECONDS.httpResponse;
  switch (type) {
    case "HTTP":
    case "HTTPS":
      return http;
    case "HTTP_STR_MATCH":
    case "HTTPS_STR_MATCH":
      return http + PROBE_LIMITS_SECONDS.body;
    case "TCP":
      return PROBE_LIMITS_SECONDS.tcpConnect;
  }
}

/** Healthy while strictly more than 18 % of the checkers say so; no checker at all is not healthy. */
export function isHealthyByConsensus(healthyCheckers: number, checkers: number): boolean {
  return healthyCheckers * 100 > checkers * HEALTHY_CHECKERS_PERCENT;
}

/** How many of `checkers` must have failed before the check turns unhealthy (14 of 16). */
export function failuresToTurnUnhealthy(checkers: number): number {
  return checkers - Math.floor((checkers * HEALTHY_CHECKERS_PERCENT) / 100);
}

export interface CheckTiming {
  readonly type: EndpointCheckType;
  readonly requestIntervalSeconds: number;
  readonly failureThreshold: number;
}

/**
 * Longest time from a fault to "unhealthy": the interval restarts after each response, so a hanging endpoint
 * adds its timeout to every round, and the last good answer may itself have been that slow.
 */
export function detectionBoundSeconds(timing: CheckTiming): number {
  const timeout = probeTimeoutSeconds(timing.type);
  return timing.failureThreshold * (timing.requestIntervalSeconds + timeout) + timeout;
}

/**
 * CloudWatch documents no delay between a measurement and its data point; one minute is our allowance
 * (ECS, Lambda and API Gateway publish once a minute).
 */
export const METRIC_DELAY_ALLOWANCE_SECONDS = 60;

/** Longest time from a fault to "unhealthy" of a check that follows an alarm's data stream. */
export function metricDetectionBoundSeconds(alarm: {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
}): number {
  // The fault can fall just after a period has begun, which then still looks good.
  return alarm.periodSeconds * (alarm.evaluationPeriods + 1) + METRIC_DELAY_ALLOWANCE_SECONDS;
}

/** The state a check shows whatever its checkers say: disabled means healthy, then inversion applies. */
export function reportedHealth(
  consensusHealthy: boolean,
  check: { readonly disabled: boolean; readonly inverted: boolean },
): boolean {
  return (check.disabled || consensusHealthy) !== check.inverted;
}

/** The number of checkers behind a check that names `regions`, or all of them when it names none. */
export function checkerCount(regions: MaybeUnknown<readonly string[]> | undefined): number {
  const named =
    regions === undefined || isUnknown(regions) || regions.length === 0 ? CHECKER_REGIONS : regions;
  return named.length * CHECKERS_PER_REGION;
}
