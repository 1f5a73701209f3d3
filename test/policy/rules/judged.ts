import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { judge } from "../../../policy/evaluate";
import type { AnyRule, Judgement, Phase } from "../../../policy/rule";

/** A rule's whole list of judgements on a stack. */
export function judged(
  rule: AnyRule,
  resources: readonly StackResource[],
  settings: Record<string, unknown> = {},
  phase: Phase = "settled",
): readonly Judgement[] {
  return judge(rule, { resources, plan: () => planFromResources(resources), phase }, settings);
}
