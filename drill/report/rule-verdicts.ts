import type { Finding } from "../../policy/evaluate";

/** What a rule said of the whole stack, worst first. */
export interface RuleVerdict {
  readonly rule: string;
  /** One sentence that says what holds where the rule passes; empty for what is no rule of the pack. */
  readonly title: string;
  readonly level: Finding["level"];
  readonly verdict: Finding["verdict"];
  /** Those that decided. */
  readonly findings: readonly Finding[];
}

const WORST_FIRST = ["fail", "unknown", "pass", "notApplicable"] as const;

export const VERDICT_WORDS: Readonly<Record<Finding["verdict"], string>> = {
  fail: "fails",
  unknown: "unknown",
  pass: "passes",
  notApplicable: "not applicable",
};

/**
 * One verdict for each rule: the worst that it gave. A rule that passes on one resource and does not apply to
 * another passes; one that does not know is never a pass. Rules that refuse stand before those that advise, and
 * equals in the order in which they judged.
 */
export function ruleVerdicts(
  findings: readonly Finding[],
  titleOf: (rule: string) => string | undefined,
): RuleVerdict[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const verdicts = [...byRule].map(([rule, all]): RuleVerdict => {
    const verdict =
      WORST_FIRST.find((worst) => all.some((finding) => finding.verdict === worst)) ?? "unknown";
    const decided = all.filter((finding) => finding.verdict === verdict);
    const level = decided.some((finding) => finding.level === "mandatory") ? "mandatory" : "advisory";
    return { rule, title: titleOf(rule) ?? "", level, verdict, findings: decided };
  });
  const rank = ({ verdict, level }: RuleVerdict) =>
    2 * WORST_FIRST.indexOf(verdict) + (level === "mandatory" ? 0 : 1);
  return verdicts
    .map((verdict, order) => ({ verdict, order }))
    .sort((a, b) => rank(a.verdict) - rank(b.verdict) || a.order - b.order)
    .map(({ verdict }) => verdict);
}
