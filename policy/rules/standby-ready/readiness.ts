import type { FailoverPlan } from "../../../model/failover-plan";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";

/** Whether one resource of the standby can serve the first request after a failover. */
export type Readiness =
  | { readonly kind: "ready"; readonly path: string; readonly how: string }
  | {
      readonly kind: "away";
      readonly path: string;
      /** `has reservedConcurrentExecutions 0 and runs nothing`, after the resource's title. */
      readonly what: string;
      readonly allowed: string;
      /** What to set, with its price. */
      readonly lever: string;
    }
  | { readonly kind: "unknown"; readonly path: string };

/** Reads one type. The resource comes as written: what its program left open is absent. */
export type ReadinessCheck = (resource: StackResource, joins: StackJoins, plan: FailoverPlan) => Readiness;

/** Several readings of one resource: what is away comes before what is not known, and the first before the others. */
export function firstTrouble(first: Readiness, ...others: readonly Readiness[]): Readiness {
  const all = [first, ...others];
  return all.find(({ kind }) => kind === "away") ?? all.find(({ kind }) => kind === "unknown") ?? first;
}

/**
 * Readiness by a count of running things.
 * @param count undefined where nothing sets it, which then is none.
 */
export function readinessByCount(
  path: string,
  count: MaybeUnknown<number> | undefined,
  noun: string,
  lever: string,
): Readiness {
  if (isUnknown(count)) return { kind: "unknown", path };
  if (count !== undefined && count > 0) return { kind: "ready", path, how: `${path} is ${count}` };
  return {
    kind: "away",
    path,
    what: `has ${path} ${count ?? "unset"}, so no ${noun} runs`,
    allowed: "1 or more",
    lever: `set ${path} to 1 (${lever})`,
  };
}
