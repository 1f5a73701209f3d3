import { STANDARD_PERIOD_SECONDS } from "../../../model/alarm-stream";
import { isPresent } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { amountText, type Formula, unknownInput, unpriced } from "./formula";
import { Inputs } from "./inputs";
import { at, listAt, numberAt, stringAt } from "./read";

/** Alarms bill per metric that they evaluate; an anomaly band counts as two more. */
export const metricAlarmMeters: Formula = (resource, stack) => {
  const { properties } = resource;
  const place = stack.regionOf(resource);
  const queries = listAt(properties, "metricQueries");
  if (isUnknown(queries)) return [unknownInput("metricQueries", place)];
  if (!queries || queries.length === 0) {
    const inputs = new Inputs(properties, place);
    const period = inputs.number("period", STANDARD_PERIOD_SECONDS);
    return inputs.or([alarmMeter(resource, stack, 1, period)]);
  }
  const metrics = queries.filter((query) => isPresent(at(query, "metric")));
  // One Metrics Insights query evaluates as many metrics as it finds, beside what else is named.
  if (metrics.length === 0 || queries.some(isInsights)) {
    return [
      unpriced("its metrics are chosen by a query, so their number cannot be read", "metricQueries", place),
    ];
  }
  const expressions = queries.map((query) => at(query, "expression"));
  if (queries.some((query) => isUnknown(query)) || expressions.some(isUnknown))
    return [unknownInput("metricQueries", place)];
  const problems: Meter[] = [];
  const periods = queries.map((query, index) => {
    const inputs = new Inputs(at(query, "metric"), place, `metricQueries[${index}].metric.`);
    const period = inputs.number("period", STANDARD_PERIOD_SECONDS);
    problems.push(...inputs.or([]));
    return period;
  });
  if (problems.length > 0) return problems;
  const shortest = Math.min(...periods);
  const band = isPresent(stringAt(properties, "thresholdMetricId")) ? 2 : 0;
  return [alarmMeter(resource, stack, metrics.length + band, shortest)];
};

/** A query in SQL, which names no metrics one by one. */
function isInsights(query: PropertyValue): boolean {
  const expression = at(query, "expression");
  return typeof expression === "string" && /^\s*SELECT\s/i.test(expression);
}

function alarmMeter(resource: StackResource, stack: PricedStack, metrics: number, periodSeconds: number) {
  const fast = periodSeconds < STANDARD_PERIOD_SECONDS;
  return {
    kind: "metered",
    item: `${fast ? "high-resolution alarm" : "alarm"}${metrics === 1 ? "" : ` on ${metrics} metrics`}`,
    price: fast ? "cloudwatch/alarm-high-resolution" : "cloudwatch/alarm",
    place: stack.regionOf(resource),
    quantity: metrics,
    note: "the first 10 of an account are free, which is not counted on",
    ...(fast ? { lever: "set period to 60", leaves: { price: "cloudwatch/alarm" } } : {}),
  } as const;
}

export const compositeAlarmMeters: Formula = (resource, stack) => [
  {
    kind: "metered",
    item: "composite alarm",
    price: "cloudwatch/composite-alarm",
    place: stack.regionOf(resource),
    quantity: 1,
  },
];

export const dashboardMeters: Formula = (resource, stack) => [
  {
    kind: "metered",
    item: "dashboard",
    price: "cloudwatch/dashboard",
    place: stack.regionOf(resource),
    quantity: 1,
    note: "the first 3 of an account are free, which is not counted on",
    lever: "remove the dashboard, or keep one for both regions",
  },
];

/** Lines kept bill by the GB-month; without retention they are kept for ever. */
export const logGroupMeters: Formula = (resource, stack) => {
  const gb = stack.assumptions.logGroupGb;
  const retention: PropertyValue = numberAt(resource.properties, "retentionInDays");
  const forever = retention === undefined || retention === 0;
  return [
    {
      kind: "metered",
      item: `log storage, ${amountText(gb, "GB")} assumed`,
      price: "cloudwatch/log-storage",
      place: stack.regionOf(resource),
      quantity: gb,
      ...(forever ? { note: "no retention is set, so it grows for ever", lever: "set retentionInDays" } : {}),
    },
  ];
};
