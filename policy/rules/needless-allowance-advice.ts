import type { StackResource } from "../../model/stack-resource";
import { advise } from "../judgement";
import type { CostReport } from "../prices/idle-cost";
import type { Judgement } from "../rule";

/**
 * One advisory where amounts are declared for types of the stack that need none, because they are free or all of
 * theirs is priced; such an amount is never counted. While something of a type is not known yet, nobody can tell. Types that the stack does not hold are for other stacks.
 */
export function needlessAllowanceAdvice(
  urn: string,
  allowMonthlyUsd: Readonly<Record<string, number>>,
  { lines, unpriced }: Pick<CostReport, "lines" | "unpriced">,
  resources: readonly StackResource[],
): Judgement[] {
  const held = new Set(resources.map(({ type }) => type));
  const declared = lines.filter(({ basis }) => basis === "declared");
  const used = new Set([...declared, ...unpriced].map(({ type }) => type));
  const needless = Object.keys(allowMonthlyUsd).filter((type) => held.has(type) && !used.has(type));
  if (needless.length === 0) return [];
  const names = needless.map((type) => `"${type}"`).join(", ");
  return [
    advise(
      urn,
      "",
      `allowMonthlyUsd declares an amount for ${names}, of which nothing here lacks a price, so it counts nothing; ` +
        `allowed: types without a price; take ${needless.length === 1 ? "it" : "them"} out of the settings (no price changes)`,
    ),
  ];
}
