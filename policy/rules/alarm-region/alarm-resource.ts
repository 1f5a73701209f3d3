import { arnRegion } from "../../../model/arn";
import { stringAt } from "../../../model/property";
import { type ResourceIndex, resourceRegion } from "../../../model/resource-placement";
import type { StackResource } from "../../../model/stack-resource";
import type { MaybeUnknown } from "../../../model/unknown";

export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Where nothing else says the region, the ARN that AWS gave does. */
export function regionOfAlarm(alarm: StackResource, index: ResourceIndex): MaybeUnknown<string> | undefined {
  const arn = stringAt(alarm.properties, "arn");
  return resourceRegion(alarm, index) ?? (typeof arn === "string" ? arnRegion(arn) : arn);
}

export function alarmTitle({ name }: StackResource): string {
  return `alarm "${name}"`;
}
