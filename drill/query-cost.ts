import { answerEnds } from "../model/answer-ends";
import { type AnswerSet, setMembers } from "../model/answer-sets";
import { recordsBehind, restingMembers } from "../model/answer-tree";
import { isInZone } from "../model/dns-name";
import type { FailoverPlan, RecordSet } from "../model/failover-plan";
import { HOURS_PER_MONTH, toUsd } from "../model/money";
import { recordTtlSeconds } from "../model/recovery-bound";
import { isUnknown } from "../model/unknown";
import { withUrn } from "../model/urn-index";
import { queriesMicroUsd } from "../policy/prices/route53-price";

const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3_600;

/**
 * What queries for a set cost in USD a month while all is well: the most that so many resolvers can cause that ask
 * again whenever the TTL is over, so the shortest TTL counts. Null where a TTL is not known.
 */
export function queriesMonthlyUsd(plan: FailoverPlan, set: AnswerSet, resolvers: number): number | null {
  const charged = restingMembers(setMembers(set)).filter((member) => !isFree(plan, member));
  if (charged.length === 0) return 0;
  const ttls = answerEnds(plan, charged, "resting").map(recordTtlSeconds);
  const seconds = ttls.flatMap((ttl) => (ttl.kind === "seconds" ? [ttl.seconds] : []));
  if (seconds.length === 0 || seconds.length < ttls.length) return null;
  const queries = (resolvers * SECONDS_PER_MONTH) / Math.max(Math.min(...seconds), 1);
  return toUsd(queriesMicroUsd(queries, set.routing));
}

/**
 * Queries are free where "the alias target is an AWS resource other than another Route 53 record" (Route 53 pricing,
 * queries). An alias leads either there or to a record of its own zone, whether that is in the stack or not.
 */
function isFree(plan: FailoverPlan, record: RecordSet): boolean {
  const { target, zoneId, zone } = record;
  if (target.kind !== "alias" || recordsBehind(plan, record).length > 0) return false;
  if (!isUnknown(zoneId) && target.zoneId === zoneId) return false;
  const zoneName = isUnknown(zone) ? undefined : withUrn(plan.zones, zone)?.name;
  if (zoneName === undefined || isUnknown(zoneName) || isUnknown(target.dnsName)) return true;
  return !isInZone(target.dnsName, zoneName);
}
