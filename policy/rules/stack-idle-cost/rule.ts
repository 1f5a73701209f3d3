import { advise, notApplicable, stackUrn } from "../../judgement";
import type { CostAssumptions } from "../../prices/assumptions";
import type { CostReport, Unpriced } from "../../prices/idle-cost";
import type { Judgement, Phase, Rule } from "../../rule";
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
    if (resources.length === 0) return [notApplicable(urn, "the stack has no resources")];
    const cost = judgedCost(stack, settings);
    if (monthlyUsdLimit === 0) {
      const message =
        "no budget is set for the whole stack; set monthlyUsdLimit of stack-idle-cost to USD a month";
      return [notApplicable(urn, message), ...unpricedAdvice(urn, cost, phase)];
    }
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

/**
 * Without a budget nothing refuses what has no price, so one advisory tells it. What is the standby's is refused by
 * standby-idle-cost, and what the update will tell is not told before.
 */
function unpricedAdvice(urn: string, { hasStandby, unpriced }: CostReport, phase: Phase): Judgement[] {
  const isTold = ({ standby, kind }: Unpriced) =>
    !(hasStandby && standby) && !(kind === "input" && phase === "preview");
  const typeOf = new Map(unpriced.filter(isTold).map(({ urn: of, type }) => [of, type]));
  if (typeOf.size === 0) return [];
  const what =
    typeOf.size === 1 ? "1 resource, or a part of it" : `${typeOf.size} resources, or parts of them`;
  const types = [...new Set(typeOf.values())];
  const more = types.length > TYPES_TOLD ? `, and ${types.length - TYPES_TOLD} more types` : "";
  return [
    advise(
      urn,
      "",
      `what the whole stack costs while idle is not known: no price for ${what} ` +
        `(${types.slice(0, TYPES_TOLD).join(", ")}${more}); allowed: prices, or amounts in allowMonthlyUsd; ` +
        "with a budget, monthlyUsdLimit of stack-idle-cost, this is refused",
    ),
  ];
}

const TYPES_TOLD = 5;

/** What is undecided on both sides, as a table and its replica can be, is one thing to the whole stack. */
function onceEach(unpriced: readonly Unpriced[]): Unpriced[] {
  const byCause = new Map(unpriced.map((entry) => [`${entry.urn} ${entry.path} ${entry.why}`, entry]));
  return [...byCause.values()];
}
