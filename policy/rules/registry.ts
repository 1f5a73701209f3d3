import type { AnyRule } from "../rule";
import { failoverRto } from "./failover-rto/rule";
import { failoverTtl } from "./failover-ttl/rule";
import { primaryHealthCheck } from "./primary-health-check/rule";
import { standbyIdleCost } from "./standby-idle-cost/rule";

/** Every rule of the pack, in the order in which they are listed and reported. */
export const rules: readonly AnyRule[] = [failoverTtl, failoverRto, standbyIdleCost, primaryHealthCheck];

export function ruleById(id: string): AnyRule | undefined {
  return rules.find((rule) => rule.id === id);
}
