import { toUsd } from "../../model/money";
import type { CostReport } from "../../policy/prices/idle-cost";
import type { CostFigures, CostLine, DeclaredCost } from "./report";

/** The `cost` member: dollars at the edge, dearest line first. */
export function costFigures(cost: CostReport): CostFigures {
  const declared = cost.lines.filter(({ basis }) => basis === "declared").map(declaredCost);
  return {
    standbyMonthlyUsd: cost.unpriced.some(({ standby }) => standby) ? null : toUsd(cost.standbyMicroUsd),
    ...(cost.hasStandby ? {} : { noStandby: true }),
    totalMonthlyUsd: cost.unpriced.length > 0 ? null : toUsd(cost.totalMicroUsd),
    unpriced: cost.unpriced.map(({ urn, type, why }) => ({ urn, type, why })),
    lines: dearestFirst(cost.lines).map(costLine),
    ...(declared.length > 0 ? { declared } : {}),
  };
}

function declaredCost({ urn, type, monthlyMicroUsd, note = "" }: CostReport["lines"][number]): DeclaredCost {
  return { urn, type, monthlyUsd: toUsd(monthlyMicroUsd), why: note };
}

export function costLine(line: CostReport["lines"][number]): CostLine {
  const { urn, type, region, item, source, asOf } = line;
  return { urn, type, region, item, monthlyUsd: toUsd(line.monthlyMicroUsd), source, asOf };
}

/** Dearest first; equal amounts in the order of their URN and item, so that a report never changes by chance. */
export function dearestFirst(lines: CostReport["lines"]): CostReport["lines"] {
  const key = (line: CostReport["lines"][number]) => `${line.urn} ${line.item}`;
  return [...lines].sort((a, b) => b.monthlyMicroUsd - a.monthlyMicroUsd || (key(a) < key(b) ? -1 : 1));
}
