import assert from "node:assert/strict";
import type { Alarm, FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { type PlayedSystem, playableSystem } from "../../../rehearsal/simulation/played-system";
import { failoverPlan, healthCheck, NAME, onlySet, PRIMARY_CHECK } from "./plan-fixture";

export const CHILDREN = ["urn:child-1", "urn:child-2", "urn:child-3"] as const;

/** The pair of a plan, ready to be played. */
export function systemOf(plan: FailoverPlan): PlayedSystem {
  const playable = playableSystem(plan, onlySet(plan));
  return playable.kind === "refused" ? assert.fail(playable.why) : playable.system;
}

/** The primary's check adds up three: of the primary over HTTPS and by TCP, and of the standby. */
export function calculatedPlan(
  childHealthThreshold: number,
  changes: Partial<HealthCheck> = {},
): FailoverPlan {
  const [own, byTcp, ofStandby] = CHILDREN;
  const plan = failoverPlan({
    primaryCheck: {
      type: "CALCULATED",
      fqdn: undefined,
      children: CHILDREN,
      childCount: 3,
      childHealthThreshold,
      ...changes,
    },
  });
  return {
    ...plan,
    healthChecks: [
      ...plan.healthChecks,
      healthCheck({ urn: own }),
      healthCheck({ urn: byTcp, type: "TCP" }),
      healthCheck({ urn: ofStandby, fqdn: `standby.${NAME}` }),
    ],
  };
}

/** The primary's check follows an alarm: two periods of a minute. */
export function metricPlan(
  insufficientDataHealthStatus?: string,
  changes: Partial<Alarm> = {},
): FailoverPlan {
  const plan = failoverPlan({
    primaryCheck: {
      type: "CLOUDWATCH_METRIC",
      fqdn: undefined,
      alarm: "urn:alarm",
      insufficientDataHealthStatus,
    },
  });
  const alarm: Alarm = {
    urn: "urn:alarm",
    name: "errors",
    region: "us-east-1",
    namespace: "AWS/ApiGateway",
    metricName: "5xx",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 60,
    evaluationPeriods: 2,
    ...changes,
  };
  return { ...plan, alarms: [alarm] };
}

/** Plans that differ in what watches the primary. */
export function watchedPlans(): [what: string, plan: FailoverPlan][] {
  return [
    ["10 s x 3", failoverPlan()],
    [
      "30 s x 1 from three regions, CNAME",
      failoverPlan({
        mode: "cname",
        ttlSeconds: 30,
        primaryCheck: {
          requestIntervalSeconds: 30,
          failureThreshold: 1,
          regions: ["us-east-1", "us-west-2", "eu-west-1"],
        },
      }),
    ],
    ["a check on each side", failoverPlan({ secondaryCheck: {} })],
    ["TCP", failoverPlan({ primaryCheck: { type: "TCP" } })],
    ["a calculated check", calculatedPlan(3)],
    ["an alarm that takes missing data for unhealthy", metricPlan("Unhealthy")],
    ["an alarm that takes missing data for healthy", metricPlan("Healthy")],
    ["no check", failoverPlan({ primaryCheck: undefined })],
    ["a disabled check", failoverPlan({ primaryCheck: { disabled: true } })],
    ["an inverted check", failoverPlan({ primaryCheck: { urn: PRIMARY_CHECK, inverted: true } })],
  ];
}
