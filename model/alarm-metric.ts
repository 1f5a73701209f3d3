import type { Alarm } from "./failover-plan";
import { isUnknown } from "./unknown";

/** What the data points of an alarm's metric are made of, and so what a failure does to them. */
export type MetricSource =
  /** Requests that the endpoint answered, in its own name or for what stands behind it: without any there is no point. */
  | "requests"
  /** Errors that the targets of a load balancer answer; what does not answer gives none. */
  | "target-answers"
  /** Errors that a load balancer answers in the place of targets, which hang or take no connection. */
  | "balancer-answers"
  /** Connections to targets that did not come about. */
  | "target-connections"
  /** Checks that go on while targets fail: of a load balancer, of Route 53, of a canary. */
  | "targets";

/** What an alarm's metric tells of an endpoint. */
export type AlarmMetric =
  | {
      readonly kind: "follows";
      readonly source: MetricSource;
      /** Whether the alarm waits until no target is left. */
      readonly needsAll: boolean;
    }
  /** It is in ALARM while all is well, or never: for after "the alarm behind the health check". */
  | { readonly kind: "wrong"; readonly why: string; readonly change: string }
  /** Nothing here tells what a failure does to it. */
  | { readonly kind: "untold"; readonly why: string }
  /** `path` is the alarm's property that is not known yet. */
  | { readonly kind: "unknown"; readonly path: string };

interface Metric {
  readonly source: MetricSource;
  /** Whether its values rise with failures. */
  readonly rises: boolean;
}

const ERRORS: Metric = { source: "requests", rises: true };
const OF_TARGETS: Metric = { source: "target-answers", rises: true };
const OF_BALANCER: Metric = { source: "balancer-answers", rises: true };
const CONNECTIONS: Metric = { source: "target-connections", rises: true };
const WELL: Metric = { source: "targets", rises: false };
const ILL: Metric = { source: "targets", rises: true };

/** Metrics of AWS that tell whether an endpoint serves (the services' own guides, "CloudWatch metrics"). */
const METRICS: Readonly<Record<string, Readonly<Record<string, Metric>>>> = {
  "AWS/ApiGateway": { "5XXError": ERRORS, "5xx": ERRORS },
  "AWS/ApplicationELB": {
    HTTPCode_Target_5XX_Count: OF_TARGETS,
    HTTPCode_ELB_5XX_Count: OF_BALANCER,
    TargetConnectionErrorCount: CONNECTIONS,
    HealthyHostCount: WELL,
    UnHealthyHostCount: ILL,
  },
  "AWS/ELB": {
    HTTPCode_Backend_5XX: OF_TARGETS,
    HTTPCode_ELB_5XX: OF_BALANCER,
    BackendConnectionErrors: CONNECTIONS,
    HealthyHostCount: WELL,
    UnHealthyHostCount: ILL,
  },
  "AWS/NetworkELB": { HealthyHostCount: WELL, UnHealthyHostCount: ILL },
  "AWS/CloudFront": { "5xxErrorRate": ERRORS, TotalErrorRate: ERRORS },
  "AWS/Lambda": { Errors: ERRORS },
  "AWS/S3": { "5xxErrors": ERRORS },
  "AWS/AppRunner": { "5xxStatusResponses": ERRORS },
  "AWS/AppSync": { "5XXError": ERRORS },
  "AWS/Route53": { HealthCheckStatus: WELL, HealthCheckPercentageHealthy: WELL },
  CloudWatchSynthetics: { SuccessPercent: WELL, Failed: ILL },
};

/** The dimension that every metric of these has (their user guides, CloudWatch metrics). */
const BALANCER = "LoadBalancer";
const BALANCED: readonly string[] = ["AWS/ApplicationELB", "AWS/NetworkELB"];

const ABOVE = "GreaterThanThreshold";
const FROM_ABOVE = "GreaterThanOrEqualToThreshold";
const BELOW = "LessThanThreshold";
const FROM_BELOW = "LessThanOrEqualToThreshold";

