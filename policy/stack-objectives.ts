import type { AnyRule } from "./rule";
import { failoverRto } from "./rules/failover-rto/rule";
import { stackIdleCost } from "./rules/stack-idle-cost/rule";
import { standbyIdleCost } from "./rules/standby-idle-cost/rule";
import { resolveSettings } from "./settings";

/** By rule: its setting, and the key of the stack's configuration that promises the same. */
const OBJECTIVES: Readonly<Record<string, { readonly setting: string; readonly key: string }>> = {
  [failoverRto.id]: { setting: "rtoSecondsLimit", key: "warm-standby:rtoObjectiveSeconds" },
  [standbyIdleCost.id]: { setting: "monthlyUsdLimit", key: "warm-standby:standbyMonthlyBudgetUsd" },
  [stackIdleCost.id]: { setting: "monthlyUsdLimit", key: "warm-standby:stackMonthlyBudgetUsd" },
};

/**
 * The rule with what the judged stack promises as the default of its setting, so that `--policy-pack-config` has
 * the last word. What is looser than the rule's own default, no number (`auto`, `none`) or not allowed leaves that.
 * @param environment `PULUMI_CONFIG` is the stack's configuration, which the engine sets for packs as for programs.
 */
export function asPromised(
  rule: AnyRule,
  environment: Readonly<Record<string, string | undefined>>,
): AnyRule {
  const objective = Object.hasOwn(OBJECTIVES, rule.id) ? OBJECTIVES[rule.id] : undefined;
  const promised = objective && promisedNumber(environment.PULUMI_CONFIG, objective.key);
  if (objective === undefined || promised === undefined) return rule;
  const { setting } = objective;
  const schema = rule.settings[setting];
  if (schema?.type !== "number") return rule;
  // A program must not loosen its own judge; a default of 0 is no limit at all.
  if (typeof schema.default === "number" && schema.default > 0 && promised > schema.default) return rule;
  if (resolveSettings(rule.settings, { [setting]: promised }).kind === "wrong") return rule;
  return { ...rule, settings: { ...rule.settings, [setting]: { ...schema, default: promised } } };
}

function promisedNumber(configuration: string | undefined, key: string): number | undefined {
  const value = configured(configuration, key);
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The engine hands over one JSON object; what is none promises nothing. */
function configured(configuration: string | undefined, key: string): unknown {
  try {
    const parsed: unknown = JSON.parse(configuration ?? "{}");
    const isObject = parsed !== null && typeof parsed === "object" && Object.hasOwn(parsed, key);
    return isObject ? (parsed as Readonly<Record<string, unknown>>)[key] : undefined;
  } catch {
    return undefined;
  }
}
