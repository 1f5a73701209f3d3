import type { FailoverPlan } from "../../../model/failover-plan";
import { isPresent, numberAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import { valueText } from "../../prices/formulas/read";

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
 * @param given the count as written; absent where nothing sets it, which then is none.
 */
export function readinessByCount(path: string, given: PropertyValue, noun: string, lever: string): Readiness {
  const count = numberAt(given);
  if (isUnknown(count)) return { kind: "unknown", path };
  if (count !== undefined && count > 0) return { kind: "ready", path, how: `${path} is ${count}` };
  const isWrong = count === undefined && isPresent(given);
  const got = isWrong ? `${valueText(given)}, which is no number` : `${count ?? "unset"}`;
  return {
    kind: "away",
    path,
    what: `has ${path} ${got}, so no ${noun} ${isWrong ? "is known to run" : "runs"}`,
    allowed: "1 or more",
    lever: `set ${path} to 1 (${lever})`,
  };
}
