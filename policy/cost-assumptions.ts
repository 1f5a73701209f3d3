import { ASSUMPTION_NAMES, assumptionText, type CostAssumptions } from "./prices/assumptions";
import type { AnyRule } from "./rule";
import { stackIdleCost } from "./rules/stack-idle-cost/rule";
import { standbyIdleCost } from "./rules/standby-idle-cost/rule";
import { resolveSettings } from "./settings";

/** What a configuration gives a rule, undefined where it disables the rule. */
export type GivenSettings = (rule: AnyRule) => Readonly<Record<string, unknown>> | undefined;

/** What the cost rules that judge assume; the stack's rule judges nothing without a budget. */
export function judgingAssumptions(given: GivenSettings): CostAssumptions[] {
  return [assumptionsOf(standbyIdleCost, given), assumptionsOf(stackIdleCost, given)].filter(
    (found) => found !== undefined,
  );
}

/** One line for every assumption in which the two cost rules differ, so that no single cost could be shown. */
export function assumptionFaults(given: GivenSettings): string[] {
  const [standby, stack] = judgingAssumptions(given);
  if (!standby || !stack) return [];
  return ASSUMPTION_NAMES.filter((name) => assumptionText(standby[name]) !== assumptionText(stack[name])).map(
    (name) =>
      `${name} is ${assumptionText(standby[name])} in ${standbyIdleCost.id} and ${assumptionText(stack[name])} in ${stackIdleCost.id}, ` +
      "which would price one stack in two ways; allowed: one value; give both rules the same, or disable one of them",
  );
}

/** Settings that are wrong are told as such, and assume nothing. */
function assumptionsOf(rule: AnyRule, given: GivenSettings): CostAssumptions | undefined {
  const settings = given(rule);
  if (settings === undefined) return undefined;
  const resolved = resolveSettings<CostAssumptions & { readonly monthlyUsdLimit: number }>(
    rule.settings as never,
    settings,
  );
  if (resolved.kind !== "ok" || resolved.settings.monthlyUsdLimit === 0) return undefined;
  return resolved.settings;
}
