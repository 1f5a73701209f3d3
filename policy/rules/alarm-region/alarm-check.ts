import type { FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { stringAt } from "../../../model/property";
import { type ResourceIndex, resourceRegion } from "../../../model/resource-placement";
import { parseUrn, type StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { alarmTitle } from "./alarm-resource";

/** The alarms of one name, and where they are. */
interface NamedAlarms {
  readonly first: StackResource;
  readonly regions: Set<string>;
  /** One whose region nothing tells. */
  untold?: StackResource;
}

/** Health checks that follow an alarm: they name its region, and look for it nowhere else. */
export function judgeAlarmChecks(
  plan: FailoverPlan,
  alarms: readonly StackResource[],
  index: ResourceIndex,
  phase: Phase,
): Judgement[] {
  const byName = new Map<string, NamedAlarms>();
  for (const alarm of alarms) {
    const name = stringAt(alarm.properties, "name");
    if (typeof name === "string") byName.set(name, withAlarm(byName.get(name), alarm, index));
  }
  return plan.healthChecks
    .filter(({ type }) => type === "CLOUDWATCH_METRIC")
    .map((check) => judgeCheck(check, followedBy(check, byName, index), phase));
}

function withAlarm(known: NamedAlarms | undefined, alarm: StackResource, index: ResourceIndex): NamedAlarms {
  const named = known ?? { first: alarm, regions: new Set() };
  const region = resourceRegion(alarm, index);
  if (typeof region === "string") named.regions.add(region);
  else named.untold ??= alarm;
  return named;
}

/** The alarms that the check can mean: those of its name, else the one that the name was computed from. */
function followedBy(
  { alarm, alarmName }: HealthCheck,
  byName: ReadonlyMap<string, NamedAlarms>,
  index: ResourceIndex,
): NamedAlarms | undefined {
  const named = alarmName === undefined || isUnknown(alarmName) ? undefined : byName.get(alarmName);
  const joined = alarm === undefined ? undefined : index.get(alarm);
  return named ?? (joined && withAlarm(undefined, joined, index));
}

function judgeCheck(check: HealthCheck, alarms: NamedAlarms | undefined, phase: Phase): Judgement {
  const { urn, alarmName, alarmRegion } = check;
  const path = "cloudwatchAlarmRegion";
  const title = `CLOUDWATCH_METRIC health check "${parseUrn(urn).name}"`;
  if (alarmName === undefined) {
    return fail(
      urn,
      "cloudwatchAlarmName",
      `${title} has no cloudwatchAlarmName, so there is nothing to follow; allowed: the name of an alarm; set it to the alarm's name`,
    );
  }
  const there = [...(alarms?.regions ?? [])].sort().join(" or ");
  if (alarmRegion === undefined || alarmRegion === "") {
    return fail(
      urn,
      path,
      `${title} has no cloudwatchAlarmRegion, which Route 53 requires; allowed: the region of the alarm; set it to ${there || "the region of the alarm"} (no price)`,
    );
  }
  if (isUnknown(alarmRegion)) return unknown(urn, path, title, phase);
  if (alarms === undefined) {
    return isUnknown(alarmName)
      ? unknown(urn, "cloudwatchAlarmName", title, phase)
      : notApplicable(
          urn,
          `${title} follows alarm ${alarmName} in ${alarmRegion}, which is not of this stack`,
        );
  }
  if (alarms.regions.has(alarmRegion)) {
    return pass(urn, path, `${title} looks for its alarm in ${alarmRegion}, where it is`);
  }
  if (alarms.untold) return unknown(alarms.untold.urn, "region", alarmTitle(alarms.untold), phase);
  return fail(
    urn,
    path,
    `${title} looks for its alarm in ${alarmRegion}, and ${alarmTitle(alarms.first)} is in ${there}; allowed: ${there}; set it to ${there} (no price)`,
  );
}
