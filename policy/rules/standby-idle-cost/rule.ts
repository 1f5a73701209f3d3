import { failoverSides } from "../../../model/failover-sides";
import { notApplicable, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { CostAssumptions } from "../../prices/assumptions";
import type { CostReport } from "../../prices/idle-cost";
import type { JudgedStack, Judgement, Rule } from "../../rule";
import { agedPriceAdvice } from "../aged-price-advice";
import { ASSUMPTION_SETTINGS, judgeCost } from "../cost-verdict";
import { judgedCost } from "../judged-cost";
import { needlessAllowanceAdvice } from "../needless-allowance-advice";
import { note } from "./note";

export interface StandbyIdleCostSettings extends CostAssumptions {
  readonly monthlyUsdLimit: number;
}

export const standbyIdleCost: Rule<StandbyIdleCostSettings> = {
  id: "standby-idle-cost",
  title: "The standby costs less than 50 USD a month while idle, and every part of it has a known price",
  level: "mandatory",
  settings: {
    monthlyUsdLimit: {
      type: "number",
      default: 50,
      exclusiveMinimum: 0,
      description: "USD a month that the idle standby has to stay below.",
    },
    ...ASSUMPTION_SETTINGS,
  },
  note,
  judge: (stack, settings) => judgeStandby(stack, settings, judgedCost(stack, settings)),
};

function judgeStandby(
  { resources, plan, joins, phase, asOf }: JudgedStack,
  { monthlyUsdLimit, allowMonthlyUsd }: StandbyIdleCostSettings,
  cost: CostReport,
): Judgement[] {
  const urn = stackUrn(resources);
  if (!cost.hasStandby) {
    const { unknownMark } = failoverSides(plan, resources, joins.byUrn);
    if (unknownMark) {
      return [unknown(unknownMark.urn, unknownMark.path, resourceTitle(unknownMark.urn), phase)];
    }
    return [
      notApplicable(
        urn,
        "the stack has no standby: no failover record, no replica, no resource tagged role: standby",
      ),
    ];
  }
  const { unknownStandby } = cost;
  const judgements = judgeCost(urn, phase, {
    noun: "standby",
    limitUsd: monthlyUsdLimit,
    microUsd: cost.standbyMicroUsd,
    lines: cost.lines.filter(({ standby }) => standby),
    unpriced: cost.unpriced.filter(({ standby }) => standby),
    external: cost.external?.filter(({ standby }) => standby),
    undecided: unknownStandby
      ? [
          unknown(
            unknownStandby.urn,
            unknownStandby.path,
            `${resourceTitle(unknownStandby.urn)}, which leads to the standby`,
            phase,
          ),
        ]
      : [],
  });
  return [
    ...judgements,
    ...needlessAllowanceAdvice(urn, allowMonthlyUsd, cost, resources),
    ...agedPriceAdvice(urn, cost.lines, asOf),
  ];
}
