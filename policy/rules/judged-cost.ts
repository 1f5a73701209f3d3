import type { StackJoins } from "../../model/stack-joins";
import { ASSUMPTION_NAMES, assumptionText, type CostAssumptions } from "../prices/assumptions";
import { type CostReport, idleCost } from "../prices/idle-cost";
import { PRICES } from "../prices/price-list";
import type { JudgedStack } from "../rule";

/** By the joins, which are made once for each stack that is judged. */
const reports = new WeakMap<StackJoins, Map<string, CostReport>>();

/** What a judged stack costs while idle; rules that assume the same share one report. */
export function judgedCost(
  { resources, plan, joins, phase, asOf }: JudgedStack,
  assumptions: CostAssumptions,
): CostReport {
  const ofStack = reports.get(joins) ?? new Map<string, CostReport>();
  reports.set(joins, ofStack);
  const question = [phase, asOf, ...ASSUMPTION_NAMES.map((name) => assumptionText(assumptions[name]))].join(
    " ",
  );
  const known = ofStack.get(question);
  if (known) return known;
  const made = idleCost(resources, plan, assumptions, PRICES, { phase, joins, asOf });
  ofStack.set(question, made);
  return made;
}
