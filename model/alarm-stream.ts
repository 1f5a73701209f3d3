import type { Alarm } from "./failover-plan";
import { isUnknown } from "./unknown";

/** Metrics of standard resolution have one value a minute; an alarm with a shorter period needs a high resolution. */
export const STANDARD_PERIOD_SECONDS = 60;

/** One setting of an alarm by which Route 53 does not follow it. */
export interface AlarmObstacle {
  readonly path: "metricQueries" | "extendedStatistic" | "period" | "evaluationPeriods" | "datapointsToAlarm";
  /** What the alarm has and why it is not followed, for after "the alarm" or "which". */
  readonly got: string;
  readonly allowed: string;
  /** The change, in place always, that makes it one that is followed. */
  readonly lever: string;
  /** What that does to the alarm's price; metric queries may read several metrics, each of which is billed. */
  readonly price: keyof typeof PRICE_WORDS;
}

/** Changes of an alarm's price in words, for where no price list is at hand. */
export const PRICE_WORDS = { same: "no price", lower: "for less", "not-higher": "for no more" } as const;

/** What a health check of type CLOUDWATCH_METRIC makes of its alarm. */
export type AlarmStream =
  | { readonly kind: "followed"; readonly periodSeconds: number; readonly evaluationPeriods: number }
  | { readonly kind: "refused"; readonly obstacles: readonly [AlarmObstacle, ...AlarmObstacle[]] }
  /** `path` is the alarm's property that is not known yet. */
  | { readonly kind: "unknown"; readonly path: string };

/**
 * Route 53 reads an alarm's data itself and can read only some: one metric of standard resolution, by Average, Minimum,
 * Maximum, Sum or SampleCount (API reference, AlarmIdentifier), no metric math, and no "M out of N" (developer guide,
 * health-checks-creating-values). What is certainly not followed is told before what is not known yet.
 */
export function alarmStream(alarm: Alarm): AlarmStream {
  const { metricQueries, extendedStatistic, periodSeconds, evaluationPeriods, datapointsToAlarm } = alarm;
  // Without a metric of its own it has no period and no statistic either.
  if (metricQueries !== undefined && !isUnknown(metricQueries)) {
    return { kind: "refused", obstacles: [onQueries(metricQueries)] };
  }
  const [first, ...more] = [
    ...extendedObstacle(alarm),
    ...periodObstacle(alarm),
    ...evaluationObstacle(alarm),
    ...datapointsObstacle(alarm),
  ];
  if (first) return { kind: "refused", obstacles: [first, ...more] };
  if (isUnknown(metricQueries)) return { kind: "unknown", path: "metricQueries" };
  if (isUnknown(extendedStatistic)) return { kind: "unknown", path: "extendedStatistic" };
  if (typeof periodSeconds !== "number") return { kind: "unknown", path: "period" };
  if (typeof evaluationPeriods !== "number") return { kind: "unknown", path: "evaluationPeriods" };
  if (isUnknown(datapointsToAlarm)) return { kind: "unknown", path: "datapointsToAlarm" };
  return { kind: "followed", periodSeconds, evaluationPeriods };
}

function onQueries(queries: number): AlarmObstacle {
  return {
    path: "metricQueries",
    got: `reads ${queries} metricQueries, and Route 53 follows no metric math`,
    allowed: "one metric of the alarm's own",
    lever: "give the alarm a namespace, metricName, period and statistic in the place of its metricQueries",
    price: "not-higher",
  };
}

function extendedObstacle({ extendedStatistic }: Alarm): AlarmObstacle[] {
  if (extendedStatistic === undefined || isUnknown(extendedStatistic)) return [];
  const statistics = "Average, Minimum, Maximum, Sum or SampleCount";
  return [
    {
      path: "extendedStatistic",
      got: `has the extendedStatistic ${extendedStatistic}, and Route 53 follows no extended statistics`,
      allowed: "none",
      lever: `set the alarm's statistic to ${statistics} and remove its extendedStatistic`,
      price: "same",
    },
  ];
}

function periodObstacle({ periodSeconds }: Alarm): AlarmObstacle[] {
  if (isUnknown(periodSeconds)) return [];
  if (periodSeconds !== undefined && periodSeconds >= STANDARD_PERIOD_SECONDS) return [];
  const isSet = periodSeconds !== undefined;
  return [
    {
      path: "period",
      got: isSet
        ? `has a period of ${periodSeconds} s, and Route 53 follows metrics of standard resolution only`
        : "has no period",
      allowed: `${STANDARD_PERIOD_SECONDS} s or a multiple of it`,
      lever: `set the alarm's period to ${STANDARD_PERIOD_SECONDS}`,
      price: isSet ? "lower" : "same",
    },
  ];
}

function evaluationObstacle({ evaluationPeriods }: Alarm): AlarmObstacle[] {
  if (evaluationPeriods !== undefined) return [];
  return [
    {
      path: "evaluationPeriods",
      got: "has no evaluationPeriods",
      allowed: "1 or more",
      lever: "set the alarm's evaluationPeriods",
      price: "same",
    },
  ];
}

function datapointsObstacle({ evaluationPeriods, datapointsToAlarm }: Alarm): AlarmObstacle[] {
  if (datapointsToAlarm === undefined || isUnknown(datapointsToAlarm)) return [];
  if (typeof evaluationPeriods !== "number" || datapointsToAlarm === evaluationPeriods) return [];
  return [
    {
      path: "datapointsToAlarm",
      got:
        `has datapointsToAlarm ${datapointsToAlarm} of ${evaluationPeriods} evaluationPeriods, and Route 53 follows ` +
        "no M out of N alarms",
      allowed: `${evaluationPeriods}, or none`,
      lever: "remove the alarm's datapointsToAlarm, or set its evaluationPeriods to the same",
      price: "same",
    },
  ];
}
