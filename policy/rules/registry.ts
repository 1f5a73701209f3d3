import type { AnyRule } from "../rule";
import { alarmRegion } from "./alarm-region/rule";
import { aliasTarget } from "./alias-target/rule";
import { checkersAdmitted } from "./checkers-admitted/rule";
import { failoverPair } from "./failover-pair/rule";
import { failoverRto } from "./failover-rto/rule";
import { failoverTtl } from "./failover-ttl/rule";
import { healthCheckEndpoint } from "./health-check-endpoint/rule";
import { healthCheckSelfReference } from "./health-check-self-reference/rule";
import { healthCheckShared } from "./health-check-shared/rule";
import { healthCheckStuck } from "./health-check-stuck/rule";
import { primaryHealthCheck } from "./primary-health-check/rule";
import { regionPlacement } from "./region-placement/rule";
import { replicaParity } from "./replica-parity/rule";
import { stackIdleCost } from "./stack-idle-cost/rule";
import { standbyIdleCost } from "./standby-idle-cost/rule";
import { standbyReady } from "./standby-ready/rule";
import { zoneRecovery } from "./zone-recovery/rule";

/** Every rule of the pack, in the order in which they are listed and reported. */
export const rules: readonly AnyRule[] = [
  failoverTtl,
  failoverRto,
  standbyIdleCost,
  stackIdleCost,
  failoverPair,
  primaryHealthCheck,
  healthCheckSelfReference,
  healthCheckStuck,
  healthCheckShared,
  healthCheckEndpoint,
  aliasTarget,
  replicaParity,
  standbyReady,
  alarmRegion,
  checkersAdmitted,
  regionPlacement,
  zoneRecovery,
];

export function ruleById(id: string): AnyRule | undefined {
  return rules.find((rule) => rule.id === id);
}
