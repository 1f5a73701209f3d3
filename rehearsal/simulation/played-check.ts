import { alarmMetric, type MetricSource } from "../../model/alarm-metric";
import { alarmStream } from "../../model/alarm-stream";
import type { Alarm, FailoverPlan, HealthCheck } from "../../model/failover-plan";
import {
  CHECKER_REGIONS,
  CHOSEN_REGIONS_MIN,
  type EndpointCheckType,
  FAILURE_THRESHOLD_MAX,
  FAILURE_THRESHOLD_MIN,
  isEndpointCheck,
  REQUEST_INTERVALS_SECONDS,
} from "../../model/health-check";
import type { TargetGroup } from "../../model/target-group";
import { isUnknown } from "../../model/unknown";
import { withUrn } from "../../model/urn-index";
import { isSuccess } from "./probe";

interface CheckBase {
  readonly urn: string;
  readonly inverted: boolean;
  readonly disabled: boolean;
}

/** Checkers probe an endpoint. */
export interface EndpointCheck extends CheckBase {
  readonly kind: "endpoint";
  readonly type: EndpointCheckType;
  readonly searchString?: string;
  readonly requestIntervalMs: number;
  readonly failureThreshold: number;
  readonly regions: readonly string[];
  /**
   * Whether it is given by address, so that every probe meets that one; a name is resolved anew at every interval
   * (API reference, HealthCheckConfig IPAddress and FullyQualifiedDomainName).
   */
  readonly byAddress?: true;
  /** Index among the endpoints. */
  readonly endpoint: number;
}

/**
 * Healthy while at least `healthThreshold` children are: with 0 always, with more than there are children never
 * (API reference, HealthCheckConfig HealthThreshold). A disabled child counts as healthy.
 */
export interface CalculatedCheck extends CheckBase {
  readonly kind: "calculated";
  /** Indexes among the checks. */
  readonly children: readonly number[];
  readonly healthThreshold: number;
}

/** What a check says while its alarm lacks data (API reference, InsufficientDataHealthStatus). */
export const MISSING_DATA_STATUSES = ["Healthy", "Unhealthy", "LastKnownStatus"] as const;
export type MissingDataStatus = (typeof MISSING_DATA_STATUSES)[number];

/** Route 53 follows the data stream of an alarm (developer guide, health checks that monitor an alarm). */
export interface MetricCheck extends CheckBase {
  readonly kind: "metric";
  /** Index of the endpoint that the metric is of. */
  readonly endpoint: number;
  readonly source: MetricSource;
  /** Whether the alarm waits until no target is left. */
  readonly needsAll: boolean;
  readonly periodMs: number;
  readonly evaluationPeriods: number;
  readonly missingData: MissingDataStatus;
}

/** How a load balancer finds out about the targets of one group (`model/target-health.ts`). */
export interface TargetGroupCheck extends CheckBase {
  readonly kind: "target-group";
  readonly type: EndpointCheckType;
  /** From one request to the next. */
  readonly intervalMs: number;
  /** Of one request. */
  readonly timeoutMs: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
  /** 200 where undefined. */
  readonly successCodes?: string;
  /** Index of the balancer among the endpoints. */
  readonly endpoint: number;
}

/** Whatever has a say in a record's health, with every setting known. */
export type PlayedCheck = EndpointCheck | CalculatedCheck | MetricCheck | TargetGroupCheck;

export type ReadCheck =
  | { readonly kind: "check"; readonly check: PlayedCheck; readonly children: readonly string[] }
  /** One line: what stands in the way. */
  | { readonly kind: "refused"; readonly why: string };

/** Settings that every kind needs; `indexOf` gives the place of an endpoint. */
export interface CheckContext {
  readonly plan: FailoverPlan;
  readonly indexOf: (endpointKey: string) => number;
  /** The endpoint that the check watches. */
  readonly endpoint: string;
}

/** Reads one check; a calculated one still without its children, whose URNs are given beside it. */
export function readCheck(check: HealthCheck, context: CheckContext): ReadCheck {
  const { urn, type, inverted, disabled } = check;
  if (isUnknown(type)) return refused(`the type of ${urn} is not known before the update`);
  if (isUnknown(inverted) || isUnknown(disabled)) {
    return refused(`whether ${urn} is inverted or disabled is not known before the update`);
  }
  const base = { urn, inverted, disabled };
  if (isEndpointCheck(type)) return readEndpointCheck(check, type, base, context);
  switch (type) {
    case "CALCULATED":
      return readCalculatedCheck(check, base);
    case "CLOUDWATCH_METRIC":
      return readMetricCheck(check, base, context);
    case "RECOVERY_CONTROL":
      return refused(`${urn} is a RECOVERY_CONTROL check, which a person switches; nothing of it is played`);
  }
}

