import { GLOBAL_METRICS_REGION, isBesideMetricRegion, metricRegion } from "../../../model/metric-region";
import { listAt, stringAt } from "../../../model/property";
import { type ResourceIndex, resourceRegion } from "../../../model/resource-placement";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, stackUrn, unknown } from "../../judgement";
import type { Judgement, Phase, Rule } from "../../rule";
import { judgeAlarmChecks } from "./alarm-check";
import { ALARM, alarmTitle } from "./alarm-resource";
import { note } from "./note";

export interface AlarmRegionSettings {
  readonly usEast1Namespaces: readonly string[];
}

export const alarmRegion: Rule<AlarmRegionSettings> = {
  id: "alarm-region",
  title:
    "Alarms on Route 53 and CloudFront metrics are where the metrics are, and checks look for their alarm there",
  level: "mandatory",
  settings: {
    usEast1Namespaces: {
      type: "array",
      default: [],
      items: { type: "string", pattern: "^[A-Za-z0-9._/#:-]+$" },
      description:
        "Further namespaces whose metrics exist in us-east-1 only, AWS/Billing for one, which are then judged too.",
    },
  },
  note,
  judge: ({ resources, plan, joins, phase }, { usEast1Namespaces }) => {
    const regionOf: MetricRegion = (namespace) =>
      metricRegion(namespace) ?? (usEast1Namespaces.includes(namespace) ? GLOBAL_METRICS_REGION : undefined);
    const index = joins.byUrn;
    const alarms = resources.filter(({ type }) => type === ALARM);
    const judged = [
      ...alarms.flatMap((alarm) => judgeAlarm(alarm, regionOf, index, phase)),
      ...judgeAlarmChecks(plan, alarms, index, phase),
    ];
    if (judged.length > 0) return judged;
    return [
      notApplicable(
        stackUrn(resources),
        "the stack has no alarm on Route 53 or CloudFront metrics and no health check that follows an alarm",
      ),
    ];
  },
};

/** The one region of a namespace's metrics; undefined where every region has its own. */
type MetricRegion = (namespace: string) => string | undefined;

interface NamespaceUse {
  readonly path: string;
  readonly namespace: MaybeUnknown<string>;
}

/** One judgement for each namespace that the alarm reads and that one region holds. */
function judgeAlarm(
  alarm: StackResource,
  regionOf: MetricRegion,
  index: ResourceIndex,
  phase: Phase,
): Judgement[] {
  const { urn } = alarm;
  const title = alarmTitle(alarm);
  const seen = new Set<string>();
  return namespacesOf(alarm).flatMap(({ path, namespace }): Judgement[] => {
    if (isUnknown(namespace)) return [unknown(urn, path, title, phase)];
    const needed = regionOf(namespace);
    if (needed === undefined || seen.has(namespace)) return [];
    seen.add(namespace);
    const region = resourceRegion(alarm, index);
    if (region === undefined || isUnknown(region)) return [unknown(urn, "region", title, phase)];
    if (!isBesideMetricRegion(region)) {
      const why = `another partition than that of ${needed}, where the region of these metrics is not judged`;
      return [notApplicable(urn, `${title} watches ${namespace} in ${region}, ${why}`)];
    }
    if (region === needed) return [pass(urn, "region", `${title} watches ${namespace} in ${needed}`)];
    return [
      fail(
        urn,
        "region",
        `${title} watches ${namespace} in ${region}, where these metrics do not exist, so it never has data; allowed: ${needed}; set region to ${needed}, and with it the SNS topics of its actions (no price)`,
      ),
    ];
  });
}

/** Namespaces of the alarm's own metric, of its metric queries, and those that a Metrics Insights query names. */
function namespacesOf({ properties }: StackResource): NamespaceUse[] {
  const own = stringAt(properties, "namespace");
  const queries = listAt(properties, "metricQueries");
  if (isUnknown(queries)) return [...used("namespace", own), { path: "metricQueries", namespace: queries }];
  return [
    ...used("namespace", own),
    ...(queries ?? []).flatMap((query, position) => {
      const path = `metricQueries[${position}]`;
      const expression = stringAt(query, "expression");
      return [
        ...used(`${path}.metric.namespace`, stringAt(query, "metric", "namespace")),
        ...(isUnknown(expression)
          ? used(`${path}.expression`, expression)
          : [...(expression ?? "").matchAll(/\bAWS\/[A-Za-z0-9]+/g)].flatMap(([namespace]) =>
              used(`${path}.expression`, namespace),
            )),
      ];
    }),
  ];
}

function used(path: string, namespace: MaybeUnknown<string> | undefined): NamespaceUse[] {
  return namespace === undefined ? [] : [{ path, namespace }];
}
