import type { AnswerSet } from "./answer-sets";
import { recordsBehind, TREE_DEPTH_MAX } from "./answer-tree";
import type { Way } from "./check-detection";
import { fateOfAll } from "./common-fate";
import { behindDetectionSeconds, recordDetectionSeconds } from "./detection";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import { answerOnce, type ListAnswers } from "./list-answers";
import { longest, type NotKnown, type Seconds, type Unbounded } from "./seconds";
import { keepsServing } from "./spare-members";
import { isUnknown } from "./unknown";
import { unansweredAmong, type WiderMembers, widerMembers } from "./wider-locations";

/**
 * Our allowance for a health change to reach Route 53's DNS servers. AWS documents no number; checkers send
 * their results "constantly" to all locations (developer guide, dns-failover-problems).
 */
export const PROPAGATION_ALLOWANCE_SECONDS = 30;

/**
 * What resolvers cache for an alias to an AWS resource. Documented for load balancers (60 s); taken for every
 * other alias target too, whose TTL AWS does not document.
 */
export const ALIAS_TTL_SECONDS = 60;

/** The objective of the project: a client is served again within five minutes. */
export const RTO_OBJECTIVE_SECONDS = 300;

export type Bound =
  | {
      readonly kind: "bound";
      readonly detectionSeconds: number;
      readonly propagationSeconds: number;
      readonly ttlSeconds: number;
      readonly rtoSeconds: number;
    }
  | Unbounded
  | NotKnown;

/**
 * Worst case of a compliant client, from the fault of the set's primary to the first request after which nothing
 * leads it there again: until the check is unhealthy, every name server knows, and the last answer has expired.
 * @param way `failback`: from the heal to the primary's answers, which takes as long except where targets of a load
 * balancer need another number of successes than of failures, or the others' answers have another TTL.
 * @param set without `others` nothing is asked of them; the primary among them is passed over.
 */
export function recoveryBound(
  plan: FailoverPlan,
  set: Pick<AnswerSet, "primary"> & Partial<Pick<AnswerSet, "others">>,
  way: Way = "cutover",
): Bound {
  const left = leftMembers(plan, set.primary, set.others ?? []);
  const detection =
    left === "behind"
      ? behindDetectionSeconds(plan, set.primary, way)
      : recordDetectionSeconds(plan, set.primary, way);
  if (detection.kind !== "seconds") return detection;
  if (way === "cutover" && left !== "behind") {
    const fate = left.kind === "members" ? fateOfOthers(plan, set.primary, left.members) : left;
    if (fate) return fate;
  }
  // What a resolver holds until it comes over, or back, is the answer of who served before.
  const held = way === "failback" ? servingMeanwhile(plan, set) : [set.primary];
  const ttl = longest(held.map((record) => answerTtlSeconds(plan, record)));
  if (ttl.kind !== "seconds") return ttl;
  return sumBound(detection.seconds, ttl.seconds);
}

/** Who may have served until the heal: the others, and whom the lost one kept behind it. */
function servingMeanwhile(
  plan: FailoverPlan,
  { primary, others }: Parameters<typeof recoveryBound>[1],
): readonly RecordSet[] {
  if (others === undefined) return [primary];
  return keepsServing(plan, primary) ? [...others, primary] : others;
}

/** Who can be answered with in the place of a lost member; `behind` where only records behind it can. */
function leftMembers(
  plan: FailoverPlan,
  lost: RecordSet,
  others: readonly RecordSet[],
): WiderMembers | "behind" {
  const left = widerMembers(lost, others);
  return left.kind === "unbounded" && keepsServing(plan, lost) ? "behind" : left;
}

/** Nobody is left where every other member for the same visitors counts as unhealthy too, or has answers for some only. */
function fateOfOthers(
  plan: FailoverPlan,
  primary: RecordSet,
  members: readonly RecordSet[],
): Unbounded | NotKnown | undefined {
  const unanswered = unansweredAmong(plan, members, "resting");
  if (unanswered) return unanswered;
  const fate = fateOfAll(plan, primary, members);
  if (!fate) return undefined;
  const isPair = primary.routing.kind === "failover";
  const then = isPair ? "Route 53 answers PRIMARY" : "no other member is left, and Route 53 answers with all";
  return {
    kind: "unbounded",
    why: `${fate.why} and ${then}`,
    change: isPair
      ? "remove healthCheckId from the SECONDARY (free: as the last resort it is then always answered), or give it a " +
        "check of its own endpoint"
      : "give each member a check of its own endpoint",
    other: fate.first.urn,
  };
}

/** The sum alone, for settings that are not resources yet. */
export function sumBound(detectionSeconds: number, ttlSeconds: number): Extract<Bound, { kind: "bound" }> {
  return {
    kind: "bound",
    detectionSeconds,
    propagationSeconds: PROPAGATION_ALLOWANCE_SECONDS,
    ttlSeconds,
    rtoSeconds: detectionSeconds + PROPAGATION_ALLOWANCE_SECONDS + ttlSeconds,
  };
}

/** How long a resolver may keep this record's answer. */
export function recordTtlSeconds(record: RecordSet): Seconds {
  if (record.target.kind === "alias") return { kind: "seconds", seconds: ALIAS_TTL_SECONDS };
  const { ttlSeconds } = record.target;
  if (isUnknown(ttlSeconds)) return { kind: "unknown", urn: record.urn, path: "ttl" };
  if (ttlSeconds === undefined) return { kind: "unbounded", why: "the record has no TTL" };
  return { kind: "seconds", seconds: ttlSeconds };
}

const answerTtls: ListAnswers<Seconds> = new WeakMap();

/** An alias to records of the zone has their TTL (API reference, ResourceRecordSet TTL), the longest of them. */
export function answerTtlSeconds(plan: FailoverPlan, record: RecordSet, depth = 0): Seconds {
  if (record.target.kind !== "alias" || depth > TREE_DEPTH_MAX) return recordTtlSeconds(record);
  const behind = recordsBehind(plan, record);
  if (behind.length === 0) return recordTtlSeconds(record);
  return answerOnce(answerTtls, behind, `${depth}`, () =>
    longest(behind.map((next) => answerTtlSeconds(plan, next, depth + 1))),
  );
}