/** By namespace and metric, and by which way the alarm's operator and threshold turn. */
export function alarmMetric(alarm: Alarm): AlarmMetric {
  const { namespace, metricName, comparisonOperator: operator, threshold } = alarm;
  if (isUnknown(namespace)) return { kind: "unknown", path: "namespace" };
  if (isUnknown(metricName)) return { kind: "unknown", path: "metricName" };
  const name = `${namespace ?? ""} ${metricName ?? ""}`.trim();
  const known = own(own(METRICS, namespace ?? "") ?? {}, metricName ?? "");
  if (!known)
    return {
      kind: "untold",
      why: `is on ${name || "no metric"}, of which nothing tells that it follows the endpoint`,
    };
  if (isUnknown(operator)) return { kind: "unknown", path: "comparisonOperator" };
  if (isUnknown(threshold)) return { kind: "unknown", path: "threshold" };
  const { dimensionNames } = alarm;
  const lacks =
    dimensionNames !== undefined && !isUnknown(dimensionNames) && !dimensionNames.includes(BALANCER);
  if (lacks && BALANCED.includes(namespace ?? "")) {
    return wrong(
      `is on ${name} without the dimension ${BALANCER}, of which there is no data`,
      `add ${BALANCER} to the alarm's dimensions`,
    );
  }
  const turns = known.rises ? [ABOVE, FROM_ABOVE] : [BELOW, FROM_BELOW];
  const got = `is on ${name} with ${operator ?? "no comparisonOperator"} ${threshold ?? ""}`.trim();
  const [first] = turns;
  if (operator === undefined || !turns.includes(operator)) {
    const moves = known.rises ? "rises" : "falls";
    return wrong(
      `${got}, which ${moves} when the endpoint fails`,
      `set the alarm's comparisonOperator to ${first}`,
    );
  }
  const limit = threshold ?? Number.NaN;
  const deaf = deafStatistic(alarm, known, operator === ABOVE, limit);
  if (deaf !== undefined) return wrong(`is on ${name} by ${deaf.got}`, deaf.change);
  if (known.rises && (operator === FROM_ABOVE ? limit <= 0 : limit < 0)) {
    return wrong(`${got}, which it is while all is well`, "set the alarm's threshold above 0");
  }
  if (!known.rises && (operator === BELOW ? limit <= 0 : limit < 0)) {
    return wrong(`${got}, which it never is`, "set the alarm's threshold to 1");
  }
  const needsAll = known === WELL && (operator === BELOW ? limit <= 1 : limit < 1);
  return { kind: "follows", source: known.source, needsAll };
}

/** Metrics that hold a 1 for each error: only a Sum counts them (ALB user guide, CloudWatch metrics). */
const ONES = /^HTTPCode_/;

/** A statistic that tells nothing of the endpoint with this threshold. */
function deafStatistic(
  { statistic, metricName }: Alarm,
  { source }: Metric,
  isAbove: boolean,
  limit: number,
): { readonly got: string; readonly change: string } | undefined {
  if (statistic === undefined || isUnknown(statistic)) return undefined;
  if (source === "targets" && statistic === "SampleCount") {
    return {
      got: "SampleCount, which counts reports, good or bad",
      change: "set the alarm's statistic to Average",
    };
  }
  const isOne = ["Average", "Minimum", "Maximum"].includes(statistic) && ONES.test(String(metricName));
  if (!isOne || (isAbove ? limit < 1 : limit <= 1)) return undefined;
  return {
    got: `${statistic}, which is 1 however many errors there are, and so never over ${limit}`,
    change: "set the alarm's statistic to Sum",
  };
}

function wrong(why: string, change: string): AlarmMetric {
  return { kind: "wrong", why, change };
}

/** Names come from stacks, and may be those that every object has. */
function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
