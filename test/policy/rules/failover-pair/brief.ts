import type { StackResource } from "../../../../model/stack-resource";
import type { Phase } from "../../../../policy/rule";
import { failoverPair } from "../../../../policy/rules/failover-pair/rule";
import { judged } from "../judged";

/** Every judgement of the rule in a word or two: the verdict, whose, and of which property. */
export const brief = (
  resources: readonly StackResource[],
  settings: Record<string, unknown> = {},
  phase: Phase = "settled",
) =>
  judged(failoverPair, resources, settings, phase).map(
    ({ advisory, verdict, urn, path }) =>
      `${advisory ? "advice" : verdict} ${urn.split("::").at(-1)} ${path}`,
  );
