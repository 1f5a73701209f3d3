import type { StackResource } from "../../../model/stack-resource";

export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

export function alarmTitle({ name }: StackResource): string {
  return `alarm "${name}"`;
}
