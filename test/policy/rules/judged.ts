import type { StackResource } from "../../../model/stack-resource";
import { judge, lazyReading } from "../../../policy/evaluate";
import type { AnyRule, Judgement, Phase } from "../../../policy/rule";

/** A rule's whole list of judgements on a stack. */
export function judged(
  rule: AnyRule,
  resources: readonly StackResource[],
  settings: Record<string, unknown> = {},
  phase: Phase = "settled",
): readonly Judgement[] {
  return judge(rule, { resources, reading: lazyReading(resources), phase }, settings);
}
