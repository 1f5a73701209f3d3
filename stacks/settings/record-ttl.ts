import { ALIAS_TTL_SECONDS } from "../../model/recovery-bound";
import { integerBetween } from "../setting-values";
import { setting } from "./declared-setting";

/**
 * How long resolvers keep a record with values: no longer than an alias, whose 60 s nobody can change, and which the
 * rule failover-ttl takes for the most.
 */
export const recordTtlDeclared = {
  recordTtlSeconds: setting(`${ALIAS_TTL_SECONDS}`, integerBetween(1, ALIAS_TTL_SECONDS, ALIAS_TTL_SECONDS)),
};