function readEndpointCheck(
  check: HealthCheck,
  type: EndpointCheckType,
  base: CheckBase,
  context: CheckContext,
): ReadCheck {
  const { urn, requestIntervalSeconds, failureThreshold, regions, searchString } = check;
  if (isUnknown(requestIntervalSeconds) || isUnknown(failureThreshold)) {
    return refused(`the timing of ${urn} is not known before the update`);
  }
  if (!REQUEST_INTERVALS_SECONDS.some((seconds) => seconds === requestIntervalSeconds)) {
    return refused(
      `${urn} has a requestInterval of ${requestIntervalSeconds} s; Route 53 takes ${REQUEST_INTERVALS_SECONDS.join(" or ")}`,
    );
  }
  if (
    !Number.isInteger(failureThreshold) ||
    failureThreshold < FAILURE_THRESHOLD_MIN ||
    failureThreshold > FAILURE_THRESHOLD_MAX
  ) {
    return refused(
      `${urn} has a failureThreshold of ${failureThreshold}; Route 53 takes a whole number from ` +
        `${FAILURE_THRESHOLD_MIN} to ${FAILURE_THRESHOLD_MAX}`,
    );
  }
  if (isUnknown(regions)) return refused(`the checker regions of ${urn} are not known before the update`);
  const chosen = [...new Set(regions)];
  const foreign = chosen.filter((region) => !CHECKER_REGIONS.some((each) => each === region));
  if (foreign.length > 0)
    return refused(`${urn} names ${foreign.join(", ")} among its regions, where Route 53 has no checkers`);
  if (chosen.length > 0 && chosen.length < CHOSEN_REGIONS_MIN) {
    return refused(
      `${urn} names ${chosen.length} checker regions; Route 53 takes ${CHOSEN_REGIONS_MIN} or more`,
    );
  }
  return read({
    kind: "endpoint",
    ...base,
    type,
    // An unknown text changes nothing: a healthy endpoint is taken to hold it, a failed one not.
    searchString: type.endsWith("_STR_MATCH")
      ? typeof searchString === "string"
        ? searchString
        : "ok"
      : undefined,
    requestIntervalMs: requestIntervalSeconds * 1_000,
    failureThreshold,
    regions: chosen.length === 0 ? CHECKER_REGIONS : chosen,
    ...(check.ipAddress !== undefined && { byAddress: true }),
    endpoint: context.indexOf(context.endpoint),
  });
}

function readCalculatedCheck(check: HealthCheck, base: CheckBase): ReadCheck {
  const { urn, children, childCount, childHealthThreshold } = check;
  if (isUnknown(childCount)) return refused(`the children of ${urn} are not known before the update`);
  if (children.length < childCount) {
    return refused(
      `${childCount - children.length} of the ${childCount} children of ${urn} are not in the stack`,
    );
  }
  if (isUnknown(childHealthThreshold)) {
    return refused(`the child threshold of ${urn} is not known before the update`);
  }
  if (childHealthThreshold === undefined) {
    return refused(
      `${urn} has no childHealthThreshold; set how many of its ${childCount} children must be healthy`,
    );
  }
  return read({ kind: "calculated", ...base, children: [], healthThreshold: childHealthThreshold }, children);
}

function readMetricCheck(check: HealthCheck, base: CheckBase, context: CheckContext): ReadCheck {
  const { urn, insufficientDataHealthStatus: status } = check;
  const alarm: Alarm | undefined = withUrn(context.plan.alarms, check.alarm);
  if (!alarm) return refused(`the alarm behind ${urn} is not in the stack`);
  const behind = `${alarm.urn}, the alarm behind ${urn},`;
  const unknown = (path: string) => refused(`the ${path} of ${behind} is not known before the update`);
  const stream = alarmStream(alarm);
  if (stream.kind === "unknown") return unknown(stream.path);
  if (stream.kind === "refused") return refused(`${behind} ${stream.obstacles[0].got}`);
  const metric = alarmMetric(alarm);
  if (metric.kind === "unknown") return unknown(metric.path);
  if (metric.kind !== "follows") return refused(`${behind} ${metric.why}`);
  // AWS documents no default; the last known status is the one that changes nothing.
  const missingData = MISSING_DATA_STATUSES.find((each) => each === (status ?? "LastKnownStatus"));
  if (missingData === undefined) {
    return refused(`what ${urn} says about missing data is not known before the update`);
  }
  return read({
    kind: "metric",
    ...base,
    endpoint: context.indexOf(context.endpoint),
    source: metric.source,
    needsAll: metric.needsAll,
    periodMs: stream.periodSeconds * 1_000,
    evaluationPeriods: stream.evaluationPeriods,
    missingData,
  });
}

/** Reads the checks of a target group; they are never inverted, and one that is off is none. */
export function readTargetGroup(group: TargetGroup, endpoint: number): ReadCheck {
  const { urn, isChecked, protocol, intervalSeconds, timeoutSeconds, unhealthyThreshold, healthyThreshold } =
    group;
  const { successCodes } = group;
  if (
    isUnknown(isChecked) ||
    isUnknown(protocol) ||
    isUnknown(intervalSeconds) ||
    isUnknown(timeoutSeconds) ||
    isUnknown(unhealthyThreshold) ||
    isUnknown(healthyThreshold) ||
    isUnknown(successCodes)
  ) {
    return refused(`the health check of the target group ${urn} is not known before the update`);
  }
  const tellsApart =
    successCodes === undefined || (isSuccess(200, successCodes) && !isSuccess(503, successCodes));
  if (protocol !== "TCP" && !tellsApart) {
    return refused(
      `the target group ${urn} takes ${successCodes} for success; what is played answers 200 while it serves and 503 ` +
        "while it fails",
    );
  }
  return read({
    kind: "target-group",
    urn,
    inverted: false,
    disabled: false,
    type: protocol === "TCP" ? "TCP" : "HTTP",
    intervalMs: intervalSeconds * 1_000,
    timeoutMs: timeoutSeconds * 1_000,
    unhealthyThreshold,
    healthyThreshold,
    ...(successCodes !== undefined && { successCodes }),
    endpoint,
  });
}

function read(check: PlayedCheck, children: readonly string[] = []): ReadCheck {
  return { kind: "check", check, children };
}

function refused(why: string): ReadCheck {
  return { kind: "refused", why };
}
