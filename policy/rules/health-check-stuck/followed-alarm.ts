import { type AlarmObstacle, alarmStream, PRICE_WORDS } from "../../../model/alarm-stream";
import type { Alarm, FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { formatUsd, toUsd } from "../../../model/money";
import { parseUrn } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";
import { fail, unknown } from "../../judgement";
import { amountOf, PRICES } from "../../prices/price-list";
import type { Judgement, Phase } from "../../rule";
import { checkTitle } from "../check-title";

/** Whether Route 53 can read the data of the alarm that a CLOUDWATCH_METRIC check follows; the finding is the alarm's. */
export function judgeFollowedAlarm(check: HealthCheck, plan: FailoverPlan, phase: Phase): Judgement[] {
  const alarm = check.type === "CLOUDWATCH_METRIC" ? withUrn(plan.alarms, check.alarm) : undefined;
  if (!alarm) return [];
  const title = checkTitle(check);
  const named = `alarm "${parseUrn(alarm.urn).name}"`;
  const stream = alarmStream(alarm);
  switch (stream.kind) {
    case "followed":
      return [];
    case "unknown":
      return [unknown(alarm.urn, stream.path, `${named}, which ${title} follows`, phase)];
    case "refused":
      return stream.obstacles.map((obstacle) => {
        const { path, got, allowed, lever } = obstacle;
        const price = `in place, ${priceText(obstacle, alarm)}`;
        return fail(
          alarm.urn,
          path,
          `${title} follows ${named}, which ${got}; allowed: ${allowed}; ${lever} (${price})`,
        );
      });
  }
}

/** An alarm bills per metric, and one of high resolution has its own price. */
function priceText({ price }: AlarmObstacle, { region }: Alarm): string {
  const monthly = (key: string) => {
    const row = PRICES.find(`cloudwatch/${key}`, isUnknown(region) ? undefined : region);
    return row && `${formatUsd(toUsd(amountOf(row, 1)))} a month`;
  };
  const [standard, fast] = [monthly("alarm"), monthly("alarm-high-resolution")];
  if (price === "same" || standard === undefined || fast === undefined) return PRICE_WORDS[price];
  return price === "lower" ? `${standard} in the place of ${fast}` : standard;
}
