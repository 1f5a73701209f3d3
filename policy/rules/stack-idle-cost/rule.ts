import { notApplicable, stackUrn } from "../../judgement";
import type { CostAssumptions } from "../../prices/assumptions";
import type { Unpriced } from "../../prices/idle-cost";
import type { Rule } from "../../rule";
import { agedPriceAdvice } from "../aged-price-advice";
import { ASSUMPTION_SETTINGS, judgeCost } from "../cost-verdict";
import { judgedCost } from "../judged-cost";
import { needlessAllowanceAdvice } from "../needless-allowance-advice";
import { note } from "./note";

export interface StackIdleCostSettings extends CostAssumptions {
  /** 0 is no budget. */
  readonly monthlyUsdLimit: number;
}

export const stackIdleCost: Rule<StackIdleCostSettings> = {
  id: "stack-idle-cost",
  title: "The whole stack costs less than its budget while idle, and every part of it has a known price",
  level: "mandatory",
  settings: {
    monthlyUsdLimit: {
      type: "number",
      default: 0,
      minimum: 0,
      description: "USD a month that the whole idle stack has to stay below; 0 sets no budget.",
    },
    ...ASSUMPTION_SETTINGS,
  },
  note,
  judge: (stack, settings) => {
    const { resources, phase, asOf } = stack;
    const urn = stackUrn(resources);
    const { monthlyUsdLimit, allowMonthlyUsd } = settings;
    if (monthlyUsdLimit === 0) {
      return [
        notApplicable(
          urn,
          "no budget is set for the whole stack; set monthlyUsdLimit of stack-idle-cost to USD a month",
        ),
      ];
    }
    if (resources.length === 0) return [notApplicable(urn, "the stack has no resources")];
    const cost = judgedCost(stack, settings);
    const judgements = judgeCost(urn, phase, {
      noun: "stack",
      limitUsd: monthlyUsdLimit,
      microUsd: cost.totalMicroUsd,
      lines: cost.lines,
      unpriced: onceEach(cost.unpriced),
      external: cost.external,
    });
    // Of a stack with a standby, standby-idle-cost says it already.
    if (cost.hasStandby) return judgements;
    return [
      ...judgements,
      ...needlessAllowanceAdvice(urn, allowMonthlyUsd, cost, resources),
      ...agedPriceAdvice(urn, cost.lines, asOf),
    ];
  },
};

/** What is undecided on both sides, as a table and its replica can be, is one thing to the whole stack. */
function onceEach(unpriced: readonly Unpriced[]): Unpriced[] {
  const byCause = new Map(unpriced.map((entry) => [`${entry.urn} ${entry.path} ${entry.why}`, entry]));
  return [...byCause.values()];
}
