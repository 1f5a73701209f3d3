import type { Objectives } from "./report";

/** What the idle cost of a month is held against, in USD; undefined where nothing is. */
export interface Budgets {
  readonly standbyUsd: number | undefined;
  readonly stackUsd: number | undefined;
}

/**
 * The budgets that say something. The standby is a part of the stack, so a budget of the whole stack that is no looser
 * holds it too; then the standby has none of its own.
 */
export function budgetsOf({
  standbyMonthlyUsd,
  stackMonthlyUsd,
}: Pick<Objectives, "standbyMonthlyUsd" | "stackMonthlyUsd">): Budgets {
  const isHeld = stackMonthlyUsd !== undefined && stackMonthlyUsd <= standbyMonthlyUsd;
  return { standbyUsd: isHeld ? undefined : standbyMonthlyUsd, stackUsd: stackMonthlyUsd };
}
