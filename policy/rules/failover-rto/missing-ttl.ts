import type { AnswerSet } from "../../../model/answer-sets";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { answerTtlSeconds, type Bound, recoveryBound } from "../../../model/recovery-bound";
import type { JudgedStack } from "../../rule";
import { leverText, namesBehind, TTL_SECONDS } from "./lever";

type SetOf = Pick<AnswerSet, "primary"> & Partial<Pick<AnswerSet, "others">>;

/**
 * What gives a set a bound that lacks nothing but a TTL, of its own record or of one behind its alias, with the
 * recovery in seconds that it then has; undefined where something else is amiss.
 */
export function missingTtlLever(
  set: SetOf,
  { why }: Extract<Bound, { kind: "unbounded" }>,
  stack: JudgedStack,
  limitSeconds: number,
): { path: string; lever: string } | undefined {
  const { primary } = set;
  const ttl = answerTtlSeconds(stack.plan, primary);
  if (ttl.kind !== "unbounded" || ttl.why !== why) return undefined;
  const isAlias = primary.target.kind === "alias";
  const names = namesBehind(stack.plan, primary, (ttlSeconds) => ttlSeconds === undefined);
  const change = `set ttl${names} to ${TTL_SECONDS}`;
  return { path: isAlias ? "aliases" : "ttl", lever: `${change}${recoveryText(set, stack, limitSeconds)}` };
}

function recoveryText({ primary, others }: SetOf, stack: JudgedStack, limitSeconds: number): string {
  const { plan, changed } = withTtls(stack.plan);
  const mended = (record: RecordSet) => changed.get(record) ?? record;
  const record = mended(primary);
  const bound = recoveryBound(plan, { primary: record, ...(others && { others: others.map(mended) }) });
  // What keeps it from being told now is told by itself once the TTL is there.
  if (bound.kind !== "bound") return "";
  const recovery = ` (${bound.rtoSeconds} s, no idle cost)`;
  if (bound.rtoSeconds < limitSeconds) return recovery;
  return `${recovery}, and then ${leverText(record, { ...stack, plan }, limitSeconds, bound)}`;
}

/** A plan whose records have the TTL that they lack, and which of its records stands for which. */
interface Mended {
  readonly plan: FailoverPlan;
  readonly changed: ReadonlyMap<RecordSet, RecordSet>;
}

/** A plan never changes, and thousands of its records may lack a TTL, so this is made once. */
const made = new WeakMap<FailoverPlan, Mended>();

function withTtls(plan: FailoverPlan): Mended {
  const known = made.get(plan);
  if (known) return known;
  const changed = new Map<RecordSet, RecordSet>();
  const recordSets = plan.recordSets.map((record) => {
    const { target } = record;
    if (target.kind === "alias" || target.ttlSeconds !== undefined) return record;
    const mended: RecordSet = { ...record, target: { ...target, ttlSeconds: TTL_SECONDS } };
    changed.set(record, mended);
    return mended;
  });
  const mended = { plan: { ...plan, recordSets }, changed };
  made.set(plan, mended);
  return mended;
}
